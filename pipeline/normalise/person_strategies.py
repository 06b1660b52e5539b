"""Strategies that read a person's name, asked in order; each answers with solutions or abstains.

Every word has readings (`name_readings`); readings agree when they share a slot of gender, number and
case, and how likely the slot is comes from the words around the name.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import lru_cache
from itertools import product

from pipeline.normalise.name_parts import (
    GIVEN_SCALE,
    SURNAME_SCALE,
    Part,
    given_readings,
    guessed_readings,
    surname_readings,
)
from pipeline.normalise.name_readings import (
    Reading,
    Readings,
    as_it_stands,
    in_couple,
    read_apostrophe,
    read_common_word,
    read_stiff_given_name,
)
from pipeline.normalise.person_case import PersonCase, Solution, Solutions, without_partner
from pipeline.normalise.slots import PLURAL, SINGULAR, total

_READINGS = 12
_LEAST_SLOT = 1e-4
_LESS_SURE = 0.1
_UNLIKELY = 0.003
_NEVER = 1e-5
_WEAK_RULES = ("as_it_stands", "common_word", "endings", "apostrophe", "stiff")


def solve(case: PersonCase) -> Solutions:
    """Return the solutions of the first strategy that does not abstain, best first."""
    for strategy in STRATEGIES:
        if solutions := strategy(case):
            return solutions
    return ()


def of_couple(case: PersonCase) -> Solutions:
    """Read a surname in the plural as that of each partner: `Marii` + `Janowi Dudkom`."""
    if not case.in_couple or len(case.open_parts) < 2 or _is_singular(case):
        return ()
    return _agree(case, _couple_readings, rule="couple")


def in_dictionary(case: PersonCase) -> Solutions:
    """Read every word by Morfeusz, the forename register and surnames known from texts."""
    return _agree(without_partner(case), _dictionary_readings)


def with_endings(case: PersonCase) -> Solutions:
    """Read words also by their endings, as common words, and forenames as stiff."""
    return _agree(without_partner(case), _ending_readings)


def as_they_stand(case: PersonCase) -> Solutions:
    """Let words that fit nowhere stand as they are, beside others that inflect."""
    return _agree(without_partner(case), _any_readings)


STRATEGIES: tuple[Callable[[PersonCase], Solutions], ...] = (
    # First: only here the plural of a surname belongs to one person.
    of_couple,
    # Morfeusz knows nearly all surnames with their paradigms: what it allows is rarely wrong.
    in_dictionary,
    # Names it lacks, or has in no slot that agrees with the forename.
    with_endings,
    # Foreign names that do not inflect.
    as_they_stand,
)


def _is_singular(case: PersonCase) -> bool:
    """Say whether the surname beside the partner's own forename reads as well in the singular."""
    given, surname = (case.partner or case.open_parts)[0], case.open_parts[-1]
    readings = surname_readings(surname.word) or guessed_readings(surname.word)
    his = given_readings(given.word)
    singular = sum(s.weight for s in readings if any(g.mask & s.mask & SINGULAR for g in his))
    plural = sum(s.weight for s in in_couple(readings) if any(g.mask & s.mask for g in his))
    return singular >= plural


def _couple_readings(part: Part) -> Readings:
    if part.kind in ("given", "either"):
        return given_readings(part.word)
    return in_couple(surname_readings(part.word)) or in_couple(guessed_readings(part.word))


def _dictionary_readings(part: Part) -> Readings:
    if part.kind == "given":
        return given_readings(part.word)
    if part.kind == "surname":
        return read_apostrophe(part.word) or surname_readings(part.word)
    return _either(part.word)


def _ending_readings(part: Part) -> Readings:
    known = _dictionary_readings(part)
    if part.kind == "given":
        stiff = read_stiff_given_name(part.word)
        return (*known, *stiff, *_below(known, as_it_stands(part.word), _NEVER if known else _UNLIKELY))
    common = read_common_word(part.word)
    is_person = any(reading.weight == 1.0 for reading in common)
    guessed = _below(known, guessed_readings(part.word), _UNLIKELY if is_person else _LESS_SURE)
    return (*known, *guessed, *_below(known, common), *_below(known, as_it_stands(part.word), _UNLIKELY))


def _any_readings(part: Part) -> Readings:
    known = _ending_readings(part)
    if part.kind == "given" and given_readings(part.word):
        return known
    others = (*guessed_readings(part.word), *as_it_stands(part.word))
    return (*known, *_below(known, others))


def _below(known: Readings, others: Readings, scale: float = _LESS_SURE) -> Readings:
    """Return the readings that are not known yet, lighter than those that are."""
    lightest = min((reading.weight for reading in known), default=1.0)
    heaviest = max((reading.weight for reading in others), default=1.0)
    taken = {(reading.lemma, reading.gender, reading.mask) for reading in known}
    return tuple(
        replace(reading, weight=reading.weight / heaviest * lightest * scale)
        for reading in others
        if (reading.lemma, reading.gender, reading.mask) not in taken
    )


@lru_cache(maxsize=50_000)
def _either(word: str) -> Readings:
    """Return the readings of a word that may be a forename or a surname, on one scale."""
    given = (replace(reading, weight=reading.weight / GIVEN_SCALE) for reading in given_readings(word))
    surname = (replace(reading, weight=reading.weight / SURNAME_SCALE) for reading in surname_readings(word))
    return (*given, *surname)


def _agree(case: PersonCase, read: Callable[[Part], Readings], *, rule: str = "") -> Solutions:
    """Return the combinations of readings that share a slot, weighed by word and by slot."""
    parts = case.open_parts
    choices = [_heaviest(read(part)) for part in parts]
    if not choices or not all(choices):
        return ()
    has_given = any(part.kind == "given" for part in parts)
    numbers = ((SINGULAR, False),) if has_given or rule else ((SINGULAR, False), (PLURAL, True))
    solutions: list[Solution] = []
    best = 0.0
    for combination in product(*choices):
        common, weight = combination[0].mask, 1.0
        for reading in combination:
            common &= reading.mask
            weight *= reading.weight
        for number, is_plural in numbers:
            if mask := common & number:
                likely = total(mask, case.weights)
                best = max(best, likely)
                name = rule or _rule(combination, is_plural=is_plural)
                solutions.append(
                    Solution(combination, combination[-1].gender, weight * likely, name, is_plural)
                )
    return normalised(solutions) if best >= _LEAST_SLOT else ()


def normalised(solutions: Iterable[Solution]) -> Solutions:
    """Return the solutions best first, their weights made shares of one."""
    ordered = sorted(solutions, key=lambda s: (-s.weight, s.lemmas, s.gender, s.is_plural))
    whole = sum(solution.weight for solution in ordered) or 1.0
    return tuple(replace(solution, weight=solution.weight / whole) for solution in ordered)


def _heaviest(readings: Readings) -> Readings:
    return tuple(sorted(readings, key=lambda reading: -reading.weight)[:_READINGS])


def _rule(readings: Iterable[Reading], *, is_plural: bool) -> str:
    """Name a solution by its least certain reading, `agreement` when several sure ones agree."""
    rules = [reading.rule for reading in readings]
    for weak in _WEAK_RULES:
        if weak in rules:
            return weak
    if is_plural:
        return "plural"
    return "agreement" if len(rules) > 1 else rules[0]
