"""Periods that a sentence ties to a person and not to an office: `Lis, który kierował ośrodkiem do marca`.

Where the article gives the person one office, the period is its; each shape of words is narrow, so that it is
right by grammar. Source: data/tables/time_words.tsv, kind `apposed`, and the verbs of leading in link_words.tsv.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

from pipeline.extract.clauses import stretch_around
from pipeline.extract.date_words import event_kinds
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
_FOLLOW = 30
_LONGEST_HEAD = 5
_STOPS = frozenset({"¶", ".", ":", ";", "-", "(", ")"})
# What may stand between an event's date and its person: `26 listopada Rada Gminy odwołała skarbnika Jana Lisa`.
_PASSED = ("role", "institution", "location")
# `zastępca: od 1 czerwca będzie nim Anna Lis`
_BEING_IT = frozenset({"być nim", "być nią"})
_HOLDING = frozenset({"lead_verb", "hold_verb"})


def find_told(scene: TimingScene, near: Sequence[int], period: Period) -> int | None:
    """Return which of the links near a period it belongs to by way of its person, or None.

    Args:
        scene: The article.
        near: Numbers of links.
        period: A period that no office touches.
    """
    before = _of_subject_before(scene, near, period)
    return before if before is not None else _of_subject_after(scene, near, period)


def _of_subject_before(scene: TimingScene, near: Sequence[int], period: Period) -> int | None:
    """Return the one office of the person named just before: `Anna Lis, która kierowała kołem od 2018 roku`.

    A clause of taking over may follow the office too: `Anna Lis, prezes OSP, która w maju objęła urząd`.
    """
    at = bisect_left(scene.starts, period.start)
    last = scene.mentions[at - 1] if at else None
    if last is None or period.start - last.end > _MOST_APART:
        return None
    between, after = scene.text[last.end : period.start], scene.text[period.end : period.end + _FOLLOW]
    if not (last.label == "person" and _ties(between, period)) and not _takes_over(between, after):
        return None
    while at and scene.mentions[at - 1].label in _PASSED:
        at -= 1
    if not at or scene.mentions[at - 1].label != "person":
        return None
    own = _own(scene, near, scene.mentions[at - 1])
    role = None if len(own) != 1 else scene.links[near[own[0]]].role
    if role is None or scene.mentions[role].start > period.start or is_honorary(scene.mentions[role].text):
        return None
    return own[0]


def _of_subject_after(scene: TimingScene, near: Sequence[int], period: Period) -> int | None:
    """Return the office of the person named after: `Od 1 lipca szpitalem pokieruje p.o. dyrektora Anna Lis`.

    The one named between the two, or the only one that the person has near.
    """
    at = bisect_left(scene.starts, period.end)
    event, roles = period.rule.startswith("event"), []
    while at < len(scene.mentions) and scene.mentions[at].label in (_PASSED if event else ("role",)):
        roles += [at] * (scene.mentions[at].label == "role")
        at += 1
    person = scene.mentions[at] if at < len(scene.mentions) else None
    _, end = stretch_around(scene.text, period.start, period.end, reach=_MOST_APART)
    if person is None or person.label != "person" or person.start >= end or len(roles) > 1:
        return None
    tokens = read_gap(scene.text[period.end : person.start]).tokens
    if not _STOPS.isdisjoint(tokens) or "," in tokens or not _says_so(tokens, period):
        return None
    own = _own(scene, near, person)
    named = [rank for rank in own if scene.links[near[rank]].role in roles]
    chosen = named if roles else own
    return chosen[0] if len(chosen) == 1 else None


def _own(scene: TimingScene, near: Sequence[int], person: Mention) -> list[int]:
    """Return the places, among links near a period, of those of a person."""
    stem = surname_stem(person)
    return [
        rank
        for rank, number in enumerate(near)
        if surname_stem(scene.mentions[scene.links[number].person]) == stem
    ]


def _takes_over(between: str, after: str) -> bool:
    """Say whether a relative clause tells of taking an office over: `, która w maju objęła urząd`."""
    head = read_gap(between).tokens
    words = f"{between} {' '.join(after.split()[:2])}"
    return head[:2] == (",", "który") and len(head) < _LONGEST_HEAD and _is_taking(words)


@lru_cache(maxsize=PHRASES)
def _is_taking(words: str) -> bool:
    """Say whether words name an office as such and a verb of taking it over, by any lemma of theirs."""
    lemmas = {reading.lemma.lower() for word in words.split() for reading in analyse(word.strip(",.;"))}
    return not (_words("taking").isdisjoint(lemmas) or _words("office").isdisjoint(lemmas))


def _says_so(tokens: Iterable[str], period: Period) -> bool:
    """Say whether a word speaks of holding an office, or of the end of holding it that the date is."""
    told = list(tokens)
    side = "since" if period.since else "until"
    if period.rule.startswith("event") or side == "until":
        if any(side in event_kinds(token) for token in told):
            return True
        if period.rule.startswith("event"):
            return False
    verbs = _words("taking") if side == "since" else frozenset[str]()
    if " ".join(told[:2]) in _BEING_IT:
        return True
    return any(token in verbs or not _HOLDING.isdisjoint(word_kinds(token)) for token in told)


def _ties(between: str, period: Period) -> bool:
    """Say whether the words between a person and a period tie the two: `, wybrana w`, `, która kierowała kołem`."""
    tokens = read_gap(between).tokens
    if not _STOPS.isdisjoint(tokens[1:]) or len(tokens) > _MOST_WORDS:
        return False
    if tokens[:1] == (",",) and len(tokens) < 4 and _is_apposed(between.strip(" ,*")):
        return True
    if period.rule.startswith("event") and period.until is None:
        return not (_words("taking").isdisjoint(tokens) or _words("office").isdisjoint(tokens))
    return _says_so(tokens, period)


@lru_cache(maxsize=PHRASES)
def _is_apposed(words: str) -> bool:
    """Say whether the first word is a verb of coming into an office or leaving it."""
    word = words.partition(" ")[0]
    lemmas = {word.lower(), *(reading.lemma.lower() for reading in analyse(word))}
    return not lemmas.isdisjoint(_words("apposed"))


def is_honorary(role: str) -> bool:
    """Say whether a role is an honour: it starts on a day and has no end."""
    return any(word in _honorary_words() for word in read_gap(role).tokens)


@cache
def _honorary_words() -> frozenset[str]:
    return frozenset(row["form"] for row in load_table("role_modifiers") if row["kind"] == "honorary")


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(row["word"] for row in load_table("time_words") if row["kind"] == kind)
