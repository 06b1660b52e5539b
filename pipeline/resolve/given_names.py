"""How two people's given names stand to each other.

Source: data/tables/given_names.tsv (PESEL) and given_name_variants.tsv.
"""

from collections import defaultdict
from functools import cache, lru_cache
from typing import Literal

from rapidfuzz.distance import OSA

from pipeline.resolve.keys import fold
from pipeline.tables import load_table

Relation = Literal["same", "more", "diminutive", "initial", "misspelt", "missing", "differs"]

_CACHE_SIZE = 400_000
_LEAST_MISSPELT = 4
_OWN = 10_000  # an everyday form that so many bear in the register is a name of its own: `Bartosz`
_FREQUENT = 1_000
_SLIP = 50  # a spelling this many times rarer than its neighbour may be a slip


@lru_cache(maxsize=_CACHE_SIZE)
def split_given(given_names: str) -> tuple[str, ...]:
    """Return the folded given names in order, initials without their full stops.

    >>> split_given("Anna M.")
    ('anna', 'm')
    """
    return tuple(fold(given_names.replace(".", " ")).split())


@lru_cache(maxsize=_CACHE_SIZE)
def relate_given(left: str, right: str) -> Relation:
    """Say how the given names of one person stand to those of another; the first ones decide.

    >>> relate_given("Kasia", "Katarzyna Maria")
    'diminutive'
    """
    ours, theirs = split_given(left), split_given(right)
    if not ours or not theirs:
        return "missing"
    first = relate_one(ours[0], theirs[0])
    if first == "differs" or len(ours) == 1 or len(theirs) == 1:
        return first
    second = relate_one(ours[1], theirs[1])
    if second == "differs":
        return "differs"
    return "more" if first == second == "same" else first


@lru_cache(maxsize=_CACHE_SIZE)
def relate_one(left: str, right: str) -> Relation:
    """Say how one folded given name, or initial, stands to another."""
    if left == right:
        return "initial" if len(left) == 1 else "same"
    if is_initial(left) or is_initial(right):
        return "initial" if left.startswith(right) or right.startswith(left) else "differs"
    if left in base_names(right) or right in base_names(left) or _are_everyday(left, right):
        return "differs" if min(_counts().get(left, 0), _counts().get(right, 0)) > _OWN else "diminutive"
    return "misspelt" if _is_slip(left, right) else "differs"


def is_initial(given: str) -> bool:
    """Say whether a folded given name is an initial; `sz`, `cz`, `ch` and the like count."""
    return len(given) == 1 or (len(given) == 2 and given not in _counts())


@lru_cache(maxsize=_CACHE_SIZE)
def base_names(given: str) -> frozenset[str]:
    """Return a folded given name and the names of which it is an everyday form."""
    return frozenset({given, *_bases().get(given, ())})


@lru_cache(maxsize=_CACHE_SIZE)
def block_names(given: str) -> frozenset[str]:
    """Return the names under which a folded given name is looked for: its base names, slips mended."""
    names = base_names(given)
    if given in _counts() or len(given) < _LEAST_MISSPELT:
        return names
    return names | set(_slips_of(given))


@lru_cache(maxsize=_CACHE_SIZE)
def mend_given(given: str) -> str | None:
    """Return the one frequent given name of which a folded unknown one may be a slip."""
    if given in _counts() or len(given) < _LEAST_MISSPELT:
        return None
    likely = _slips_of(given)
    return likely[0] if len(likely) == 1 else None


def given_share(given: str) -> float:
    """Return the share of people who bear a folded first name, one in a million when it is unknown."""
    return max(_counts().get(given, 0) / _total(), 1e-6)


def _are_everyday(left: str, right: str) -> bool:
    """Say whether both are everyday forms, and of one name: `Kasia` and `Kaśka`."""
    return bool(_bases().get(left, frozenset()) & _bases().get(right, frozenset()))


def _is_slip(left: str, right: str) -> bool:
    if min(len(left), len(right)) < _LEAST_MISSPELT or abs(len(left) - len(right)) > 1:
        return False
    rare, frequent = sorted((_counts().get(left, 0), _counts().get(right, 0)))
    return frequent > _SLIP * (rare + 1) and OSA.distance(left, right, score_cutoff=1) == 1


@cache
def _bases() -> dict[str, frozenset[str]]:
    bases: dict[str, set[str]] = defaultdict(set)
    for row in load_table("given_name_variants"):
        bases[fold(row["variant"])].add(fold(row["name"]))
    return {variant: frozenset(names) for variant, names in bases.items()}


@cache
def _counts() -> dict[str, int]:
    counts: dict[str, int] = defaultdict(int)
    for row in load_table("given_names"):
        counts[fold(row["name"])] += int(row["count"])
    return dict(counts)


@cache
def _total() -> int:
    return sum(_counts().values())


def _slips_of(given: str) -> list[str]:
    """Return the frequent names of which a folded name may be a slip, sorted."""
    near = {known for left_out in _without_one(given) for known in _frequent().get(left_out, ())}
    return sorted(known for known in near if _is_slip(given, known))


def _without_one(given: str) -> set[str]:
    return {given, *(given[:place] + given[place + 1 :] for place in range(len(given)))}


@cache
def _frequent() -> dict[str, tuple[str, ...]]:
    """Return the frequent names by what is left of each without one letter."""
    found: dict[str, list[str]] = defaultdict(list)
    for name in sorted(name for name, count in _counts().items() if count > _FREQUENT):
        for left_out in _without_one(name):
            found[left_out].append(name)
    return {left_out: tuple(names) for left_out, names in found.items()}
