"""Bodies and places that grammar gives to an office in another phrase: a pronoun, or the label of a line.

`Wykonawcą była spółka Gronie-Bud. Jej wiceprezes, Jan Lis`: hers is the company. `Gmina Łosice - burmistrz
Jan Lis`: the line is the gmina's. Source: data/tables/possessives.tsv.
"""

import re
from bisect import bisect_left
from functools import cache, lru_cache

from pipeline.morphology import analyse
from pipeline.normalise.scenes import Article
from pipeline.records import Link
from pipeline.remembered import RARE
from pipeline.tables import load_table

_REACH = 200
_BULLETS = " -–—•*·0123456789.)|\t"
_SIGNS = {"institution": frozenset(":"), "location": frozenset("-–—:")}


def find_told(article: Article, link: Link, label: str) -> int | None:
    """Return the mention of a label that grammar gives to the office of a link, or None.

    Args:
        article: The article.
        link: A link without that part.
        label: institution or location.
    """
    if link.role is None:
        return None
    told = _of_pronoun(article, link.role) if label == "institution" else None
    return told if told is not None else _of_line(article, link.role, label)


def _of_pronoun(article: Article, role: int) -> int | None:
    """Return the body that `jej` or `jego` before an office stands for: the last one named, of its gender."""
    start = article.mentions[role].start
    match = _pronoun().search(article.text, max(0, start - 30), start)
    before = role - 1
    while before >= 0 and article.mentions[before].label == "location":
        before -= 1
    if match is None or before < 0 or article.mentions[before].label != "institution":
        return None
    near = start - article.mentions[before].end < _REACH
    agrees = _gender_of(article.names[before].nominative) == _possessives()[match[1].lower()]
    return before if near and agrees else None


@lru_cache(maxsize=RARE)
def _gender_of(nominative: str) -> str:
    """Return f or m (neuters too) for the head of a name; empty when the dictionary leaves it open."""
    word = nominative.split()[0].strip('„”"').lower()
    genders = {gender for reading in analyse(word) if "nom" in reading.cases for gender in reading.genders}
    return "" if not genders else "f" if genders == {"f"} else "" if "f" in genders else "m"


def _of_line(article: Article, role: int, label: str) -> int | None:
    """Return the mention that labels the line of an office: it opens the line and a colon or dash follows."""
    start = article.mentions[role].start
    line = article.text.rfind("\n", 0, start) + 1
    first = bisect_left(article.mentions, line, key=lambda mention: mention.start)
    mention = article.mentions[first]
    if mention.label != label or article.text[line : mention.start].strip(_BULLETS):
        return None
    sign = article.text[mention.end : start].lstrip(' ”"')[:1]
    return first if sign in _SIGNS[label] else None


@cache
def _possessives() -> dict[str, str]:
    return {row["word"]: row["gender"] for row in load_table("possessives")}


@cache
def _pronoun() -> re.Pattern[str]:
    """Return what finds a possessive at the end of a text, one word at most behind it."""
    return re.compile(rf"\b({'|'.join(_possessives())})\s+(?:\w+\s+)?$", re.IGNORECASE)
