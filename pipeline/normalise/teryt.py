"""Places to TERYT: the gazetteer, the link of a name to its unit or locality, an article's municipality.

Source: data/tables/teryt_units.tsv and localities.tsv (TERC and SIMC of Statistics Poland).
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

from pipeline.normalise.institutions import find_seat
from pipeline.normalise.locations import nominative_location
from pipeline.normalise.place_words import known_places
from pipeline.tables import load_table

_GMINA_KINDS = frozenset({"urban", "rural", "mixed"})
_CAPITALISED = re.compile(r"[A-ZĄĆĘŁŃÓŚŹŻ]\w+(?:[ -][A-ZĄĆĘŁŃÓŚŹŻ]\w+)*")
_LEAST_CONFIDENCE = 0.02
_SEAT_WEIGHT = 5
# What one mention of each kind is worth beside a bare place name, which is worth 1.
_HOST, _TITLE, _UNIT, _SEAT, _WIDER_SEAT, _FIRST = 4.0, 1.5, 2.5, 2.0, 0.3, 0.5


@dataclass(frozen=True, slots=True)
class Unit:
    """A voivodeship (2 digits), powiat (4) or gmina (7)."""

    teryt: str
    name: str
    kind: str


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
        kind, bare = _split_kind(name)
        kind = kind_hint or kind
        if kind == "voivodeship":
            return _choose_unit(self._units(bare.lower(), {"voivodeship"}), near)
        if kind == "powiat":
            return _choose_unit(
                self._units(bare.lower(), {"powiat"}) or self._units(bare, {"city powiat"}), near
            )
        if kind == "gmina":
            return _choose_unit(self._units(bare, _GMINA_KINDS), near)
        if kind == "town":
            return _choose_unit(self._units(bare, {"urban"}) or self._units(bare, {"mixed"}), near)
        if kind not in ("", "village", "settlement"):
            return PlaceLink()
        return _choose_locality(self.localities_by_name.get(bare, ()), near)

    def _units(self, name: str, kinds: Iterable[str]) -> list[Unit]:
        return [unit for unit in self.units_by_name.get(name, ()) if unit.kind in kinds]

    def gminas_of(self, name: str) -> dict[str, float]:
        """Return the gminas that a place name can lie in, with the share of each."""
        kind, bare = _split_kind(name)
        if kind in ("gmina", "town"):
            found = [unit.teryt for unit in self._units(bare, _GMINA_KINDS)]
        elif kind in ("", "village", "settlement"):
            places = self.localities_by_name.get(bare, ())
            towns = [place.teryt for place in places if place.kind == "town"]
            # A village that gives a gmina its name is named far more often than its namesakes.
            seats = [unit.teryt for unit in self._units(bare, _GMINA_KINDS)] * _SEAT_WEIGHT
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


@cache
def _kind_words() -> dict[str, str]:
    return {row["head"]: row["kind"] for row in load_table("location_heads")}


def _split_kind(name: str) -> tuple[str, str]:
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


def infer_municipality(
    *,
    title: str | None,
    url: str | None,
    institutions: Sequence[str],
    locations: Sequence[str],
) -> tuple[str | None, float]:
    """Infer the gmina that an article is about.

    Args:
        title: Title as it stands.
        url: Address of the page.
        institutions: Nominatives of all mentions, repeated as in the text.
        locations: The same for places.

    Returns:
        TERC of 7 digits and a confidence 0..1; None and 0 when nothing tells.
    """
    votes: Counter[str] = Counter()
    for name in _url_gminas(url):
        _add_votes(votes, name, _HOST)
    for name in dict.fromkeys(_title_places(title)):
        _add_votes(votes, name, _TITLE)
    for name, count in sorted(Counter(locations).items()):
        _add_votes(votes, name, (_UNIT if _split_kind(name)[0] == "gmina" else 1.0) * count**0.5)
    for body, count in sorted(Counter(institutions).items()):
        if span := find_seat(body):
            seat = nominative_location(body[slice(*span)], left=body[: span[0]]).nominative
            _add_votes(votes, seat, (_WIDER_SEAT if _is_wider(body) else _SEAT) * count**0.5)
    if locations:
        _add_votes(votes, locations[0], _FIRST)
    return _elect(votes, _regions(locations))


def _is_wider(body: str) -> bool:
    """Say whether a body serves more than one gmina, so that its seat tells little."""
    stems = tuple(row["word"] for row in load_table("institution_markers") if row["opens"] == "wider_stem")
    return any(word.lower().startswith(stems) for word in body.split())


def _add_votes(votes: Counter[str], name: str, weight: float) -> None:
    for teryt, share in load_gazetteer().gminas_of(name).items():
        votes[teryt] += weight * share  # type: ignore[assignment]


def _regions(locations: Sequence[str]) -> Counter[str]:
    """Count the powiats and voivodeships that are named outright."""
    gazetteer, regions = load_gazetteer(), Counter[str]()
    for name in locations:
        if _split_kind(name)[0] in ("powiat", "voivodeship"):
            link = gazetteer.link_location(name)
            for code in (link.teryt,) if link.teryt else link.candidates:
                regions[code] += 1
    return regions


def _elect(votes: Counter[str], regions: Counter[str]) -> tuple[str | None, float]:
    """Elect the gmina with most votes; places of the same powiat and voivodeship support it."""
    if not votes:
        return None, 0.0
    powiats: Counter[str] = Counter()
    voivodeships: Counter[str] = Counter()
    for teryt, weight in votes.items():
        powiats[teryt[:4]] += weight
        voivodeships[teryt[:2]] += weight
    scores = {
        teryt: weight
        + 0.3 * (powiats[teryt[:4]] - weight)
        + 0.05 * (voivodeships[teryt[:2]] - weight)
        + 0.5 * bool(regions[teryt[:4]])
        + 0.1 * bool(regions[teryt[:2]])
        for teryt, weight in votes.items()
    }
    order = sorted(scores, key=lambda teryt: (-scores[teryt], teryt))
    top = scores[order[0]]
    second = scores[order[1]] if len(order) > 1 else 0.0
    confidence = round(min(1.0, (top - second) / top) * min(1.0, top / 2.0), 3)
    return (order[0], confidence) if confidence >= _LEAST_CONFIDENCE else (None, confidence)


def _title_places(title: str | None) -> list[str]:
    """Return names of the register that stand in a title, in any case."""
    whole = title or ""
    return [
        nominative_location(match[0], left=whole[: match.start()]).nominative
        for match in _CAPITALISED.finditer(whole)
        if known_places(match[0])
    ]


@cache
def _folded_gminas() -> dict[str, str]:
    """Return gmina names by their ASCII letters, as hosts write them."""
    gazetteer = load_gazetteer()
    return {_fold(unit.name): unit.name for unit in gazetteer.units.values() if unit.kind in _GMINA_KINDS}


def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFD", text.lower().replace("ł", "l"))
    return "".join(letter for letter in plain if letter.isascii() and letter.isalnum())


@cache
def _host_words() -> tuple[str, ...]:
    return tuple(row["word"] for row in load_table("host_words"))


def _url_gminas(url: str | None) -> list[str]:
    """Return the gminas that a host names: `ozimek.pl`, `www.gmina-ozimek.pl`, `bip.ozimek.pl`."""
    if not url:
        return []
    host = urlsplit(url if "//" in url else f"//{url}").hostname or ""
    names, found = _folded_gminas(), []
    for part in host.split("."):
        plain = _fold(part)
        if plain.startswith(_fold("powiat")):
            return []
        rests = [plain, *(plain.removeprefix(word) for word in _host_words() if plain.startswith(word))]
        rest = next((rest for rest in rests if rest in names), None)
        if rest is not None:
            found.append(f"gmina {names[rest]}")
    return found
