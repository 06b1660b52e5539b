"""Periods that head a whole list of offices: `Zarząd na lata 2024-2028: prezes Jan Lis, skarbnik Ewa Bury`.

A period in the line or clause that a colon or a line break ends belongs to every office listed under it.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.extract.dates import Period, find_periods
from pipeline.records import Link, Mention

_LEAST_LIST = 2
_CLAUSE = re.compile(r"[^\n.;:]{0,70}?(?::|\n)")
_END = re.compile(r"\n\s*\n|(?<=[^\W\d]{3})\.(?=\s)")


@dataclass(frozen=True, slots=True)
class Heading:
    """A period and the links that stand under it."""

    period: Period
    links: tuple[int, ...]


def find_headings(
    text: str, mentions: Sequence[Mention], links: Sequence[Link], *, published: date | None
) -> Iterator[Heading]:
    """Yield the periods that head a list of at least two offices."""
    starts = sorted(mention.start for mention in mentions if mention.label == "person")
    for period in find_periods(text, published=published):
        clause = _CLAUSE.match(text, period.end)
        if clause is None or not _touches_offices(period):
            continue
        line = text.rfind("\n", 0, period.start) + 1
        if _has_between(starts, line, clause.end()):
            continue
        end = _END.search(text, clause.end() + 1)
        listed = _links_between(mentions, links, clause.end(), end.start() if end else len(text))
        if len(listed) >= _LEAST_LIST:
            yield Heading(period, listed)


def _touches_offices(period: Period) -> bool:
    return period.rule == "range" or period.rule.startswith("since_")


def _has_between(starts: Sequence[int], low: int, high: int) -> bool:
    return bisect_left(starts, low) != bisect_left(starts, high)


def _links_between(
    mentions: Sequence[Mention], links: Sequence[Link], low: int, high: int
) -> tuple[int, ...]:
    return tuple(
        number
        for number, link in enumerate(links)
        if link.role is not None
        and low <= mentions[link.role].start < high
        and low <= mentions[link.person].start < high
    )
