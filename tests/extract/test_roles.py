import pytest
import spacy

from pipeline.extract.roles import find_roles


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
