"""Causes of missed and invented ties."""

from dataclasses import replace

from pipeline.training.accounts import Account, Claim
from pipeline.training.causes import find_causes

CLAIM = Claim("Ewa Lis", "wójt", None, "Kije", "current", None, None, 0, 8, inferred=("place",))
TEXT = "Ewa Lis, wójt, mieszka w gminie Kije."


def _causes(wanted: list[Claim], given: list[Claim]) -> list[tuple[str, str, str]]:
    gold, found = Account("x", TEXT, (), tuple(wanted)), Account("x", TEXT, (), tuple(given))
    return [(cause.part, cause.side, cause.cause) for cause in find_causes(gold, found)]


def test_an_office_that_was_not_found() -> None:
    assert _causes([CLAIM], []) == [
        ("role", "missed", "no link to the office"),
        ("place", "missed", "no link to the office"),
    ]


def test_a_place_left_out_and_one_put_in() -> None:
    bare = replace(CLAIM, place=None, inferred=())
    assert _causes([CLAIM], [bare]) == [("place", "missed", "left out, inferred")]
    assert _causes([bare], [CLAIM]) == [("place", "spurious", "gold has none, inferred")]


def test_nothing_when_both_say_the_same() -> None:
    assert _causes([CLAIM], [CLAIM]) == []
