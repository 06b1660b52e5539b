"""What speaks for a head and its reading, as readable features, and the grammar that they ask."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.normalise.phrase_context import Context
from pipeline.normalise.phrase_groups import Group
from pipeline.normalise.phrase_words import (
    Lexicon,
    Noun,
    Word,
    agreeing,
)
from pipeline.records import Label


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


def phrase_features(words: Sequence[Word], group: Group, grammar: Grammar) -> tuple[str, ...]:
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
        f"names={name_class(noun)} capital={head.is_capitalised}",
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


def name_class(noun: Noun) -> str:
    """Return which names the dictionary knows a noun among; `common` for other names, `none` for none."""
    classes = ("nazwa_geograficzna", "nazwa_organizacji", "nazwa_firmy", "imię", "nazwisko")
    return next((known for known in classes if known in noun.names), "common" if noun.names else "none")


def context_features(noun: Noun, context: Context) -> Iterator[str]:
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
