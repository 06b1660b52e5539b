"""Periods that a text gives: since when, until when, from when to when.

A date is a day, a month or a year as written; the words before it (`od`, `do końca`, `z dniem`), or an
event beside it (`odwołany w sierpniu`), say which end of a period it is. Numbers of years (`od trzech lat`)
count back from the article's date. Source: data/tables/time_words.tsv, months.tsv, numerals.tsv.
"""

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache

from pipeline.extract.clauses import stretch_around
from pipeline.extract.date_words import (
    day_pattern,
    day_words,
    event_kinds,
    is_future,
    months_by_form,
    near_words,
    period_leads,
    read_number,
    span_leads,
)
from pipeline.extract.openings import look_for
from pipeline.tables import load_table

_LEAD = 40
_EVENT_REACH = 55
_AHEAD = timedelta(days=150)
# In the first months `od Nowego Roku` is the one that has begun.
_LATE_NEW_YEAR = 4
_YEAR = r"(?:1[89]|20)\d\d"
_TOKEN = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Period:
    """A start, an end, or both, as text of the precision that the source gives; and where it stands.

    Attributes:
        rule: The named pattern that read it.
    """

    since: str | None
    until: str | None
    start: int
    end: int
    rule: str


@dataclass(frozen=True, slots=True)
class _Date:
    """A date as written; `year` is 0 when the text leaves it out."""

    year: int
    month: int
    day: int
    start: int
    end: int


def find_periods(text: str, *, published: date | None) -> list[Period]:
    """Return every period that a stretch of text gives, in reading order, none overlapping another.

    A date beside verbs of beginning and of leaving (`odwołano go 5 maja, a zastąpił go ...`) gives two periods,
    one of each side.

    >>> find_periods("wójt od 2018 roku", published=None)[0].since
    '2018'
    """
    return list(_read_periods(text, published))


# An article is asked about by those who look near a period, and those who look below it.
@lru_cache(maxsize=2)
def _read_periods(text: str, published: date | None) -> tuple[Period, ...]:
    found = sorted(
        [*_ranges(text), *_counted(text, published), *_single_dates(text, published)],
        key=lambda period: (period.start, -period.end),
    )
    kept: list[Period] = []
    ends = {"since": 0, "until": 0}
    for period in found:
        sides = [side for side in ends if getattr(period, side)]
        if all(period.start >= ends[side] for side in sides):
            kept.append(period)
            ends.update(dict.fromkeys(sides, period.end))
    return tuple(kept)


@dataclass(frozen=True, slots=True)
class Day:
    """A whole day that a text names, as `2025-05-17`, and where it stands."""

    value: str
    start: int
    end: int


def find_days(text: str, *, published: date) -> Iterator[Day]:
    """Yield the days that a text names, each the last such day up to the article's own."""
    for found in _all_dates(text, published):
        value = _write(found, "since", "event", published) if found.day else None
        if value and _is_real(value):
            yield Day(value, found.start, found.end)


def _is_real(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _ranges(text: str) -> Iterator[Period]:
    """Read `2014-2018`, `(1984–2003)`, `1991/1995`."""
    for match in _range_pattern().finditer(text):
        if int(match["a"]) <= int(match["b"]):
            words = _words_of_lead(text, match.start(), span_leads())
            yield Period(match["a"], match["b"], _back(text, match.start(), words), match.end(), "range")


@cache
def _range_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?<![\d.])(?P<a>{_YEAR})\s?[-–—]\s?(?P<b>{_YEAR})(?!\d|[.,/-]\d)")


def _counted(text: str, published: date | None) -> Iterator[Period]:
    """Read `od trzech lat`, `przez ostatnie sześć lat`, `po dwudziestu latach`, `od roku`."""
    if published is None:
        return
    for match in _count_pattern().finditer(text):
        number = read_number(match["n"]) if match["n"] else 1
        kinds = _kinds(_plain(match["lead"]))
        rule = next((kind for kind in ("for_years", "last_years", "after_years") if kind in kinds), "")
        if number and rule:
            yield Period(str(published.year - number), None, match.start(), match.end(), rule)


@cache
def _count_pattern() -> re.Pattern[str]:
    numbers = "|".join(sorted((row["form"] for row in load_table("numerals")), key=len, reverse=True))
    leads = "|".join(sorted(_phrases("count"), key=len, reverse=True))
    about = "|".join(sorted(_phrases("about"), key=len, reverse=True))
    units = "|".join(sorted(_phrases("years"), key=len, reverse=True))
    one = "|".join(sorted(_phrases("one_year"), key=len, reverse=True))
    number = rf"(?P<n>\d{{1,2}}|(?:(?:{numbers})\s+)?(?:{numbers}))"
    return re.compile(
        rf"\b{look_for(_phrases('count'))}(?P<lead>{leads})\s+"
        rf"(?:(?:{about})\s+)?(?:{number}\s+(?:{units})\b|(?:{one})\b(?!\s*\d))",
        re.IGNORECASE,
    )


def _single_dates(text: str, published: date | None) -> Iterator[Period]:
    for found in _all_dates(text, published):
        coming = timedelta() if published is None or found.year else _how_far_ahead(text, found)
        for side, rule, words in _sides(text, found):
            value = _write(found, side, rule, published, coming=coming)
            if value:
                recent = found.day and text[found.start : found.end].isalpha()
                name = f"{rule}_recent" if recent else rule
                since, until = (value, None) if side == "since" else (None, value)
                yield Period(since, until, _back(text, found.start, words), found.end, name)


# Periods and days of one article are asked for one after the other.
@lru_cache(maxsize=2)
def _all_dates(text: str, published: date | None) -> tuple[_Date, ...]:
    return (*_dates(text, published), *_recent_days(text, published))


def _dates(text: str, published: date | None) -> Iterator[_Date]:
    for match in _date_pattern().finditer(text):
        groups = match.groupdict()
        if groups["y1"]:
            yield _Date(int(groups["y1"]), int(groups["m1"]), int(groups["d1"]), *match.span())
        elif groups["m2"]:
            month, day = months_by_form()[groups["m2"].lower()], int(groups["d2"] or 0)
            yield _Date(_read_year(groups["y2"] or "", published), month, day, *match.span())
        elif groups["near"]:
            yield from _near_date(match, published)
        else:
            yield _Date(int(groups["y3"]), 0, 0, *match.span())


def _read_year(words: str, published: date | None) -> int:
    """Return the year of `2024`, `br.`, `ubiegłego roku`; 0 without any."""
    if words.isdigit():
        return int(words)
    return published.year + near_words()[_plain(words).removesuffix(".")][1] if words and published else 0


def _near_date(match: re.Match[str], published: date | None) -> Iterator[_Date]:
    """Read `ubiegłego roku`, `przyszłego miesiąca` from the article's date."""
    if published is None:
        return
    unit, number = near_words()[_plain(match["near"])]
    if unit == "year":
        yield _Date(published.year + number, 0, 0, *match.span())
    elif unit == "month":
        year, month = divmod(published.year * 12 + published.month - 1 + number, 12)
        yield _Date(year, month + 1, 0, *match.span())
    else:
        begun = published.month <= _LATE_NEW_YEAR
        yield _Date(published.year + number - begun, 1, 1, *match.span())


def _recent_days(text: str, published: date | None) -> Iterator[_Date]:
    """Read `w czwartek`, `wczoraj` as the last such day up to the article's date."""
    if published is None:
        return
    days = day_words()
    for match in day_pattern().finditer(text):
        unit, number = days[match[0].lower()]
        if unit == "weekday_of" and not _ends_with(
            _plain(text[max(0, match.start() - 9) : match.start()]), "od"
        ):
            continue
        back = number if unit == "days_ago" else (published.weekday() - number) % 7
        day = published - timedelta(days=back)
        yield _Date(day.year, day.month, day.day, match.start(), match.end())


@cache
def _date_pattern() -> re.Pattern[str]:
    months = "|".join(sorted(months_by_form(), key=len, reverse=True))
    opening = look_for((*months_by_form(), *near_words()), others=r"\d")
    # Looking at three letters first makes the long list cheap for the words that are no months.
    openings = "|".join(sorted({form[:3] for form in months_by_form()}))
    months = rf"(?={openings})(?:{months})"
    near = "|".join(
        re.escape(words) for words in sorted(near_words(), key=lambda words: (-len(words), words))
    )
    return re.compile(
        rf"{opening}(?:"
        rf"\b(?P<d1>\d{{1,2}})\.(?P<m1>\d{{1,2}})\.(?P<y1>{_YEAR})(?:\s?(?:roku|r\.))?"
        rf"|\b(?:(?P<d2>\d{{1,2}})\.?\s+)?(?P<m2>{months})\b(?:\s+(?P<y2>{_YEAR}|{near}\b\.?)(?:\s?(?:roku|r\.))?)?"
        rf"|\b(?P<near>{near})\b(?!\s*\d)"
        rf"|(?<![\d.,–-])(?P<y3>{_YEAR})(?![\d–-]|[.,]\d)(?:\s?(?:roku|rokiem|r\.))?)",
        re.IGNORECASE,
    )


def _sides(text: str, found: _Date) -> Iterator[tuple[str, str, int]]:
    """Yield which ends of a period a date may be, the rule that says so, how many words of it stand before."""
    precision = "day" if found.day else "month" if found.month else "year"
    lead = _weekday_tail().sub("", _plain(text[max(0, found.start - _LEAD) : found.start]))
    events = _events_beside(text, found)
    for phrase, kind in period_leads():
        if _ends_with(lead, phrase):
            words = len(phrase.split())
            if kind == "take_effect" and events == {"until"}:
                yield "until", f"until_{precision}", words
                return
            side = "until" if kind.startswith("until") else "since"
            yield side, f"{'since' if kind == 'take_effect' else kind}_{precision}", words
            if kind == "take_effect" and "until" in events:
                yield "until", f"event_until_{precision}", words
            return
    for event in sorted(events):
        yield event, f"event_{event}_{precision}", 0


@cache
def _weekday_tail() -> re.Pattern[str]:
    days = "|".join(sorted(word for word, (unit, _) in day_words().items() if unit.startswith("weekday")))
    return re.compile(rf"(?:^| )(?:{days}),?$")


def _words_of_lead(text: str, position: int, phrases: Sequence[str]) -> int:
    lead = _plain(text[max(0, position - _LEAD) : position])
    return next((len(phrase.split()) for phrase in phrases if _ends_with(lead, phrase)), 0)


def _ends_with(lead: str, phrase: str) -> bool:
    return lead.endswith(phrase) and not lead[: -len(phrase)][-1:].isalnum()


def _back(text: str, position: int, words: int) -> int:
    """Return where the last few words before a position start."""
    if not words:
        return position
    found = list(_TOKEN.finditer(text, max(0, position - _LEAD - 12), position))[-words:]
    return found[0].start() if found else position


def _events_beside(text: str, found: _Date) -> frozenset[str]:
    """Return `since`, `until` or both for the verbs of beginning and leaving an office around a date."""
    low, high = stretch_around(text, found.start, found.end, reach=_EVENT_REACH)
    kinds = {event_kinds(match[0]) for match in _TOKEN.finditer(text, low, high)}
    return frozenset().union(*kinds)


def _how_far_ahead(text: str, found: _Date) -> timedelta:
    """Return how far ahead an event without a year may lie: not at all, unless a word tells of what will be."""
    low, high = stretch_around(text, found.start, found.end, reach=_EVENT_REACH)
    return _AHEAD if any(is_future(match[0]) for match in _TOKEN.finditer(text, low, high)) else timedelta()


def _write(
    found: _Date, side: str, rule: str, published: date | None, *, coming: timedelta = timedelta()
) -> str | None:
    """Write a date with its precision; a missing year is the one that makes sense from the article's date."""
    if not found.month:
        return str(found.year)
    if not 1 <= found.month <= 12 or found.day > 31:
        return None
    year = found.year or _guess_year(found, side, rule, published, coming=coming)
    if not year:
        return None
    day = found.day
    if rule.startswith("until_end"):
        day = day or monthrange(year, found.month)[1]
    return f"{year}-{found.month:02d}-{day:02d}" if day else f"{year}-{found.month:02d}"


def _guess_year(found: _Date, side: str, rule: str, published: date | None, *, coming: timedelta) -> int:
    if published is None:
        return 0
    try:
        written = date(published.year, found.month, found.day or 1)
    except ValueError:
        return 0
    if date(published.year + 1, found.month, 1) - published < coming:
        return published.year + 1
    ahead = coming if rule.startswith("event") else _AHEAD if side == "since" else _AHEAD * 2
    return published.year if written - published <= ahead else published.year - 1


def _phrases(kind: str) -> list[str]:
    groups = {"count": ("for_years", "last_years", "after_years")}.get(kind, (kind,))
    return [row["word"] for row in load_table("time_words") if row["kind"] in groups]


@lru_cache(maxsize=1_000)
def _kinds(phrase: str) -> frozenset[str]:
    return frozenset(row["kind"] for row in load_table("time_words") if row["word"] == phrase)


def _plain(text: str) -> str:
    return " ".join(text.lower().split())
