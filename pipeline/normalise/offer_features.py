"""Features that bodies and places share when one is offered to a link: the office, where it stands, whose it is."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache

from pipeline.normalise.part_names import key_of, stem_of
from pipeline.normalise.role_codes import RoleParts
from pipeline.normalise.scenes import Group, Scene, position_of
from pipeline.records import Link
from pipeline.remembered import PHRASES

OPENING = 300


@lru_cache(maxsize=PHRASES)
def office_features(code: str, branch: str, role: str, kind: str) -> tuple[str, ...]:
    """Tell what the office is, beside the kind of what is offered."""
    words = role.split()
    last = stem_of(words[-1]) if words else ""
    return (
        f"kind={kind}",
        f"code={code}:{kind}",
        f"branch={branch}:{kind}",
        f"last={last}:{kind}",
        f"words={min(len(words), 3)}:{kind}",
    )


def where_features(scene: Scene, link: Link, group: Group, label: str) -> Iterator[str]:
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
    first = summary.first == group.starts[0]
    yield f"inside={inside}:{order}"
    yield f"gap={order}:{min(gap // 120, 8)}"
    yield f"recency={recency}"
    yield f"paragraphs={order}:{min(paragraphs, 4)}"
    yield f"count={min(len(group.starts), 4)}"
    yield f"most={len(group.starts) == summary.most}:{min(summary.most, 3)}"
    yield f"first={first}:{group.starts[0] < OPENING}"
    yield f"only={len(groups) == 1}"
    yield f"inside_recency={inside}:{recency}"


def tie_features(scene: Scene, link: Link, group: Group, key: str, office: RoleParts) -> Iterator[str]:
    """Tell who else is tied to a body or place, and by which office."""
    holders, person = scene.holders.get(key, set()), scene.people[link.person]
    others = len(holders - {person})
    yield f"holders={min(others, 3)}"
    yield f"own_tie={person in holders}"
    yield f"same_code={office.code in scene.codes.get(key, set()) and others > 0}:{office.single}"
    yield f"same_code_kind={office.code in scene.codes.get(key, set()) and others > 0}:{group.kind}"


def count_others(named: Sequence[tuple[int, str]], own: str, last: int, position: int) -> int:
    """Count the other bodies or places named between the last mention of one and the link; at most 3."""
    at = bisect_left(named, (position, ""))
    others: set[str] = set()
    while at > 0 and named[at - 1][0] > last and len(others) < 3:
        at -= 1
        if named[at][1] != own:
            others.add(named[at][1])
    return len(others)
