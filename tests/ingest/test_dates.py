"""Dates as articles and tables write them."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ingest.dates import parse_date

DAY = date(2025, 5, 17)


@pytest.mark.parametrize(
    "value",
    [
        "2025-05-17",
        "2025-05-17T10:00:00",
        "2025-05-17T23:59:00+02:00",
        "2025-05-17 10:00",
        " 2025-05-17 ",
        "2025/5/17",
        "20250517",
        "17.05.2025",
        "17.05.2025 r.",
        "17. 05. 2025",
        "17-05-2025",
        "17/05/2025",
        "17 maja 2025",
        "17 maja 2025 r., godz. 12:00",
        "sobota, 17 Maja 2025",
        "17 maj 2025",
        "17 V 2025",
        "Opublikowano: 17.05.2025, 10:00",
        "Sat, 17 May 2025 10:00:00 +0200",
        DAY,
        datetime(2025, 5, 17, 10, tzinfo=UTC),
    ],
)
def test_a_day_is_read_from_each_way_of_writing_it(value: object) -> None:
    assert parse_date(value) == DAY


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("1 stycznia 2024", date(2024, 1, 1)),
        ("30 września 2024", date(2024, 9, 30)),
        ("15 października 2023", date(2023, 10, 15)),
        ("2 paź 2023", date(2023, 10, 2)),
        ("31 grudnia 1999", date(1999, 12, 31)),
    ],
)
def test_polish_months_are_known(value: str, day: date) -> None:
    assert parse_date(value) == day


@pytest.mark.parametrize(
    "value",
    ["", "wczoraj", "maj 2025", "2025", "31.02.2025", "17 foo 2025", "0001-01-01", "3025-01-01", "99.99.2025"]
    + [None, 20250517, 3.5, True, ["2025-05-17"], date(1700, 1, 1), "9" * 5000],
)
def test_what_is_no_sure_day_is_none(value: object) -> None:
    assert parse_date(value) is None


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_every_day_is_read_back(day: date) -> None:
    assert parse_date(day.isoformat()) == day
    assert parse_date(f"{day.day:02}.{day.month:02}.{day.year}") == day


@given(st.text(max_size=120))
def test_any_text_is_survived(text: str) -> None:
    assert parse_date(text) is None or isinstance(parse_date(text), date)
