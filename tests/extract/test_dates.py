from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.dates import find_periods

PUBLISHED = date(2024, 5, 17)


@pytest.mark.parametrize(
    ("text", "since", "until", "rule"),
    [
        ("wójt od 2018 roku", "2018", None, "since_year"),
        ("prezes od maja 2020 r.", "2020-05", None, "since_month"),
        ("z dniem 1 września 2023 roku objęła", "2023-09-01", None, "since_day"),
        ("od 1.09.2023 r. dyrektor", "2023-09-01", None, "since_day"),
        ("radny w latach 2014-2018", "2014", "2018", "range"),
        ("dyrektor (1984–2003)", "1984", "2003", "range"),
        ("w kadencji 2024-2029", "2024", "2029", "range"),
        ("do 2022 roku", None, "2022", "until_year"),
        ("do końca czerwca", None, "2024-06-30", "until_end_month"),
        ("do 31 stycznia", None, "2024-01-31", "until_day"),
        ("od trzech lat", "2021", None, "for_years"),
        ("od dwudziestu dwóch lat", "2002", None, "for_years"),
        ("od ponad 10 lat", "2014", None, "for_years"),
        ("od roku", "2023", None, "for_years"),
        ("przez ostatnie sześć lat", "2018", None, "last_years"),
        ("po jedenastu latach zrezygnował", "2013", None, "after_years"),
        ("odwołany w listopadzie", None, "2023-11", "event_until_month"),
        ("wybrana w listopadzie 2018 r.", "2018-11", None, "event_since_month"),
        ("zrezygnował w środę", None, "2024-05-15", "event_until_day_recent"),
        ("od przyszłego miesiąca", "2024-06", None, "since_month"),
        ("od ubiegłego roku", "2023", None, "since_year"),
        ("do grudnia ubiegłego roku", None, "2023-12", "until_month"),
        ("w lutym br. wybrany", "2024-02", None, "event_since_month"),
        ("od Nowego Roku", "2025-01-01", None, "since_day"),
        ("zrezygnował w maju", None, "2024-05", "event_until_month"),
        ("przed majem 2023 r. odwołany", None, "2023-05", "event_until_month"),
        ("z dniem dzisiejszym", "2024-05-17", None, "since_day_recent"),
        ("od poniedziałku 6 maja", "2024-05-06", None, "since_day"),
        ("od poniedziałku kieruje szkołą", "2024-05-13", None, "since_day_recent"),
        ("sołtys do śmierci w 2013 roku", None, "2013", "until_year"),
    ],
)
def test_period(text: str, since: str | None, until: str | None, rule: str) -> None:
    (period,) = find_periods(text, published=PUBLISHED)
    assert (period.since, period.until, period.rule) == (since, until, rule)


@pytest.mark.parametrize(
    "text",
    [
        "Festyn odbędzie się 17 maja 2024 roku.",
        "uchwała nr XXXIV/201/2021",
        "mieszka tu od zawsze",
        "Budżet na 2025 rok przyjęto.",
        "w 2018-2016",
        "mają zostać wybrani radni",
        "zmarły w kwietniu nauczyciel",
        "tel. 2014-2018-33",
    ],
)
def test_no_period(text: str) -> None:
    assert find_periods(text, published=PUBLISHED) == []


def test_start_and_end_beside_each_other() -> None:
    first, second = find_periods("od 1 lipca 2012 r. do 31 stycznia 2020 r.", published=PUBLISHED)
    assert (first.since, second.until) == ("2012-07-01", "2020-01-31")


def test_without_the_articles_date_nothing_is_guessed() -> None:
    assert find_periods("od trzech lat, od 1 maja, zrezygnował w środę", published=None) == []


@given(st.text(alphabet="oddo latrku0123456789.-– majświętr\n", max_size=60))
def test_periods_are_ordered_apart_and_repeatable(text: str) -> None:
    periods = find_periods(text, published=PUBLISHED)
    assert periods == find_periods(text, published=PUBLISHED)
    assert all(before.end <= after.start for before, after in zip(periods, periods[1:], strict=False))
    assert all(0 <= period.start < period.end <= len(text) for period in periods)


def test_a_change_of_hands_may_be_a_start_and_an_end() -> None:
    periods = find_periods("z dniem 29 lutego przechodzi do Kalisza", published=PUBLISHED)
    assert [(period.since, period.until) for period in periods] == [
        ("2024-02-29", None),
        (None, "2024-02-29"),
    ]


@pytest.mark.parametrize(
    "text", ["czynne od poniedziałku do piątku", "festyn w niedzielę 26 maja", "w tym roku"]
)
def test_what_says_nothing_of_an_office_is_no_period(text: str) -> None:
    assert find_periods(text, published=PUBLISHED) == []


@pytest.mark.parametrize(
    ("text", "published", "since"),
    [
        ("od Nowego Roku kieruje", date(2024, 1, 26), "2024-01-01"),
        ("od Nowego Roku zastąpi", date(2023, 12, 29), "2024-01-01"),
        ("urząd obejmie 1 stycznia", date(2023, 9, 15), "2024-01-01"),
        ("urząd objął 1 stycznia", date(2023, 9, 15), "2023-01-01"),
        ("urząd obejmie 1 sierpnia", date(2023, 9, 15), "2023-08-01"),
    ],
)
def test_the_year_that_a_date_leaves_out(text: str, published: date, since: str) -> None:
    (period,) = find_periods(text, published=published)
    assert period.since == since
