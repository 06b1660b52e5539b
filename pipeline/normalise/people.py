"""The nominative of people's names, in context, the mentions of one article helping each other."""

from collections.abc import Sequence
from functools import lru_cache

from pipeline.normalise.name_parts import Part, clean_name, is_initial, is_surname_first
from pipeline.normalise.name_readings import partner_surnames, plural_nominative
from pipeline.normalise.person_case import (
    PersonCase,
    PersonForm,
    Solution,
    Solutions,
    make_cases,
    without_partner,
)
from pipeline.normalise.person_strategies import solve
from pipeline.normalise.person_votes import cast_ballot, vote
from pipeline.records import Gender, Name
from pipeline.remembered import PHRASES

__all__ = ["PersonForm", "nominative_people", "nominative_person"]

_SURE_GENDER = 0.97
_ALTERNATIVES = 5
_TORN = 0.5
_GUESSES = frozenset({"endings", "as_it_stands"})
_LEAST_ALTERNATIVE = 0.01


def nominative_person(
    form: str, *, left: str = "", right: str = "", gender: Gender | None = None, title: str = ""
) -> Name:
    """Return the nominative of one personal name.

    Args:
        form: The name as found, in any case, number and letter case.
        left: Text before the name, at least the last words.
        right: Text after the name.
        gender: The holder's gender where the caller is sure of it.
        title: Titles before the name.

    Returns:
        A name with `rule` `unchanged` when every strategy abstained.

    >>> nominative_person("Jana Gołębia").nominative
    'Jan Gołąb'
    """
    return nominative_people([PersonForm(form, left, right, title, gender=gender)])[0]


def nominative_people(forms: Sequence[PersonForm]) -> list[Name]:
    """Return the nominatives of all mentions of people of one article, in their order.

    A surname alone, and a surname that no dictionary knows, takes the reading that the article's other
    mentions share. The order of the mentions does not matter.
    """
    if len(forms) == 1:
        return [_nominative_alone(forms[0])]
    return _nominative_together(forms)


@lru_cache(maxsize=PHRASES)
def _nominative_alone(form: PersonForm) -> Name:
    case = make_cases([form])[0]
    return _make_name(case, solve(case))


def _nominative_together(forms: Sequence[PersonForm]) -> list[Name]:
    cases = make_cases(forms)
    alone = [solve(case) for case in cases]
    ballots = [cast_ballot(case, solutions) for case, solutions in zip(cases, alone, strict=True)]
    return [
        _make_name(case, vote(case, solutions, ballots)) for case, solutions in zip(cases, alone, strict=True)
    ]


def _make_name(case: PersonCase, solutions: Solutions) -> Name:
    if not solutions:
        return _unchanged(case, ())
    spelled = _spell_all(case, solutions)
    scores: dict[str, float] = {}
    for solution, name in zip(solutions, spelled, strict=True):
        scores[name] = scores.get(name, 0.0) + solution.weight
    ranked = sorted(scores, key=lambda name: (-scores[name], name))
    chosen = [solution for solution, name in zip(solutions, spelled, strict=True) if name == ranked[0]]
    if chosen[0].rule in _GUESSES and scores[ranked[0]] < _TORN:
        return _unchanged(case, tuple(ranked[:_ALTERNATIVES]))
    given, surname = _fields(case, chosen[0])
    return Name(
        form=case.form.text,
        nominative=ranked[0],
        label="person",
        gender=_gender(chosen),
        given_names=given,
        surname=surname,
        birth_name=_birth_name(case.birth_form),
        titles=case.titles,
        rule=chosen[0].rule,
        score=round(min(scores[ranked[0]], 1.0), 4),
        alternatives=tuple(n for n in ranked[1 : 1 + _ALTERNATIVES] if scores[n] >= _LEAST_ALTERNATIVE),
    )


def _unchanged(case: PersonCase, alternatives: tuple[str, ...]) -> Name:
    """Return the form itself, cleaned, when every strategy abstained or the guess is torn."""
    parts = without_partner(case).parts
    whole = " ".join(_dressed(part, part.word) for part in parts) or clean_name(case.form.text)
    others = tuple(name for name in alternatives if name != whole)
    return Name(case.form.text, whole, "person", surname=whole, titles=case.titles, alternatives=others)


def _birth_name(form: str) -> str:
    """Return a woman's surname at birth in the nominative: `z domu Kowalskich` -> `Kowalska`."""
    if not form:
        return ""
    solutions = solve(make_cases([PersonForm(form, gender="f")])[0])
    return partner_surnames(solutions[0].readings[-1])[1] if solutions else form


def _gender(chosen: Sequence[Solution]) -> Gender | None:
    """Return the gender when the solutions that give the nominative are all but one about it."""
    if chosen[0].is_plural:
        return None
    share: dict[Gender, float] = {"f": 0.0, "m": 0.0}
    for solution in chosen:
        share[solution.gender] += solution.weight
    likely: Gender = "f" if share["f"] > share["m"] else "m"
    whole = share["f"] + share["m"]
    return likely if whole and share[likely] / whole >= _SURE_GENDER else None


def _spell_all(case: PersonCase, solutions: Solutions) -> list[str]:
    """Return the nominative that each solution gives; those of the same words are spelled once."""
    turned = is_surname_first(case.parts)
    known: dict[object, str] = {}
    spelled = []
    for solution in solutions:
        words = tuple((reading.lemma, reading.is_given) for reading in solution.readings)
        # Plurals are made from the lexeme, which two readings of one lemma need not share.
        key = (words, solution) if solution.is_plural else words
        if key not in known:
            known[key] = _spell(case, solution, turned=turned)
        spelled.append(known[key])
    return spelled


def _spell(case: PersonCase, solution: Solution, *, turned: bool) -> str:
    words = [word for word, _ in _spelled_words(case, solution)]
    return " ".join([*words[1:], words[0]] if turned else words)


def _spelled_words(case: PersonCase, solution: Solution) -> list[tuple[str, bool]]:
    """Return each word in the nominative, and whether it is a forename.

    Fixed words go with what precedes them, but initials before a surname are forenames.
    """
    readings = iter(solution.readings)
    words: list[tuple[str, bool]] = []
    seen_surname = False
    for part in case.parts:
        if part.kind == "fixed":
            seen_surname = seen_surname or part.word[:1].islower()
            is_given = not seen_surname or is_initial(part.word)
            words.append((_dressed(part, part.word), is_given))
            continue
        reading = next(readings, None)
        if reading is None:
            continue
        is_given = part.kind == "given" or (part.kind == "either" and reading.is_given)
        seen_surname = seen_surname or not is_given
        lemma = (
            plural_nominative(reading, part.word) if solution.is_plural and not is_given else reading.lemma
        )
        words.append((_dressed(part, lemma), is_given))
    return words


def _fields(case: PersonCase, solution: Solution) -> tuple[str, str]:
    words = _spelled_words(case, solution)
    return " ".join(w for w, given in words if given), " ".join(w for w, given in words if not given)


def _dressed(part: Part, word: str) -> str:
    return f"{part.before}{word}{part.after}"
