"""Places of the holders of one office named together: `sołtysi: Łaz - Jan Lis, Cadówka - Ewa Bury`.

Which place is whose is read from the whole list: each place before its name, each after it, or all the places
first and all the names after them in the same order. Each shape is a named rule; a list of no shape gives nothing.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.extract.gaps import read_gap
from pipeline.extract.windows import Unit, Window
from pipeline.records import Mention

_BEFORE = frozenset({"-", ":", "("})
_AFTER = frozenset({"-", "(", "z", "ze", ","})
_BETWEEN = frozenset({",", "i", "oraz", "-", ":", "(", ")", "¶", "•", "*", ";", "#", "."})
_LEAST = 2


@dataclass(frozen=True, slots=True)
class ListPlaces:
    """The place of each holder, mention by mention, and the name of the shape that says so."""

    places: Mapping[int, int]
    rule: str


def find_list_places(
    text: str, mentions: Sequence[Mention], window: Window, office: Unit, holders: frozenset[int]
) -> ListPlaces | None:
    """Return the place of each holder of a plural office, or None when the list has no such shape.

    Args:
        text: The article.
        mentions: Its mentions.
        window: The stretch that the office stands in.
        office: The office.
        holders: Mentions of the people who hold it.
    """
    items = _items(mentions, window, office)
    people = [number for number, item in enumerate(items) if item.mention in holders]
    if len(people) < _LEAST:
        return None

    def between(left: int) -> tuple[str, ...]:
        return read_gap(text[items[left].end : items[left + 1].start]).tokens

    shapes: tuple[tuple[str, Callable[[], dict[int, int]]], ...] = (
        ("place_before_each", lambda: _before_each(items, people, between)),
        ("place_after_each", lambda: _after_each(items, people, between)),
        ("places_then_people", lambda: _in_order(items, people, between)),
    )
    for rule, read in shapes:
        if found := read():
            return ListPlaces(found, rule)
    return None


def _items(mentions: Sequence[Mention], window: Window, office: Unit) -> list[Unit]:
    """Return the people and places of the window with the office, the place that completes it as an item too."""
    items = [unit for unit in window.units if unit is not office]
    own = office.office.place if office.office else None
    if own is not None:
        items.append(Unit("place", own, mentions[own].start, mentions[own].end))
    items.append(Unit("office", office.mention, office.start, mentions[office.mention].end))
    return sorted(items, key=lambda item: item.start)


def _before_each(
    items: Sequence[Unit], people: Sequence[int], between: Callable[[int], tuple[str, ...]]
) -> dict[int, int]:
    found = {
        items[at].mention: items[at - 1].mention
        for at in people
        if at and items[at - 1].kind == "place" and (gap := between(at - 1)) and set(gap) <= _BEFORE
    }
    return found if len(found) >= _LEAST and 2 * len(found) >= len(people) else {}


def _after_each(
    items: Sequence[Unit], people: Sequence[int], between: Callable[[int], tuple[str, ...]]
) -> dict[int, int]:
    found = {
        items[at].mention: items[at + 1].mention
        for at in people
        if at + 1 < len(items)
        and items[at + 1].kind == "place"
        and (gap := between(at))
        and len(gap) == 1
        and set(gap) <= _AFTER
    }
    return found if len(found) >= _LEAST and 2 * len(found) >= len(people) else {}


def _in_order(
    items: Sequence[Unit], people: Sequence[int], between: Callable[[int], tuple[str, ...]]
) -> dict[int, int]:
    """Pair as many places that stand together as people that do: `wójtowie Żar i Lubska - Ewa Lis i Jan Bury`."""
    if people != list(range(people[0], people[0] + len(people))) or not _joined(people, between):
        return {}
    size = len(people)
    before = [number for number in range(people[0] - size, people[0]) if number >= 0]
    office = list(range(people[-1] + 1, min(people[-1] + 2, len(items))))
    after = [number + 1 for number in range(people[-1] + 1, people[-1] + 1 + size) if number + 1 < len(items)]
    for places in (before, after if office and items[office[0]].kind == "office" else []):
        together = len(places) == size and all(items[number].kind == "place" for number in places)
        if together and _joined(places, between):
            return {items[one].mention: items[two].mention for one, two in zip(people, places, strict=True)}
    return {}


def _joined(run: Sequence[int], between: Callable[[int], tuple[str, ...]]) -> bool:
    return all(set(between(number)) <= _BETWEEN for number in run[:-1])
