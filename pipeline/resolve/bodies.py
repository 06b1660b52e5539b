"""Whether two names of bodies, folded, may be of one: kind, number and the words left over.

Source: data/tables/institution_kinds.tsv.
"""

from collections import defaultdict
from functools import cache, lru_cache

from rapidfuzz.fuzz import token_set_ratio

from pipeline.resolve.keys import fold
from pipeline.tables import load_table

_ALIKE = 88.0
_LONGEST_HEAD = 6


@lru_cache(maxsize=400_000)
def are_alike(left: str, right: str) -> bool:
    """Say whether two folded names may be of one body: one kind, one number, most words shared.

    >>> are_alike("gok kije", "gminny osrodek kultury kije")
    True
    """
    if _numbers(left) != _numbers(right):
        return False
    ours, our_rest = _split_head(left)
    theirs, their_rest = _split_head(right)
    if not ours & theirs:
        return False
    if not our_rest or not their_rest:
        return True
    return token_set_ratio(our_rest, their_rest) >= _ALIKE


@lru_cache(maxsize=400_000)
def _split_head(name: str) -> tuple[frozenset[str], str]:
    """Return the kinds that a name's first words may mean, and the other words; an unknown kind is its first word."""
    words = name.split()
    for length in range(min(_LONGEST_HEAD, len(words)), 0, -1):
        if kinds := _kinds().get(" ".join(words[:length])):
            return kinds, " ".join(words[length:])
    return frozenset(words[:1]), " ".join(words[1:])


def _numbers(name: str) -> set[str]:
    return {word for word in name.replace(".", "").split() if word.isdigit()}


@cache
def _kinds() -> dict[str, frozenset[str]]:
    """Return the kinds of body that each head or acronym stands for."""
    kinds: dict[str, set[str]] = defaultdict(set)
    for row in load_table("institution_kinds"):
        for head in (row["head"], *filter(None, row["acronym"].split("|"))):
            kinds[fold(head)].add(row["kind"])
    return {head: frozenset(found) for head, found in kinds.items()}
