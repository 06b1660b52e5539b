"""The people of one article: which mentions are of one person."""

from datetime import date

import pytest

from pipeline.normalise.people import PersonForm, nominative_people
from pipeline.normalise.role_codes import expand_role_code
from pipeline.records import Document, Link, Mention, Municipality, Name, Reading
from pipeline.resolve.local import Statement, find_people

FAR = 2_000  # code points between mentions marked `...`


def _read(*written: str) -> Reading:
    """Make an article of people's names in the nominative, `title|name`, `...` for a long way between."""
    document = Document("a" * 16, "a.txt", "", published=date(2024, 5, 1))
    mentions, forms, start = [], [], 0
    for text in written:
        start += 50
        if text == "...":
            start += FAR
            continue
        title, _, name = text.rpartition("|")
        mentions.append(Mention(document.article_id, start, start + len(name), name, "person", title=title))
        forms.append(PersonForm(name, title=title))
    names = nominative_people(forms)
    return Reading(document, tuple(mentions), tuple(names), (), (), Municipality("1609073", 1.0))


def _groups(*written: str, roles: dict[int, str] | None = None) -> list[list[int]]:
    """Return the mentions of each person as positions among the names."""
    reading = _read(*written)
    position = {mention.mention_id: number for number, mention in enumerate(reading.mentions)}
    statements = [
        Statement(
            Link(person, None, None, None, 0, 1), _role(role), expand_role_code(role).code, None, None, None
        )
        for person, role in (roles or {}).items()
    ]
    people = find_people(reading, statements)
    return sorted(sorted(position[mention] for mention in person.mentions) for person in people)


def _role(role: str) -> Name:
    return Name(role, role, "role")


@pytest.mark.parametrize(
    ("written", "groups"),
    [
        (("Jan Nowak", "Jan Nowak"), [[0, 1]]),
        (("Jan Nowak", "Nowak"), [[0, 1]]),
        (("Nowak", "Jan Nowak"), [[0, 1]]),
        (("Jan Nowak", "Jan"), [[0, 1]]),
        (("Jan Nowak", "J. Nowak"), [[0, 1]]),
        (("NOWAK Jan", "Jan Nowak"), [[0, 1]]),
        (("Szymon Lis", "Sz. Lis"), [[0, 1]]),
        (("Katarzyna Lis", "Kasia Lis", "Kasia"), [[0, 1, 2]]),
        (("Anna Nowak-Kowalska", "Kowalska"), [[0, 1]]),
        (("Anna Nowak-Kowalska", "Anna Kowalska"), [[0, 1]]),
        (("Jan Maria Nowak", "Jan Nowak"), [[0, 1]]),
        (("Larysa Lis", "L. L."), [[0, 1]]),
        (("Tobiasz K.", "Tobiasz K."), [[0, 1]]),
        (("Jan Nowak", "Adam Nowak"), [[0], [1]]),
        (("Jan Nowak", "A. Nowak"), [[0], [1]]),
        (("Jan Kowalski", "Anna Kowalska", "Kowalska"), [[0], [1, 2]]),
        (("Jan Kowalski", "Anna Kowalska", "Kowalski"), [[0, 2], [1]]),
        (("Grudź", "Florian"), [[0], [1]]),
        (("Jan Nowak", "Jan Kowalski"), [[0], [1]]),
        (("Anna Nowak-Kowalska", "Anna Lis-Kowalska"), [[0], [1]]),
        (("Kowalska", "Kowalska"), [[0, 1]]),
    ],
)
def test_people_of_an_article(written: tuple[str, ...], groups: list[list[int]]) -> None:
    assert _groups(*written) == groups


def test_of_two_with_one_surname_the_clearly_nearer_is_meant() -> None:
    assert _groups("Jan Nowak", "...", "Adam Nowak", "Nowak") == [[0], [1, 2]]


def test_whoever_is_torn_stays_alone() -> None:
    assert _groups("Jan Nowak", "Adam Nowak", "Nowak") == [[0], [1], [2]]
    assert _groups("Jan Nowak", "Jan Lis", "Jan") == [[0], [1], [2]]


def test_the_office_decides_between_two_of_one_surname() -> None:
    roles = {0: "burmistrz", 1: "sołtys", 2: "burmistrz"}
    assert _groups("Jan Nowak", "Adam Nowak", "Nowak", roles=roles) == [[0, 2], [1]]


def test_the_title_decides_between_two_of_one_surname() -> None:
    assert _groups("Jan Nowak", "ks.|Adam Nowak", "ks.|Nowak") == [[0], [1, 2]]


def test_no_man_holds_a_womans_office() -> None:
    """In `zastępczyni Jana Lisa` he is the one she stands in for."""
    reading = _read("Jan Lis", "Ewa Kos")
    offices = {(0, "zastępczyni"), (0, "wójt"), (1, "zastępczyni"), (1, "wójt")}
    statements = [
        Statement(Link(person, None, None, None, 0, 1), _role(role), "x", None, None, None)
        for person, role in sorted(offices)
    ]
    held = {
        (person.name.nominative, statement.role.nominative)
        for person in find_people(reading, statements)
        for statement in person.statements
        if statement.role
    }
    assert held == {("Jan Lis", "wójt"), ("Ewa Kos", "zastępczyni"), ("Ewa Kos", "wójt")}
