"""What the name of a body or place tells: its kind, branch, seat and unit, and how names are compared."""

from functools import lru_cache

from pipeline.normalise.diacritics import fold_diacritics
from pipeline.normalise.institutions import classify_institution
from pipeline.normalise.locations import nominative_location
from pipeline.remembered import PHRASES
from pipeline.tables import load_table

GOVERNING = frozenset({"executive", "council"})
_STEM = 4


@lru_cache(maxsize=PHRASES)
def key_of(nominative: str) -> str:
    """Return a name as it is compared: single spaces, letter case ignored."""
    return " ".join(nominative.split()).casefold()


@lru_cache(maxsize=PHRASES)
def body_kind(nominative: str) -> str:
    """Return the kind of a body, `other` when it is unknown."""
    return classify_institution(nominative).kind or "other"


@lru_cache(maxsize=1_000)
def branch_of(kind: str) -> str:
    """Return the branch of public life that a kind of body belongs to; empty when unknown."""
    return next((row["branch"] for row in load_table("kind_branches") if row["kind"] == kind), "")


@lru_cache(maxsize=1_000)
def governed_unit(kind: str) -> str:
    """Return the unit above the gmina that a kind of body governs; empty for others.

    >>> governed_unit("county_council")
    'powiat'
    """
    units = [row["unit"] for row in load_table("single_kinds") if row["kind"] == kind]
    return units[0] if units and units[0] != "gmina" and branch_of(kind) in GOVERNING else ""


@lru_cache(maxsize=1_000)
def is_never_of(office_branch: str, body_branch: str) -> bool:
    """Say whether an office of one branch never belongs to a body of another: a wójt to the council."""
    pair = {"office_branch": office_branch, "body_branch": body_branch}
    return any(row == pair for row in load_table("never_bodies"))


@lru_cache(maxsize=PHRASES)
def seat_of(nominative: str) -> str:
    """Return the seat inside a body's name, or the region whose body it is, or an empty string.

    >>> seat_of("Sejmik Województwa Opolskiego")
    'Województwo Opolskie'
    """
    return classify_institution(nominative).seat or _region_of(nominative)


def _region_of(nominative: str) -> str:
    """Return the region whose organ a body is: `Sejmik Województwa Opolskiego`, not `Zarząd Dróg Powiatu X`."""
    words = nominative.split()
    heads = {row["word"] for row in load_table("link_words") if row["kind"] == "region_head"}
    if (
        len(words) != 3
        or words[-2].lower() not in heads
        or not (words[-2][0].isupper() and words[-1][0].isupper())
    ):
        return ""
    return nominative_location(" ".join(words[-2:])).nominative


@lru_cache(maxsize=PHRASES)
def unit_of(place: str) -> str:
    """Return the unit that a place names itself as: `gmina`, `street`; `name` without one."""
    heads = {row["head"]: row["kind"] for row in load_table("location_heads")}
    head, _, rest = place.lower().partition(" ")
    return heads.get(head, "name") if rest else "name"


@lru_cache(maxsize=PHRASES)
def bare_place(place: str) -> str:
    """Return a place's name without `Gmina`, `Miasto`, `Miasto i Gmina`, letter case and spaces.

    >>> bare_place("Gmina Kije")
    'kije'
    """
    words = place.casefold().split()
    heads = {row["head"] for row in load_table("location_heads") if row["kind"] in ("gmina", "town")}
    while len(words) > 1 and (words[0] in heads or words[0] == "i"):
        words = words[1:]
    return " ".join(words)


@lru_cache(maxsize=PHRASES)
def stems_of(phrase: str) -> frozenset[str]:
    """Return the stems of the words of a phrase longer than two letters."""
    return frozenset(stem_of(word) for word in phrase.split() if len(word) > 2)


@lru_cache(maxsize=PHRASES)
def stem_of(word: str) -> str:
    """Return the first letters of a word, lower case, without diacritics."""
    return fold_diacritics(word.lower())[:_STEM]
