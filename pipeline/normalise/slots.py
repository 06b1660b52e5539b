"""Slots: gender, number and case of a form as one bit each, so that agreement is an `&`.

A slot is an index below `SLOT_COUNT`; a set of slots is a bit mask. Agreement inside a name is the
intersection of the masks of its parts.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from pipeline.morphology import CASES
from pipeline.records import Gender
from pipeline.remembered import PHRASES

GENDERS: tuple[Gender, ...] = ("m", "f")
NUMBERS = ("sg", "pl")
SLOT_COUNT = len(GENDERS) * len(NUMBERS) * len(CASES)
ANY_SLOT = (1 << SLOT_COUNT) - 1

_OF_GENDER = len(NUMBERS) * len(CASES)
_CASE_BITS = {case: 1 << place for place, case in enumerate(CASES)}
_FIRST_SLOT = {
    (gender, number): GENDERS.index(gender) * _OF_GENDER + NUMBERS.index(number) * len(CASES)
    for gender in GENDERS
    for number in NUMBERS
}


def make_mask(gender: Gender, numbers: Iterable[str], cases: Iterable[str]) -> int:
    """Return the mask of every slot of these values."""
    bits = 0
    for case in cases:
        bits |= _CASE_BITS[case]
    mask = 0
    for number in numbers:
        mask |= bits << _FIRST_SLOT[gender, number]
    return mask


def slot_index(gender: Gender, number: str, case: str) -> int:
    """Return the slot of one gender, number and case."""
    return GENDERS.index(gender) * _OF_GENDER + NUMBERS.index(number) * len(CASES) + CASES.index(case)


MASCULINE = make_mask("m", NUMBERS, CASES)
FEMININE = make_mask("f", NUMBERS, CASES)
SINGULAR = make_mask("m", ("sg",), CASES) | make_mask("f", ("sg",), CASES)
PLURAL = ANY_SLOT & ~SINGULAR
NOMINATIVE = make_mask("m", NUMBERS, ("nom",)) | make_mask("f", NUMBERS, ("nom",))


def of_gender(gender: Gender) -> int:
    """Return the mask of all slots of one gender."""
    return MASCULINE if gender == "m" else FEMININE


def of_case(case: str) -> int:
    """Return the mask of all slots of one case."""
    return make_mask("m", NUMBERS, (case,)) | make_mask("f", NUMBERS, (case,))


def plural_as_singular(mask: int) -> int:
    """Return the singular slots of the same gender and case as the mask's plural ones."""
    return (mask & PLURAL) >> len(CASES)


def as_feminine(mask: int) -> int:
    """Return the feminine slots of the same number and case as the mask's masculine ones."""
    return (mask & MASCULINE) << _OF_GENDER


def swap_gender(mask: int) -> int:
    """Return the slots of the other gender, with the same number and case."""
    return (mask & MASCULINE) << _OF_GENDER | (mask & FEMININE) >> _OF_GENDER


def total(mask: int, weights: Sequence[float]) -> float:
    """Return the sum of the weights of the mask's slots."""
    return sum(weights[slot] for slot in slots_of(mask))


@lru_cache(maxsize=PHRASES)
def slots_of(mask: int) -> tuple[int, ...]:
    """Return the indices of the mask's slots, in order."""
    return tuple(slot for slot in range(SLOT_COUNT) if mask >> slot & 1)
