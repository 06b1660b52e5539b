"""The gmina that an article is about, by its address, title, bodies, places and offices.

Source: data/tables/teryt_units.tsv and localities.tsv (TERC and SIMC of Statistics Poland).
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import cache
from urllib.parse import urlsplit

from pipeline.normalise.institutions import find_seat
from pipeline.normalise.locations import nominative_location
from pipeline.normalise.place_words import known_places
from pipeline.normalise.role_codes import expand_role_code
from pipeline.normalise.teryt import GMINA_KINDS, load_gazetteer, split_kind
from pipeline.tables import load_table

_CAPITALISED = re.compile(r"[A-ZĄĆĘŁŃÓŚŹŻ]\w+(?:[ -][A-ZĄĆĘŁŃÓŚŹŻ]\w+)*")
_LEAST_CONFIDENCE = 0.02
# What one mention of each kind is worth beside a bare place name, which is worth 1.
_HOST, _TITLE, _UNIT, _SEAT, _WIDER_SEAT, _FIRST = 4.0, 1.5, 2.5, 2.0, 0.3, 0.5
_OTHER_TYPE = 0.5


def infer_municipality(
    *,
    title: str | None,
    url: str | None,
    institutions: Sequence[str],
    locations: Sequence[str],
    roles: Sequence[str] = (),
) -> tuple[str | None, float]:
    """Infer the gmina that an article is about.

    Args:
        title: Title as it stands.
        url: Address of the page.
        institutions: Nominatives of all mentions, repeated as in the text.
        locations: The same for places.
        roles: The same for offices: a wójt's gmina is rural, a mayor's has a town.

    Returns:
        TERC of 7 digits and a confidence 0..1; None and 0 when nothing tells.
    """
    votes: Counter[str] = Counter()
    for name in _url_gminas(url):
        _add_votes(votes, name, _HOST)
    for name in dict.fromkeys(_title_places(title)):
        _add_votes(votes, name, _TITLE)
    for name, count in sorted(Counter(locations).items()):
        _add_votes(votes, name, (_UNIT if split_kind(name)[0] == "gmina" else 1.0) * count**0.5)
    for body, count in sorted(Counter(institutions).items()):
        if seat := _seat_of(body):
            _add_votes(votes, seat, (_WIDER_SEAT if _is_wider(body) else _SEAT) * count**0.5)
    for name in _first_place(locations):
        _add_votes(votes, name, _FIRST)
    return _elect(votes, _regions(locations), _gmina_types(roles))


def _seat_of(body: str) -> str:
    span = find_seat(body)
    return nominative_location(body[slice(*span)], left=body[: span[0]]).nominative if span else ""


def _first_place(locations: Sequence[str]) -> list[str]:
    """Return the first name that a gmina can be told by; streets and rivers tell none."""
    gazetteer = load_gazetteer()
    return [name for name in locations if gazetteer.gminas_of(name)][:1]


def _gmina_types(roles: Sequence[str]) -> frozenset[str]:
    """Return the last digits of TERC that the offices named allow; empty when they tell nothing."""
    types = {row["code"]: row["types"] for row in load_table("office_units")}
    codes = {expand_role_code(role).code.removeprefix("deputy_") for role in roles}
    return frozenset("".join(types.get(code, "") for code in codes))


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
        if split_kind(name)[0] in ("powiat", "voivodeship"):
            link = gazetteer.link_location(name)
            for code in (link.teryt,) if link.teryt else link.candidates:
                regions[code] += 1
    return regions


def _elect(votes: Counter[str], regions: Counter[str], types: frozenset[str]) -> tuple[str | None, float]:
    """Elect the gmina with most votes; places of the same powiat and voivodeship support it."""
    if not votes:
        return None, 0.0
    for teryt in votes if types else ():
        votes[teryt] *= 1.0 if teryt[6:] in types else _OTHER_TYPE  # type: ignore[assignment]
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
    return {_fold(unit.name): unit.name for unit in gazetteer.units.values() if unit.kind in GMINA_KINDS}


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
