"""Lists read as a whole: a pair belongs together, or not, by the order of all."""

import pytest

from pipeline.extract.list_order import Item, ListOrder, read_list_order

_KINDS = {"P": "person", "O": "office", "B": "body", "L": "place", "F": "offices"}
_GAPS = {
    "": "next",
    ",": "comma",
    "-": "dash",
    ":": "colon",
    "(": "bracket",
    "w": "words",
    "+": "and",
    ";": "list",
    "/": "line",
}


def _read(written: str) -> ListOrder:
    """Read `O P , O`: kinds of units, and what stands between them where it is not a space alone."""
    items, gaps, line, between = [], [], 0, ""
    for sign in written.replace(" ", ""):
        if sign not in _KINDS:
            between = sign
            continue
        if items:
            gaps.append(_GAPS[between])
        line += between == "/"
        items.append(Item(_KINDS[sign], line))
        between = ""
    return read_list_order(items, gaps)


@pytest.mark.parametrize(
    ("written", "joined", "parted"),
    [
        ("O P , O , P , O , P", {(0, 1), (2, 3), (4, 5)}, {(1, 2), (3, 4)}),
        ("P , O , P , O", {(0, 1), (2, 3)}, {(1, 2)}),
        ("O - P , O - P , O , O - P", {(0, 1), (2, 3), (5, 6)}, {(1, 2), (3, 4)}),
        ("P - O , P - O , O", {(0, 1), (2, 3)}, {(1, 2)}),
        ("O B P , O B P", {(0, 2), (3, 5)}, {(2, 3)}),
        ("O - P , O + O - P , O - P", {(0, 1), (2, 4), (3, 4), (5, 6)}, {(1, 2), (1, 3), (4, 5)}),
        ("P - O + O , P - O", {(0, 1), (0, 2), (3, 4)}, {(1, 3), (2, 3)}),
        ("O w L - P , O - P , O - P", {(0, 2), (3, 4), (5, 6)}, {(2, 3), (4, 5)}),
    ],
)
def test_a_list_in_which_offices_stand_on_one_side(
    written: str, joined: set[tuple[int, int]], parted: set[tuple[int, int]]
) -> None:
    order = _read(written)
    assert order.joined == joined
    assert order.parted >= parted


@pytest.mark.parametrize(
    "written",
    [
        "O P , O",  # one person says nothing of an order
        "O P - O , O P - O",  # on both sides
        "O , P , P , O , P",  # uneven
        "O P w O P",  # words part the two
        "O - P + P - O",  # two people, not two offices
    ],
)
def test_what_tells_no_order(written: str) -> None:
    assert _read(written) == ListOrder(frozenset(), frozenset())


def test_a_line_with_its_own_body_takes_none_of_its_neighbours() -> None:
    assert _read("O - P - B / O - P - B").parted == {(0, 4), (1, 3), (1, 5), (2, 4)}


def test_a_line_without_a_body_may_take_that_of_a_heading() -> None:
    parted = _read("B / O - P / O - P").parted
    assert not parted & {(0, 2), (0, 4)}


@pytest.mark.parametrize(
    ("written", "parted"),
    [
        ("F : P , P , O P", {(0, 4)}),
        ("F w O P , O P", set()),  # `gospodarzami byli sołtys ... i radna ...`
        ("F ( O P , P", set()),  # `jurorzy (przewodnicząca ...`
        ("F : P - O , P - O", set()),  # councillors with further offices
    ],
)
def test_an_office_of_several_leaves_out_who_has_an_own_one(
    written: str, parted: set[tuple[int, int]]
) -> None:
    assert {pair for pair in _read(written).parted if pair[0] == 0} == parted
