"""Since when and until when: dates that a sentence gives to an office.

Each pattern is a small named rule; a date counts for the link whose words it stands nearest to.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from pipeline.records import Link, Mention
from pipeline.tables import load_table

_YEAR = r"(?P<{0}>(?:19|20)\d\d)"
_WINDOW = 140


@dataclass(frozen=True, slots=True)
class Period:
    """A start, an end, or both, as text of the precision that the source gives; and where it stands."""

    since: str | None
    until: str | None
    start: int
    end: int
    rule: str


def find_periods(text: str, *, published: date | None) -> list[Period]:
    """Return every period that a stretch of text gives, in reading order, none overlapping another.

    >>> find_periods("wójt od 2018 roku", published=None)[0].since
    '2018'
    """
    found = sorted(_all_periods(text, published), key=lambda period: (period.start, -period.end))
    kept: list[Period] = []
    for period in found:
        if not kept or period.start >= kept[-1].end:
            kept.append(period)
    return kept


def period_of(
    text: str, mentions: Sequence[Mention], link: Link, links: Sequence[Link], *, published: date | None
) -> Period | None:
    """Return the period that belongs to a link: the nearest one of its sentences that no other link is nearer to."""
    near = [
        (gap, period)
        for period in find_periods(text[link.start : link.end], published=published)
        if (gap := _distance(mentions, link, period, link.start)) <= _WINDOW
        if all(gap <= _distance(mentions, other, period, link.start) for other in links)
    ]
    return min(near, key=lambda pair: pair[0])[1] if near else None


def _distance(mentions: Sequence[Mention], link: Link, period: Period, offset: int) -> int:
    parts = [mentions[part] for part in (link.person, link.role, link.institution) if part is not None]
    start, end = period.start + offset, period.end + offset
    return min(max(0, start - part.end, part.start - end) for part in parts)


def _all_periods(text: str, published: date | None) -> Iterator[Period]:
    for name, pattern in _patterns().items():
        for match in pattern.finditer(text):
            since, until = _read_match(name, match, published)
            if since or until:
                yield Period(since, until, match.start(), match.end(), name)


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    months = "|".join(
        sorted((row["form"] for row in load_table("months") if len(row["form"]) > 3), reverse=True)
    )
    day = r"(?P<{0}_day>\d{{1,2}})\.?\s+(?P<{0}_month>" + months + r")(?:\s+(?P<{0}_year>(?:19|20)\d\d))?"
    month = r"(?P<{0}_month>" + months + r")\s+(?P<{0}_year>(?:19|20)\d\d)"
    numbers = "|".join(sorted((row["form"] for row in load_table("numerals")), key=len, reverse=True))
    lead = r"\b(?:od|z dniem|począwszy od|od dnia)\s+"
    rules = {
        "range": r"\bw\s+latach\s+" + _YEAR.format("a") + r"\s*[-–—]\s*" + _YEAR.format("b"),
        "brackets": r"\(" + _YEAR.format("a") + r"\s*[-–—]\s*" + _YEAR.format("b") + r"\)",
        "from_to": r"\bod\s+" + _YEAR.format("a") + r"\s*(?:roku|r\.)?\s+do\s+" + _YEAR.format("b"),
        "term": r"\bkadencj\w+\s+" + _YEAR.format("a") + r"\s*[-–—]\s*" + _YEAR.format("b"),
        "since_day": lead + day.format("a"),
        "since_month": r"\bod\s+" + month.format("a"),
        "since_year": r"\bod\s+(?:roku\s+)?" + _YEAR.format("a") + r"(?!\s*[-–—]\s*\d)",
        "until_day": r"\b(?:do|do dnia)\s+" + day.format("b"),
        "until_month": r"\bdo\s+" + month.format("b"),
        "until_year": r"\bdo\s+" + _YEAR.format("b"),
        "for_years": r"\bod\s+(?:ponad\s+|blisko\s+|prawie\s+)?(?P<n>\d{1,2}|" + numbers + r")\s+lat\b",
        "for_one_year": r"\bod\s+(?P<one>roku)\b(?!\s*\d)",
    }
    return {name: re.compile(rule, re.IGNORECASE) for name, rule in rules.items()}


def _read_match(name: str, match: re.Match[str], published: date | None) -> tuple[str | None, str | None]:
    groups = match.groupdict()
    if name == "for_one_year":
        return (str(published.year - 1) if published else None), None
    if name == "for_years":
        years = _read_number(groups["n"])
        return (str(published.year - years) if published and years else None), None
    return _read_date(groups, "a", published), _read_date(groups, "b", published)


def _read_date(groups: dict[str, str | None], side: str, published: date | None) -> str | None:
    if groups.get(side):
        return groups[side]
    month, day, year = (groups.get(f"{side}_{part}") for part in ("month", "day", "year"))
    if month is None:
        return None
    number = {row["form"]: int(row["month"]) for row in load_table("months")}[month.lower()]
    if year is None:
        if published is None:
            return None
        year = str(published.year)
    return f"{year}-{number:02d}" if day is None else f"{year}-{number:02d}-{int(day):02d}"


def _read_number(text: str) -> int:
    if text.isdigit():
        return int(text)
    return {row["form"]: int(row["number"]) for row in load_table("numerals")}.get(text.lower(), 0)
