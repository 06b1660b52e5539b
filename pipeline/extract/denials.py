"""Offices that the text denies: refused, disclaimed, or told as somebody's false claim.

Source: data/tables/denials.tsv.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache

from pipeline.extract.openings import look_for
from pipeline.morphology import analyse
from pipeline.records import Mention
from pipeline.tables import load_table

_CLAUSE_ENDS = r"\s[-–—]\s|[;”]"

Spans = Sequence[tuple[int, int]]


def find_denied(text: str, mentions: Sequence[Mention], sentences: Spans) -> frozenset[int]:
    """Return the indices of the roles that the text says are not held.

    `X nie jest wójtem` and `nieprawdą jest, że wójtem jest X` deny, `X nie jest już wójtem` tells of a former one.
    In `nieprawdą jest, że wójt X wyjechał` the office stands in the nominative, and nobody denies it.

    Args:
        text: The article.
        mentions: Its mentions in reading order.
        sentences: `[start, end)` of its sentences, in order.
    """
    roles = [index for index, mention in enumerate(mentions) if mention.label == "role"]
    starts = [mentions[index].start for index in roles]
    return frozenset(
        index
        for scope, start, end in _denied_spans(text, sentences)
        for index in roles[bisect_left(starts, start) : bisect_left(starts, end)]
        if _can_be_denied(mentions[index].text, scope)
    )


def _can_be_denied(role: str, scope: str) -> bool:
    readings = analyse(role.split()[0])
    if scope == "alleged" or any("nom" in one.cases and "sg" in one.numbers for one in readings):
        return scope == "alleged"
    return scope == "next" or any("inst" in one.cases for one in readings)


def _denied_spans(text: str, sentences: Spans) -> Iterator[tuple[str, int, int]]:
    """Yield the scope of each phrase, and `[start, end)` in which the roles stand that it denies."""
    for scope in ("next", "alleged"):
        for match in _pattern(scope).finditer(text):
            yield scope, match.end(), match.end() + 1
    for match in _pattern("clause").finditer(text):
        yield "clause", match.end(), _end_of_clause(text, match.end(), sentences)


def _end_of_clause(text: str, start: int, sentences: Spans) -> int:
    place = bisect_left(sentences, start, key=lambda sentence: sentence[1])
    end = sentences[place][1] if place < len(sentences) else len(text)
    close = _pattern("end").search(text, start, end)
    return close.start() if close else end


@cache
def _pattern(scope: str) -> re.Pattern[str]:
    """Return what finds the phrases of a scope, up to where what they deny begins."""
    if scope == "end":
        return re.compile(rf"{_CLAUSE_ENDS}|{_phrases(scope)}\b", re.IGNORECASE)
    return re.compile(
        rf"\b{_phrases(scope)}\s+(?:{_phrases('between')}\s+)*"
        if scope == "next"
        else rf"\b{_phrases(scope)}\s+",
        re.IGNORECASE,
    )


def _phrases(scope: str) -> str:
    rows = [row["phrase"] for row in load_table("denials") if row["scope"] == scope]
    alternatives = (
        re.escape(phrase).replace(r"\ ", r"\s+") for phrase in sorted(rows, key=len, reverse=True)
    )
    return f"{look_for(rows)}(?:{'|'.join(alternatives)})"
