"""What stands between two mentions, read as a few normalised tokens: the evidence that links rest on."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from pipeline.morphology import analyse
from pipeline.quick import quickly_made
from pipeline.remembered import FORMS, PHRASES
from pipeline.tables import load_table

_TOKEN = re.compile(r"\n+|\w+(?:-\w+)*|[^\w\s]")
_DASHES = frozenset("-–—−")
_QUOTES = frozenset("„”\"'»«’‘“*_")


@quickly_made
@dataclass(frozen=True, slots=True)
class Gap:
    """The text between two mentions, without the title that belongs to the person after it.

    Attributes:
        tokens: Lemmas and marks, lower-case; every dash is `-`, a line break is `¶`.
        title_start: Where the title before the next mention starts, in code points from the gap's start.
    """

    tokens: tuple[str, ...]
    title_start: int

    @property
    def key(self) -> str:
        """The tokens as one string, shortened in the middle when there are more than six."""
        if len(self.tokens) <= 6:
            return " ".join(self.tokens)
        return " ".join((*self.tokens[:2], "~", *self.tokens[-2:]))


@lru_cache(maxsize=PHRASES)
def read_gap(text: str) -> Gap:
    """Read the text between two mentions.

    >>> read_gap(" - st. bryg. ").tokens
    ('-',)
    """
    tokens, title_start = _part_title(text)
    return Gap(tuple(_normalise(token) for token in tokens if token not in _QUOTES), title_start)


def read_title(text: str) -> str:
    """Return the raw title at the end of the text before a person's name, or an empty string."""
    window = text[-60:].rpartition("\n")[2]
    return window[_part_title(window)[1] :].strip()


def _part_title(text: str) -> tuple[list[str], int]:
    """Return the tokens before the title that ends a text, and where that title starts."""
    matches = list(_TOKEN.finditer(text))
    tokens = [match[0] for match in matches]
    title_start = len(text)
    while tokens and (size := _title_size(tokens)):
        title_start = matches[len(tokens) - size].start()
        del tokens[-size:]
    return tokens, title_start


def _title_size(tokens: list[str]) -> int:
    """Return how many of the last tokens are one word of a title: `bryg` `.` is two, `pan` is one."""
    if tokens[-1] == "." and len(tokens) > 1:
        return 2 if _is_title_word(tokens[-2]) else 0
    return 1 if _is_title_word(tokens[-1]) else 0


@lru_cache(maxsize=PHRASES)
def _is_title_word(word: str) -> bool:
    known = _title_words()
    return word.lower() in known or any(
        reading.lemma.lower() in known and reading.pos == "subst" for reading in analyse(word)
    )


@cache
def _title_words() -> frozenset[str]:
    forms = [row["form"] for row in load_table("titles")]
    return frozenset(part.lower().removesuffix(".") for form in forms for part in form.split())


@lru_cache(maxsize=FORMS)
def _normalise(token: str) -> str:
    if token.startswith("\n"):
        return "¶"
    if token in _DASHES:
        return "-"
    if token.isdigit():
        return "#"
    readings = analyse(token.lower())
    return min((reading.lemma.lower() for reading in readings), default=token.lower())
