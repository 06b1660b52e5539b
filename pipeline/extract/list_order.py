"""What the whole of a list says of its pairs: who stands before whom, and what stays on its own line.

In `wójt Jan Lis, przewodnicząca rady, Anna Sum, prezes OSP, Jan Bury` every comma looks alike; that the run of
names opens with an office and closes with a person tells that each office stands before its holder. In a list of
lines such as `Prezes - Jan Lis - OSP Kije`, a line that names its own body takes none from its neighbours.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

_LEADING = frozenset({"next", "dash", "colon"})
_TRAILING = frozenset({"next", "dash", "bracket"})
_TARGETS = ("office", "body")
# Who stands first in each pair of a run whose offices stand before, or after, their holders.
_ORDERS = {"before": ("office", "person"), "after": ("person", "office")}

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Item:
    """A unit of a window as lists see it: its kind (person, office, body, place), or `offices` for a plural."""

    kind: str
    line: int


@dataclass(frozen=True, slots=True)
class ListOrder:
    """What a window's lists say of pairs of its units, by their places in reading order.

    Attributes:
        joined: An office and its holder, as the order of the whole run tells.
        parted: Pairs that do not belong together.
    """

    joined: frozenset[Pair]
    parted: frozenset[Pair]


def read_list_order(items: Sequence[Item], gaps: Sequence[str]) -> ListOrder:
    """Return which units of a window its lists join, and which they keep apart.

    Args:
        items: Of one window, in reading order.
        gaps: What stands between neighbours: `next`, a mark's name, `list` for several marks, `and`, or other words.
    """
    joined: set[Pair] = set()
    parted: set[Pair] = {*_across_lines(items), *_with_own_office(items, gaps)}
    for run in _runs(items, gaps):
        groups = _groups(run, items, gaps)
        order = _order(groups, items, gaps)
        people = [place for place in run if items[place].kind == "person"]
        for left, right in zip(groups, groups[1:], strict=False) if order else ():
            kinds = items[left[0]].kind, items[right[0]].kind
            if kinds == _ORDERS[order]:
                joined.update(product(left, right))
            elif kinds == _ORDERS[order][::-1] and _has_other(order, left[-1], right[0], people):
                parted.update(product(left, right))
    return ListOrder(frozenset(joined), frozenset(parted))


def _groups(run: Sequence[int], items: Sequence[Item], gaps: Sequence[str]) -> list[list[int]]:
    """Return the places of a run, offices that one person holds together: `wiceprezes i naczelnik - Jan Lis`."""
    groups: list[list[int]] = []
    for place in run:
        both = groups and items[place].kind == items[place - 1].kind == "office"
        if both and groups[-1][-1] == place - 1 and gaps[place - 1] == "and":
            groups[-1].append(place)
        else:
            groups.append([place])
    return groups


def _has_other(order: str, left: int, right: int, people: Sequence[int]) -> bool:
    """Say whether the office of a pair has another person on the side where the order puts holders."""
    return right < people[-1] if order == "before" else left > people[0]


def _across_lines(items: Sequence[Item]) -> Iterator[Pair]:
    """Yield a person and another line's office or body, where both lines name a person and an own one."""
    kinds: dict[int, set[str]] = {}
    for item in items:
        kinds.setdefault(item.line, set()).add(item.kind)
    people = [place for place, item in enumerate(items) if item.kind == "person"]
    for other, target in enumerate(items):
        if target.kind not in _TARGETS or "person" not in kinds[target.line]:
            continue
        for place in people:
            line = items[place].line
            if line != target.line and target.kind in kinds[line]:
                yield min(place, other), max(place, other)


def _with_own_office(items: Sequence[Item], gaps: Sequence[str]) -> Iterator[Pair]:
    """Yield an office of several and a person of its list who has one of their own right before the name.

    `radni: Jan Lis, Ewa Sum, sołtys Adam Bury`; not where the office is said of all: `gospodarzami byli sołtys ...`.
    """
    for place, item in enumerate(items[:-1]):
        if item.kind != "offices" or gaps[place] in ("and", "word", "words", "bracket"):
            continue
        for other in range(place + 2, len(items)):
            if (
                items[other].kind == "person"
                and items[other - 1].kind == "office"
                and gaps[other - 1] == "next"
            ):
                yield place, other


def _runs(items: Sequence[Item], gaps: Sequence[str]) -> Iterator[list[int]]:
    """Yield the places of people and offices between which nothing but names and marks stands."""
    run: list[int] = []
    for place, item in enumerate(items):
        if place and item.kind != "place" and gaps[place - 1] in ("word", "words"):
            yield run
            run = []
        if item.kind in ("person", "office", "offices"):
            run.append(place)
    yield run


def _order(groups: Sequence[Sequence[int]], items: Sequence[Item], gaps: Sequence[str]) -> str:
    """Say whether offices stand `before` or `after` their holders in the whole run; empty when it does not tell."""
    kinds = [items[group[0]].kind for group in groups]
    people = kinds.count("person")
    if people < 2 or kinds.count("office") < 2 or "offices" in kinds:
        return ""
    pairs = list(zip(groups, groups[1:], strict=False))
    closely = [(items[left[0]].kind, items[right[0]].kind, gaps[right[0] - 1]) for left, right in pairs]
    before = sum((left, right) == ("office", "person") and gap in _LEADING for left, right, gap in closely)
    after = sum((left, right) == ("person", "office") and gap in _TRAILING for left, right, gap in closely)
    alternates = all(left != right for left, right in zip(kinds, kinds[1:], strict=False))
    even = alternates and people * 2 == len(kinds)
    if not after and (before == people or (even and kinds[0] == "office")):
        return "before"
    if not before and (after == people or (even and kinds[0] == "person")):
        return "after"
    return ""
