from collections.abc import Sequence

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin, Span

import pipeline.components  # noqa: F401  registers the factory
from pipeline.errors import ModelError

TEXT = "Spotkanie z Piotrem Stecem w Ozimku . Steca chwalił Urząd Miejski w Ozimku 5 maja ."
ENTITIES = ((2, 4, "persName"), (5, 6, "GPE"), (7, 8, "PER"), (9, 13, "orgName"), (13, 15, "date"))


def _nlp(**config: object) -> Language:
    nlp = spacy.blank("pl")
    nlp.add_pipe("civic_nominative", config=config)
    return nlp


def _doc(nlp: Language, entities: Sequence[tuple[int, int, str]] = ENTITIES) -> Doc:
    doc = Doc(nlp.vocab, words=TEXT.split())
    doc.set_ents([Span(doc, start, end, label=label) for start, end, label in entities])
    return doc


def test_entities_of_any_known_label_get_their_nominative() -> None:
    nlp = _nlp()
    doc = nlp(_doc(nlp))
    assert [span._.nominative for span in doc.ents] == [
        "Piotr Stec",
        "Ozimek",
        "Stec",
        "Urząd Miejski w Ozimku",
        None,
    ]
    name = doc.ents[0]._.name
    assert (name["given_names"], name["surname"], name["gender"]) == ("Piotr", "Stec", "m")
    assert doc.ents[4]._.name is None


def test_other_labels_by_configuration() -> None:
    nlp = _nlp(labels={"WER": "person"})
    assert nlp(_doc(nlp, [(2, 4, "WER")])).ents[0]._.nominative == "Piotr Stec"
    with pytest.raises(ModelError, match="not animal"):
        _nlp(labels={"X": "animal"})


def test_names_survive_bytes_and_docbin() -> None:
    nlp = _nlp()
    doc = nlp(_doc(nlp))
    again = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    (stored,) = DocBin(store_user_data=True, docs=[doc]).get_docs(nlp.vocab)
    for other in (again, stored):
        assert [span._.nominative for span in other.ents] == [span._.nominative for span in doc.ents]
        assert _as_lists(other.ents[0]._.name) == _as_lists(doc.ents[0]._.name)


def _as_lists(name: dict[str, object]) -> dict[str, object]:
    """Return the fields with sequences as lists: one way of storing gives them back as tuples."""
    return {key: list(value) if isinstance(value, tuple) else value for key, value in name.items()}


def test_a_document_without_entities_stays_as_it_is() -> None:
    nlp = _nlp()
    assert nlp("Pada deszcz.").ents == ()
