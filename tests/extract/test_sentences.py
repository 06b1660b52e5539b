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
        ("Radni:\n1. Jan Lis\n2. Anna Ryś", ["Radni:", "1. Jan Lis", "2. Anna Ryś"]),
        ("Obrady trwały do 13.05, a przerwa 10 minut.", ["Obrady trwały do 13.05, a przerwa 10 minut."]),
        ("Zajęli miejsce 3. Wójt gratulował.", ["Zajęli miejsce 3.", "Wójt gratulował."]),
        ("Było ich 12.\nPotem 13.", ["Było ich 12.", "Potem 13."]),
        ("", []),
    ],
)
def test_sentence_bounds(text: str, sentences: list[str]) -> None:
    doc = mark_sentences(spacy.blank("pl")(text))
    found = [sent.text.strip() for sent in doc.sents] if len(doc) else []
    assert [sentence for sentence in found if sentence] == sentences
