"""Places to TERYT: the gazetteer, and the link of a name to its unit or locality.

Source: data/tables/teryt_units.tsv and localities.tsv (TERC and SIMC of Statistics Poland).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from pipeline.quick import quickly_made
from pipeline.records import Reading
from pipeline.tables import load_table

GMINA_KINDS = frozenset({"urban", "rural", "mixed"})
_SEAT_WEIGHT = 5
_NEVER_LOCAL = frozenset({"country", "continent"})


@dataclass(frozen=True, slots=True)
class Unit:
    """A voivodeship (2 digits), powiat (4) or gmina (7)."""

    teryt: str
    name: str
    kind: str


@quickly_made
@dataclass(frozen=True, slots=True)
class Locality:
    """A village or town of its own, with the gmina that it lies in."""

    simc: str
    name: str
    teryt: str
    kind: str


@dataclass(frozen=True, slots=True)
class PlaceLink:
    """What a name links to; `teryt` is None when it is no unit or one of several `candidates`."""

    teryt: str | None = None
    simc: str | None = None
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """The units and localities of Poland by name."""

    units: Mapping[str, Unit]
    units_by_name: Mapping[str, tuple[Unit, ...]]
    localities_by_name: Mapping[str, tuple[Locality, ...]]

    def link_location(self, name: str, *, kind_hint: str = "", near: Sequence[str] = ()) -> PlaceLink:
        """Link the nominative of a place to its code.

        Args:
            name: Nominative, such as `Nowa Wieś`, `Gmina Kije`, `powiat nyski`.
            kind_hint: gmina, powiat, voivodeship, town or village; empty to read it from the name.
            near: TERC codes of what the article is about, of any length, the surest first.

        >>> load_gazetteer().link_location("powiat nyski").teryt
        '1607'
        """
        kind, bare = split_kind(name)
        kind = kind_hint or kind
        if kind == "voivodeship":
            return _choose_unit(self._units(bare.lower(), {"voivodeship"}), near)
        if kind == "powiat":
            return _choose_unit(
                self._units(bare.lower(), {"powiat"}) or self._units(bare, {"city powiat"}), near
            )
        if kind == "gmina":
            return _choose_unit(self._units(bare, GMINA_KINDS), near)
        if kind == "town":
            return _choose_unit(self._units(bare, {"urban"}) or self._units(bare, {"mixed"}), near)
        if kind not in ("", "village", "settlement"):
            return PlaceLink()
        if wide := _wide_places().get(name):
            own = [place for place in self.localities_by_name.get(name, ()) if place.teryt in near]
            return PlaceLink() if wide in _NEVER_LOCAL else _choose_locality(own, near)
        return _choose_locality(self.localities_by_name.get(bare, ()), near)

    def _units(self, name: str, kinds: Iterable[str]) -> list[Unit]:
        return [unit for unit in self.units_by_name.get(name, ()) if unit.kind in kinds]

    def gminas_of(self, name: str) -> dict[str, float]:
        """Return the gminas that a place name can lie in, with the share of each."""
        kind, bare = split_kind(name)
        if kind in ("gmina", "town"):
            found = [unit.teryt for unit in self._units(bare, GMINA_KINDS)]
        elif kind in ("", "village", "settlement"):
            places = self.localities_by_name.get(bare, ())
            towns = [place.teryt for place in places if place.kind == "town"]
            # A village that gives a gmina its name is named far more often than its namesakes.
            seats = [unit.teryt for unit in self._units(bare, GMINA_KINDS)] * _SEAT_WEIGHT
            found = towns or [*seats, *(place.teryt for place in places)]
        else:
            found = []
        return {teryt: found.count(teryt) / len(found) for teryt in found if teryt}


@cache
def load_gazetteer() -> Gazetteer:
    """Load the gazetteer; once per process."""
    units = {row["teryt"]: Unit(row["teryt"], row["name"], row["kind"]) for row in load_table("teryt_units")}
    units_by_name: dict[str, list[Unit]] = defaultdict(list)
    for unit in units.values():
        units_by_name[unit.name].append(unit)
    places: dict[str, list[Locality]] = defaultdict(list)
    for row in load_table("localities"):
        places[row["name"]].append(Locality(row["simc"], row["name"], row["terc"], row["kind"]))
    return Gazetteer(
        units,
        {name: tuple(group) for name, group in units_by_name.items()},
        {name: tuple(group) for name, group in places.items()},
    )


def link_places(reading: Reading) -> dict[str, PlaceLink]:
    """Link every place that an article names, by its nominative, near the gmina that the article is about."""
    near = (reading.municipality.teryt,) if reading.municipality.teryt else ()
    gazetteer = load_gazetteer()
    places = {
        name.nominative: None
        for mention, name in zip(reading.mentions, reading.names, strict=True)
        if mention.label == "location"
    }
    return {place: gazetteer.link_location(place, near=near) for place in places}


def is_wide(name: str) -> bool:
    """Say whether a name is a country's, a continent's, a region's or a water's: no local office is of it."""
    return name in _wide_places()


@cache
def _wide_places() -> dict[str, str]:
    return {row["name"]: row["kind"] for row in load_table("wide_places")}


@cache
def _kind_words() -> dict[str, str]:
    return {row["head"]: row["kind"] for row in load_table("location_heads")}


def split_kind(name: str) -> tuple[str, str]:
    """Split `Gmina Kije` into its kind and `Kije`; the kind is empty for a bare name."""
    first, _, rest = name.partition(" ")
    kind = _kind_words().get(first.lower())
    if kind is None or not rest:
        return "", name
    if rest.lower().startswith("i gmina "):
        return "gmina", rest[8:]
    lower = first.islower() or kind in ("gmina", "powiat", "voivodeship", "street")
    known = name in load_gazetteer().localities_by_name
    return ("", name) if known and not lower else (kind, rest)


def _choose_unit(units: Sequence[Unit], near: Sequence[str]) -> PlaceLink:
    codes = [unit.teryt for unit in units]
    chosen = codes[0] if len(codes) == 1 else _nearest(codes, near)
    return PlaceLink(chosen, None, () if chosen else tuple(sorted(codes)))


def _choose_locality(places: Sequence[Locality], near: Sequence[str]) -> PlaceLink:
    """Choose by the article's gmina, then its powiat; a town wins over far villages of its name."""
    towns = [place for place in places if place.kind == "town"]
    chosen = None
    for length in (7, 4):
        prefixes = {code[:length] for code in near if len(code) >= length}
        inside = [place for place in places if place.teryt[:length] in prefixes]
        # Of a village and its hamlet, both of one name, the village is meant.
        inside = [place for place in inside if place.kind in ("village", "town")] or inside
        if len(inside) == 1 or chosen:
            chosen = chosen or inside[0]
    if chosen is None and len(towns) == 1:
        chosen = towns[0]
    if chosen is None and not towns:
        regions = {code[:2] for code in near}
        inside = [place for place in places if not regions or place.teryt[:2] in regions]
        chosen = inside[0] if len(inside) == 1 else None
    if chosen is None:
        return PlaceLink(candidates=tuple(sorted({place.simc for place in places})))
    return PlaceLink(chosen.teryt or None, chosen.simc)


def _nearest(codes: Sequence[str], near: Sequence[str]) -> str | None:
    """Return the only code that shares the longest prefix with the surest neighbour."""
    for length in (7, 4, 2):
        prefixes = {code[:length] for code in near if len(code) >= length}
        inside = [code for code in codes if code[:length] in prefixes]
        if len(inside) == 1:
            return inside[0]
        if len(inside) > 1 and length == 7:
            return inside[0]
    return None
