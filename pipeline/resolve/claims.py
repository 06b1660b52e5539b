"""Resolve any table of claims about people: the library's `resolve_claims`, on its own."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import exp

import pandas as pd

from pipeline.garbage import paused_collection
from pipeline.records import GivenId, Reason, Redirect
from pipeline.resolve.claim_rows import list_claims, make_table_claims
from pipeline.resolve.cluster import cluster_claims
from pipeline.resolve.compare import Claim, score, sorted_features
from pipeline.resolve.ids import assign_ids
from pipeline.resolve.matcher import Matcher, Pair
from pipeline.resolve.profiles import Profile
from pipeline.resolve.rarity import Rarity, count_surnames

CLUSTERS = ("claim_id", "actor_id", "score", "reason")
_REASONS = 4
_ALONE = "no other claim is of this person"


@dataclass(frozen=True, slots=True)
class Joined:
    """One claim in its cluster: how sure that it belongs there, 0..1, and why."""

    claim_id: str
    actor_id: str
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class ResolvedClaims:
    """Every claim with its actor, the ids that lead elsewhere, and every id ever given."""

    rows: tuple[Joined, ...]
    redirects: tuple[Redirect, ...]
    history: tuple[GivenId, ...]


def resolve_claims(
    table: pd.DataFrame,
    *,
    known: pd.DataFrame | None = None,
    judged: Mapping[Pair, str] | None = None,
    history: Iterable[GivenId] = (),
) -> pd.DataFrame:
    """Say which rows of a table are of one person.

    Args:
        table: Columns claim_id and name, and any of `OPTIONAL`; other columns are left alone.
        known: People listed with ids of their own in the column `actor_id`, otherwise like `table`.
        judged: `same` or `different` for pairs of claim ids, the smaller first.
        history: Ids that an earlier call gave.

    Returns:
        A row a claim in the table's order: claim_id, actor_id, score (0..1), reason.

    Raises:
        CivicActorsError: A column is missing, or an id is missing or repeated.

    >>> resolve_claims(pd.DataFrame({"claim_id": ["1", "2"], "name": ["Jan Lis", "LIS Jan"],
    ...     "municipality_teryt": "160907"}))["actor_id"].nunique()
    1
    """
    resolved = resolve_table(table, known=known, judged=judged, history=history)
    rows = [(row.claim_id, row.actor_id, row.score, row.reason) for row in resolved.rows]
    return pd.DataFrame(rows, columns=list(CLUSTERS))


def resolve_table(
    table: pd.DataFrame,
    *,
    known: pd.DataFrame | None = None,
    judged: Mapping[Pair, str] | None = None,
    history: Iterable[GivenId] = (),
) -> ResolvedClaims:
    """Do what `resolve_claims` does, and return the ids given and redirected too."""
    with paused_collection():
        return _resolve_table(table, known, judged or {}, history)


def _resolve_table(
    table: pd.DataFrame,
    known: pd.DataFrame | None,
    judged: Mapping[Pair, str],
    history: Iterable[GivenId],
) -> ResolvedClaims:
    claims = make_table_claims(table)
    listed = [] if known is None else list_claims(known)
    matcher = Matcher(count_names([*claims, *listed]), judged)
    clusters = cluster_claims([*claims, *listed], matcher)
    seen = [cluster for cluster in clusters if _own_ids(cluster)]
    assigned = assign_ids([_own_ids(cluster) for cluster in seen], history)
    joined = {
        row.claim_id: row
        for actor_id, cluster in zip(assigned.actor_ids, seen, strict=True)
        for row in explain_cluster(actor_id, cluster, matcher)
    }
    return ResolvedClaims(
        tuple(joined[claim.claim_id] for claim in claims), assigned.redirects, assigned.history
    )


def _own_ids(cluster: Sequence[Profile]) -> list[str]:
    """Return the ids of a cluster's claims, those of the given list left out."""
    return [claim.claim_id for profile in cluster for claim in profile.members if not claim.known_id]


def count_names(claims: Iterable[Claim]) -> Rarity:
    """Return how frequent each surname is among the claims."""
    return count_surnames((claim.given_names, claim.surname) for claim in claims)


def explain_cluster(actor_id: str, cluster: Sequence[Profile], matcher: Matcher) -> list[Joined]:
    """Return a row for each claim of one person: the id, how sure, and what speaks for it most.

    Args:
        actor_id: The person's id, unless a given list has one.
        cluster: The person.
        matcher: What joined them.
    """
    known = min((profile.claim.known_id for profile in cluster if profile.claim.known_id), default="")
    rows = []
    for profile in cluster:
        if not profile.claim.known_id:
            value, reasons = _best_link(profile, cluster, matcher)
            reason = "; ".join(reason.sentence for reason in reasons) or _ALONE
            rows += [Joined(claim.claim_id, known or actor_id, value, reason) for claim in profile.members]
    return rows


def _best_link(profile: Profile, cluster: Sequence[Profile], matcher: Matcher) -> tuple[float, list[Reason]]:
    """Return the probability and the main reasons of a profile's strongest pair."""
    if len(profile.members) > 1:
        best = matcher.explain(profile.members[0], profile.members[1])
    else:
        others = [other.claim for other in cluster if other is not profile]
        if not others:
            return 1.0, []
        nearest = max(others, key=lambda other: (matcher.score(profile.claim, other), other.claim_id))
        best = matcher.explain(profile.claim, nearest)
    value = 1.0 / (1.0 + exp(-max(-30.0, min(30.0, score(best)))))
    speaking = [
        reason for reason in sorted_features(best) if reason.weight > 0 and reason.feature != "any_pair"
    ]
    return round(value, 4), speaking[:_REASONS]
