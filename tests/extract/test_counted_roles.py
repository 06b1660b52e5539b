import pytest
import spacy
from spacy.tokens import Doc

from pipeline.extract.counted_roles import drop_uncounted_roles
from pipeline.extract.sentences import mark_sentences


def _read(text: str, **labels: str) -> Doc:
    """Return the text with one mention a label, the roles that do not count dropped."""
    doc = spacy.blank("pl")(text)
    spans = [
        doc.char_span(start := text.index(part), start + len(part), label=label)
        for label, part in labels.items()
    ]
    doc.set_ents([span for span in spans if span is not None])
    return drop_uncounted_roles(mark_sentences(doc))


@pytest.mark.parametrize(
    ("text", "role", "person", "counts"),
    [
        ("Radni Jan Nowak i Anna Lis głosowali przeciw.", "Radni", "Jan Nowak", True),
        ("Janina Stec i Adam Pyrek, członkowie zarządu, wyszli.", "członkowie zarządu", "Janina Stec", True),
        ("Obecni radni:\nJan Nowak", "radni", "Jan Nowak", True),
        ("Rzucili się na to wójtowie okolicznych gmin. Jan Stec nie.", "wójtowie", "Jan Stec", False),
        ("Wójt podziękował. Potem mówił Jan Stec.", "Wójt", "Jan Stec", True),
        ("Żegnamy Jana Steca, społecznika i pszczelarza.", "społecznika", "Jana Steca", False),
        ("Wyrosła z niej laureatka konkursu, Anna Lis.", "laureatka konkursu", "Anna Lis", False),
        ("Prezes szuka sponsora dresów. Pomógł Jan Stec.", "sponsora dresów", "Jan Stec", False),
        ("Przyszedł Jan Stec, sponsor nagród.", "sponsor nagród", "Jan Stec", True),
        ("Mówił Sum, kreiskoordinator z Hesji.", "kreiskoordinator", "Sum", True),
    ],
)
def test_roles_that_count(text: str, role: str, person: str, counts: bool) -> None:
    found = [(span.text, span.label_) for span in _read(text, role=role, person=person).ents]
    assert ((role, "role") in found) is counts
    assert (person, "person") in found
