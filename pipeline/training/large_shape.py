"""A pipeline of the components and widths of `pl_core_news_lg`, to measure speed against: it knows little.

tok2vec feeds morphologizer, parser, lemmatizer and tagger by listeners; ner has a tok2vec of its own; both
read static vectors of 300 floats. It is initialised on UD Polish-PUD and updated a few times.

Source: UD Polish-PUD (CC BY-SA 4.0); nothing of it is kept.
"""

import lzma
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.training import Example
from spacy.training.converters.conllu_to_docs import conllu_to_docs
from spacy.vectors import Vectors  # type: ignore[import-not-found]
from thinc.api import fix_random_seed

PUD = "tagging/ud-polish-pud-test.conllu.xz"
_WIDTH = 96
_VECTOR_ROWS, _VECTOR_WIDTH = 50_000, 300
_UPDATES, _BATCH = 12, 24
_TOK2VEC: dict[str, Any] = {
    "@architectures": "spacy.HashEmbedCNN.v2",
    "width": _WIDTH,
    "depth": 4,
    "embed_size": 2000,
    "window_size": 1,
    "maxout_pieces": 3,
    "subword_features": True,
    "pretrained_vectors": True,
}
_LISTENER: dict[str, Any] = {
    "@architectures": "spacy.Tok2VecListener.v1",
    "width": _WIDTH,
    "upstream": "tok2vec",
}


def build_large_shape(corpora: Path, words: Sequence[str], *, seed: int) -> Language:
    """Return the pipeline, ready to read.

    Args:
        corpora: Folder that holds UD Polish-PUD.
        words: Forms that get a vector, so that the texts measured hit the table; others fill it up.
        seed: Of vectors and weights.
    """
    fix_random_seed(seed)
    nlp = spacy.blank("pl")
    docs = load_pud(nlp, corpora / PUD)
    _add_vectors(nlp, [*words, *(token.text for doc in docs for token in doc)], seed=seed)
    _add_components(nlp)
    examples = [Example(nlp.make_doc(doc.text), doc) for doc in docs]
    optimizer = nlp.initialize(lambda: examples)
    for start in range(0, _UPDATES * _BATCH, _BATCH):
        nlp.update(examples[start : start + _BATCH], sgd=optimizer, drop=0.1)
    nlp.batch_size = 64
    return nlp


def load_pud(nlp: Language, path: Path) -> list[Doc]:
    """Load the trees of UD Polish-PUD; runs of proper nouns stand in for names, which it does not mark."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        text = lines.read()
    docs = []
    for parsed in conllu_to_docs(text, n_sents=1, no_print=True):  # type: ignore[no-untyped-call]
        doc = Doc(nlp.vocab).from_bytes(parsed.to_bytes())
        doc.set_ents(_proper_nouns(doc))
        docs.append(doc)
    return docs


def _proper_nouns(doc: Doc) -> list[Span]:
    spans: list[Span] = []
    for token in doc:
        if token.pos_ == "PROPN":
            if spans and spans[-1].end == token.i:
                spans[-1] = Span(doc, spans[-1].start, token.i + 1, label="persName")
            else:
                spans.append(Span(doc, token.i, token.i + 1, label="persName"))
    return spans


def _add_vectors(nlp: Language, words: Sequence[str], *, seed: int) -> None:
    known = list(dict.fromkeys(words))[:_VECTOR_ROWS]
    keys = known + [f"filler-{number}" for number in range(_VECTOR_ROWS - len(known))]
    values = np.random.default_rng(seed).standard_normal((_VECTOR_ROWS, _VECTOR_WIDTH), dtype=np.float32)
    nlp.vocab.vectors = Vectors(strings=nlp.vocab.strings, data=values, keys=keys)


def _add_components(nlp: Language) -> None:
    parser = {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "extra_state_tokens": False,
        "hidden_width": 64,
        "maxout_pieces": 2,
        "use_upper": True,
    }
    tagger = {"@architectures": "spacy.Tagger.v2", "tok2vec": _LISTENER}
    nlp.add_pipe("tok2vec", config={"model": _TOK2VEC})
    nlp.add_pipe("morphologizer", config={"model": tagger})
    nlp.add_pipe("parser", config={"model": {**parser, "state_type": "parser", "tok2vec": _LISTENER}})
    nlp.add_pipe("trainable_lemmatizer", config={"model": tagger})
    nlp.add_pipe("tagger", config={"model": tagger})
    ner = nlp.add_pipe("ner", config={"model": {**parser, "state_type": "ner", "tok2vec": _TOK2VEC}})
    for label in ("date", "geogName", "orgName", "persName", "placeName", "time"):
        ner.add_label(label)  # type: ignore[attr-defined]
