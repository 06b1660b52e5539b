"""Dates of coming into an office that grammar ties to it: `w maju objął funkcję dyrektora`, `wybrany w maju prezes`.

The verb of choosing or taking over stands between the date and the office, or beside the two with nothing else
between. Source: data/tables/time_words.tsv, kinds `chosen`, `taking`, `apposed`, `copula` and `office`.
"""

from bisect import bisect_left
from collections.abc import Sequence
from functools import cache, lru_cache

from pipeline.extract.date_words import event_kinds
from pipeline.extract.dates import Period
from pipeline.extract.gaps import read_gap
from pipeline.extract.grammar import word_class
from pipeline.extract.timing_scene import TimingScene
from pipeline.remembered import PHRASES
from pipeline.tables import load_table

_CLOSE = 40
_LEAD = 30
_VERBS = ("chosen", "taking", "apposed")
_BESIDE = ("copula", "office")


def find_installed(scene: TimingScene, near: Sequence[int], period: Period) -> int | None:
    """Return which of the links near a date of a beginning has the office that began, or None.

    Args:
        scene: The article.
        near: Numbers of links.
        period: A date beside a verb of beginning.
    """
    for rank, number in enumerate(near):
        if scene.links[number].role is None:
            continue
        start, end = scene.spans[number][0], _end_of_phrase(scene, number)
        if 0 <= start - period.end < _CLOSE and _leads_into(scene, number, period):
            return rank
        between = scene.text[end : period.start]
        if 0 <= period.start - end < _CLOSE and _chooses(between) and "," not in between:
            return rank
    return None


def _leads_into(scene: TimingScene, number: int, period: Period) -> bool:
    """Say whether a date and a verb lead into an office: the verb between the two, before the date, or behind."""
    start, end = scene.spans[number][0], _end_of_phrase(scene, number)
    between = scene.text[period.end : start]
    if _chooses(between):
        return True
    if between.strip():
        return False
    before = scene.text[max(0, period.start - _LEAD) : period.start]
    if _is_participle(before):
        return True
    person = scene.mentions[scene.links[number].person]
    return end <= person.start < end + _CLOSE and _chooses(scene.text[end : person.start])


def _end_of_phrase(scene: TimingScene, number: int) -> int:
    """Return where an office ends with the body and place that follow it, said of it or not."""
    end = scene.spans[number][1]
    at = bisect_left(scene.starts, end)
    while at < len(scene.mentions) and scene.mentions[at].label in ("institution", "location"):
        if scene.text[end : scene.mentions[at].start].strip():
            break
        end, at = scene.mentions[at].end, at + 1
    return end


@lru_cache(maxsize=PHRASES)
def _chooses(between: str) -> bool:
    """Say whether words are a verb of choosing or taking over, with no other word that says something."""
    tokens = read_gap(between).tokens
    verbs = [token for token in tokens if token in _words(_VERBS) and "since" in event_kinds(token)]
    return bool(verbs) and all(
        token in verbs or token in _words(_BESIDE) or word_class(token) == "prep" for token in tokens
    )


def _is_participle(before: str) -> bool:
    """Say whether a verb of choosing and a preposition end some words: `powołany w`."""
    return _chooses(" ".join(before.split()[-2:]))


@cache
def _words(kinds: tuple[str, ...]) -> frozenset[str]:
    return frozenset(row["word"] for row in load_table("time_words") if row["kind"] in kinds)
