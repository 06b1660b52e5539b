"""Bodies and places across articles: by kind, name, number and seat, and by TERYT code."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from pipeline.normalise.institutions import InstitutionParts, classify_institution, find_seat
from pipeline.normalise.teryt import PlaceLink, load_gazetteer
from pipeline.records import Affiliation, Institution, Location, Mention, Name, Reading
from pipeline.resolve.keys import fold, make_id
from pipeline.tables import load_table

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """One mention of a body or place, with what its article knows."""

    mention: Mention
    name: Name
    near: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Things:
    """Bodies and places of a set of articles.

    `entity_of` maps mention ids to ids; `place_ids` maps (place, article's gmina) to a location's id.
    """

    institutions: tuple[Institution, ...]
    locations: tuple[Location, ...]
    entity_of: dict[str, str]
    place_ids: dict[Key, str] = field(default_factory=dict)

    def find_place(self, name: str, near: Sequence[str]) -> str | None:
        """Return the id of a place that an affiliation names."""
        return self.place_ids.get(place_key(name, near))

    def make_headlines(self, affiliations: Iterable[Affiliation]) -> dict[str, str]:
        """Return the latest role, body and place of each actor as one line."""
        bodies = {body.institution_id: body.name for body in self.institutions}
        places = {place.location_id: place.name for place in self.locations}
        best: dict[str, Affiliation] = {}
        for held in affiliations:
            if held.actor_id not in best or _rank(held) > _rank(best[held.actor_id]):
                best[held.actor_id] = held
        return {actor_id: _headline(held, bodies, places) for actor_id, held in best.items()}


def resolve_things(readings: Sequence[Reading]) -> Things:
    """Join the mentions of bodies and places; `readings` are sorted by article_id."""
    bodies: dict[Key, list[Seen]] = defaultdict(list)
    places: dict[Key, list[Seen]] = defaultdict(list)
    named: dict[Key, str] = {}
    for reading in readings:
        near = (reading.municipality.teryt,) if reading.municipality.teryt else ()
        for mention, name in zip(reading.mentions, reading.names, strict=True):
            seen = Seen(mention, name, near)
            if mention.label == "institution":
                bodies[body_key(name.nominative, near)].append(seen)
            elif mention.label == "location":
                places[place_key(name.nominative, near)].append(seen)
        for place in filter(None, (*reading.places, *_seats(reading))):
            named.setdefault(place_key(place, near), place)
    place_ids = {key: _place_id(key) for key in {*places, *named}}
    locations = [_make_location(key, places.get(key, []), named.get(key, "")) for key in place_ids]
    institutions = [_make_institution(seen, place_ids) for seen in bodies.values()]
    entity_of = {seen.mention.mention_id: _place_id(key) for key, group in places.items() for seen in group}
    for group, institution in zip(bodies.values(), institutions, strict=True):
        entity_of |= {seen.mention.mention_id: institution.institution_id for seen in group}
    return Things(
        institutions=tuple(sorted(institutions, key=lambda body: body.institution_id)),
        locations=tuple(sorted(locations, key=lambda place: place.location_id)),
        entity_of=entity_of,
        place_ids=place_ids,
    )


def body_key(nominative: str, near: Sequence[str]) -> Key:
    """Return what tells a body from others: its name without the seat, and the gmina of the seat.

    A local kind of body with no seat in its name is that of the article's gmina.
    """
    parts = classify_institution(nominative)
    core = _core(nominative)
    if parts.seat:
        return (core, _gmina(parts.seat, near) or fold(parts.seat))
    return (core, near[0][:6] if near and parts.public and not _is_national(parts) else "")


def place_key(name: str, near: Sequence[str]) -> Key:
    """Return what tells a place from others: its register number, or its name where it has none."""
    link = load_gazetteer().link_location(name, near=near)
    if link.simc:
        return ("simc", link.simc)
    if link.teryt:
        return ("teryt", link.teryt)
    return ("name", fold(name))


def _seats(reading: Reading) -> Iterable[str]:
    for mention, name in zip(reading.mentions, reading.names, strict=True):
        if mention.label == "institution":
            yield classify_institution(name.nominative).seat


def _core(nominative: str) -> str:
    seat = find_seat(nominative)
    if seat is not None:
        before = nominative[: seat[0]].rstrip()
        for preposition in (" w", " we", " na", " z"):
            before = before.removesuffix(preposition)
        nominative = f"{before} {nominative[seat[1] :]}"
    core = fold(nominative)
    first, _, rest = core.partition(" ")
    return f"{_full_heads().get(first, first)} {rest}".strip()


@cache
def _full_heads() -> dict[str, str]:
    """The full head of each acronym that stands for one kind only."""
    heads: dict[str, set[str]] = defaultdict(set)
    for row in load_table("institution_kinds"):
        for acronym in filter(None, row["acronym"].split("|")):
            heads[fold(acronym)].add(fold(row["head"]))
    return {acronym: min(found) for acronym, found in heads.items() if len(found) == 1}


def _is_national(parts: InstitutionParts) -> bool:
    return parts.kind in {"ministry", "parliament", "party", "government", "government_agency", "media"}


def _gmina(place: str, near: Sequence[str]) -> str:
    teryt = load_gazetteer().link_location(place, near=near).teryt
    return teryt[:6] if teryt else ""


def _place_id(key: Key) -> str:
    return make_id("location", *key)


def _make_location(key: Key, seen: Sequence[Seen], named: str) -> Location:
    gazetteer = load_gazetteer()
    name = Counter(one.name.nominative for one in seen).most_common() if seen else [(named, 0)]
    best = min((-count, text) for text, count in name)[1]
    near = seen[0].near if seen else ()
    link = PlaceLink() if key[0] == "name" else gazetteer.link_location(best, near=near)
    teryt = key[1] if key[0] == "teryt" else link.teryt
    return Location(
        location_id=_place_id(key),
        name=best,
        kind=_location_kind(best, key, teryt),
        teryt=teryt,
        simc=key[1] if key[0] == "simc" else None,
        n_articles=len({one.mention.article_id for one in seen}),
        n_mentions=len(seen),
    )


def _location_kind(name: str, key: Key, teryt: str | None) -> str | None:
    if key[0] == "simc":
        return "locality"
    if key[0] == "teryt" and teryt:
        return {2: "voivodeship", 4: "powiat"}.get(len(teryt), "gmina")
    heads = {row["head"]: row["kind"] for row in load_table("location_heads")}
    return heads.get(name.split()[0].lower()) if name else None


def _make_institution(seen: Sequence[Seen], place_ids: Mapping[Key, str]) -> Institution:
    names = Counter(one.name.nominative for one in seen)
    fullest = min(names, key=lambda name: (-len(name.split()), -names[name], name))
    parts = classify_institution(fullest)
    near = seen[0].near
    seat = place_key(parts.seat, near) if parts.seat else None
    return Institution(
        institution_id=make_id("institution", min(one.mention.mention_id for one in seen)),
        name=fullest,
        kind=parts.kind or None,
        acronym=parts.acronym or None,
        parent_id=None,
        location_id=place_ids.get(seat) if seat else None,
        teryt=_seat_teryt(parts, near),
        aliases=tuple(sorted(set(names) - {fullest})),
        n_articles=len({one.mention.article_id for one in seen}),
        n_mentions=len(seen),
    )


def _seat_teryt(parts: InstitutionParts, near: Sequence[str]) -> str | None:
    if parts.seat:
        return load_gazetteer().link_location(parts.seat, near=near).teryt
    return near[0] if near and parts.public and not _is_national(parts) else None


def _rank(held: Affiliation) -> tuple[bool, str, bool, int, float, str]:
    seen = held.last_seen.isoformat() if held.last_seen else ""
    return (
        held.status != "former",
        seen,
        held.role is not None,
        held.n_articles,
        held.confidence,
        held.affiliation_id,
    )


def _headline(held: Affiliation, bodies: Mapping[str, str], places: Mapping[str, str]) -> str:
    body = bodies.get(held.institution_id or "")
    place = places.get(held.location_id or "")
    parts = [held.role, body, None if body and place and place.split()[-1][:4] in body else place]
    return ", ".join(part for part in parts if part)
