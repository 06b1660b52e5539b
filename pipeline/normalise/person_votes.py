"""The mentions of one article vote: what is sure of a name in one form settles its other forms."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pipeline.normalise.endings import changes_between
from pipeline.normalise.name_readings import Reading
from pipeline.normalise.person_case import PersonCase, Solution, Solutions
from pipeline.normalise.person_strategies import normalised
from pipeline.records import Gender

_NO_SUPPORT = 0.03
_NEWCOMER = 0.02
_HEARD = 0.5
_HEARD_BESIDE = 0.1
_KNOWN = 100.0
_UNSURE_RULES = frozenset({"endings", "as_it_stands", "common_word"})
_ALIKE = 3


@dataclass(frozen=True, slots=True)
class Ballot:
    """What one mention says of its words.

    Attributes:
        surnames: The share of each surname.
        people: The share of each (forename, surname) and of each (gender, surname), full names only.
    """

    key: str
    surnames: dict[str, float]
    people: dict[tuple[str, str], float]


def cast_ballot(case: PersonCase, solutions: Solutions) -> Ballot:
    """Return one mention's ballot."""
    surnames: dict[str, float] = {}
    people: dict[tuple[str, str], float] = {}
    for solution in solutions:
        given, family = name_words(case, solution)
        for surname in family:
            surnames[surname] = surnames.get(surname, 0.0) + solution.weight
            for other in (*given, solution.gender) if given else ():
                people[other, surname] = people.get((other, surname), 0.0) + solution.weight
    return Ballot(case.key, surnames, people)


def vote(case: PersonCase, solutions: Solutions, ballots: Sequence[Ballot]) -> Solutions:
    """Weigh a mention's solutions by what the article's other forms say of the same name."""
    others = [ballot for ballot in ballots if ballot.key != case.key]
    if not others or not solutions:
        return solutions
    candidates = (*solutions, *_newcomers(case, solutions, others))
    weighed = [s.weighing(s.weight * _support(case, s, others)) for s in candidates]
    voted = normalised(weighed)
    if voted[0].lemmas == solutions[0].lemmas:
        return voted
    return tuple(replace(solution, rule="article") for solution in voted)


def name_words(case: PersonCase, solution: Solution) -> tuple[list[str], list[str]]:
    """Return the nominatives of the forenames and of the surnames of one solution."""
    given: list[str] = []
    family: list[str] = []
    for part, reading in zip(case.open_parts, solution.readings, strict=False):
        is_given = part.kind == "given" or (part.kind == "either" and reading.is_given)
        (given if is_given else family).append(reading.lemma)
    return given, family


def _support(case: PersonCase, solution: Solution, others: Iterable[Ballot]) -> float:
    """Return how far the other forms back a solution: its surname, its forename or gender with it."""
    given, family = name_words(case, solution)
    support = 1.0
    gender: Gender = solution.gender
    for surname in family:
        heard = max((ballot.surnames.get(surname, 0.0) for ballot in others), default=0.0)
        keys = [(name, surname) for name in given] or [(gender, surname)]
        known = max((ballot.people.get(key, 0.0) for ballot in others for key in keys), default=0.0)
        support *= _NO_SUPPORT + (_HEARD_BESIDE if given else _HEARD) * heard + _KNOWN * known
    if not family:
        support = _NO_SUPPORT + max(
            (share for ballot in others for (name, _), share in ballot.people.items() if name in given),
            default=0.0,
        )
    return support


def _newcomers(case: PersonCase, solutions: Solutions, others: Iterable[Ballot]) -> list[Solution]:
    """Return solutions with a surname that another form of the article shows and no strategy saw."""
    best = solutions[0]
    if best.rule not in _UNSURE_RULES or len(best.readings) != len(case.open_parts):
        return []
    place = len(case.open_parts) - 1
    form = case.open_parts[place].word
    known = {solution.readings[place].lemma for solution in solutions}
    found = []
    heard = {
        s for ballot in others for s in ballot.surnames if s[:_ALIKE] == form[:_ALIKE] and s not in known
    }
    for surname in sorted(heard):
        for gender, mask in changes_between(form, surname):
            if all(reading.mask & mask for reading in best.readings[:place]):
                reading = Reading(surname, gender, mask, 1.0, "article")
                found.append(Solution((*best.readings[:place], reading), gender, _NEWCOMER, "article"))
    return found
