"""How two people's surnames stand to each other, and how many may bear a name.

Source: data/tables/surnames.tsv (NKJP1M), surname_forms.tsv, surname_sounds.tsv, and Morfeusz 2.
"""

from functools import cache, lru_cache
from math import sqrt
from typing import Literal

from rapidfuzz.distance import OSA

from pipeline.morphology import analyse
from pipeline.normalise.people import nominative_person
from pipeline.resolve.keys import fold, older_forms, sound_key, surname_key, surname_parts
from pipeline.tables import load_table

Relation = Literal["same", "part", "woman_form", "sound", "misspelt", "inflected", "missing", "differs"]

_CACHE_SIZE = 400_000
_LEAST_MISSPELT = 5
_STEM = 3
_UNKNOWN = 2e-5  # the share of a surname that the corpus lacks
_LONGEST_ENDING = 4


@lru_cache(maxsize=_CACHE_SIZE)
def relate_surnames(left: str, right: str) -> Relation:
    """Say how one surname stands to another.

    >>> relate_surnames("Nowak-Kowalska", "Kowalska")
    'part'
    """
    ours, theirs = surname_parts(left), surname_parts(right)
    if not ours or not theirs:
        return "missing"
    if sorted(ours) == sorted(theirs):
        return "same"
    if len(ours) != len(theirs) and set(ours) & set(theirs):
        return "part"
    if older_forms(fold(left)) & set(theirs) or older_forms(fold(right)) & set(ours):
        return "woman_form"
    if sounds(left) == sounds(right):
        return "sound"
    return _relate_spellings(left, right)


def _relate_spellings(left: str, right: str) -> Relation:
    ours, theirs = surname_key(left), surname_key(right)
    if is_inflected(left, right) or is_inflected(right, left):
        return "inflected"
    long_enough = min(len(ours), len(theirs)) >= _LEAST_MISSPELT
    both_known = is_surname(left) and is_surname(right)
    if long_enough and not both_known and _is_one_slip_off((ours, theirs), (fold(left), fold(right))):
        return "misspelt"
    return "differs"


def _is_one_slip_off(*spellings: tuple[str, str]) -> bool:
    """Say whether a letter too many, too few, wrong or swapped parts two surnames, in either spelling."""
    return any(OSA.distance(ours, theirs, score_cutoff=1) == 1 for ours, theirs in spellings)


@lru_cache(maxsize=_CACHE_SIZE)
def is_surname(text: str) -> bool:
    """Say whether the corpus or the dictionary knows a surname as it stands."""
    if surname_key(text) in _counts():
        return True
    return any("nom" in analysis.cases and analysis.is_name("nazwisko") for analysis in analyse(text))


@lru_cache(maxsize=_CACHE_SIZE)
def sounds(surname: str) -> frozenset[str]:
    """Return how each part of a surname is heard."""
    return frozenset(sound_key(part) for part in surname.replace("-", " ").split())


@lru_cache(maxsize=_CACHE_SIZE)
def is_inflected(form: str, nominative: str) -> bool:
    """Say whether one surname is another in an oblique case.

    >>> is_inflected("Steca", "Stec")
    True
    """
    ours, theirs = fold(form), fold(nominative)
    stem = max(_STEM, min(len(ours), len(theirs)) - _LONGEST_ENDING)
    if ours == theirs or ours[:stem] != theirs[:stem] or abs(len(ours) - len(theirs)) > _LONGEST_ENDING:
        return False
    return any(_alone(form, gender) == theirs for gender in ("m", "f"))


@lru_cache(maxsize=_CACHE_SIZE)
def _alone(form: str, gender: Literal["f", "m"]) -> str:
    return fold(nominative_person(form, gender=gender).nominative)


def surname_share(surname: str) -> float:
    """Return the share of people who bear a surname: 1 in 50,000 for one that the corpus lacks."""
    return _shares().get(surname_key(surname), _UNKNOWN)


@cache
def _counts() -> dict[str, int]:
    counts: dict[str, int] = {}
    for row in load_table("surnames"):
        key = surname_key(row["surname"])
        counts[key] = counts.get(key, 0) + int(row["count"])
    return counts


@cache
def _shares() -> dict[str, float]:
    """Square roots of the corpus counts: public figures are named far more often than they are many."""
    roots = {key: sqrt(count) for key, count in _counts().items()}
    total = sum(roots.values())
    return {key: root / total for key, root in roots.items()}
