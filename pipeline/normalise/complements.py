"""What the words of an office and of an article say about a body: `prezes koła` and the kinds of a `koło`."""

from functools import cache, lru_cache

from pipeline.morphology import analyse
from pipeline.remembered import PHRASES
from pipeline.tables import load_table

_NOUNS = frozenset({"subst", "ger", "depr"})


@lru_cache(maxsize=PHRASES)
def fits_complement(role: str, body: str, kind: str) -> str:
    """Say whether the complement of an office names the body by a common noun.

    Args:
        role: Nominative of the office.
        body: Nominative of the body.
        kind: Its kind, of `institution_kinds`.

    Returns:
        `name` when a noun of the complement stands in the body's name, `kind` when it is a noun of that kind
        of body, `other` when it is a noun of another kind only, `none` when it tells nothing.

    >>> fits_complement("przewodnicząca koła", "KGW Rzeszotków", "womens_circle")
    'none'
    """
    nouns = complement_nouns(role)
    if not nouns:
        return "none"
    if nouns & name_lemmas(body):
        return "name"
    kinds = frozenset[str]().union(*(_kinds_of_noun().get(noun, frozenset()) for noun in nouns))
    return "none" if not kinds else "kind" if kind in kinds else "other"


@lru_cache(maxsize=PHRASES)
def complement_nouns(role: str) -> frozenset[str]:
    """Return the lemmas of the nouns of a role past its first word."""
    return frozenset(
        reading.lemma.lower()
        for word in role.lower().split()[1:]
        for reading in analyse(word)
        if reading.pos in _NOUNS and "nom" not in reading.cases
    )


@lru_cache(maxsize=PHRASES)
def name_lemmas(name: str) -> frozenset[str]:
    """Return the lemmas of the words of a name, lower case."""
    words = [word.strip('„”"().,') for word in name.lower().split()]
    return frozenset(
        lemma for word in words if word for lemma in (word, *(item.lemma.lower() for item in analyse(word)))
    )


@cache
def _kinds_of_noun() -> dict[str, frozenset[str]]:
    """The kinds of body whose usual name has a noun as its first: `szkoła`, `koło`."""
    kinds: dict[str, set[str]] = {}
    for row in load_table("institution_kinds"):
        for noun in _head_nouns(row["head"]):
            kinds.setdefault(noun, set()).add(row["kind"])
    return {noun: frozenset(found) for noun, found in kinds.items()}


def _head_nouns(head: str) -> list[str]:
    for word in head.lower().split():
        lemmas = [item.lemma.lower() for item in analyse(word) if item.pos in _NOUNS and "nom" in item.cases]
        if lemmas:
            return lemmas
    return []


@lru_cache(maxsize=PHRASES)
def title_share(title: str, name: str) -> str:
    """Say how much of a name stands in the article's title: `all`, `some` or `none` of its long words."""
    words = set(name_stems(name))
    shared = words & name_stems(title)
    return "none" if not shared else "all" if shared == words else "some"


@lru_cache(maxsize=PHRASES)
def name_stems(text: str) -> frozenset[str]:
    """Return the first letters of the long words of a text."""
    words = (word.strip('„”"().,:;?!–-') for word in text.casefold().split())
    return frozenset(word[: max(3, min(5, len(word) - 2))] for word in words if len(word) > 2)
