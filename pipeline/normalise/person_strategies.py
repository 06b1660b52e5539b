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
    partner_surnames,
    read_apostrophe,
    read_common_word,
    read_stiff_given_name,
    stiff_reading,
)
from pipeline.normalise.person_case import PersonCase, Solution, Solutions, without_partner
from pipeline.normalise.slots import NOMINATIVE, PLURAL, SINGULAR, SLOT_COUNT, of_gender, swap_gender, total
from pipeline.records import Gender
from pipeline.remembered import PHRASES

_READINGS = 12
_LEAST_SLOT = 1e-4
_SURE = 0.6
_RARE = 0.1
_LESS_SURE = 0.1
_UNLIKELY = 0.003
_NEVER = 1e-7
_PLURAL_LEAD = 10.0
_OTHER_GENDER = 0.02
_MASCULINE_FORM = 0.01
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


def of_partner(case: PersonCase) -> Solutions:
    """Give a lone forename the surname of the partner who follows: `Anna` + ` i Jan Nowak`."""
    if not case.partner:
        return ()
    partner = replace(
        case, parts=case.partner.parts, partner=None, in_couple=False, weights=(1.0,) * SLOT_COUNT
    )
    solutions = in_dictionary(partner) or with_endings(partner)
    if not solutions or solutions[0].weight < _SURE:
        return ()
    his, hers = partner_surnames(solutions[0].readings[-1])
    if case.partner.is_joined and his != hers:
        return ()
    if case.partner.is_joined:
        case = replace(case, weights=_of_same_case(case, case.partner.parts[0]))
    surnames = {case.open_parts[-1]: (stiff_reading(his, "m"), stiff_reading(hers, "f"))}
    return _agree(case, lambda part: surnames.get(part) or given_readings(part.word), rule="partner")


def _of_same_case(case: PersonCase, partner: Part) -> tuple[float, ...]:
    """Return the slots' weights with only the cases of the partner's forename left likely."""
    mask = 0
    for reading in given_readings(partner.word):
        mask |= reading.mask | swap_gender(reading.mask)
    return tuple(w if mask >> slot & 1 else w * _UNLIKELY for slot, w in enumerate(case.weights))


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
    # A lone forename is seldom all that the text says of somebody.
    of_partner,
    # Morfeusz knows nearly all surnames with their paradigms: what it allows is rarely wrong.
    in_dictionary,
    # Names it lacks, or has in no slot that agrees with the forename.
    with_endings,
    # Foreign names that do not inflect.
    as_they_stand,
)


def _is_singular(case: PersonCase) -> bool:
    """Say whether the surname beside the partner's own forename reads as well in the singular."""
    given = (case.partner.parts if case.partner else case.open_parts)[0]
    surname = case.open_parts[-1]
    readings = surname_readings(surname.word) or guessed_readings(surname.word)
    his = given_readings(given.word)
    singular = sum(s.weight for s in readings if any(g.mask & s.mask & SINGULAR for g in his))
    plural = sum(s.weight for s in in_couple(readings) if any(g.mask & s.mask for g in his))
    return singular * _PLURAL_LEAD >= plural


def _couple_readings(part: Part) -> Readings:
    if part.kind in ("given", "either"):
        return given_readings(part.word)
    return in_couple(surname_readings(part.word)) or in_couple(guessed_readings(part.word))


def _dictionary_readings(part: Part) -> Readings:
    if part.kind == "given":
        return given_readings(part.word)
    if part.kind == "surname":
        return read_apostrophe(part.word) or _surname_or_person(part.word)
    return _either(part.word)


@lru_cache(maxsize=PHRASES)
def _surname_or_person(word: str) -> Readings:
    """Return the readings of a surname; beside a rare one also a common noun for a person (`Boże`)."""
    known = surname_readings(word)
    if not known or known[0].weight > _RARE:
        return known
    taken = {reading.lemma for reading in known}
    others = (r for r in read_common_word(word) if r.weight == 1.0 and r.lemma not in taken)
    return (*known, *(reading.weighing(_RARE) for reading in others))


def _ending_readings(part: Part) -> Readings:
    known = _dictionary_readings(part)
    if part.kind == "given":
        stiff = read_stiff_given_name(part.word)
        return (*known, *stiff, *_below(known, as_it_stands(part.word), _NEVER if known else _UNLIKELY))
    common = read_common_word(part.word)
    is_person = any(reading.weight == 1.0 for reading in common)
    guessed = _below(known, guessed_readings(part.word), _UNLIKELY if is_person else _LESS_SURE)
    found = (*known, *guessed, *_below(known, common))
    return (*found, *_stiff(found, part.word))


def _stiff(readings: Readings, word: str) -> Readings:
    """Return a nominative's readings in other cases: the text left the surname uninflected.

    A woman may also bear the masculine form of an adjective (`Karolinę Machiavelli`, `Annę Biały`).
    """
    nominatives = [r for r in readings if r.lemma == word and r.mask & NOMINATIVE & SINGULAR]
    same = [(r, r.gender, _UNLIKELY) for r in nominatives]
    hers = [(r, "f", _MASCULINE_FORM) for r in nominatives if r.gender == "m" and not word.endswith("a")]
    found: list[Reading] = []
    for reading, gender, scale in (*same, *hers):
        holder: Gender = "f" if gender == "f" else "m"
        mask = SINGULAR & of_gender(holder) & ~NOMINATIVE
        weight = reading.weight * scale
        found.append(replace(reading, gender=holder, mask=mask, weight=weight, rule="as_it_stands"))
    return tuple(found)


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
        reading.weighing(reading.weight / heaviest * lightest * scale)
        for reading in others
        if (reading.lemma, reading.gender, reading.mask) not in taken
    )


@lru_cache(maxsize=PHRASES)
def _either(word: str) -> Readings:
    """Return the readings of a word that may be a forename or a surname, on one scale."""
    given = (reading.weighing(reading.weight / GIVEN_SCALE) for reading in given_readings(word))
    surname = (reading.weighing(reading.weight / SURNAME_SCALE) for reading in _surname_or_person(word))
    return (*given, *surname)


def _agree(case: PersonCase, read: Callable[[Part], Readings], *, rule: str = "") -> Solutions:
    """Return the combinations of readings that share a slot, weighed by word and by slot."""
    parts = case.open_parts
    choices = [_heaviest(read(part)) for part in parts]
    choices[1:] = [
        _of_any_gender(readings) if part.kind == "given" else readings
        for part, readings in zip(parts[1:], choices[1:], strict=True)
    ]
    if not choices or not all(choices):
        return ()
    has_given = any(part.kind == "given" for part in parts)
    numbers = ((SINGULAR, False),) if has_given or rule else ((SINGULAR, False), (PLURAL, True))
    likely: dict[int, float] = {}
    solutions: list[Solution] = []
    for combination in product(*choices):
        common, weight = combination[0].mask, 1.0
        for reading in combination:
            common &= reading.mask
            weight *= reading.weight
        if not common:
            continue
        for number, is_plural in numbers:
            if mask := common & number:
                if mask not in likely:
                    likely[mask] = total(mask, case.weights)
                name = rule or _rule(tuple(r.rule for r in combination), is_plural=is_plural)
                gender = combination[-1].gender
                solutions.append(Solution(combination, gender, weight * likely[mask], name, is_plural))
    return normalised(solutions) if max(likely.values(), default=0.0) >= _LEAST_SLOT else ()


def _of_any_gender(readings: Readings) -> Readings:
    """Return a further forename's readings also as one of the other gender (`Jan Maria Rokita`)."""
    swapped = (replace(r, mask=swap_gender(r.mask), weight=r.weight * _OTHER_GENDER) for r in readings)
    return (*readings, *swapped)


def normalised(solutions: Iterable[Solution]) -> Solutions:
    """Return the solutions best first, their weights made shares of one."""
    ordered = sorted(solutions, key=lambda s: -s.weight)
    if any(one.weight == two.weight for one, two in zip(ordered, ordered[1:], strict=False)):
        ordered.sort(key=lambda s: (-s.weight, s.lemmas, s.gender, s.is_plural))
    whole = sum(solution.weight for solution in ordered) or 1.0
    return tuple(solution.weighing(solution.weight / whole) for solution in ordered)


def _heaviest(readings: Readings) -> Readings:
    return tuple(sorted(readings, key=lambda reading: -reading.weight)[:_READINGS])


@lru_cache(maxsize=PHRASES)
def _rule(rules: tuple[str, ...], *, is_plural: bool) -> str:
    """Name a solution by its least certain reading's rule, `agreement` when several sure ones agree."""
    for weak in _WEAK_RULES:
        if weak in rules:
            return weak
    if is_plural:
        return "plural"
    return "agreement" if len(rules) > 1 else rules[0]
