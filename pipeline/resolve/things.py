"""Bodies and places across articles: by kind, name, number and seat, and by TERYT code."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from pipeline.normalise.institutions import InstitutionParts, classify_institution, find_seat
from pipeline.normalise.role_codes import expand_role_code
from pipeline.normalise.teryt import load_gazetteer
from pipeline.records import Affiliation, Institution, Link, Location, Reading
from pipeline.resolve.keys import fold, make_id
from pipeline.resolve.same_bodies import BodyName, join_names, quoted_name, read_body_name, single_kinds
from pipeline.tables import Row, load_table

Key = tuple[str, ...]
# Stands for the whole country where TERC has the two digits of a voivodeship.
_COUNTRY = "00"


@dataclass(frozen=True, slots=True)
class Seen:
    """One mention of a body or place, with what its article knows; `seat` is the key of the place in its name."""

    article_id: str
    start: int
    nominative: str
    key: Key
    near: str = ""
    seat: Key | None = None

    @property
    def mention_id(self) -> str:
        """The id of the mention."""
        return f"{self.article_id}:{self.start}"


@dataclass(frozen=True, slots=True)
class Sighted:
    """The bodies and places of one article; `named` are places that it names without mentioning them apart."""

    bodies: tuple[Seen, ...]
    places: tuple[Seen, ...]
    named: tuple[tuple[Key, str], ...]


@dataclass(frozen=True, slots=True)
class Things:
    """Bodies and places of a set of articles.

    `entity_of` maps mention ids to ids; `place_ids` maps a place's key to a location's id.
    """

    institutions: tuple[Institution, ...]
    locations: tuple[Location, ...]
    entity_of: dict[str, str]
    place_ids: dict[Key, str] = field(default_factory=dict)

    def find_place(self, name: str, near: Sequence[str], *, role_code: str | None = None) -> str | None:
        """Return the id of a place that an affiliation names; the office may say what kind of gmina it is."""
        return self.place_ids.get(place_key(name, near, kind_hint=unit_of_office(role_code)))

    def make_headlines(self, affiliations: Iterable[Affiliation]) -> dict[str, str]:
        """Return the latest role, body and place of each actor as one line."""
        bodies = {body.institution_id: body.name for body in self.institutions}
        places = {place.location_id: place.name for place in self.locations}
        best: dict[str, Affiliation] = {}
        for held in affiliations:
            if held.actor_id not in best or _rank(held) > _rank(best[held.actor_id]):
                best[held.actor_id] = held
        return {actor_id: _headline(held, bodies, places) for actor_id, held in best.items()}


def resolve_things(readings: Iterable[Reading], added: Iterable[tuple[str, str, str]] = ()) -> Things:
    """Join the mentions of bodies and places.

    Args:
        readings: Sorted by article_id.
        added: Places that no reading names, each with the TERC of the article's gmina and
            the code of the office, or empty.
    """
    return join_things((find_things(reading) for reading in readings), added)


def find_things(reading: Reading) -> Sighted:
    """Return the bodies and places of one article, each with its key."""
    near = (reading.municipality.teryt,) if reading.municipality.teryt else ()
    hints = _units_of_places(reading)
    above = _bodies_above(reading)
    bodies, places, named = [], [], []
    for number, (mention, name) in enumerate(zip(reading.mentions, reading.names, strict=True)):
        if mention.label == "institution":
            seat_name = classify_institution(name.nominative).seat
            seat = _seat_key(name.nominative, near) if seat_name else None
            key, own = _locate_body(name.nominative, near, level=above.get(number, ""))
            bodies.append(Seen(mention.article_id, mention.start, name.nominative, key, "".join(own), seat))
            if seat:
                named.append((seat, seat_name))
        elif mention.label == "location":
            key = place_key(name.nominative, near, kind_hint=hints.get(number, ""))
            places.append(Seen(mention.article_id, mention.start, name.nominative, key, "".join(near)))
    for link, place in zip(reading.links, reading.places, strict=True):
        if place:
            named.append((place_key(place, near, kind_hint=_unit_of_link(reading, link)), place))
    return Sighted(tuple(bodies), tuple(places), tuple(named))


def _bodies_above(reading: Reading) -> dict[int, str]:
    """Return the bodies of offices above the powiat, with their level: `Komendant Główny Policji`."""
    levels = {}
    for link in reading.links:
        if link.role is None or link.institution is None or "institution" in link.inferred:
            continue
        level = expand_role_code(reading.names[link.role].nominative).level
        if level in ("voivodeship", "national"):
            levels[link.institution] = level
    return levels


def _locate_body(nominative: str, near: Sequence[str], *, level: str) -> tuple[Key, Sequence[str]]:
    """Return the key of a body, and the gmina that it belongs to where its article knows one.

    One above the powiat is not of the article's gmina: of its voivodeship, or of the whole country.
    """
    if not level or classify_institution(nominative).seat:
        return body_key(nominative, near), near
    region = near[0][:2] if near and level == "voivodeship" else _COUNTRY
    return (body_key(nominative, ())[0], region, ""), ()


def join_things(sighted: Iterable[Sighted], added: Iterable[tuple[str, str, str]] = ()) -> Things:
    """Join what was found in each article; in the order of the articles' ids."""
    bodies: dict[Key, list[Seen]] = defaultdict(list)
    places: dict[Key, list[Seen]] = defaultdict(list)
    named: dict[Key, str] = {}
    for article in sighted:
        for seen in article.bodies:
            bodies[seen.key].append(seen)
        for seen in article.places:
            places[seen.key].append(seen)
        for key, name in article.named:
            named.setdefault(key, name)
    for place, gmina, code in sorted(set(added)):
        near = (gmina,) if gmina else ()
        named.setdefault(place_key(place, near, kind_hint=unit_of_office(code)), place)
    place_ids = {key: place_id(key) for key in {*places, *named}}
    locations = [_make_location(key, places.get(key, []), named.get(key, "")) for key in place_ids]
    groups = _join_bodies(bodies)
    institutions = [_make_institution(seen, place_ids) for seen in groups]
    entity_of = {seen.mention_id: place_ids[key] for key, group in places.items() for seen in group}
    for group, institution in zip(groups, institutions, strict=True):
        entity_of |= {seen.mention_id: institution.institution_id for seen in group}
    return Things(
        institutions=tuple(sorted(institutions, key=lambda body: body.institution_id)),
        locations=tuple(sorted(locations, key=lambda place: place.location_id)),
        entity_of=entity_of,
        place_ids=place_ids,
    )


def _join_bodies(bodies: Mapping[Key, list[Seen]]) -> list[list[Seen]]:
    """Join the groups of mentions whose names are of one body."""
    by_name: dict[BodyName, list[Key]] = defaultdict(list)
    for key, seen in bodies.items():
        fullest = min((one.nominative for one in seen), key=lambda name: (-len(name.split()), name))
        by_name[read_body_name(fullest, key[1] if key[1].isdigit() else "")].append(key)
    joined = []
    for names in join_names(by_name):
        seen = [one for name in names for key in by_name[name] for one in bodies[key]]
        joined.append(sorted(seen, key=lambda one: (one.article_id, one.start)))
    return joined


def body_key(nominative: str, near: Sequence[str]) -> Key:
    """Return what tells a body from others: its name without the seat, the gmina of the seat, and the seat.

    A local kind of body with no seat in its name is that of the article's gmina; the seat is left out
    where a gmina has one such body.
    """
    parts = classify_institution(nominative)
    core = _core(nominative)
    if parts.seat:
        gmina = (place_gmina(_seat_key(nominative, near)) or "")[:6]
        seat = "" if gmina and single_kinds().get(parts.kind) == "gmina" else fold(parts.seat)
        return (core, gmina, seat)
    is_local = bool(near) and (parts.public or bool(quoted_name(nominative))) and not _is_national(parts)
    return (core, near[0][:6] if is_local else "", "")


def place_key(name: str, near: Sequence[str], *, kind_hint: str = "") -> Key:
    """Return what tells a place from others: its register number, or its name where it has none.

    Args:
        name: Nominative.
        near: TERC of what the article is about.
        kind_hint: town or gmina, where an office or a body says so: a mayor's Leśnica is the town.
    """
    gazetteer = load_gazetteer()
    if kind_hint:
        unit = gazetteer.link_location(name, kind_hint=kind_hint, near=near).teryt
        near = (unit, *near) if unit else near
    link = gazetteer.link_location(name, near=near)
    if link.simc:
        return ("simc", link.simc, link.teryt or "")
    if link.teryt:
        return ("teryt", link.teryt)
    return ("name", fold(name))


def place_gmina(key: Key) -> str | None:
    """Return the TERC of a place's key, None where it has none."""
    return None if key[0] == "name" else key[-1] or None


def unit_of_office(role_code: str | None) -> str:
    """Return what kind of unit an office is of: town, gmina or, mostly, empty."""
    row = _office_units().get((role_code or "").removeprefix("deputy_"))
    return row["kind_hint"] if row else ""


def units_of_office(role_code: str | None) -> str:
    """Return the last digits of TERC that the gmina of an office can have; empty for any."""
    row = _office_units().get((role_code or "").removeprefix("deputy_"))
    return row["types"] if row else ""


@cache
def _office_units() -> dict[str, Row]:
    return {row["code"]: row for row in load_table("office_units")}


def _unit_of_link(reading: Reading, link: Link) -> str:
    if link.role is None:
        return ""
    return unit_of_office(expand_role_code(reading.names[link.role].nominative).code)


def _units_of_places(reading: Reading) -> dict[int, str]:
    """Return the kind of unit of each place mention that an office of such a unit is linked to."""
    units = ((link.place, _unit_of_link(reading, link)) for link in reading.links)
    return {place: unit for place, unit in units if place is not None and unit}


def _seat_key(nominative: str, near: Sequence[str]) -> Key:
    """Return the key of the place in a body's name: the seat of a `Rada Miejska` is a town."""
    head = fold(nominative)
    hint = next((unit for start, unit in _body_units() if head.startswith(f"{start} ")), "")
    return place_key(classify_institution(nominative).seat, near, kind_hint=hint)


@cache
def _body_units() -> tuple[tuple[str, str], ...]:
    rows = [(fold(row["head"]), row["kind_hint"]) for row in load_table("body_units")]
    return tuple(sorted(rows, key=lambda row: (-len(row[0]), row)))


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


def place_id(key: Key) -> str:
    """Return the id of the place of a key."""
    return make_id("location", *key)


def _make_location(key: Key, seen: Sequence[Seen], named: str) -> Location:
    name = Counter(one.nominative for one in seen).most_common() if seen else [(named, 0)]
    best = min((-count, text) for text, count in name)[1]
    teryt = place_gmina(key)
    return Location(
        location_id=place_id(key),
        name=best,
        kind=_location_kind(best, key, teryt),
        teryt=teryt,
        simc=key[1] if key[0] == "simc" else None,
        n_articles=len({one.article_id for one in seen}),
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
    names = Counter(one.nominative for one in seen)
    fullest = min(names, key=lambda name: (-len(name.split()), -names[name], name))
    parts = classify_institution(fullest)
    seat = _seat(seen, fullest)
    near = seen[0].near
    is_local = bool(near) and parts.public and not _is_national(parts)
    return Institution(
        institution_id=make_id("institution", *min(one.key for one in seen)),
        name=fullest,
        kind=read_body_name(fullest, "").kind or None,
        acronym=parts.acronym or None,
        parent_id=None,
        location_id=place_ids.get(seat) if seat else None,
        teryt=place_gmina(seat) if seat else near if is_local else None,
        aliases=tuple(sorted(set(names) - {fullest})),
        n_articles=len({one.article_id for one in seen}),
        n_mentions=len(seen),
    )


def _seat(seen: Sequence[Seen], fullest: str) -> Key | None:
    """Return the key of a body's seat: that of its fullest name, else of any name that has one."""
    named = sorted(seen, key=lambda one: (one.nominative != fullest, one.mention_id))
    return next((one.seat for one in named if one.seat), None)


def _rank(held: Affiliation) -> tuple[bool, bool, str, int, float, str]:
    seen = held.last_seen.isoformat() if held.last_seen else ""
    return (
        held.status != "former",
        held.role is not None,
        seen,
        held.n_articles,
        held.confidence,
        held.affiliation_id,
    )


def _headline(held: Affiliation, bodies: Mapping[str, str], places: Mapping[str, str]) -> str:
    body = bodies.get(held.institution_id or "")
    place = places.get(held.location_id or "")
    parts = [held.role, body, None if body and place and place.split()[-1][:4] in body else place]
    line = ", ".join(part for part in parts if part)
    return line if held.status == "current" else f"{line} ({held.status})"
