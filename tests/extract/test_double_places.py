import pytest
import spacy

from pipeline.extract.double_places import join_double_places


@pytest.mark.parametrize(
    ("text", "halves", "joined"),
    [
        ("Wójt Gminy Jerzmanowice – Przeginia", ("Gminy Jerzmanowice", "Przeginia"), True),
        ("w Bielsku - Białej", ("Bielsku", "Białej"), True),
        ("droga Zawady – Ozimek", ("Zawady", "Ozimek"), False),
        ("w Bielsku, Białej i Ozimku", ("Bielsku", "Białej"), False),
    ],
)
def test_halves_that_the_register_knows_as_one_are_joined(
    text: str, halves: tuple[str, str], joined: bool
) -> None:
    doc = spacy.blank("pl")(text)
    spans = [
        span
        for half in halves
        if (span := doc.char_span(text.index(half), text.index(half) + len(half), "location"))
    ]
    found = [span.text for span in join_double_places(spans)]
    assert found == (
        [text[text.index(halves[0]) : text.index(halves[1]) + len(halves[1])]] if joined else [*halves]
    )
