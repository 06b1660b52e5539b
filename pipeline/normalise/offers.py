"""What a link might take over from elsewhere in its article: bodies and places, with readable features.

The features say what the office is, what the body or place is, where it stands, and who else is tied to it.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.normalise.body_features import body_features
from pipeline.normalise.part_names import (
    GOVERNING,
    bare_place,
    branch_of,
    governed_unit,
    is_never_of,
    key_of,
    stem_of,
)
from pipeline.normalise.place_features import place_features
from pipeline.normalise.scenes import Group, Scene, office_of, own_body_kind, own_body_word, position_of
from pipeline.normalise.teryt import is_wide
from pipeline.quick import quickly_made
from pipeline.records import Link

_NEAREST_BEFORE, _NEAREST_AFTER, _MOST_FREQUENT = 5, 2, 2
_MOST_SUITING = 3
_LOOK = 25
_LOCAL_LEVELS = frozenset({"gmina", "powiat", "voivodeship"})
_WIDE_LEVELS = frozenset({"powiat", "voivodeship"})


@quickly_made
@dataclass(frozen=True, slots=True)
class Offer:
    """A body or place that a link might inherit: nominative, mentions, what speaks for it."""

    nominative: str
    mentions: tuple[int, ...]
    features: tuple[str, ...]


def offer_bodies(scene: Scene, link: Link) -> list[Offer]:
    """Return every body that a link with a role and without a body might inherit."""
    if link.role is None or link.institution is not None:
        return []
    branch = office_of(scene.article, link).branch
    suiting = [group for group in scene.alike[branch][:_MOST_SUITING] if branch]
    shortlist = [
        group
        for group in shortlist_groups(scene, "institution", position_of(scene, link), always=suiting)
        if not is_never_of(branch, branch_of(group.kind))
    ]
    return [Offer(group.nominative, group.mentions, body_features(scene, link, group)) for group in shortlist]


def offer_places(scene: Scene, link: Link) -> list[Offer]:
    """Return every place that a link without a place might inherit.

    A local office inherits no country, a powiat's or voivodeship's no gmina or town.
    """
    own = bare_place(scene.article.municipality_name)
    named = [group for group in scene.places.values() if bare_place(group.nominative) == own]
    shortlist = shortlist_groups(scene, "place", position_of(scene, link), always=named)
    is_local = office_of(scene.article, link).level in _LOCAL_LEVELS
    unit = _governed_unit(scene, link)
    return [
        Offer(group.nominative, group.mentions, place_features(scene, link, group))
        for group in shortlist
        if not (is_local and is_wide(group.nominative)) and unit in ("", group.kind)
    ]


def _governed_unit(scene: Scene, link: Link) -> str:
    """Return the unit above the gmina that a link's body or office governs: a powiat's council, its starosta."""
    body = own_body_kind(scene.article, link)
    if body:
        return governed_unit(body)
    office = office_of(scene.article, link)
    return office.level if office.level in _WIDE_LEVELS and office.branch in GOVERNING else ""


def decline_features(scene: Scene, link: Link, label: str) -> tuple[str, ...]:
    """Return what speaks for leaving the part out."""
    office, article = office_of(scene.article, link), scene.article
    groups = scene.bodies if label == "institution" else scene.places
    kind = own_body_kind(article, link)
    role = "" if link.role is None else article.names[link.role].nominative
    known = [
        part for part in scene.bodies_of[scene.people[link.person]] if (part[0] == "@") == (label == "place")
    ]
    features = [
        "none",
        f"none:code={office.code}",
        f"none:branch={office.branch}",
        f"none:level={office.level}:{office.public}",
        f"none:public={office.public}:{office.single}",
        f"none:groups={min(len(groups), 4)}",
        f"none:words={min(len(role.split()), 4)}",
        f"none:last={stem_of(role.split()[-1]) if role else ''}",
        f"none:last_branch={office.branch}:{len(role.split()) > 1}",
        f"none:body={kind}",
        f"none:body_word={own_body_word(article, link)}",
        f"none:body_code={kind}:{office.branch}",
        f"none:role={link.role is not None}:{link.institution is not None}",
        f"none:inferred={'institution' in link.inferred}",
        f"none:status={link.status}",
        f"none:place={link.place is not None}",
        f"none:person_has={min(len(known), 2)}",
        f"none:known={article.municipality.teryt is not None}",
    ]
    return tuple(features)


def shortlist_groups(scene: Scene, label: str, position: int, *, always: Sequence[Group] = ()) -> list[Group]:
    """Return the groups named nearest to a position, the first one, the most frequent ones, those given."""
    groups, summary = (scene.bodies if label == "institution" else scene.places), scene.summaries.get(label)
    if summary is None or len(groups) <= _NEAREST_BEFORE + _NEAREST_AFTER + _MOST_FREQUENT:
        return list(groups.values())
    at = bisect_left(summary.named, (position, ""))
    before = dict.fromkeys(key for _, key in reversed(summary.named[max(0, at - _LOOK) : at]))
    after = dict.fromkeys(key for _, key in summary.named[at : at + _LOOK])
    keys = [*list(before)[:_NEAREST_BEFORE], *list(after)[:_NEAREST_AFTER], *summary.frequent]
    keys += [key_of(group.nominative) for group in always]
    return [groups[key] for key in dict.fromkeys(keys)]
