"""Guess the lemma of a name that no dictionary knows, by its ending: `surname_endings.tsv`.

The table counts by which changes endings of names go back to the nominative. Longer endings are
trusted as far as they have votes and lean on shorter ones for the rest.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from pipeline.normalise.slots import make_mask
from pipeline.quick import quickly_made
from pipeline.records import Gender
from pipeline.remembered import PHRASES
from pipeline.tables import load_table

_LONGEST = 6
_DOUBT = 3.0
_LEAST_SHARE = 0.002

Change = tuple[int, str, Gender, int]
"""How many letters to strip, what to add, the gender, and the slots of the form."""


@quickly_made
@dataclass(frozen=True, slots=True)
class Guess:
    """One way back from a form: its lemma, gender and slots, and the share of votes 0..1."""

    lemma: str
    gender: Gender
    mask: int
    share: float


@lru_cache(maxsize=PHRASES)
def undo_ending(form: str) -> tuple[Guess, ...]:
    """Return the possible lemmas of an inflected name, best first; empty for an unknown ending.

    >>> undo_ending("Porzyckiego")[0].lemma
    'Porzycki'
    """
    low = form.lower().replace("’", "'")
    guesses = [
        Guess(_apply(form, strip, add), gender, mask, share)
        for (strip, add, gender, mask), share in _changes_of(low[1:][-_LONGEST:]).items()
        if share >= _LEAST_SHARE and strip < len(form) - 1
    ]
    return tuple(sorted(guesses, key=lambda guess: (-guess.share, guess.lemma, guess.gender, guess.mask)))


@lru_cache(maxsize=PHRASES)
def _changes_of(ending: str) -> Mapping[Change, float]:
    """Return the changes that an ending may undergo with their shares; a longer one leans on the shorter."""
    if not ending:
        return {}
    shorter = _changes_of(ending[1:])
    if not (votes := _endings().get(ending)):
        return shorter
    whole, changes = votes
    trust = whole / (whole + _DOUBT)
    shares = {change: share * (1 - trust) for change, share in shorter.items()}
    for change, n in changes:
        shares[change] = shares.get(change, 0.0) + n / (whole + _DOUBT)
    return shares


@cache
def apostrophe_tails() -> frozenset[str]:
    """Return what may follow the apostrophe in an inflected foreign name: `a`, `owi`, `ego`."""
    return frozenset(strip[1:] for strip, add in changes() if strip.startswith("'") and not add)


@cache
def changes() -> dict[tuple[str, str], tuple[tuple[Gender, int], ...]]:
    """Return every change known, as (stripped, added), with the slots of the forms that it undoes."""
    masks: dict[tuple[str, str], dict[Gender, int]] = {}
    for row in load_table("surname_endings"):
        for item in row["changes"].split():
            strip, add = item.split("/")[0][1:].split("+")
            _, _, gender, mask = _parse_change(item.rpartition("/")[0])
            known = masks.setdefault((strip, add), {})
            known[gender] = known.get(gender, 0) | mask
    return {change: tuple(sorted(known.items())) for change, known in masks.items()}


def changes_between(form: str, lemma: str) -> tuple[tuple[Gender, int], ...]:
    """Return the genders and slots in which some paradigm turns this lemma into this form."""
    common = 0
    while common < min(len(form), len(lemma)) and form[common] == lemma[common]:
        common += 1
    return changes().get((form[common:], lemma[common:]), ()) if common > 2 else ()


def ending_votes(form: str, length: int = 3) -> int:
    """Return how many forms of names share the last letters: how much a word looks like a surname."""
    return _endings().get(form[-length:].lower(), (0, ()))[0]


def _apply(form: str, strip: int, add: str) -> str:
    return form[: len(form) - strip] + add


@cache
def _endings() -> dict[str, tuple[int, tuple[tuple[Change, int], ...]]]:
    endings = {}
    for row in load_table("surname_endings"):
        votes = []
        for item in row["changes"].split():
            change, _, n = item.rpartition("/")
            votes.append((_parse_change(change), int(n)))
        endings[row["ending"]] = (sum(n for _, n in votes), tuple(votes))
    return endings


@cache
def _parse_change(text: str) -> Change:
    change, slots = text.split("/")
    strip, add = change[1:].split("+")
    gender, number, *cases = slots.split(".")
    known: Gender = "f" if gender == "f" else "m"
    return len(strip), add, known, make_mask(known, (number,), cases)
