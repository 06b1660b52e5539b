"""Which office a period belongs to: a choice model over readable features of each period and link near it."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache

from pipeline.extract.clauses import stretch_around
from pipeline.extract.date_words import event_kinds
from pipeline.extract.dates import Period, find_periods
from pipeline.extract.event_dates import find_installed
from pipeline.extract.gaps import read_gap
from pipeline.extract.grammar import word_class, word_kinds
from pipeline.extract.headings import find_headings
from pipeline.extract.meetings import find_given
from pipeline.extract.person_dates import find_told
from pipeline.extract.timing_scene import (
    MOST_LINKS,
    REACH,
    TimingScene,
    apart,
    distance_to,
    links_near,
    make_timing_scene,
    person_span,
    surname_stem,
    turns_between,
)
from pipeline.records import Link, Mention
from pipeline.tables import load_table
from pipeline.weights import Logistic

_CLAUSE = 70
_CLOSE = 24
_FORENAME = 3
_LEAST_CHANCE = 0.5
# What began on a day is seldom an office, unless grammar ties the two.
_LEAST_OF_EVENT = 0.92
# Hardly anybody holds an office for so many years.
_LIFE = 45
_TOUCHING = frozenset({",", "(", "-"})


@dataclass(frozen=True, slots=True)
class Timing:
    """A period, the links near it, and the features of each, with those of leaving it alone as the last.

    Attributes:
        touching: Which of the links grammar ties to the period: its office stands just beside, or its person
            is the subject of the verb that the period goes with.
    """

    period: Period
    links: tuple[int, ...]
    features: tuple[tuple[str, ...], ...]
    touching: int | None = None


def date_links(
    text: str, mentions: Sequence[Mention], links: Sequence[Link], model: Logistic, *, published: date | None
) -> list[Link]:
    """Return the links with the start and the end that the text gives each; the surest statement wins."""
    best: dict[tuple[int, str], tuple[float, str]] = {}
    for timing in find_timings(text, mentions, links, published=published):
        *chances, _ = model.share(timing.features)
        if timing.touching is not None:
            chances[timing.touching] = max(1.0, *chances)
        chance, place = max((chance, -number) for number, chance in enumerate(chances))
        number = timing.links[-place]
        least = least_chance(timing.period)
        for side, value in (("since", timing.period.since), ("until", timing.period.until)):
            if value and chance >= max(least, best.get((number, side), (0.0, ""))[0]):
                best[number, side] = (chance, value)
    for heading in find_headings(text, mentions, links, published=published):
        for number in heading.links:
            for side, value in (("since", heading.period.since), ("until", heading.period.until)):
                if value:
                    best.setdefault((number, side), (1.0, value))
    for number, value in find_given(text, mentions, links, published=published):
        best.setdefault((number, "since"), (1.0, value))
    dated = [_with_times(link, number, best) for number, link in enumerate(links)]
    return _share_times(mentions, dated)


def least_chance(period: Period) -> float:
    """Return how likely a link must be for a period that grammar ties to none to be given to it."""
    return _LEAST_OF_EVENT if period.rule.startswith("event_since") else _LEAST_CHANCE


def _touches_offices(period: Period) -> bool:
    return not period.rule.startswith("event") and not period.rule.endswith(("_recent", "after_years"))


def _with_times(link: Link, number: int, best: dict[tuple[int, str], tuple[float, str]]) -> Link:
    nothing = (0.0, None)
    since, until = best.get((number, "since"), nothing)[1], best.get((number, "until"), nothing)[1]
    if since and until and since > until:
        since, until = (since, None) if best[number, "since"] > best[number, "until"] else (None, until)
    return replace(link, since=since, until=until)


def _share_times(mentions: Sequence[Mention], links: Sequence[Link]) -> list[Link]:
    """Give the time of an office to its other statements in the article: the same person, the same words."""
    known: dict[tuple[str, str, str, str], str] = {}
    forenames = _forenames(mentions)
    keys = [_holder_key(mentions, link, forenames) for link in links]
    for link, key in zip(links, keys, strict=True):
        for side, value in (("since", link.since), ("until", link.until)):
            if key and value:
                known.setdefault((*key, side), value)
    return [
        link
        if key is None or link.since or link.until
        else replace(link, since=known.get((*key, "since")), until=known.get((*key, "until")))
        for link, key in zip(links, keys, strict=True)
    ]


def _forenames(mentions: Sequence[Mention]) -> Mapping[str, frozenset[str]]:
    """Return how the forenames before each surname begin."""
    found: dict[str, set[str]] = {}
    for mention in mentions:
        if mention.label == "person" and " " in mention.text:
            found.setdefault(surname_stem(mention), set()).add(mention.text[:_FORENAME])
    return {stem: frozenset(names) for stem, names in found.items()}


def _holder_key(
    mentions: Sequence[Mention], link: Link, forenames: Mapping[str, frozenset[str]]
) -> tuple[str, str, str] | None:
    """Return what statements of one office of one person share; relatives are told apart by their forenames."""
    key, person = _statement_key(mentions, link), mentions[link.person]
    if key is None:
        return None
    namesakes = len(forenames.get(key[0], ())) > 1
    return (*key, person.text[:_FORENAME] if namesakes else "")


def _statement_key(mentions: Sequence[Mention], link: Link) -> tuple[str, str] | None:
    if link.role is None:
        return None
    role = " ".join(read_gap(mentions[link.role].text).tokens)
    return surname_stem(mentions[link.person]), role


def find_timings(
    text: str, mentions: Sequence[Mention], links: Sequence[Link], *, published: date | None
) -> Iterator[Timing]:
    """Yield every period of the text that stands near a link."""
    if not links:
        return
    scene = make_timing_scene(text, mentions, links)
    for period in find_periods(text, published=published):
        if _is_life(scene, period):
            continue
        distances = ((distance_to(scene, number, period), number) for number in links_near(scene, period))
        ranked = sorted(
            (distance, number)
            for distance, number in distances
            if distance <= REACH and not turns_between(scene, number, period)
        )
        near = _first_statements(scene, ranked)[:MOST_LINKS]
        if near:
            numbers = tuple(number for _, number in near)
            features = tuple(
                tuple(_link_features(scene, numbers, rank, period)) for rank in range(len(numbers))
            )
            features = (*features, tuple(_alone_features(text, period, near)))
            starts = period.rule.startswith("event_since")
            touching = (find_installed if starts else _find_touching)(scene, numbers, period)
            told = find_told(scene, numbers, period) if touching is None else touching
            yield Timing(period, numbers, features, told)


def _is_life(scene: TimingScene, period: Period) -> bool:
    """Say whether a period is the years of a life: in brackets, of many years, right after a person's name.

    `Jan Lis (1923–1999), nauczyciel` taught for less; `prezesi: Jan Lis (1961–1983)` has the office before.
    """
    if period.rule != "range" or scene.text[period.start - 1 : period.start] != "(":
        return False
    at = bisect_left(scene.starts, period.start)
    person = scene.mentions[at - 1] if at else None
    touches = person is not None and not scene.text[person.end : period.start - 1].strip()
    years = int(period.until or 0) - int(period.since or 0)
    return touches and person is not None and person.label == "person" and years >= _LIFE


def _first_statements(scene: TimingScene, ranked: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Keep the nearest of the links that say the same of one person; the others share what it is given."""
    kept: dict[tuple[str, str] | int, tuple[int, int]] = {}
    for distance, number in ranked:
        key = _statement_key(scene.mentions, scene.links[number])
        kept.setdefault(number if key is None else key, (distance, number))
    return list(kept.values())


def _link_features(scene: TimingScene, near: Sequence[int], rank: int, period: Period) -> Iterator[str]:
    link = scene.links[near[rank]]
    target, person = scene.spans[near[rank]], person_span(scene, link, period)
    nearer = sum(apart(scene.spans[other], period) < apart(target, period) for other in near)
    kind = "role" if link.role is not None else "body"
    yield f"rank={rank}"
    yield f"nearer={min(nearer, 3)}:{kind}"
    yield f"rivals={min(len(near), 4)}:{min(nearer, 2)}"
    yield from _gap_features(scene, "target", target, period)
    yield from _gap_features(scene, "person", person, period)
    order = "".join(sign for _, sign in sorted([(target[0], "t"), (person[0], "p"), (period.start, "d")]))
    yield f"order={order}:{kind}"
    yield f"order_rule={order}:{_family(period)}"
    yield f"nearest={nearer == 0}:{_family(period)}"
    yield f"far={'sentences' in link.rule}"
    yield from _subject_features(scene, near, link, nearer, period)


def _find_touching(scene: TimingScene, near: Sequence[int], period: Period) -> int | None:
    """Return which office a period follows (`prezes OSP od 2018 roku`) or leads into (`od 2018 roku prezes`)."""
    if not _touches_offices(period):
        return None
    for rank, number in enumerate(near):
        start, end = scene.spans[number]
        role = scene.links[number].role is not None
        if (
            role
            and start >= period.end
            and start - period.end < _CLOSE
            and _is_copula(scene.text[period.end : start])
        ):
            return rank
    for rank, number in enumerate(near):
        start, end = scene.spans[number]
        role = scene.links[number].role is not None
        if not role or not end <= period.start < end + _CLOSE:
            continue
        between = scene.text[end : period.start]
        if between.strip() in ("", "(") or _is_copula(between):
            return rank if "\n" not in scene.text[end : period.start] else None
    return _find_bracketed(scene, near, period)


def _is_copula(between: str) -> bool:
    """Say whether nothing stands between a period and an office, or no more than `była też`, `jest jej`."""
    return _copulas().issuperset(read_gap(between).tokens)


@cache
def _copulas() -> frozenset[str]:
    return frozenset(row["word"] for row in load_table("time_words") if row["kind"] == "copula")


def _find_bracketed(scene: TimingScene, near: Sequence[int], period: Period) -> int | None:
    """Return the office named before a person whose years stand in brackets: `prezesi: Jan Lis (1961-1983)`."""
    if period.rule != "range" or scene.text[period.start - 1 : period.start] != "(":
        return None
    for rank, number in enumerate(near):
        person = scene.mentions[scene.links[number].person]
        before = scene.spans[number][0] < person.start
        if before and person.end <= period.start and not scene.text[person.end : period.start - 1].strip():
            return rank
    return None


def _subject_features(
    scene: TimingScene, near: Sequence[int], link: Link, nearer: int, period: Period
) -> Iterator[str]:
    """Tell whether the person is the last one named before the period, and what verb stands beside it."""
    stem = surname_stem(scene.mentions[link.person])
    at = bisect_left(scene.people, (period.start, ""))
    subject = bool(at) and scene.people[at - 1][1] == stem
    own = [other for other in near if surname_stem(scene.mentions[scene.links[other].person]) == stem]
    kinds = _kinds_beside(scene.text, period)
    cues = _clause_cues(scene.text, period.start, period.end)
    side = "since" if period.since else "until"
    single = len(own) == 1
    yield from (f"cue={cue}:{side}:{subject}:{single}" for cue in cues)
    yield from (f"cue_near={cue}:{side}:{min(nearer, 1)}" for cue in cues)
    yield f"clause={subject}:{min(nearer, 1)}:{single}:{','.join(cue for cue in cues if '=' not in cue)}"
    yield f"subject={subject}:{len(own) == 1}"
    yield f"subject_nearest={subject}:{min(nearer, 2)}:{_family(period)}"
    yield from (f"verb={kind}:{subject}:{len(own) == 1}:{min(nearer, 1)}" for kind in kinds)
    yield f"alone={len(own) == 1}:{len(near) == 1}:{_family(period)}"


@lru_cache(maxsize=500)
def _clause_cues(text: str, start: int, end: int) -> tuple[str, ...]:
    """Return what the words of a date's own sentence are about: beginning, leaving or holding, an office."""
    low, high = stretch_around(text, start, end, reach=_CLAUSE)
    tokens = (*read_gap(text[low:start]).tokens[-8:], *read_gap(text[end:high]).tokens[:8])
    found: set[str] = set()
    for token in tokens:
        kinds = {*word_kinds(token), *(f"event_{side}" for side in event_kinds(token))}
        if word_class(token) == "verb":
            found.add(f"verb={token}")
            kinds = kinds or {"other_verb"}
        found.update(kinds)
    return tuple(sorted(found))


def _kinds_beside(text: str, period: Period) -> list[str]:
    before = read_gap(text[max(0, period.start - 60) : period.start]).tokens[-6:]
    after = read_gap(text[period.end : period.end + 40]).tokens[:4]
    return sorted({kind for token in (*before, *after) for kind in word_kinds(token)})


def _gap_features(scene: TimingScene, name: str, span: tuple[int, int], period: Period) -> Iterator[str]:
    before = span[0] < period.start
    side = f"{name}:{'after' if before else 'before'}"
    first, last = (span[1], period.start) if before else (period.end, span[0])
    stretch = scene.text[first:last]
    between = bisect_left(scene.starts, last) - bisect_left(scene.starts, first)
    stops = "line" if "\n" in stretch else "sentence" if ". " in stretch else "near"
    yield f"between={side}:{min(between, 3)}:{stops}"
    yield f"stops={side}:{stops}"
    yield f"size={side}:{min(len(stretch) // 12, 8)}"
    if stops == "near" and between <= 0:
        gap = read_gap(stretch)
        yield f"gap={side}:{gap.key}"
        yield f"touching={side}:{set(gap.tokens) <= _TOUCHING}:{_family(period)}"
        yield f"touching={side}:{set(gap.tokens) <= _TOUCHING}"
        yield f"verb={side}:{any(word_class(token) == 'verb' for token in gap.tokens)}:{_family(period)}"
        yield f"close={side}:{min(len(gap.tokens), 4)}:{_family(period)}"
        kinds = {kind for token in gap.tokens for kind in word_kinds(token)}
        yield from (f"kind={side}:{kind}" for kind in sorted(kinds))


def _family(period: Period) -> str:
    """Return what a rule is about, whatever the precision of the date: `since`, `event_until`, `years`."""
    name = period.rule.removesuffix("_recent")
    return "years" if name.endswith("_years") else name.rsplit("_", 1)[0]


def _alone_features(text: str, period: Period, near: Sequence[tuple[int, int]]) -> Iterator[str]:
    before = read_gap(text[max(0, period.start - 40) : period.start]).tokens
    after = read_gap(text[period.end : period.end + 40]).tokens
    yield "alone"
    yield f"alone:rule={period.rule}"
    yield f"alone:family={_family(period)}"
    yield f"alone:distance={min(near[0][0] // 20, 6)}"
    yield from (f"alone:before={token}" for token in before[-3:])
    yield from (f"alone:after={token}" for token in after[:3])
    kinds = {kind for token in (*before[-5:], *after[:5]) for kind in word_kinds(token)}
    yield from (f"alone:kind={kind}" for kind in sorted(kinds))
    cues = _clause_cues(text, period.start, period.end)
    yield from (f"alone:cue={cue}:{_family(period)}" for cue in cues)
    yield f"alone:clause={','.join(cue for cue in cues if '=' not in cue)}"
    brackets = text[period.start - 1 : period.start] == "("
    yield f"alone:brackets={brackets}:{period.rule}"
