"""What words say of time: which year or day they mean beside an article's own, which end of an office.

Source: data/tables/time_words.tsv, numerals.tsv.
"""

import re
from functools import cache, lru_cache

from pipeline.extract.openings import look_for
from pipeline.morphology import analyse
from pipeline.remembered import PHRASES
from pipeline.tables import load_table

# `sty`, `viii`: abbreviations and Roman numerals, no words of a text's own.
_ABBREVIATION = 3


@cache
def near_words() -> dict[str, tuple[str, int]]:
    """Return the unit and how many of it from the article's date, of each phrase for a year or a month."""
    words: dict[str, tuple[str, int]] = {}
    for row in load_table("time_words"):
        unit, _, number = row["kind"].rpartition("_")
        if unit in ("year", "month", "newyear"):
            words[row["word"]] = (unit, int(number))
    return words


@cache
def day_words() -> dict[str, tuple[str, int]]:
    """Return the day of the week, or how many days ago, of each word for a day."""
    words: dict[str, tuple[str, int]] = {}
    for row in load_table("time_words"):
        unit, _, number = row["kind"].rpartition("_")
        if unit in ("weekday", "weekday_of", "days_ago"):
            words[row["word"]] = (unit, int(number))
    return words


@cache
def day_pattern() -> re.Pattern[str]:
    """Return the pattern of a word for a day that stands for the date."""
    # A date after the day says more (`w środę 5 maja`); `od poniedziałku do piątku` are opening hours.
    words = rf"{look_for(day_words())}(?:{'|'.join(sorted(day_words()))})"
    return re.compile(rf"\b{words}\b(?!,?\s+(?:\d|do\b))", re.IGNORECASE)


@lru_cache(maxsize=PHRASES)
def event_kinds(word: str) -> frozenset[str]:
    """Return `since`, `until` or both: which end of holding an office a word speaks of."""
    events = _events()
    lemmas = {word.lower(), *(reading.lemma.lower() for reading in analyse(word))}
    return frozenset().union(*(events[lemma] for lemma in lemmas if lemma in events))


@lru_cache(maxsize=PHRASES)
def is_future(word: str) -> bool:
    """Say whether a word is `będzie` or a verb of something done at one stroke, not yet done: `obejmie`.

    A word that may also be a noun in the nominative or accusative is none.
    """
    readings = analyse(word) if word.islower() else ()
    if any(reading.pos == "subst" and reading.cases & {"nom", "acc"} for reading in readings):
        return False
    return any(
        reading.pos == "bedzie" or (reading.pos == "fin" and "perf" in reading.tag.split(":"))
        for reading in readings
    )


@cache
def _events() -> dict[str, frozenset[str]]:
    sides = {"event_since": "since", "event_until": "until"}
    events: dict[str, frozenset[str]] = {}
    for row in load_table("time_words"):
        if row["kind"] in sides:
            events[row["word"]] = events.get(row["word"], frozenset()) | {sides[row["kind"]]}
    return events


def read_number(text: str) -> int:
    """Return the number that a phrase of numerals writes, digits or words."""
    numbers = {row["form"]: int(row["number"]) for row in load_table("numerals")}
    return sum(int(word) if word.isdigit() else numbers.get(word.lower(), 0) for word in text.split())


@cache
def months_by_form() -> dict[str, int]:
    """Return the number of every form of a month's name; none of `mają`, which is a verb."""
    rows = [(row["form"], int(row["month"])) for row in load_table("months")]
    return {form: month for form, month in rows if len(form) > _ABBREVIATION or form == "maj"}


@cache
def span_leads() -> tuple[str, ...]:
    """Return the phrases before a date that tell what it means, the longest first."""
    phrases = [row["word"] for row in load_table("time_words") if row["kind"] == "span"]
    return tuple(sorted(phrases, key=lambda phrase: (-len(phrase), phrase)))


@cache
def period_leads() -> tuple[tuple[str, str], ...]:
    """Return the phrases before a date that tell what it means, the longest first."""
    kinds = ("since", "take_effect", "until", "until_end", "since_end")
    rows = [(row["word"], row["kind"]) for row in load_table("time_words") if row["kind"] in kinds]
    return tuple(sorted(rows, key=lambda row: (-len(row[0]), row)))
