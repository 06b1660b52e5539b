"""Where the offices and people of an article stand, for what is asked of the dates near them."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from pipeline.extract.dates import Period
from pipeline.records import Link, Mention
from pipeline.tables import load_table

REACH = 220
MOST_LINKS = 8
_STEM = 4
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class TimingScene:
    """An article's links with the span of each office, and where each person is named."""

    text: str
    mentions: Sequence[Mention]
    links: Sequence[Link]
    starts: Sequence[int]
    spans: Sequence[tuple[int, int]]
    named: dict[str, list[tuple[int, int]]]
    people: Sequence[tuple[int, str]]
    by_start: Sequence[tuple[int, int]]
    by_person: dict[str, list[int]]


def make_timing_scene(text: str, mentions: Sequence[Mention], links: Sequence[Link]) -> TimingScene:
    """Note where each office, person and link of an article stands."""
    named: dict[str, list[tuple[int, int]]] = {}
    people = []
    for mention in mentions:
        if mention.label == "person":
            named.setdefault(surname_stem(mention), []).append((mention.start, mention.end))
            people.append((mention.start, surname_stem(mention)))
    starts = [mention.start for mention in mentions]
    spans = [_office_span(mentions, link) for link in links]
    by_start = sorted((span[0], number) for number, span in enumerate(spans))
    by_person: dict[str, list[int]] = {}
    for number, link in enumerate(links):
        by_person.setdefault(surname_stem(mentions[link.person]), []).append(number)
    return TimingScene(text, mentions, links, starts, spans, named, people, by_start, by_person)


def links_near(scene: TimingScene, period: Period) -> list[int]:
    """Return the links whose office or person may stand near a period; no more than a few dozen."""
    low, high = period.start - 2 * REACH, period.end + REACH
    offices = scene.by_start[bisect_left(scene.by_start, (low, 0)) : bisect_left(scene.by_start, (high, 0))]
    people = scene.people[bisect_left(scene.people, (low, "")) : bisect_left(scene.people, (high, ""))]
    found = {number for _, number in offices}
    for stem in {stem for _, stem in people}:
        found.update(scene.by_person.get(stem, [])[:MOST_LINKS])
    return sorted(found)


def _office_span(mentions: Sequence[Mention], link: Link) -> tuple[int, int]:
    """Return the span of an office with the body and place that follow it at once."""
    first = next(part for part in (link.role, link.institution, link.person) if part is not None)
    last = first
    while last + 1 in (link.institution, link.place):
        last += 1
    return mentions[first].start, mentions[last].end


def turns_between(scene: TimingScene, number: int, period: Period) -> bool:
    """Say whether the text goes on to another time between a date and an office: `do 2014 roku, dziś radny`."""
    start, end = scene.spans[number]
    stretch = scene.text[period.end : start] if start >= period.end else scene.text[end : period.start]
    return len(stretch) < REACH and not _turning_words().isdisjoint(_WORD.findall(stretch.lower()))


@cache
def _turning_words() -> frozenset[str]:
    return frozenset(row["word"] for row in load_table("time_words") if row["kind"] == "turn")


def apart(span: tuple[int, int], period: Period) -> int:
    """Return how many code points lie between a span and a period."""
    return max(0, period.start - span[1], span[0] - period.end)


def person_span(scene: TimingScene, link: Link, period: Period) -> tuple[int, int]:
    """Return where the link's person is named nearest to a period."""
    spans = scene.named[surname_stem(scene.mentions[link.person])]
    at = bisect_left(spans, (period.start, 0))
    return min(spans[max(0, at - 1) : at + 1], key=lambda span: apart(span, period))


def distance_to(scene: TimingScene, number: int, period: Period) -> int:
    """Return how far a period is from a link's office or person, whichever is nearer."""
    person = person_span(scene, scene.links[number], period)
    return min(apart(scene.spans[number], period), apart(person, period))


def surname_stem(person: Mention) -> str:
    """Return the letters of a surname that its cases share."""
    return person.text.split()[-1][:_STEM].lower()
