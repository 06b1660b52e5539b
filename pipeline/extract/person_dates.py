"""Periods that a sentence ties to a person and not to an office: `Lis, który kierował ośrodkiem do marca`.

Where the article gives the person one office, the period is its; each shape of words is narrow, so that it is
right by grammar. Source: data/tables/time_words.tsv, kind `apposed`, and the verbs of leading in link_words.tsv.
"""

from bisect import bisect_left
from collections.abc import Sequence
from functools import cache, lru_cache

from pipeline.extract.dates import Period
from pipeline.extract.gaps import read_gap
from pipeline.extract.grammar import word_kinds
from pipeline.extract.timing_scene import TimingScene, surname_stem
from pipeline.morphology import analyse
from pipeline.records import Mention
from pipeline.remembered import PHRASES
from pipeline.tables import load_table

_MOST_APART = 90
_MOST_WORDS = 6
_STOPS = frozenset({"¶", ".", ":", ";", "-", "(", ")"})


def find_told(scene: TimingScene, near: Sequence[int], period: Period) -> int | None:
    """Return which of the links near a period it belongs to by way of its person, or None.

    Args:
        scene: The article.
        near: Numbers of links.
        period: A period that no office touches.
    """
    person = _subject(scene, period)
    if person is None or not _ties(scene.text[person.end : period.start], period):
        return None
    own = [
        rank
        for rank, number in enumerate(near)
        if surname_stem(scene.mentions[scene.links[number].person]) == surname_stem(person)
    ]
    role = None if len(own) != 1 else scene.links[near[own[0]]].role
    if role is None or scene.mentions[role].start > period.start or _is_honorary(scene.mentions[role].text):
        return None
    return own[0]


def _subject(scene: TimingScene, period: Period) -> Mention | None:
    """Return the person named just before a period, when nothing else is named between the two."""
    at = bisect_left(scene.starts, period.start)
    mention = scene.mentions[at - 1] if at else None
    if mention is None or mention.label != "person" or period.start - mention.end > _MOST_APART:
        return None
    return mention


def _ties(between: str, period: Period) -> bool:
    """Say whether the words between a person and a period tie the two: `, wybrana w`, `, która kierowała kołem`."""
    tokens = read_gap(between).tokens
    if not _STOPS.isdisjoint(tokens[1:]) or len(tokens) > _MOST_WORDS:
        return False
    if tokens[:1] == (",",) and len(tokens) < 4 and _is_apposed(between.strip(" ,*")):
        return True
    led = any("lead_verb" in word_kinds(token) for token in tokens)
    return led and not period.rule.startswith("event")


@lru_cache(maxsize=PHRASES)
def _is_apposed(words: str) -> bool:
    """Say whether the first word is a verb of coming into an office or leaving it."""
    word = words.partition(" ")[0]
    lemmas = {word.lower(), *(reading.lemma.lower() for reading in analyse(word))}
    return not lemmas.isdisjoint(_apposed_verbs())


def _is_honorary(role: str) -> bool:
    return any(word in _honorary_words() for word in read_gap(role).tokens)


@cache
def _honorary_words() -> frozenset[str]:
    return frozenset(row["form"] for row in load_table("role_modifiers") if row["kind"] == "honorary")


@cache
def _apposed_verbs() -> frozenset[str]:
    return frozenset(row["word"] for row in load_table("time_words") if row["kind"] == "apposed")
