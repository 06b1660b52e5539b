"""Names of bodies, offices and places to the nominative: the head and what agrees with it.

A phrase has a head noun, adjectives before and after it that agree with it, and complements that stay
as they are. Every way to read the head is a candidate; weights learned from annotated names choose.
"""

import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from pipeline.normalise.diacritics import restore_diacritics
from pipeline.normalise.phrase_context import Context, read_context
from pipeline.normalise.phrase_features import Grammar, context_features, phrase_features
from pipeline.normalise.phrase_groups import Group, find_groups, is_known
from pipeline.normalise.phrase_letters import fit_case, join_tokens, lower_capitals
from pipeline.normalise.phrase_words import (
    Noun,
    Token,
    Word,
    clean_form,
    decline_adjective,
    tokenise,
)
from pipeline.quick import quickly_made
from pipeline.records import Label, Name
from pipeline.remembered import LARGE, PHRASES
from pipeline.tables import load_table

_DASHES = frozenset("-–—")
_SHORT_ACRONYM = 4


@quickly_made
@dataclass(frozen=True, slots=True)
class Candidate:
    """One possible nominative with the evidence for it."""

    nominative: str
    features: tuple[str, ...]
    group: Group


# What a nominative itself tells, such as that the register has it; hashable, so that rankings can be kept.
Extra = Callable[[str], Sequence[str]]


@quickly_made
@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate with its share of all candidates' likelihood; its features are left out."""

    candidate: Candidate
    score: float


def rank_candidates(
    form: str, grammar: Grammar, *, left: str = "", extra: Extra | None = None
) -> list[Ranked]:
    """Return the possible nominatives of a clean form, best first; empty when no head is found."""
    return list(_rank(form, grammar, read_context(left), extra))


@lru_cache(maxsize=PHRASES)
def _rank(form: str, grammar: Grammar, context: Context, extra: Extra | None) -> tuple[Ranked, ...]:
    """Rank a form's candidates; an article has most forms more than once."""
    weighed = _weigh_form(form, grammar)
    nominatives = {candidate.nominative for _, candidate in weighed}
    if len(nominatives) == 1:
        return (Ranked(weighed[0][1], 1.0),)
    label = grammar.label
    told = {name: _weigh(label, extra(name)) if extra else 0.0 for name in nominatives}
    return _share(
        [
            (
                weight + _weigh_context(label, candidate.group.noun, context) + told[candidate.nominative],
                candidate,
            )
            for weight, candidate in weighed
        ]
    )


def _share(scored: Sequence[tuple[float, Candidate]]) -> tuple[Ranked, ...]:
    """Add up the readings that give the same nominative; return their shares, best first."""
    if not scored:
        return ()
    top = max(total for total, _ in scored)
    best: dict[str, tuple[float, Candidate]] = {}
    mass: dict[str, float] = {}
    for total, candidate in scored:
        key = candidate.nominative
        mass[key] = mass.get(key, 0.0) + math.exp(total - top)
        if key not in best or total > best[key][0]:
            best[key] = (total, candidate)
    whole = sum(mass.values())
    order = sorted(mass, key=lambda key: (-mass[key], key))
    return tuple(Ranked(best[key][1], mass[key] / whole) for key in order)


@lru_cache(maxsize=LARGE)
def _weigh_form(form: str, grammar: Grammar) -> tuple[tuple[float, Candidate], ...]:
    """Return every reading of a form with the weight of what the form alone tells, in place of its features."""
    return tuple(
        (_weigh(grammar.label, one.features), Candidate(one.nominative, (), one.group))
        for one in _read_form(form, grammar)
    )


@lru_cache(maxsize=PHRASES)
def _weigh_context(label: Label, noun: Noun, context: Context) -> float:
    return _weigh(label, context_features(noun, context))


def _weigh(label: Label, features: Iterable[str]) -> float:
    weights = load_weights(label)
    return sum([weights.get(feature, 0.0) for feature in features])


@cache
def load_weights(label: Label) -> dict[str, float]:
    """Load the weights of one label: those of every label plus its own."""
    weights: dict[str, float] = {}
    for row in load_table("phrase_weights"):
        if row["label"] in ("any", label):
            weights[row["feature"]] = weights.get(row["feature"], 0.0) + float(row["weight"])
    return weights


def find_candidates(
    form: str, grammar: Grammar, *, left: str = "", extra: Extra | None = None
) -> Iterator[Candidate]:
    """Yield every reading of the head with its nominative and features."""
    context = read_context(left)
    for candidate in _read_form(form, grammar):
        features = (*candidate.features, *context_features(candidate.group.noun, context))
        told = tuple(extra(candidate.nominative)) if extra else ()
        yield replace(candidate, features=features + told)


def _read_form(form: str, grammar: Grammar) -> list[Candidate]:
    """Return every reading of a form with what the form alone tells, the form left as it is among them."""
    tokens, words = _read_tokens(form, grammar)
    candidates = []
    for group in find_groups(words, 0):
        features = phrase_features(words, group, grammar)
        replaced = _decline(words, group, grammar)
        for appose in _apposition_choices(words, group, grammar):
            more, marks = _decline_rest(words, group, grammar, appose=appose)
            nominative = join_tokens(tokens, {**replaced, **more} if more else replaced)
            candidates.append(Candidate(nominative, features + marks, group))
    if grammar.label != "role" and words and words[0].is_capitalised and _may_be_foreign(words):
        kept = join_tokens(tokens, {})
        head = Noun(kept, kept, "sg", "nom", "n", source="kept")
        candidates.append(Candidate(kept, _kept_features(kept, words), Group(0, head, (), len(words))))
    return candidates


def _read_tokens(form: str, grammar: Grammar) -> tuple[tuple[Token, ...], list[Word]]:
    tokens = tokenise(form)
    return tokens, [grammar.lexicon(token.text) for token in tokens]


def _may_be_foreign(words: Sequence[Word]) -> bool:
    """Say whether a word is unknown to the dictionary, or a surname that a street is named after."""
    return any(
        (word.is_capitalised and not is_known(word) and not word.adjectives) or _is_surname_genitive(word)
        for word in words
    )


def _kept_features(form: str, words: Sequence[Word]) -> tuple[str, ...]:
    """Return what speaks for leaving the form as it is."""
    unknown = sum(not word.nouns and not word.adjectives and word.is_capitalised for word in words)
    features = [f"kept -{form[-2:]}", f"kept -{form[-1]}", "kept"]
    features.append(f"kept unknown={min(unknown, 2)} of={min(len(words), 3)}")
    if any(_is_surname_genitive(word) for word in words):
        features.append(f"kept surname of={min(len(words), 2)}")
    return tuple(features)


def _is_surname_genitive(word: Word) -> bool:
    genitives = [noun for noun in word.nouns if noun.case == "gen" and noun.number == "sg"]
    return any("nazwisko" in noun.names and noun.gender == "m1" for noun in genitives) and not any(
        "nazwa_geograficzna" in noun.names for noun in word.nouns
    )


def _apposition_choices(words: Sequence[Word], group: Group, grammar: Grammar) -> tuple[bool, ...]:
    """Say whether a second noun shares the head's case, as in `miasta Opola`, or may: `Lądka Zdroju`."""
    if grammar.label != "location" or group.end >= len(words) or group.noun.case == "nom":
        return (False,)
    following = words[group.end]
    if not following.is_capitalised or not following.nouns:
        return (False,)
    sure = group.noun.singular.lower() in grammar.appositives
    return (
        (True,) if sure and any(noun.case == group.noun.case for noun in following.nouns) else (False, True)
    )


def _decline(words: Sequence[Word], group: Group, grammar: Grammar) -> dict[int, str]:
    noun = group.noun
    number = "sg" if grammar.singular and not noun.plural_only else noun.number
    head = noun.singular if number == "sg" and noun.number == "pl" else noun.nominative
    replaced = {group.head: fit_case(words[group.head].text, head)}
    for index, lemma in group.adjectives:
        replaced[index] = fit_case(
            words[index].text, decline_adjective(lemma, number=number, gender=noun.gender)
        )
    return replaced


def _decline_rest(
    words: Sequence[Word], group: Group, grammar: Grammar, *, appose: bool
) -> tuple[dict[int, str], tuple[str, ...]]:
    """Decline what shares the head's case: a second head, a name in apposition."""
    replaced: dict[int, str] = {}
    marks = group.marks
    for start, kind in _second_heads(words, group, appose=appose):
        if (second := _best_second(words, start, group, kind)) is not None:
            replaced.update(_decline(words, second, grammar))
            marks += (kind,)
    return replaced, marks


def _second_heads(words: Sequence[Word], group: Group, *, appose: bool) -> Iterator[tuple[int, str]]:
    end = group.end
    if end < len(words) and words[end].is_conjunction:
        yield end + 1, "coordinated"
    elif appose and end < len(words):
        yield end, "apposition"
    for index in range(end, len(words) - 1):
        if words[index].text in _DASHES:
            yield index + 1, "second_segment"


def _best_second(words: Sequence[Word], start: int, group: Group, kind: str) -> Group | None:
    """Return the reading at `start` in the first head's case; most agreement wins."""
    fitting = [
        item
        for item in find_groups(words, start)
        if item.noun.case == group.noun.case
        and (kind != "coordinated" or item.noun.number == group.noun.number)
    ]
    return max(
        fitting, key=lambda item: (len(item.adjectives), item.noun.source == "dictionary"), default=None
    )


def unchanged(form: str, label: Label) -> Name:
    """Return the name of a form that every strategy abstained from."""
    return Name(form=form, nominative=form, label=label)


def make_name(form: str, ranked: Sequence[Ranked], label: Label, rule: str) -> Name:
    """Return the name that the best candidate makes, with the others as alternatives."""
    return Name(
        form=form,
        nominative=ranked[0].candidate.nominative,
        label=label,
        rule=rule,
        score=round(ranked[0].score, 4),
        alternatives=tuple(item.candidate.nominative for item in ranked[1:4] if item.score > 0.01),
    )


def prepare(form: str, grammar: Grammar) -> str:
    """Return the form on one line, capitals in natural case, left-out diacritics restored."""
    return _prepare(form, compound=grammar.compound, label=grammar.label)


@lru_cache(maxsize=PHRASES)
def _prepare(form: str, *, compound: bool, label: Label) -> str:
    role = label == "role"
    clean = clean_form(form, compound=compound)
    keep = _acronyms_beside(clean) if label == "institution" else frozenset()
    return restore_diacritics(lower_capitals(clean, keep=keep, role=role), office=role)


def _acronyms_beside(form: str) -> frozenset[str]:
    """Return the short words in capitals of a body's name that is not in capitals: `LUKS Siedliszcze`, `KUL`."""
    words = re.findall(r"[^\W\d_]+", form)
    if len(words) > 1 and all(word.isupper() for word in words):
        return frozenset()
    return frozenset(word for word in words if word.isupper() and len(word) <= _SHORT_ACRONYM)


def ranked_rule(candidate: Candidate, grammar: Grammar) -> str:
    """Return the name of the rule behind a candidate."""
    source = candidate.group.noun.source
    if source != "dictionary":
        return "ending" if source.startswith("ending") else source
    if candidate.group.noun.singular.lower() in grammar.heads:
        return "known_head"
    return "agreement" if candidate.group.adjectives else "dictionary"
