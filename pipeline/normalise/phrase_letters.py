"""Letters of a phrase: capitals made natural, words joined again with the spaces and capitals that they had."""

import re
from collections.abc import Sequence
from functools import lru_cache

from pipeline.morphology import analyse
from pipeline.normalise.phrase_words import (
    Token,
    is_acronym,
    read_word,
)
from pipeline.remembered import PHRASES
from pipeline.tables import load_table

_SPOKEN = re.compile(r"(?:[^\W\d_AEIOUYĄĘÓ]{0,3}[AEIOUYĄĘÓ]{1,2}){2,}[^\W\d_AEIOUYĄĘÓ]{0,2}")


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
