"""Split a personal name into words and say which are forenames and which surnames."""

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from pipeline.morphology import analyse
from pipeline.normalise.endings import ending_votes
from pipeline.normalise.letter_case import natural_case
from pipeline.normalise.name_readings import (
    Readings,
    as_it_stands,
    guess_surname,
    join_readings,
    read_given_name,
    read_surname,
)
from pipeline.normalise.slots import ANY_SLOT
from pipeline.remembered import PHRASES

Kind = Literal["given", "surname", "either", "fixed"]

GIVEN_SCALE = 3_000_000.0
"""Weights of forenames divided by this are shares of all forenames, as far as damping allows."""
SURNAME_SCALE = 12_000.0
"""Documents that name somebody: weights of surnames divided by this are shares."""
RARELY = 0.01
"""How often, one name in all, a surname stands before the forename."""

_EDGES = re.compile(r"^([^\w(]*\(?)(.*?)([^\w.]*)$", re.DOTALL)
_INITIAL = re.compile(
    r"(?:[^\W\d_]{1,3}\.-?)+(?:[^\W\d_]\.?)?|[^\W\d_]|[^\W\d_]{1,4}[bcdfghjklłmnprstwzżź]\."
)
_NUMERAL = re.compile(r"[IVX]+")
_BROKEN_WORD = re.compile(r"(?<=[^\W\d_])[-\u00ad\u2010]\s*\n\s*(?=[a-ząćęłńóśźż])")
_LOOSE_HYPHEN = re.compile(r"(?<=[^\W\d_])(?:\s*[-‐‑–]\s+|\s+[-‐‑–]\s*|[‐‑–])(?=[^\W\d_])")
_STIFF = 0.02
_STIFF_LAST = 0.0005
_LIKELY_GIVEN = 0.3
_SURE_GIVEN = 0.9
_UNKNOWN_GIVEN = 1e-6
_UNKNOWN_SURNAME = 1e-5
_NOT_POLISH = 1e-6
_USUAL_ENDING = 500


@dataclass(frozen=True, slots=True)
class Part:
    """One word of a name: `before` and `after` are quotes and brackets kept around it."""

    word: str
    kind: Kind
    before: str = ""
    after: str = ""


def clean_name(text: str) -> str:
    """Return the text in one line and NFC, without commas, words broken at a line's end and hyphens mended.

    >>> clean_name("Anna  Schmitt- Lis")
    'Anna Schmitt-Lis'
    """
    whole = unicodedata.normalize("NFC", text)
    return _LOOSE_HYPHEN.sub("-", " ".join(_BROKEN_WORD.sub("", whole).replace(", ", " ").split()))


def split_name(text: str, *, surname_first: float = RARELY) -> tuple[Part, ...]:
    """Return the words of a name in natural case, each with its kind.

    Initials, numerals, words in small letters (`von`, `de`) and all that follows a Polish preposition
    (`z Dukli`) are `fixed`: they never inflect. A name of one word may be `either`.

    Args:
        text: The name in one line.
        surname_first: How often surnames stand first here, 0..1.
    """
    words = [match for word in natural_case(text).split() if (match := _EDGES.match(word)) and match[2]]
    cores = [match[2] for match in words]
    fixed_from = _fixed_from(tuple(cores))
    is_open = [
        not _is_fixed(core, place, fixed_from, is_alone=len(cores) == 1) for place, core in enumerate(cores)
    ]
    free = [core for core, keep in zip(cores, is_open, strict=True) if keep]
    odds = _order_odds(text, surname_first)
    has_initial = bool(cores) and not is_open[0] and cores[0].endswith(".")
    kinds = iter(_kinds(free, has_initial=has_initial, surname_first=odds))
    if len(free) > 1 and is_initial(cores[-1]) and all(given_share(word) > _LIKELY_GIVEN for word in free):
        kinds = iter(["given"] * len(free))  # `Jan Maria K.`: the surname is the initial
    return tuple(
        Part(match[2], next(kinds) if keep else "fixed", match[1], match[3])
        for match, keep in zip(words, is_open, strict=True)
    )


def is_surname_first(parts: tuple[Part, ...]) -> bool:
    """Say whether the surname stands before the forename (`Nowakowi Janowi`, `Nowak J.`)."""
    kinds = [part.kind for part in parts]
    if kinds[:1] != ["surname"] or len(kinds) < 2 or "either" in kinds:
        return False
    return kinds[-1] == "given" or (
        kinds.count("surname") == 1 and all(is_initial(part.word) for part in parts[1:])
    )


def is_initial(word: str) -> bool:
    """Say whether a word is one or more initials, or a shortened forename (`J.`, `J.K.`, `Stan.`)."""
    return bool(_INITIAL.fullmatch(word)) and word.endswith(".") and word[:1].isupper()


@lru_cache(maxsize=PHRASES)
def given_share(word: str) -> float:
    """Return how likely a word is a form of a forename rather than of a surname, 0..1."""
    given = sum(reading.weight for reading in given_readings(word)) / GIVEN_SCALE
    surname = sum(reading.weight for reading in surname_readings(word)) / SURNAME_SCALE
    return given / (given + surname) if given else 0.0


@lru_cache(maxsize=PHRASES)
def given_readings(word: str) -> Readings:
    """Return the readings of a forename, simple or hyphenated."""
    if whole := read_given_name(word):
        return whole
    return _compound(word, [read_given_name(part) for part in word.split("-")])


@lru_cache(maxsize=PHRASES)
def surname_readings(word: str) -> Readings:
    """Return the dictionary's readings of a surname, simple or hyphenated."""
    return read_surname(word) or _compound(word, [read_surname(part) for part in word.split("-")])


@lru_cache(maxsize=PHRASES)
def guessed_readings(word: str) -> Readings:
    """Return readings by ending; a hyphenated surname takes the dictionary's where it has any."""
    if "-" not in word.strip("-"):
        return guess_surname(word)
    parts = [part for part in word.split("-") if part]
    readings = [read_surname(part) or guess_surname(part) for part in parts]
    scales = [*(_STIFF for _ in parts[1:]), _STIFF_LAST]
    stiff = [
        tuple(
            replace(r, weight=r.weight * scale * max((k.weight for k in known), default=1.0))
            for r in as_it_stands(part, numbers=ANY_SLOT)
        )
        for part, known, scale in zip(parts, readings, scales, strict=True)
    ]
    return _compound(word, [(*known, *same) for known, same in zip(readings, stiff, strict=True)])


def _compound(word: str, readings: list[Readings]) -> Readings:
    return join_readings(readings, "-") if "-" in word.strip("-") else ()


def _kinds(words: list[str], *, has_initial: bool, surname_first: float) -> list[Kind]:
    shares = [given_share(word) for word in words]
    if len(words) == 1:
        return ["surname" if has_initial or not shares[0] else "either"]
    if len(words) > 1 and _stands_surname_first(words, surname_first):
        given: list[Kind] = ["given"] * (len(words) - 1)
        return ["surname", *given]
    kinds: list[Kind] = []
    for place, share in enumerate(shares):
        if place == len(words) - 1:
            kinds.append("surname" if share < _SURE_GIVEN or "given" in kinds or has_initial else "either")
        elif "surname" not in kinds and (share > _LIKELY_GIVEN or (place == 0 and share > 0)):
            kinds.append("given")
        else:
            kinds.append("surname")
    return kinds


def _stands_surname_first(words: list[str], prior: float) -> bool:
    """Weigh `surname forename(s)` against `forename(s) surname` by how common each word is as each."""
    if not all(given_share(word) > _LIKELY_GIVEN for word in words[1:]) and prior < 0.5:
        return False
    first, last = words[0], words[-1]
    odds = _as_given(last) * _as_surname(first) / (_as_given(first) * _as_surname(last))
    return odds * prior / (1 - prior) > 1


def _as_given(word: str) -> float:
    return max((r.weight / GIVEN_SCALE for r in given_readings(word)), default=0.0) + _UNKNOWN_GIVEN


def _as_surname(word: str) -> float:
    if readings := surname_readings(word):
        return max(reading.weight for reading in readings) / SURNAME_SCALE
    return _NOT_POLISH + _UNKNOWN_SURNAME * min(1.0, ending_votes(word.split("-")[-1]) / _USUAL_ENDING)


def _order_odds(text: str, surname_first: float) -> float:
    """Take `NOWAK Jan` and `Jan NOWAK` as signs of the order: the surname stands in capitals."""
    words = [word for word in text.split() if len(word) > 2 and word[:1].isupper()]
    if len(words) > 1 and words[0].isupper() != words[-1].isupper():
        return 0.97 if words[0].isupper() else 0.001
    return surname_first


def _is_fixed(core: str, place: int, fixed_from: int, *, is_alone: bool) -> bool:
    return (
        place >= fixed_from
        or not core[:1].isalpha()
        or (core[:1].islower() and not is_alone)
        or bool(_INITIAL.fullmatch(core))
        or (place > 0 and bool(_NUMERAL.fullmatch(core)))
        or any(character.isdigit() for character in core)
    )


def _fixed_from(cores: tuple[str, ...]) -> int:
    """Return the place of the first Polish preposition (not `von`, `de`); its name stays as it is."""
    return next(
        (
            place
            for place, core in enumerate(cores)
            if place and core.islower() and any(analysis.pos == "prep" for analysis in analyse(core))
        ),
        len(cores),
    )
