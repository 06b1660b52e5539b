import pytest
import spacy
from spacy.tokens import Span

from pipeline.extract.roles import add_roles, find_roles


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("Gości powitał burmistrz miasta.", ["burmistrz"]),
        ("wraz z zastępcą burmistrza przybył", ["zastępcą burmistrza"]),
        ("Komendantem Powiatowym został dotychczasowy naczelnik", ["Komendantem Powiatowym", "naczelnik"]),
        ("spotkanie z p.o. dyrektora szkoły", ["p.o. dyrektora szkoły"]),
        ("Wczoraj padał deszcz i wiał wiatr.", []),
    ],
)
def test_roles_by_table(text: str, roles: list[str]) -> None:
    doc = spacy.blank("pl")(text)
    found = [span.text for span in find_roles(doc)]
    assert [role.split()[0] for role in found] == [role.split()[0] for role in roles]


def test_a_modifier_inside_a_name_is_left_to_it() -> None:
    doc = spacy.blank("pl")("Obradował Jan Były wójt gminy.")
    doc.set_ents([Span(doc, 1, 3, label="person")])
    assert [span.text for span in add_roles(doc).ents][0] == "Jan Były"
