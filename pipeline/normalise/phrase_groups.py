"""The groups of a phrase that may be its head: a noun with the adjectives that agree with it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.normalise.phrase_words import (
    Noun,
    Word,
    agreeing,
    decline_adjective,
    is_acronym,
)
from pipeline.quick import quickly_made

_LONGEST_GROUP = 6


@quickly_made
@dataclass(frozen=True, slots=True)
class Group:
    """A head with what agrees with it; `adjectives` are (index, masculine singular)."""

    head: int
    noun: Noun
    adjectives: tuple[tuple[int, str], ...] = ()
    end: int = 0
    marks: tuple[str, ...] = ()


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
        if word.adjectives and not is_closed(word):
            before.append(index)
        elif index == start and is_acronym(word.text):
            marks = ("after_acronym",)
        elif index == start and word.is_capitalised and not word.preposition_cases and not is_known(word):
            marks = ("after_unknown",)
        elif not (word.is_transparent or (word.is_conjunction and before)):
            break
    if before:
        yield from _substantivised(words, before)


def is_known(word: Word) -> bool:
    """Say whether the dictionary or the gazetteer knows a word as a noun."""
    return any(noun.source in ("dictionary", "gazetteer") for noun in word.nouns)


def is_closed(word: Word) -> bool:
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
