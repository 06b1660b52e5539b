import pytest
import spacy

from pipeline.extract.body_nouns import place_body_nouns
from pipeline.extract.edges import mend_edges


@pytest.mark.parametrize(
    ("text", "given", "wanted"),
    [
        (
            "Anna, właścicielka piekarni Złoty Kłos.",
            {"właścicielka piekarni": "role", "Złoty Kłos": "institution"},
            {"właścicielka": "role", "piekarni Złoty Kłos": "institution"},
        ),
        (
            "Jan, właściciel księgarni „Pod Arkadami”.",
            {"właściciel": "role", "Pod Arkadami": "institution"},
            {"właściciel": "role", "księgarni „Pod Arkadami”": "institution"},
        ),
        (
            "Jan, szef hurtowni Wrzos.",
            {"szef hurtowni": "role", "Wrzos": "institution"},
            {"szef": "role", "Wrzos": "institution"},
        ),
        ("Grał zespół „Wrzos” z Nysy.", {"zespół „Wrzos”": "institution"}, {"Wrzos": "institution"}),
        ("Grał Zespół Wrzos.", {"Zespół Wrzos": "institution"}, {"Zespół Wrzos": "institution"}),
        ("W parafii w Luzinie.", {"parafii w Luzinie": "institution"}, {"parafii w Luzinie": "institution"}),
        (
            "Jan, prezes OSP Kije.",
            {"prezes": "role", "OSP Kije": "institution"},
            {"prezes": "role", "OSP Kije": "institution"},
        ),
        (
            "W piekarni Kłos.",
            {"piekarni": "location", "Kłos": "institution"},
            {"piekarni": "location", "Kłos": "institution"},
        ),
    ],
)
def test_bounds_of_bodies(text: str, given: dict[str, str], wanted: dict[str, str]) -> None:
    doc = spacy.blank("pl")(text)
    spans = [
        doc.char_span(start := text.index(part), start + len(part), label=label)
        for part, label in given.items()
    ]
    doc.set_ents([span for span in spans if span is not None])
    found = mend_edges(place_body_nouns(doc)).ents
    assert {span.text: span.label_ for span in found} == wanted
