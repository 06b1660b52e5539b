"""What the dates of one person's offices say of the others: `dotychczasowy skarbnik` who is a wójt since Monday.

Who was sworn in is elect no longer; an office held so far is a former one once the new office is taken; a
candidacy has no time. Source: data/tables/time_words.tsv, kind `so_far`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache

from pipeline.extract.clauses import stretch_around
from pipeline.extract.dates import find_periods
from pipeline.extract.person_dates import is_honorary
from pipeline.extract.timing_scene import surname_stem
from pipeline.morphology import analyse
from pipeline.records import Link, Mention
from pipeline.remembered import PHRASES
from pipeline.tables import load_table

_LEAD = 30
_REACH = 160


@dataclass(frozen=True, slots=True)
class _Scene:
    text: str
    mentions: Sequence[Mention]
    published: date | None
    today: str


def settle_changes(
    text: str, mentions: Sequence[Mention], links: Sequence[Link], *, published: date | None
) -> list[Link]:
    """Return links with the status and time that fit the other offices of each person.

    Args:
        text: The article.
        mentions: Its mentions, in reading order.
        links: With the status and the time that their own words give, in any order; the order is kept.
        published: The article's date.
    """
    scene = _Scene(text, mentions, published, published.isoformat() if published else "")
    settled = [_timely(mentions, _installed(link, scene.today)) for link in links]
    return [_outgoing(scene, settled, link) for link in settled]


def _installed(link: Link, today: str) -> Link:
    """Return an elect whose office has begun as one who holds it."""
    begun = link.status == "elect" and link.since is not None and link.since <= today[: len(link.since)]
    return replace(link, status="current") if begun else link


def _timely(mentions: Sequence[Mention], link: Link) -> Link:
    """Return a link without what its office cannot have: a candidacy any time, an honour the years of a service."""
    if link.status == "candidate":
        return replace(link, since=None, until=None)
    if link.until and link.role is not None and is_honorary(mentions[link.role].text):
        status = "current" if link.status == "former" else link.status
        return replace(link, status=status, since=None, until=None)
    return replace(link, until=None) if link.status == "elect" else link


def _outgoing(scene: _Scene, links: Sequence[Link], link: Link) -> Link:
    """Return the link of `dotychczasowy prezes` as former, unless what the person takes next is still to come."""
    if link.role is None or link.status not in ("current", "former"):
        return link
    role = scene.mentions[link.role]
    before = scene.text[max(0, role.start - _LEAD) : role.start].split()
    word = _so_far_word(before[-1].lower()) if before else ""
    if not word:
        return link
    others = list(_others(scene, links, link))
    today = scene.today
    coming = any(other.status == "elect" or _is_coming(other.since, today) for other in others)
    if coming or _is_coming(link.until, today) or _leaves_later(scene, role):
        return replace(link, status="current")
    taken = any(other.status in ("current", "acting") for other in others)
    return replace(link, status="former") if taken or word == "dotychczas" else link


def _others(scene: _Scene, links: Sequence[Link], link: Link) -> Iterator[Link]:
    """Yield the other offices of a person."""
    stem = surname_stem(scene.mentions[link.person])
    for other in links:
        if other.role != link.role and surname_stem(scene.mentions[other.person]) == stem:
            yield other


def _leaves_later(scene: _Scene, role: Mention) -> bool:
    """Say whether the sentence of an office tells of a day to come: `z dniem 29 lutego przechodzi do Kalisza`."""
    _, end = stretch_around(scene.text, role.start, role.end, reach=_REACH)
    return any(
        role.end <= period.start < end and _is_coming(period.since or period.until, scene.today)
        for period in find_periods(scene.text, published=scene.published)
    )


def _is_coming(value: str | None, today: str) -> bool:
    return value is not None and bool(today) and value > today[: len(value)]


@lru_cache(maxsize=PHRASES)
def _so_far_word(word: str) -> str:
    """Return the lemma of a word that says `so far`; empty for any other."""
    lemmas = {word.strip("(,"), *(reading.lemma.lower() for reading in analyse(word.strip("(,")))}
    return min(lemmas & _so_far(), default="")


@cache
def _so_far() -> frozenset[str]:
    return frozenset(row["word"] for row in load_table("time_words") if row["kind"] == "so_far")
