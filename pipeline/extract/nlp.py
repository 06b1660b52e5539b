"""Load a spaCy pipeline and read articles with it."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found]  # spaCy is compiled
from spacy.tokens import Doc
from spacy.util import load_config

from pipeline.errors import ModelError
from pipeline.extract import (  # noqa: F401  registers the components
    body_nouns,
    counted_roles,
    edges,
    labels,
    morfeusz,
    people,
    recogniser,
    role_edges,
    roles,
    sentences,
)
from pipeline.extract.affiliations import find_affiliations
from pipeline.extract.clean import CleanText, clean_text
from pipeline.extract.confidence import score_mentions
from pipeline.extract.encoder import prefer_encoder
from pipeline.extract.gaps import read_title
from pipeline.extract.labels import check_labels
from pipeline.extract.model_files import check_model_files
from pipeline.extract.people import is_nobody
from pipeline.extract.recogniser import prefer_recogniser
from pipeline.records import LABELS, Document, Extraction, Label, Mention
from pipeline.remembered import FORMS
from pipeline.tables import data_folder
from pipeline.weights import load_weights

_LABELS: dict[str, Label] = {label: label for label in LABELS}


def model_path() -> Path:
    """Return the folder of the shipped pipeline, for `spacy.load`."""
    return data_folder() / "model"


@cache
def load_nlp(model: Path | str | None = None) -> Language:
    """Load the shipped pipeline, or another spaCy pipeline by path or package name.

    A pipeline of other labels gets them mapped to ours; one without roles gets `civic_roles`.

    Raises:
        ModelError: It cannot be loaded, is not Polish, or finds no people.
    """
    nlp = load_recogniser(model_path() if model is None else model)
    if nlp.lang not in ("pl", "xx"):
        raise ModelError(f"the pipeline is for language {nlp.lang!r}; give a Polish (pl) one")
    mapped = check_labels(nlp)
    if any(name != label for name, label in mapped.items()):
        ours = {name: label for name, label in mapped.items() if label}
        nlp.add_pipe("civic_labels", config={"labels": ours})
    if "role" not in mapped.values():
        nlp.add_pipe("civic_roles")
    if isinstance(nlp.tokenizer, Tokenizer):
        nlp.tokenizer.max_cache_size = FORMS
    for name in list(nlp.pipe_names):
        if name in ("parser", "senter", "sentencizer"):
            nlp.remove_pipe(name)
    nlp.add_pipe("civic_body_nouns")
    nlp.add_pipe("civic_edges")
    nlp.add_pipe("civic_role_edges")
    nlp.add_pipe("civic_sentences")
    nlp.add_pipe("civic_people")
    nlp.add_pipe("civic_counted_roles")
    return nlp


def extract_mentions(
    documents: Iterable[Document], nlp: Language, *, batch_size: int = 32
) -> Iterator[Extraction]:
    """Yield what each article says: its mentions and links, in the order of the articles."""
    cleaned = ((clean_text(document.text), document) for document in documents)
    pairs = ((clean.text, (clean, document)) for clean, document in cleaned)
    for doc, (clean, document) in nlp.pipe(pairs, as_tuples=True, batch_size=batch_size):
        yield _read_doc(doc, clean, document)


@contextmanager
def bounded_vocabulary(nlp: Language) -> Iterator[None]:
    """Keep what spaCy notes of the first words that it meets, and forget at the end what it notes of later ones.

    The documents read inside must not be used after it. What is kept need not be split and looked up again: most
    words of a text are among the first 30,000 forms.
    """
    if len(nlp.vocab) < FORMS:
        yield
        return
    with nlp.memory_zone():
        yield


def load_recogniser(model: Path | str) -> Language:
    """Load the pipeline alone, without our components after it; a network of ours gets our encoder.

    Raises:
        ModelError: It cannot be loaded, its files are not those that NAME.sha256 beside it lists, or hold a pickle.
    """
    if isinstance(model, Path) and not model.exists():
        raise ModelError(f"{model}: no such folder; give a spaCy pipeline's folder or an installed package")
    folder = Path(model)
    config = folder / "config.cfg"
    try:
        if folder.is_dir() and folder != model_path():
            check_model_files(folder)
        written = load_config(config) if config.exists() else {}
        changes = {**prefer_encoder(written), **prefer_recogniser(written)}
        return spacy.load(model, config=changes)
    except (OSError, ValueError) as error:
        raise ModelError(f"cannot load the spaCy pipeline {str(model)!r}: {error}") from error


def _read_doc(doc: Doc, clean: CleanText, document: Document) -> Extraction:
    bounds = [(sent.start_char, sent.end_char) for sent in doc.sents]
    text = clean.text  # what the tokens of a spaCy Doc join to; it joins them anew each time it is asked
    inner = tuple(
        Mention(
            article_id=document.article_id,
            start=span.start_char,
            end=span.end_char,
            text=text[span.start_char : span.end_char],
            label=_LABELS[span.label_],
            title=read_title(text[max(0, span.start_char - 60) : span.start_char])
            if span.label_ == "person"
            else "",
        )
        for span in doc.ents
        if span.label_ in _LABELS and text[span.start_char : span.end_char].strip() and not is_nobody(span)
    )
    models = load_weights()
    inner = score_mentions(text, inner, models["confidence"])
    links = find_affiliations(text, inner, bounds, models, published=document.published)
    return clean.restore(document, inner, links)
