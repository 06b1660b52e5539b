"""Offices on a line of time: where bars, dots and years stand, in per cent of the width."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_MOST_TICKS = 6
_MOST_DOTS = 50
_STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000, 2000, 5000)


@dataclass(frozen=True, slots=True)
class Bar:
    """One office: the time that a text states, the time in which articles name it, and each article.

    All values are per cent of the width; `stated` and `seen` are (left, width).
    """

    stated: tuple[float, float] | None
    seen: tuple[float, float] | None
    dots: tuple[float, ...]
    is_open: bool


@dataclass(frozen=True, slots=True)
class Tick:
    """A year and where it stands; `anchor` keeps the outer ones inside."""

    year: int
    x: float
    anchor: str


@dataclass(frozen=True, slots=True)
class Scale:
    """Years from the first of January of `first` to that of `last`."""

    first: int
    last: int

    def x(self, day: date) -> float:
        """Return where a day stands."""
        start, end = date(self.first, 1, 1).toordinal(), date(self.last, 1, 1).toordinal()
        return round(100 * (day.toordinal() - start) / (end - start), 2)

    def ticks(self) -> list[Tick]:
        """Return the years to write, few enough to read on a phone."""
        span = self.last - self.first
        step = next(step for step in _STEPS if span / step <= _MOST_TICKS)
        years = range(-(-self.first // step) * step, self.last + 1, step)
        return [Tick(year, x, _anchor(x)) for year in years for x in (self.x(date(year, 1, 1)),)]


def make_scale(affiliations: Iterable[dict[str, Any]]) -> Scale | None:
    """Return the years that hold every date of some affiliations; None when nothing is dated."""
    days = [
        day
        for row in affiliations
        for day in (read_day(row["since"]), read_day(row["until"]), row["first_seen"], row["last_seen"])
        if day
    ]
    if not days:
        return None
    first, last = min(days).year, max(days).year + 1
    return Scale(first, max(last, first + 2)) if last < date.max.year else None


def make_bar(row: dict[str, Any], days: Sequence[date], scale: Scale) -> Bar:
    """Place one affiliation on a scale; an end that nobody states is open, up to the last article."""
    since, until = read_day(row["since"]), read_day(row["until"], is_end=True)
    seen = (row["first_seen"], row["last_seen"])
    last = until or max(filter(None, (row["last_seen"], since)), default=None)
    first = since or min(filter(None, (row["first_seen"], until)), default=None)
    stated = _stretch(scale, first, last) if since or until else None
    return Bar(
        stated=stated,
        seen=_stretch(scale, *seen),
        dots=_thin_out(sorted({scale.x(day) for day in days})),
        is_open=since is not None and until is None and row["status"] in ("current", "acting"),
    )


def read_day(value: str | None, *, is_end: bool = False) -> date | None:
    """Return the day that YYYY, YYYY-MM or YYYY-MM-DD starts with, or ends with; None for anything else."""
    match = _DAY.fullmatch(value or "")
    if not match:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    if not year or not 1 < year < date.max.year - 1:
        return None
    try:
        if not is_end or day:
            return date(year, month or 1, day or 1)
        return date(year + (month or 12) // 12, (month or 12) % 12 + 1, 1)
    except ValueError:
        return None


def _thin_out(dots: Sequence[float]) -> tuple[float, ...]:
    """Return the dots; of very many one for each per cent of the width, since others would hide each other."""
    return tuple(dots) if len(dots) <= _MOST_DOTS else tuple(sorted({float(round(x)) for x in dots}))


def _stretch(scale: Scale, first: date | None, last: date | None) -> tuple[float, float] | None:
    if first is None or last is None:
        return None
    left, right = sorted((scale.x(first), min(scale.x(last), 100.0)))
    return left, round(max(right - left, 0.6), 2)


def _anchor(x: float) -> str:
    if x < 4:
        return "start"
    return "end" if x > 96 else "middle"
