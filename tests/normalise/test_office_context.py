"""Offices named by one bare word, read beside the offices around them."""

import pytest

from pipeline.normalise.office_context import PlacedOffice, read_offices
from pipeline.records import Mention, Name


def read(*roles: str, apart: int = 20) -> list[PlacedOffice]:
    """Return the offices of a text that names these roles, so many characters apart."""
    mentions, position = [], 0
    for role in roles:
        mentions.append(Mention("x", position, position + len(role), role, "role"))
        position += len(role) + apart
    names = [Name(role, role, "role") for role in roles]
    return list(read_offices(mentions, names).values())


def test_a_bare_deputy_is_that_of_the_office_before() -> None:
    _, deputy = read("wójt", "zastępczyni")
    assert (deputy.parts.code, deputy.parts.branch, deputy.principal) == ("deputy_wojt", "executive", 0)
    assert deputy.parts.deputy and not deputy.parts.single


@pytest.mark.parametrize("roles", [("zastępca",), ("wójt", "zastępca dyrektora"), ("zastępca", "wójt")])
def test_other_deputies_stay(roles: tuple[str, ...]) -> None:
    assert all(office.principal is None for office in read(*roles))


def test_a_deputy_far_from_any_office_is_nobodys() -> None:
    _, deputy = read("wójt", "zastępca", apart=500)
    assert (deputy.parts.code, deputy.principal) == ("deputy", None)


@pytest.mark.parametrize(
    ("roles", "code", "branch"),
    [
        (("prezes", "skarbnik"), "board_treasurer", "other"),
        (("prezes", "sekretarz", "skarbnik"), "board_treasurer", "other"),
        (("wójt", "skarbnik"), "treasurer", "executive"),
        (("wójt", "sekretarz", "skarbnik"), "treasurer", "executive"),
        (("wójt", "przewodnicząca"), "chair", "council"),
        (("skarbnik",), "treasurer", "office"),
    ],
)
def test_the_office_beside_tells_whose_purse_or_chair(roles: tuple[str, ...], code: str, branch: str) -> None:
    last = read(*roles)[-1].parts
    assert (last.code, last.branch) == (code, branch)


def test_an_office_with_its_complement_needs_no_other() -> None:
    assert read("prezes", "skarbnik gminy")[1].parts.branch == "executive"
