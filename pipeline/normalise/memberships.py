"""Bodies of people whom the article names without any office: the council of a roll call, the team of a line-up.

A list says once whose members it names, often sentences before. A choice model over readable features weighs
every body of the article, and none, for each person who has no link at all.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from pipeline.extract.gaps import read_gap
from pipeline.normalise.body_features import is_heading
from pipeline.normalise.complements import title_share
from pipeline.normalise.offer_features import OPENING, where_features
from pipeline.normalise.offers import Offer, shortlist_groups
from pipeline.normalise.part_names import branch_of, key_of
from pipeline.normalise.scenes import Group, Scene
from pipeline.records import Link
from pipeline.remembered import PHRASES
from pipeline.tables import load_table

# The end of a sentence, not the point of a list's number or of an abbreviated title.
_ENDS = re.compile(r"[^\W\d_]{4,}[.!?]\s|[)\d][.!?]\s+(?=[^\W\d_]{4})")
_REMARK = re.compile(r" ?\([^()\n]{1,40}\)")
RULE = "body-person:roster"
_LOOK = 90
_REACH = 1_500
_CLOSE = 30
_LONGEST_RUN = 60
_LEADS = 8


@dataclass(frozen=True, slots=True)
class Run:
    """A list of people, named with little between them.

    Attributes:
        people: Indices of their mentions, in reading order.
        lead: Tokens before the first of them, on its line or the line before.
        shape: What parts them, coarsely: `comma`, `line`, `mixed`, `alone`.
        tail: The first tokens after the last of them.
    """

    people: tuple[int, ...]
    lead: tuple[str, ...]
    shape: str
    tail: tuple[str, ...]


@dataclass(slots=True)
class Roster:
    """The lists of people of one article, and the bodies that links give to their members."""

    scene: Scene
    runs: Mapping[int, Run]
    bodies: dict[int, list[str]] = field(default_factory=dict)


def make_roster(scene: Scene) -> Roster:
    """Read the lists of people of an article."""
    runs = {index: run for run in _find_runs(scene) for index in run.people}
    roster = Roster(scene, runs)
    for link in scene.links:
        key = "" if link.institution is None else key_of(scene.article.names[link.institution].nominative)
        roster.bodies.setdefault(link.person, []).append(key)
    return roster


def find_unlinked(roster: Roster, *, least: int = 2) -> Iterator[Link]:
    """Yield an empty link for each person without one who stands in a list that a word announces.

    Args:
        roster: The article's lists.
        least: How many people a list has at least; one alone teaches the model but is seldom plain.
    """
    scene = roster.scene
    seen = {scene.people[link.person] for link in scene.links}
    for index, mention in enumerate(scene.article.mentions):
        if mention.label != "person" or scene.people[index] in seen:
            continue
        run = roster.runs[index]
        if len(run.people) >= least and _kinds(run.lead):
            seen.add(scene.people[index])
            yield Link(index, None, None, None, mention.start, mention.end, rule=RULE)


def offer_memberships(roster: Roster, link: Link) -> list[Offer]:
    """Return every body that a person without a link might belong to."""
    scene = roster.scene
    position = scene.article.mentions[link.person].start
    return [
        Offer(group.nominative, group.mentions, tuple(_offer_features(roster, link, group)))
        for group in shortlist_groups(scene, "institution", position)
    ]


def no_body_features(roster: Roster, link: Link) -> tuple[str, ...]:
    """Return what speaks for a person's belonging to no body of the article."""
    scene, run = roster.scene, roster.runs[link.person]
    features = [
        "none",
        f"none:size={_size(run)}",
        f"none:shape={run.shape}",
        f"none:bodies={min(len(scene.bodies), 4)}",
        f"none:linked={_linked_share(roster, run)}",
        f"none:next={' '.join(_after(scene, link)[:1])}",
        *(f"none:lead={token}" for token in run.lead),
        *(f"none:announced={kind}:{_size(run)}" for kind in _kinds(run.lead)),
        *(f"none:announced={kind}:{len(run.lead) < 3}" for kind in _kinds(run.lead)),
        *(f"none:tail={token}" for token in run.tail),
    ]
    return tuple(features)


def join_body(scene: Scene, link: Link, offer: Offer, chance: float) -> Link:
    """Return the link of a person to the offered body, inferred when it stands on another line."""
    mentions, text = scene.article.mentions, scene.article.text
    person = mentions[link.person]
    before = bisect_left(offer.mentions, link.person)
    index = offer.mentions[max(0, before - 1)]
    first, last = sorted((mentions[index], person), key=lambda mention: mention.start)
    apart = text[first.end : last.start]
    if len(apart) > _REACH:
        first = last = person
    start, end = text.rfind("\n", 0, first.start) + 1, text.find("\n", last.end)
    start, end = max(start, first.start - _LOOK), min(len(text) if end < 0 else end, last.end + _LOOK)
    inferred = ("institution",) if "\n" in apart or ". " in apart else ()
    return replace(
        link, institution=index, start=start, end=end, inferred=inferred, confidence=round(chance, 4)
    )


def _find_runs(scene: Scene) -> Iterator[Run]:
    mentions = scene.article.mentions
    people = [index for index, mention in enumerate(mentions) if mention.label == "person"]
    run: list[int] = []
    for index in people:
        if run and not _continues(scene, run[-1], index):
            yield _make_run(scene, run)
            run = []
        run.append(index)
    if run:
        yield _make_run(scene, run)


def _continues(scene: Scene, last: int, index: int) -> bool:
    """Say whether a person stands in one list with the one before: few words and no end of a sentence apart.

    A remark on the one before does not count: `Jan Lis (PiS), Ewa Sum`.
    """
    mentions, text = scene.article.mentions, scene.article.text
    remark = _REMARK.match(text, mentions[last].end, mentions[index].start)
    start = remark.end() if remark else mentions[last].end
    apart = text[start : mentions[index].start]
    between = (mention for mention in mentions[last + 1 : index] if mention.start >= start)
    bodies = any(mention.label == "institution" for mention in between)
    words = sum(word.isalpha() and len(word) > 3 for word in apart.split())
    parted = ": " in apart or "\n\n" in apart or _ENDS.search(apart) is not None
    return not bodies and not parted and len(apart) < _LONGEST_RUN and words <= 2


def _make_run(scene: Scene, people: Sequence[int]) -> Run:
    mentions, text = scene.article.mentions, scene.article.text
    first, last = mentions[people[0]], mentions[people[-1]]
    lead = _lead(text[max(0, first.start - _LOOK) : first.start])
    gaps = [
        text[mentions[one].end : mentions[other].start]
        for one, other in zip(people, people[1:], strict=False)
    ]
    lines = sum("\n" in gap for gap in gaps)
    shape = "alone" if not gaps else "comma" if not lines else "line" if lines == len(gaps) else "mixed"
    tail = read_gap(text[last.end : last.end + _CLOSE]).tokens[:2]
    return Run(tuple(people), lead, shape, tail)


def _lead(stretch: str) -> tuple[str, ...]:
    """Return the last words before a list, of its own sentence; a line that only numbers it does not count."""
    tokens = list(read_gap(stretch).tokens)
    while tokens and not tokens[-1].isalpha():
        tokens.pop()
    ends = [at for at, token in enumerate(tokens) if token in ("¶", ".") and at + 1 < len(tokens)]
    words = tokens[ends[-1] + 1 :] if ends else tokens
    return tuple(dict.fromkeys(token for token in words[-_LEADS:] if token.isalpha()))


@lru_cache(maxsize=PHRASES)
def _kinds(lead: tuple[str, ...]) -> tuple[str, ...]:
    """Return what kinds of list the words before one announce: a roll call, a line-up; source: roster_words.tsv."""
    rows = [row["kind"] for row in load_table("roster_words") if row["word"] in lead]
    return tuple(sorted(set(rows)))


def _offer_features(roster: Roster, link: Link, group: Group) -> Iterator[str]:
    scene, run = roster.scene, roster.runs[link.person]
    position = scene.article.mentions[run.people[0]].start
    before = bisect_left(group.starts, position)
    branch, title = branch_of(group.kind), title_share(scene.article.title, group.nominative)
    summary = scene.summaries["institution"]
    first, most = summary.first == group.starts[0], len(group.starts) == summary.most
    alike = len(scene.alike[branch])
    where = where_features(scene, replace(link, start=position), group, "institution")
    yield from (f"run:{feature}" for feature in where)
    yield f"kind={group.kind}"
    yield f"kind_shape={group.kind}:{run.shape}:{_size(run)}"
    yield f"branch_theme={branch}:{first}:{most}:{title}"
    yield f"branch_alike={branch}:{min(alike, 3)}:{group.starts[0] < OPENING}"
    yield f"title={title}:{run.shape}"
    yield f"theme={first}:{most}:{title}:{_size(run)}"
    yield f"heading={is_heading(scene, group, before)}:{run.shape}"
    yield f"members={_members(roster, run, key_of(group.nominative))}"
    yield f"holders={min(len(scene.holders.get(key_of(group.nominative), ())), 3)}:{branch}"
    nearest = position - group.starts[before - 1] if before else -1
    yield f"near={min(nearest // 40, 10)}:{run.shape}"
    yield from (f"lead={token}:{branch}" for token in run.lead)
    for kind in _kinds(run.lead):
        yield f"announced={kind}:{branch}"
        yield f"announced_only={kind}:{branch}:{min(alike, 2)}:{first or most}"
        yield f"announced_theme={kind}:{branch}:{title}:{first}:{most}"
        yield f"announced_size={kind}:{branch}:{_size(run)}:{len(run.lead) < 3}"
    yield from (f"tail={token}:{branch}" for token in run.tail)
    yield from (f"path={token}:{nearest >= 0}" for token in _between(scene, group, before, position))


def _between(scene: Scene, group: Group, before: int, position: int) -> tuple[str, ...]:
    """Return the last words between a body and the list after it, when they stand close."""
    if not before:
        return ()
    mention = scene.article.mentions[group.mentions[before - 1]]
    stretch = scene.article.text[mention.end : position]
    return read_gap(stretch).tokens[-4:] if len(stretch) < _LOOK else ()


def _members(roster: Roster, run: Run, key: str) -> str:
    """Say how many of a list's people belong to a body, and how many to another."""
    known = [keys for index in run.people if (keys := roster.bodies.get(index))]
    here = sum(key in keys for keys in known)
    return f"{min(here, 2)}:{min(len(known) - here, 2)}"


def _linked_share(roster: Roster, run: Run) -> int:
    linked = sum(index in roster.bodies for index in run.people)
    return round(3 * linked / len(run.people))


def _size(run: Run) -> int:
    return min(len(run.people), 3) if len(run.people) < 6 else 6


def _after(scene: Scene, link: Link) -> tuple[str, ...]:
    end = scene.article.mentions[link.person].end
    return read_gap(scene.article.text[end : end + _CLOSE]).tokens
