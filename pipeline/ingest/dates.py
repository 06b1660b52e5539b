"""Dates as articles and tables write them."""

import re
from collections.abc import Callable
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from functools import cache

from pipeline.tables import load_table

_MAX_LENGTH = 100
_YEARS = range(1900, 2101)

_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})(?!\d)")
_DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?(\d{4})(?!\d)")
_MONTH_NAME = re.compile(r"(?<!\d)(\d{1,2})\.?\s+([^\W\d_]+)\.?,?\s+(\d{4})(?!\d)")


def parse_date(value: object) -> date | None:
    """Return the day that a value names, or None when it names none for sure.

    Read are `date` and `datetime` objects, ISO 8601, `17.05.2025`, `17-05-2025`, `17 maja 2025`, `17 V 2025`
    and the dates of e-mail, each with anything before or after it. Years from 1900 to 2100.
    """
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return value if value.year in _YEARS else None
    if not isinstance(value, str):
        return None
    text = value.strip()[:_MAX_LENGTH]
    return next((day for read in _READERS if (day := read(text)) is not None), None)


def _read_year_first(text: str) -> date | None:
    match = _YEAR_FIRST.search(text) or _COMPACT.search(text)
    return _make_date(match[1], match[2], match[3]) if match else None


def _read_day_first(text: str) -> date | None:
    match = _DAY_FIRST.search(text)
    return _make_date(match[3], match[2], match[1]) if match else None


def _read_month_name(text: str) -> date | None:
    match = _MONTH_NAME.search(text)
    month = _months().get(match[2].lower()) if match else None
    return _make_date(match[3], month, match[1]) if match and month else None


def _read_email(text: str) -> date | None:
    try:
        day = parsedate_to_datetime(text).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return day if day.year in _YEARS else None


# ISO first, since `2025-05-17` would also hold `25-05-17`; e-mail last, since it forgives most.
_READERS: tuple[Callable[[str], date | None], ...] = (
    _read_year_first,
    _read_day_first,
    _read_month_name,
    _read_email,
)


def _make_date(year: str, month: str, day: str) -> date | None:
    try:
        made = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return made if made.year in _YEARS else None


@cache
def _months() -> dict[str, str]:
    return {row["form"]: row["month"] for row in load_table("months")}
