"""The recogniser that decides for all words at once finds what spaCy's own finds, word by word."""

from pathlib import Path

import numpy as np
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.pipeline.ner import DEFAULT_NER_MODEL
from spacy.tokens import Doc, Span
from spacy.util import fix_random_seed, load_config

from pipeline.extract.nlp import load_recogniser, model_path
from pipeline.extract.recogniser import FACTORY, Recogniser, prefer_recogniser

WORDS = ["Wójt", "Jan", "Lis", "i", "Anna", "Nowak", " ", "\n", "z", "OSP", ",", "w", "Kijach", "."]
TEXT = "Wójt Anna Lis i dyrektor Jan Nowak ze Szkoły Podstawowej w Ozimku otworzyli halę."


def _make_pair(*, seed: int) -> tuple[Language, Language]:
    """Make two pipelines of the same random weights, that find many entities: spaCy's and ours."""
    fix_random_seed(seed)
    theirs, ours = spacy.blank("pl"), spacy.blank("pl")
    for nlp, factory in ((theirs, "ner"), (ours, FACTORY)):
        component = nlp.add_pipe(factory, name="ner", config={"model": DEFAULT_NER_MODEL})
        for label in ("person", "role", "institution"):
            component.add_label(label)
        nlp.initialize()
    model = theirs.get_pipe("ner").model
    random = np.random.default_rng(seed)
    for name, shape in (("W", 8.0), ("b", 1.0)):
        upper = model.get_ref("upper")
        upper.set_param(name, random.normal(size=upper.get_param(name).shape, scale=shape).astype("f"))
    ours.get_pipe("ner").model.from_bytes(model.to_bytes())
    return theirs, ours


def _spans(doc: Doc) -> list[tuple[int, int, str]]:
    return [(span.start, span.end, span.label_) for span in doc.ents]


PAIRS = [_make_pair(seed=seed) for seed in range(3)]


@settings(deadline=None, max_examples=40)
@given(
    st.lists(st.lists(st.sampled_from(WORDS), max_size=25), min_size=1, max_size=4), st.sampled_from(PAIRS)
)
def test_finds_what_the_recogniser_of_spacy_finds(texts, pair) -> None:
    theirs, ours = pair
    both = [[Doc(nlp.vocab, words=words) for words in texts] for nlp in pair]
    for one, other in zip(theirs.pipe(both[0]), ours.pipe(both[1]), strict=True):
        assert _spans(one) == _spans(other)
        assert [token.ent_iob_ for token in one] == [token.ent_iob_ for token in other]


def test_random_weights_find_entities_of_several_words() -> None:
    found = [span for theirs, _ in PAIRS for span in theirs(" ".join(WORDS * 5)).ents]
    assert {span.label_ for span in found} == {"person", "role", "institution"}
    assert max(len(span) for span in found) > 2


def test_a_text_with_entities_or_sentences_of_its_own_is_left_to_spacy() -> None:
    for theirs, ours in PAIRS:
        docs = [Doc(nlp.vocab, words=["Jan", "Lis", "z", "OSP", "Kije"] * 4) for nlp in (theirs, ours)]
        for doc in docs:
            doc.set_ents([Span(doc, 3, 5, label="institution")], default="missing")
            doc[10].is_sent_start = True
        one, other = theirs(docs[0]), ours(docs[1])
        assert _spans(one) == _spans(other)
        assert not any(span.start < 10 < span.end for span in other.ents)


def test_only_networks_of_ours_get_it() -> None:
    config = load_config(model_path() / "config.cfg")
    assert prefer_recogniser(config) == {"components.ner.factory": FACTORY}
    config["components"]["ner"]["factory"] = "beam_ner"
    assert prefer_recogniser(config) == {}
    assert prefer_recogniser(spacy.blank("pl").config) == {}


@pytest.mark.model
def test_the_shipped_model_reads_the_same_either_way(tmp_path: Path) -> None:
    plain, ours = spacy.load(model_path()), load_recogniser(model_path())
    assert isinstance(ours.get_pipe("ner"), Recogniser)
    ours.to_disk(tmp_path / "saved")
    again = load_recogniser(tmp_path / "saved")
    assert len(plain(TEXT).ents) > 3
    assert _spans(plain(TEXT)) == _spans(ours(TEXT)) == _spans(again(TEXT))
    assert _spans(ours("")) == []
