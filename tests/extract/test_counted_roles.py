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


@pytest.mark.parametrize(
    ("text", "plural", "other", "counts"),
    [
        ("Mówiła wójt Anna Lis wraz z radnymi Rady Gminy.", "radnymi", "wójt", False),
        (
            "Przyszedł Jan Stec oraz radni powiatowi na czele ze starostą.",
            "radni powiatowi",
            "starostą",
            False,
        ),
        ("Przyszli starosta Jan Stec, Wójtowie Gmin i mieszkańcy.", "Wójtowie Gmin", "starosta", False),
        (
            "Przyszli radna Anna Lis, starosta, Wójtowie Gmin i mieszkańcy.",
            "Wójtowie Gmin",
            "starosta",
            False,
        ),
        ("Witał wójtów radny Jan Stec.", "wójtów", "radny", False),
        ("Przyszli wójtowie gmin oraz starosta Jan Stec.", "wójtowie gmin", "starosta", False),
        ("Radną Annę Lis i Jana Steca wybrano wiceprezesami.", "wiceprezesami", "Radną", True),
        ("Posłowie na Sejm Jan Stec i Anna Lis słuchali prezesa.", "Posłowie", "prezesa", True),
        ("Jurorzy (przewodnicząca Anna Lis i Jan Stec) wybrali.", "Jurorzy", "przewodnicząca", True),
        ("Sędziami byli sołtys Jan Stec i Anna Lis.", "Sędziami", "sołtys", True),
    ],
)
def test_a_plural_role_counts_where_its_own_holders_are_named(
    text: str, plural: str, other: str, counts: bool
) -> None:
    doc = spacy.blank("pl")(text)
    labelled = [(plural, "role"), (other, "role")]
    labelled += [
        (name, "person") for name in ("Anna Lis", "Annę Lis", "Jan Stec", "Jana Steca") if name in text
    ]
    spans = [doc.char_span(text.index(form), text.index(form) + len(form), label) for form, label in labelled]
    doc.set_ents([span for span in spans if span is not None])
    found = [span.text for span in drop_uncounted_roles(mark_sentences(doc)).ents]
    assert (plural in found) is counts
    assert other in found
