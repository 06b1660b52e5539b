"""Names of bodies, offices and places to the nominative: the head and what agrees with it.

A phrase has a head noun, adjectives before and after it that agree with it, and complements that stay
as they are. Every way to read the head is a candidate; weights learned from annotated names choose.
"""

import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from pipeline.morphology import analyse
from pipeline.normalise.diacritics import restore_diacritics
from pipeline.normalise.phrase_context import Context, read_context
from pipeline.normalise.phrase_words import (
    Lexicon,
    Noun,
    Token,
    Word,
    agreeing,
    clean_form,
    decline_adjective,
    is_acronym,
    read_word,
    tokenise,
)
from pipeline.records import Label, Name
from pipeline.remembered import LARGE, PHRASES
from pipeline.tables import load_table

_DASHES = frozenset("-–—")
_LONGEST_GROUP = 6
_SHORT_ACRONYM = 4
_SPOKEN = re.compile(r"(?:[^\W\d_AEIOUYĄĘÓ]{0,3}[AEIOUYĄĘÓ]{1,2}){2,}[^\W\d_AEIOUYĄĘÓ]{0,2}")


@dataclass(frozen=True, slots=True)
class Grammar:
    """What differs between bodies, offices and places.

    Attributes:
        label: The label of the names.
        lexicon: What each token can be.
        heads: Known heads, in lower case and the nominative singular.
        appositives: Heads whose following name takes their case (`miasta Opola`, `rzeki Odry`).
        singular: A plural becomes a singular (`radni` -> `radny`).
        compound: A hyphen with one space joins one name.
    """

    label: Label
    lexicon: Lexicon
    heads: frozenset[str] = frozenset()
    appositives: frozenset[str] = frozenset()
    singular: bool = False
    compound: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """A head with what agrees with it; `adjectives` are (index, masculine singular)."""

    head: int
    noun: Noun
    adjectives: tuple[tuple[int, str], ...] = ()
    end: int = 0
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """One possible nominative with the evidence for it."""

    nominative: str
    features: tuple[str, ...]
    group: Group


# What a nominative itself tells, such as that the register has it; hashable, so that rankings can be kept.
Extra = Callable[[str], Sequence[str]]


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
        (_weigh(grammar.label, one.features), replace(one, features=())) for one in _read_form(form, grammar)
    )


@lru_cache(maxsize=PHRASES)
def _weigh_context(label: Label, noun: Noun, context: Context) -> float:
    return _weigh(label, _context_features(noun, context))


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
        features = (*candidate.features, *_context_features(candidate.group.noun, context))
        told = tuple(extra(candidate.nominative)) if extra else ()
        yield replace(candidate, features=features + told)


def _read_form(form: str, grammar: Grammar) -> list[Candidate]:
    """Return every reading of a form with what the form alone tells, the form left as it is among them."""
    tokens, words = _read_tokens(form, grammar)
    candidates = []
    for group in find_groups(words, 0):
        features = _features(words, group, grammar)
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
        (word.is_capitalised and not _is_known(word) and not word.adjectives) or _is_surname_genitive(word)
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


def find_groups(words: Sequence[Word], start: int) -> Iterator[Group]:
    """Yield every head that may stand at `start`, with its agreeing adjectives."""
    before: list[int] = []
    marks: tuple[str, ...] = ()
    for index in range(start, min(len(words), start + _LONGEST_GROUP)):
        word = words[index]
        for noun in word.nouns:
            if all(agreeing(words[at], noun) for at in before):
                yield from _extend(
                    words, Group(index, noun, _agreements(words, before, noun), index + 1, marks)
                )
        if word.adjectives and not _is_closed(word):
            before.append(index)
        elif index == start and is_acronym(word.text):
            marks = ("after_acronym",)
        elif index == start and word.is_capitalised and not word.preposition_cases and not _is_known(word):
            marks = ("after_unknown",)
        elif not (word.is_transparent or (word.is_conjunction and before)):
            break
    if before:
        yield from _substantivised(words, before)


def _is_known(word: Word) -> bool:
    return any(noun.source in ("dictionary", "gazetteer") for noun in word.nouns)


def _is_closed(word: Word) -> bool:
    """Say whether a word that is also an adjective cannot start a longer group."""
    return word.text.isupper() and len(word.text) <= 3 and is_acronym(word.text)


def _agreements(words: Sequence[Word], indices: Sequence[int], noun: Noun) -> tuple[tuple[int, str], ...]:
    found = ((index, agreeing(words[index], noun)) for index in indices)
    return tuple((index, adjective.lemma) for index, adjective in found if adjective)


def _extend(words: Sequence[Word], group: Group) -> Iterator[Group]:
    """Yield the group with the adjectives after its head, and without the last where it may go on."""
    if group.noun.gender == "m1" and group.noun.number == "sg" and _is_feminine(words, group):
        group = replace(group, noun=replace(group.noun, gender="f"), marks=(*group.marks, "feminine_holder"))
    after, at = [], group.end
    while at < len(words):
        if agreeing(words[at], group.noun):
            after.append(at)
        elif not (
            words[at].is_conjunction and after and at + 1 < len(words) and agreeing(words[at + 1], group.noun)
        ):
            break
        at += 1
    agreed = group.adjectives + _agreements(words, after, group.noun)
    yield Group(group.head, group.noun, agreed, at, group.marks)
    if after and at < len(words) and _belongs_to_next(words, after[-1], at):
        fewer = after[:-1]
        cut = _agreements(words, fewer, group.noun)
        lemma = _agreements(words, after[-1:], group.noun)[0][1]
        marks = (
            *group.marks,
            "adjective_of_next",
            f"adjective_of_next {lemma}",
            f"adjective_of_next -{lemma[-3:]}",
        )
        yield Group(group.head, group.noun, group.adjectives + cut, after[-1], marks)


def _is_feminine(words: Sequence[Word], group: Group) -> bool:
    """Say whether only a feminine adjective follows a masculine head: `Wojewody Opolskiej`."""
    if group.end >= len(words) or agreeing(words[group.end], group.noun):
        return False
    return agreeing(words[group.end], replace(group.noun, gender="f")) is not None


def _belongs_to_next(words: Sequence[Word], adjective: int, noun: int) -> bool:
    return any(agreeing(words[adjective], item) for item in words[noun].nouns)


def _substantivised(words: Sequence[Word], before: Sequence[int]) -> Iterator[Group]:
    """Yield groups whose head is an adjective: `Skrzypnego`, `pełniącej obowiązki`."""
    run = [index for index in before if index - before[0] == before.index(index)]
    for adjective in words[run[0]].adjectives:
        for number in sorted(adjective.numbers):
            for case in sorted(adjective.cases - {"voc"}):
                for gender in sorted(adjective.genders):
                    lemma = decline_adjective(adjective.lemma, number=number, gender=gender)
                    single = decline_adjective(adjective.lemma, number="sg", gender=gender)
                    noun = Noun(lemma, single, number, case, gender, source="adjective")
                    yield from _extend(words, Group(run[0], noun, (), run[0] + 1))


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


def _features(words: Sequence[Word], group: Group, grammar: Grammar) -> tuple[str, ...]:
    """Return what the form itself says for and against a reading of its head."""
    noun, head = group.noun, words[group.head]
    number = "pt" if noun.plural_only else noun.number
    known = noun.singular.lower() in grammar.heads
    features = [
        f"number={number}",
        f"number={number} case={noun.case}" + (" known" if known else ""),
        f"agree={min(len(group.adjectives), 3)}",
        f"source={noun.source}",
        f"source={noun.source} number={number} case={noun.case}",
        f"head={noun.singular.lower()} number={number}",
        f"names={_name_class(noun)} capital={head.is_capitalised}",
        f"gender={noun.gender}",
        f"before={min(sum(index < group.head for index, _ in group.adjectives), 2)}",
    ]
    if known:
        features.append("known")
    if noun.source == "unknown":
        features += [f"unknown -{head.text[-2:]}", f"unknown -{head.text[-1]}"]
    elif noun.source.startswith("ending"):
        features.append(f"ending share={round(noun.weight * 4)}")
    elif noun.source == "adjective":
        features.append(f"adjective_head {noun.gender} {noun.number}")
    if group.end < len(words) and group.end == group.head + 1 and words[group.end].adjectives:
        features.append("stray_adjective")
    if any(words[index].is_name_adjective for index, _ in group.adjectives):
        features.append("name_adjective")
    if head.adjectives and _modifies_next(words, group):
        features.append(f"modifier_as_head source={noun.source}")
    if len(words) == 1:
        features.append(f"alone number={number}")
    return tuple(features)


def _modifies_next(words: Sequence[Word], group: Group) -> bool:
    after = words[group.head + 1 : group.head + 4]
    return any(agreeing(words[group.head], noun) for word in after for noun in word.nouns)


def _name_class(noun: Noun) -> str:
    classes = ("nazwa_geograficzna", "nazwa_organizacji", "nazwa_firmy", "imię", "nazwisko")
    return next((known for known in classes if known in noun.names), "common" if noun.names else "none")


def _context_features(noun: Noun, context: Context) -> Iterator[str]:
    """Yield what the text before the name says of a reading of its head."""
    if noun.source == "kept":
        yield f"kept after={context.kind}"
        return
    if context.kind in ("preposition", "list"):
        yield f"{context.kind} allows={noun.case in context.cases}"
        if context.kind == "preposition" and len(context.cases) > 1:
            yield f"after {context.word} case={noun.case}"
    elif context.kind == "adjective":
        yield f"adjective allows={noun.case in context.cases}"
    else:
        yield f"{context.kind} case={noun.case}"
    if noun.case == "nom":
        yield f"nominative after={context.kind}"


def join_tokens(tokens: Sequence[Token], replaced: dict[int, str]) -> str:
    """Join tokens again, some of them replaced."""
    return "".join(
        (" " if token.spaced else "") + replaced.get(index, token.text) for index, token in enumerate(tokens)
    )


@lru_cache(maxsize=PHRASES)
def fit_case(original: str, nominative: str) -> str:
    """Return the nominative in the letter case of the form: the common beginning stays as it was."""
    if original.isupper() and len(original) > 1 and not is_acronym(nominative):
        return "-".join(part.capitalize() for part in nominative.split("-"))
    kept = 0
    while kept < min(len(original), len(nominative)) and original[kept].lower() == nominative[kept].lower():
        kept += 1
    if kept == 0:
        return nominative.capitalize() if original[:1].isupper() else nominative
    rest = nominative[kept:] if "-" in nominative else nominative[kept:].lower()
    return original[:kept] + rest


def unchanged(form: str, label: Label) -> Name:
    """Return the name of a form that every strategy abstained from."""
    return Name(form=form, nominative=form, label=label)


def lower_capitals(form: str, *, keep: frozenset[str], role: bool = False) -> str:
    """Return a form with its words in capitals in natural case; acronyms stay.

    A word counts as an acronym when it is in `keep`, or when it is short and the dictionary knows it only so.
    """
    words = re.findall(r"[^\W\d_]+", form)
    long = [word for word in words if len(word) > 3]
    if not long or not any(word.isupper() for word in long):
        return form
    everything = all(word.isupper() for word in words)
    return re.sub(
        r"[^\W\d_]+(?:-[^\W\d_]+)*\.?", lambda match: _lower_word(match, keep, everything, role), form
    )


def _lower_word(match: re.Match[str], keep: frozenset[str], everything: bool, role: bool) -> str:
    text = match[0]
    bare = text.removesuffix(".")
    if not bare.isupper() or bare in keep or (len(bare) == 1 and match.start() == 0):
        return text
    if match.start() > 0 and _is_function_word(text.lower()) and (everything or len(bare) < 3):
        return text.lower()
    if not _is_plain_word(bare) or re.fullmatch(r"[IVXLC]+", bare):
        return text
    return text.lower() if role else "-".join(part.capitalize() for part in text.split("-"))


@lru_cache(maxsize=8192)
def _is_plain_word(bare: str) -> bool:
    """Say whether a word in capitals is no acronym: a form of another word, or one that can be spoken."""
    analyses = analyse(bare)
    if len(bare) < 5 and any(item.lemma == bare for item in analyses):
        return False
    if any(item.form == bare and item.lemma != bare for item in analyses):
        return len(bare) > 2
    return len(bare) > 4 and bool(_SPOKEN.fullmatch(bare))


@lru_cache(maxsize=8192)
def _is_function_word(text: str) -> bool:
    word = read_word(text.removesuffix("."))
    known = bool(word.preposition_cases) or word.is_conjunction
    return known or any(
        row["word"] == text and row["opens"] != "unit" for row in load_table("institution_markers")
    )


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
