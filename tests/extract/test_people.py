import pytest
import spacy
from spacy.tokens import Doc

from pipeline.extract.people import add_repeated_people, is_nobody
from pipeline.extract.sentences import mark_sentences


def _read(text: str, *names: str) -> Doc:
    doc = spacy.blank("pl")(text)
    spans = [doc.char_span(start := text.index(name), start + len(name), label="person") for name in names]
    doc.set_ents([span for span in spans if span is not None])
    return add_repeated_people(mark_sentences(doc))


@pytest.mark.parametrize(
    ("text", "names", "people"),
    [
        ("Przyszła Anna Sum. Wczoraj Sum wygrała.", ["Anna Sum"], ["Anna Sum", "Sum"]),
        ("Mówił Jan Stec. Potem zapytano Steca o drogę.", ["Jan Stec"], ["Jan Stec", "Steca"]),
        ("Mówił Jan Wójt. Wójt podziękował.", ["Jan Wójt"], ["Jan Wójt"]),
        ("Mówił Jan Stec. Potem ulicą Jana Steca szli.", ["Jan Stec"], ["Jan Stec"]),
        ("Wczoraj Sum wygrała.", [], []),
        ("Mówiła Anna Sum. Sum wygrała proces.", ["Anna Sum"], ["Anna Sum", "Sum"]),
        ("Mówiła Anna Sum. Lis-Sum wygrała proces.", ["Anna Sum"], ["Anna Sum"]),
    ],
)
def test_surname_alone_after_the_full_name(text: str, names: list[str], people: list[str]) -> None:
    assert [span.text for span in _read(text, *names).ents] == people


@pytest.mark.parametrize(
    ("name", "is_one"),
    [("Bóg", True), ("Boga", True), ("Jan Bóg", False), ("Bożena", False), ("Stec", False)],
)
def test_a_name_that_is_nobodys_stands_alone(name: str, is_one: bool) -> None:
    [span] = _read(f"Dziękował {name} za wszystko.", name).ents
    assert is_nobody(span) is is_one
