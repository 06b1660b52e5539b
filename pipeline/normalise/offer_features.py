"""Features that bodies and places share when one is offered to a link: the office, where it stands, whose it is.

What is offered stands in few ways, and in the same ones again and again: each is spelled once.
"""

from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from pipeline.normalise.part_names import key_of, stem_of
from pipeline.normalise.role_codes import RoleParts
from pipeline.normalise.scenes import Group, Scene, position_of
from pipeline.records import Link
from pipeline.remembered import PHRASES
from pipeline.weights import spell

OPENING = 300

Features = tuple[str, ...]


_NOBODY: frozenset[str] = frozenset()


class _Where(NamedTuple):
    """Where a body or place stands before or after the office, in rough numbers."""

    inside: bool
    order: str
    gap: int
    recency: int
    paragraphs: int
    times: int
    is_most: bool
    most: int
    is_first: bool
    opens: bool
    is_only: bool


@lru_cache(maxsize=PHRASES)
def office_features(code: str, branch: str, role: str, kind: str) -> Features:
    """Tell what the office is, beside the kind of what is offered."""
    words = role.split()
    last = stem_of(words[-1]) if words else ""
    return spell(
        f"kind={kind}",
        f"code={code}:{kind}",
        f"branch={branch}:{kind}",
        f"last={last}:{kind}",
        f"words={min(len(words), 3)}:{kind}",
    )


def where_features(scene: Scene, link: Link, group: Group, label: str) -> Features:
    """Tell where a body or place stands before or after the office, and how often it is named."""
    groups = scene.bodies if label == "institution" else scene.places
    summary = scene.summaries[label]
    position = position_of(scene, link)
    before = bisect_left(group.starts, position)
    last = group.starts[before - 1] if before else -1
    recency = count_others(summary.named, key_of(group.nominative), last, position) if before else -1
    inside = bisect_left(group.starts, link.start) < bisect_left(group.starts, link.end)
    gap = position - last if before else group.starts[0] - position
    order = "before" if before else "after"
    paragraphs = scene.article.text.count("\n", max(last, 0), position) if before and gap < 2000 else 9
    return _spell_where(
        _Where(
            inside=inside,
            order=order,
            gap=min(gap // 120, 8),
            recency=recency,
            paragraphs=min(paragraphs, 4),
            times=min(len(group.starts), 4),
            is_most=len(group.starts) == summary.most,
            most=min(summary.most, 3),
            is_first=summary.first == group.starts[0],
            opens=group.starts[0] < OPENING,
            is_only=len(groups) == 1,
        )
    )


@lru_cache(maxsize=PHRASES)
def _spell_where(where: _Where) -> Features:
    return spell(
        f"inside={where.inside}:{where.order}",
        f"gap={where.order}:{where.gap}",
        f"recency={where.recency}",
        f"paragraphs={where.order}:{where.paragraphs}",
        f"count={where.times}",
        f"most={where.is_most}:{where.most}",
        f"first={where.is_first}:{where.opens}",
        f"only={where.is_only}",
        f"inside_recency={where.inside}:{where.recency}",
    )


@lru_cache(maxsize=PHRASES)
def each_beside(features: Features, told: str) -> Features:
    """Return each of some features beside another: `count=2:own=True`."""
    return spell(*(f"{feature}:{told}" for feature in features))


def tie_features(scene: Scene, link: Link, group: Group, key: str, office: RoleParts) -> Features:
    """Tell who else is tied to a body or place, and by which office."""
    holders, person = scene.holders.get(key, _NOBODY), scene.people[link.person]
    is_own = person in holders
    others = len(holders) - is_own
    same = others > 0 and office.code in scene.codes.get(key, _NOBODY)
    return _spell_tie(min(others, 3), is_own, same, office.single, group.kind)


@lru_cache(maxsize=PHRASES)
def _spell_tie(others: int, is_own: bool, same: bool, single: bool, kind: str) -> Features:
    return spell(
        f"holders={others}",
        f"own_tie={is_own}",
        f"same_code={same}:{single}",
        f"same_code_kind={same}:{kind}",
    )


def count_others(named: Sequence[tuple[int, str]], own: str, last: int, position: int) -> int:
    """Count the other bodies or places named between the last mention of one and the link; at most 3."""
    at = bisect_left(named, (position, ""))
    others: set[str] = set()
    while at > 0 and named[at - 1][0] > last and len(others) < 3:
        at -= 1
        if named[at][1] != own:
            others.add(named[at][1])
    return len(others)
