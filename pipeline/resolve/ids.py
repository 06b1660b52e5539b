"""Ids that last: a person keeps the id that an earlier run gave; when people merge, the oldest id stays."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.records import GivenId, Redirect
from pipeline.resolve.keys import make_id

_KIND = "actor"


@dataclass(frozen=True, slots=True)
class AssignedIds:
    """The id of each cluster, the ids that lead elsewhere now, and every id ever given."""

    actor_ids: tuple[str, ...]
    redirects: tuple[Redirect, ...]
    history: tuple[GivenId, ...]


def assign_ids(clusters: Sequence[Sequence[str]], history: Iterable[GivenId] = ()) -> AssignedIds:
    """Give each cluster its id.

    An old id goes with the smallest of the mentions that bear it now; a cluster that gets several keeps the
    oldest. A new id is hashed from the smallest mention_id of its cluster. Pure: nothing else counts.

    Args:
        clusters: Mention ids, each in one cluster, none empty.
        history: What earlier runs gave, in any order.
    """
    given = sorted(history, key=lambda row: (row.run, row.mention_id))
    owner = {mention: number for number, cluster in enumerate(clusters) for mention in cluster}
    latest = {row.mention_id: row.actor_id for row in given}
    claimed = _claim_old_ids(latest, owner)
    ages = _find_ages(given)
    kept = {number: min(ids, key=lambda actor_id: ages[actor_id]) for number, ids in claimed.items()}
    actor_ids = _fill_new_ids(clusters, kept)
    return AssignedIds(
        actor_ids=tuple(actor_ids),
        redirects=tuple(_find_redirects(given, owner, actor_ids)),
        history=tuple(_extend_history(given, latest, owner, actor_ids)),
    )


def _claim_old_ids(latest: Mapping[str, str], owner: Mapping[str, int]) -> dict[int, list[str]]:
    """Return the old ids that go with each cluster: that of the smallest mention that bears the id now."""
    claimed: dict[int, list[str]] = defaultdict(list)
    seen: set[str] = set()
    for mention in sorted(mention for mention in latest if mention in owner):
        actor_id = latest[mention]
        if actor_id not in seen:
            seen.add(actor_id)
            claimed[owner[mention]].append(actor_id)
    return claimed


def _find_ages(given: Iterable[GivenId]) -> dict[str, tuple[int, str]]:
    """Return the first run of each id, and the smallest mention that bore it then."""
    ages: dict[str, tuple[int, str]] = {}
    for row in given:
        ages.setdefault(row.actor_id, (row.run, row.mention_id))
    return ages


def _fill_new_ids(clusters: Sequence[Sequence[str]], kept: Mapping[int, str]) -> list[str]:
    taken = set(kept.values())
    actor_ids = [kept.get(number, "") for number in range(len(clusters))]
    new = [number for number, actor_id in enumerate(actor_ids) if not actor_id]
    for number in sorted(new, key=lambda number: min(clusters[number])):
        actor_ids[number] = _new_id(min(clusters[number]), taken)
        taken.add(actor_ids[number])
    return actor_ids


def _new_id(mention: str, taken: set[str]) -> str:
    """Return the hash of a mention; with a count where another person still bears it."""
    actor_id, count = make_id(_KIND, mention), 1
    while actor_id in taken:
        count += 1
        actor_id = make_id(_KIND, mention, str(count))
    return actor_id


def _find_redirects(
    given: Iterable[GivenId], owner: Mapping[str, int], actor_ids: Sequence[str]
) -> list[Redirect]:
    """Return where each id leads that nobody bears now: to whom its smallest mention belongs."""
    in_use = set(actor_ids)
    bearers: dict[str, str] = {}
    for row in given:
        if row.actor_id not in in_use and row.mention_id in owner:
            bearers[row.actor_id] = min(row.mention_id, bearers.get(row.actor_id, row.mention_id))
    return [
        Redirect(old_id, actor_ids[owner[mention]], f"{mention} is now of {actor_ids[owner[mention]]}")
        for old_id, mention in sorted(bearers.items())
    ]


def _extend_history(
    given: Sequence[GivenId], latest: Mapping[str, str], owner: Mapping[str, int], actor_ids: Sequence[str]
) -> list[GivenId]:
    """Return what was given before and what is new, each under the number of its run."""
    run = max((row.run for row in given), default=0) + 1
    new = [
        GivenId(mention, actor_ids[number], run)
        for mention, number in owner.items()
        if latest.get(mention) != actor_ids[number]
    ]
    return sorted([*given, *new], key=lambda row: (row.mention_id, row.run))
