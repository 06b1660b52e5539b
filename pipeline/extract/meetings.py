"""Offices that a meeting filled: `Walne zebranie odbyło się 8 czerwca. Prezesem został Jan Lis`.

The day of the meeting is where an office starts that its minutes say was given, when no date of its own stands
in the sentence. Source: data/tables/time_words.tsv, kinds `meeting` and `chosen`.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache

from pipeline.extract.clauses import stretch_around
from pipeline.extract.dates import Day, find_days
from pipeline.extract.gaps import read_gap
from pipeline.extract.grammar import word_class
from pipeline.records import Link, Mention
from pipeline.tables import load_table

_REACH = 160
_LIST_REACH = 500
_OATH_REACH = 70
_STEM = 7
# Where the next sentence says what it was.
_NEXT = 30
_LATEST = 31
_BEFORE = 4


def find_given(
    text: str, mentions: Sequence[Mention], links: Sequence[Link], *, published: date | None
) -> Iterator[tuple[int, str]]:
    """Yield the links whose office the article's one meeting gave, each with the meeting's day."""
    if published is None or not links:
        return
    days = [day for day in find_days(text, published=published) if _is_of_meeting(text, day, published)]
    if len({day.value for day in days}) != 1:
        return
    first, oath = days[0], _tells_of_oath(text)
    for number, link in enumerate(links):
        if link.role is None or mentions[link.role].start < first.start:
            continue
        role, person = mentions[link.role], mentions[link.person]
        start, end = min(role.start, person.start), max(role.end, person.end)
        given = (
            _is_given(text, start, end) or _is_listed(text, start) or (oath and _is_sworn(text, start, end))
        )
        if end - start < _REACH and given and not _serves(role.text):
            yield number, first.value


def _is_of_meeting(text: str, day: Day, published: date) -> bool:
    """Say whether a day is a recent one on which a meeting was held: `spotkali się w środę. Było to zebranie ...`."""
    if not 0 <= (published - date.fromisoformat(day.value)).days <= _LATEST:
        return False
    low, high = stretch_around(text, day.start, day.end, reach=_REACH)
    after = read_gap(text[high + 1 : high + _NEXT]).tokens
    told = after if after[:1] == ("być",) else ()
    return not _words("meeting").isdisjoint((*read_gap(text[low:high]).tokens, *told))


def _is_given(text: str, start: int, end: int) -> bool:
    """Say whether a verb of choosing stands between an office and its holder, or just before the two."""
    low, _ = stretch_around(text, start, end, reach=_REACH)
    tokens = (*read_gap(text[low:start]).tokens[-_BEFORE:], *read_gap(text[start:end]).tokens)
    return not _words("chosen").isdisjoint(tokens)


def _tells_of_oath(text: str) -> bool:
    """Say whether an article has the noun of an oath; a quick look that spares the slow one."""
    noun = max(_words("oath"), key=len)
    return noun[:_STEM] in text.lower()


def _is_sworn(text: str, start: int, end: int) -> bool:
    """Say whether an office's holder swore in: `ślubowanie złożyli radni oraz wójt Jan Lis`."""
    low, high = stretch_around(text, start, end, reach=_OATH_REACH)
    before, after = read_gap(text[low:start]).tokens, read_gap(text[end:high]).tokens[:_BEFORE]
    if _words("oath").issubset(after):
        return True
    if not _words("oath").issubset(before):
        return False
    last = max(number for number, token in enumerate(before) if token in _words("oath"))
    return all(word_class(token) != "verb" for token in before[last + 1 :])


def _is_listed(text: str, start: int) -> bool:
    """Say whether an office stands in a list that a verb of choosing heads: `wybrano zarząd: prezes - Jan Lis`."""
    low = max(text.rfind(mark, max(0, start - _LIST_REACH), start) for mark in ("\n\n", ". "))
    head, colon, _ = text[max(0, low) : start].partition(":")
    return low >= 0 and bool(colon) and not _words("chosen").isdisjoint(read_gap(head).tokens)


def _serves(role: str) -> bool:
    """Say whether an office is one of the meeting itself: `sekretarz zebrania`, `protokolantka`."""
    return any(word in _words("meeting") | _words("meeting_office") for word in read_gap(role).tokens)


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(row["word"] for row in load_table("time_words") if row["kind"] == kind)
