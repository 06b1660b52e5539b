import pytest
import spacy

from pipeline.extract.sentences import mark_sentences


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Otwarto remizę. Przybył wójt.", ["Otwarto remizę.", "Przybył wójt."]),
        ("Przemówił st. bryg. Jan Nowak z PSP.", ["Przemówił st. bryg. Jan Nowak z PSP."]),
        ("Rozmawiał z J. Kowalskim o drodze.", ["Rozmawiał z J. Kowalskim o drodze."]),
        ("Przy ul. Polnej stoi dom. Jest nowy.", ["Przy ul. Polnej stoi dom.", "Jest nowy."]),
        ("Goście:\nwójt Jan Lis\nAnna Ryś", ["Goście:", "wójt Jan Lis", "Anna Ryś"]),
        ("„To ważne”. Potem wyszedł.", ["„To ważne”.", "Potem wyszedł."]),
        ("Było 3,5 tys. zł! Dużo?", ["Było 3,5 tys. zł!", "Dużo?"]),
        ("", []),
    ],
)
def test_sentence_bounds(text: str, sentences: list[str]) -> None:
    doc = mark_sentences(spacy.blank("pl")(text))
    found = [sent.text.strip() for sent in doc.sents] if len(doc) else []
    assert [sentence for sentence in found if sentence] == sentences
