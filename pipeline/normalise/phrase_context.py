"""What the text left of a name says about the case that the name stands in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from pipeline.morphology import analyse

_TOKEN = re.compile(r"\w+(?:[-‐‑'’]\w+)*\.?|\n|[^\w\s]")
_OPENING = frozenset("„\"'”»«(–—-*_")
_ENDING = frozenset(".!?\n:;•")
_VERBS = frozenset({"fin", "praet", "impt", "imps", "inf", "bedzie", "pcon", "pant", "winien"})
_REACH = 9


@dataclass(frozen=True, slots=True)
class Context:
    """The governor of a name: its kind, the word itself, and the cases that it allows.

    Attributes:
        kind: nothing, start, preposition, list (a name beside names that a preposition governs),
            adjective, noun, verb, name, comma, other.
        word: The governor in lower case; empty when there is none.
        cases: The cases it allows; empty when it tells nothing.
    """

    kind: str
    word: str = ""
    cases: frozenset[str] = frozenset()


@lru_cache(maxsize=8192)
def read_context(left: str) -> Context:
    """Read the governor of a name from up to 80 characters that stand before it."""
    if not left.strip():
        return Context("nothing" if not left else "start")
    tokens = _TOKEN.findall(left[-100:])[::-1]
    while tokens and tokens[0] in _OPENING:
        tokens = tokens[1:]
    if not tokens or tokens[0] in _ENDING:
        return Context("start")
    return _read_governor(tokens)


def _read_governor(tokens: list[str]) -> Context:
    first = tokens[0]
    if first in (",", "/") or _is_conjunction(first):
        cases, word = _govern_list(tokens[1:])
        return Context("list", word, cases) if cases else Context("comma")
    if cases := _preposition_cases(first):
        return Context("preposition", first.lower(), cases)
    analyses = analyse(first) if first[0].isalpha() else ()
    adjective = frozenset(
        case for item in analyses if item.pos in ("adj", "pact", "ppas") for case in item.cases
    )
    if adjective and len(tokens) > 1:
        before = _preposition_cases(tokens[1])
        return (
            Context("preposition", tokens[1].lower(), before)
            if before
            else Context("adjective", "", adjective)
        )
    if any(item.pos in _VERBS for item in analyses):
        return Context("verb", first.lower())
    if first[0].isupper():
        return Context("name", first.lower())
    return Context("noun" if any(item.pos == "subst" for item in analyses) else "other", first.lower())


def _preposition_cases(token: str) -> frozenset[str]:
    if not token[0].isalpha() or token.endswith("."):
        return frozenset()
    return frozenset(case for item in analyse(token.lower()) if item.pos == "prep" for case in item.cases)


def _govern_list(tokens: list[str]) -> tuple[frozenset[str], str]:
    """Find the preposition before a list of names, passing only names, commas and conjunctions."""
    for token in islice(_until_end(tokens), _REACH):
        if cases := _preposition_cases(token):
            return cases, token.lower()
        if (
            token[0].isalpha()
            and token[0].islower()
            and token not in ("i", "oraz", "a", "gminy", "gmin", "powiatu")
        ):
            break
    return frozenset(), ""


def _is_conjunction(token: str) -> bool:
    return token.islower() and any(item.pos == "conj" for item in analyse(token))


def _until_end(tokens: list[str]) -> Iterator[str]:
    for token in tokens:
        if token in _ENDING or token in _OPENING:
            return
        yield token
