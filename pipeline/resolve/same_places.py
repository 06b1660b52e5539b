"""The place of each statement, as all that is said of the person knows it."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from pipeline.normalise.teryt import load_gazetteer
from pipeline.records import Location
from pipeline.resolve.guesses import find_place
from pipeline.resolve.keys import fold
from pipeline.resolve.local import Held
from pipeline.resolve.things import Things, units_of_office


def find_places(held: Sequence[Held], things: Things) -> list[str | None]:
    """Return the id of each statement's place.

    A namesake far from the article's gmina gives way to the place of that name that other articles state of
    the same person; a gmina and the town or village that gives it its name are one place of an office.
    """
    locations = {place.location_id: place for place in things.locations}
    found = [find_place(item, things) for item in held]
    known = _sure_places(held, found, locations)
    settled = [
        _settle(item, place, known, locations) if place else None
        for item, place in zip(held, found, strict=True)
    ]
    settled = _withdraw_impossible(held, settled, locations)
    one = _join_seats(held, settled, locations)
    return [
        one.get((item.actor_id, item.statement.role_code, place), place) if place else None
        for item, place in zip(held, settled, strict=True)
    ]


def _sure_places(
    held: Sequence[Held], found: Sequence[str | None], locations: Mapping[str, Location]
) -> dict[tuple[str, str], Counter[str]]:
    """Count the places inside the article's own gmina, by actor and name."""
    known: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for item, place in zip(held, found, strict=True):
        if place and _is_sure(item, locations[place]):
            known[item.actor_id, fold(item.statement.place or "")][place] += 1
    return known


def _is_sure(item: Held, place: Location) -> bool:
    near = item.person.municipality
    return bool(near and place.teryt and place.teryt[:6] == near[:6])


def _settle(
    item: Held,
    place: str,
    known: Mapping[tuple[str, str], Counter[str]],
    locations: Mapping[str, Location],
) -> str:
    if _is_sure(item, locations[place]):
        return place
    namesakes = known.get((item.actor_id, fold(item.statement.place or "")), Counter())
    return next(iter(namesakes)) if len(namesakes) == 1 else place


def _join_seats(
    held: Sequence[Held], places: Sequence[str | None], locations: Mapping[str, Location]
) -> dict[tuple[str, str | None, str], str]:
    """Return the one place that stands for a gmina and its namesake seat, by actor and role code."""
    groups: dict[tuple[str, str | None, str], Counter[str]] = defaultdict(Counter)
    for item, place in zip(held, places, strict=True):
        if place and (gmina := _gmina_of(item.statement.role_code, locations[place])):
            groups[item.actor_id, item.statement.role_code, gmina][place] += 1
    one: dict[tuple[str, str | None, str], str] = {}
    for (actor_id, role_code, _), counts in groups.items():
        best = min(counts, key=lambda place: (-counts[place], place))
        one |= {(actor_id, role_code, place): best for place in counts}
    return one


def _gmina_of(role_code: str | None, place: Location) -> str:
    """Return the TERC of the gmina that a place stands for; empty where it is a place of its own.

    A wójt's village stands for the gmina around it; another office's only where the two share a name.
    """
    if not place.teryt or len(place.teryt) != 7:
        return ""
    unit = load_gazetteer().units.get(place.teryt)
    has_one_name = unit is not None and fold(unit.name) == fold(place.name)
    return place.teryt if place.kind == "gmina" or has_one_name or units_of_office(role_code) else ""


def _withdraw_impossible(
    held: Sequence[Held], places: Sequence[str | None], locations: Mapping[str, Location]
) -> list[str | None]:
    """Leave out a place that an office cannot be of, as a powiat of a mayor, where a fitting one is known."""
    fitting = {
        (item.actor_id, item.statement.role_code)
        for item, place in zip(held, places, strict=True)
        if place and _can_be_of(item.statement.role_code, locations[place])
    }
    return [
        place
        if place is None
        or (item.actor_id, item.statement.role_code) not in fitting
        or _can_be_of(item.statement.role_code, locations[place])
        else None
        for item, place in zip(held, places, strict=True)
    ]


def _can_be_of(role_code: str | None, place: Location) -> bool:
    types = units_of_office(role_code)
    return not types or (place.teryt is not None and len(place.teryt) == 7 and place.teryt[6] in types)
