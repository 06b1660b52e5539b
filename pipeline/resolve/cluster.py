"""Constrained agglomeration: strongest pairs first, a negative edge never crossed, order without effect."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from pipeline.resolve.block import LARGEST, candidate_pairs, is_vague
from pipeline.resolve.compare import Claim
from pipeline.resolve.matcher import AGAINST, AGAINST_JUDGED, JUDGED, Matcher, Pair
from pipeline.resolve.profiles import Profile, make_profiles
from pipeline.resolve.vague import attach_vague

Edge = tuple[float, int, int]
Score = Callable[[int, int], float]


@dataclass(frozen=True, slots=True)
class Clusters:
    """People, each as profiles sorted by claim_id, and which of the claims may sway each other.

    With claims that are alike in all that is compared taken together, whoever no chain of `ties` leads to has no
    part in who a claim is joined with.
    """

    people: list[list[Profile]]
    ties: list[Pair]


def cluster_claims(
    claims: Iterable[Claim], matcher: Matcher | None = None, *, largest: int = LARGEST
) -> list[list[Profile]]:
    """Join claims into people.

    Args:
        claims: In any order.
        matcher: Scores pairs; None takes the shipped weights and no judgement.
        largest: Claims of the largest block that is compared whole.

    Returns:
        The people, each as profiles sorted by claim_id, in the order of their smallest claim_id.
    """
    return _find_people(claims, matcher or Matcher(), largest, None)


def find_clusters(
    claims: Iterable[Claim], matcher: Matcher | None = None, *, largest: int = LARGEST
) -> Clusters:
    """Do what `cluster_claims` does, and return the ties too."""
    ties: list[Pair] = []
    return Clusters(_find_people(claims, matcher or Matcher(), largest, ties), ties)


def _find_people(
    claims: Iterable[Claim], matcher: Matcher, largest: int, ties: list[Pair] | None
) -> list[list[Profile]]:
    profiles = make_profiles(claims, matcher)
    judged = matcher.judged_ids()
    vague = [
        profile
        for profile in profiles
        if is_vague(profile.claim) and profile.claim.claim_id not in judged and not profile.claim.known_id
    ]
    apart = {profile.claim.claim_id for profile in vague}
    whole = [profile for profile in profiles if profile.claim.claim_id not in apart]
    clusters = cluster_whole(whole, matcher, largest, ties)
    clusters = attach_vague(clusters, vague, matcher, ties)
    return sorted(clusters, key=lambda cluster: cluster[0].claim.claim_id)


def cluster_whole(
    profiles: Sequence[Profile], matcher: Matcher, largest: int, ties: list[Pair] | None = None
) -> list[list[Profile]]:
    """Join profiles of whole names; vague ones among them are joined by judgements alone.

    Args:
        profiles: Sorted by claim_id.
        matcher: Scores pairs.
        largest: Profiles of the largest block that is compared whole.
        ties: Where the pairs go that speak for one person.
    """
    claims = [profile.claim for profile in profiles]

    def score(left: int, right: int) -> float:
        return matcher.score(claims[left], claims[right])

    whole = [index for index, claim in enumerate(claims) if not is_vague(claim)]
    pairs = candidate_pairs([claims[index] for index in whole], largest)
    edges = [
        (value, whole[left], whole[right])
        for left, right in pairs
        if (value := score(whole[left], whole[right])) > 0
    ]
    edges += _judged_edges(claims, matcher)
    if ties is not None:
        ties += [(claims[left].claim_id, claims[right].claim_id) for _, left, right in edges]
    groups = agglomerate(len(claims), edges, score)
    return [[profiles[index] for index in group] for group in groups]


def _judged_edges(claims: Sequence[Claim], matcher: Matcher) -> list[Edge]:
    index_of = {claim.claim_id: index for index, claim in enumerate(claims)}
    return [
        (matcher.score(claims[index_of[left]], claims[index_of[right]]), index_of[left], index_of[right])
        for (left, right), verdict in matcher.judged.items()
        if verdict == "same" and left in index_of and right in index_of
    ]


def agglomerate(size: int, edges: Iterable[Edge], score: Score) -> list[list[int]]:
    """Join items by their positive edges, the strongest first; memory is linear in the edges.

    Two groups stay apart when any pair across them scores below `AGAINST`; a pair that somebody judged to be
    one is joined unless somebody judged a pair across to be two.

    Args:
        size: Items are 0 to size - 1.
        edges: (score, left, right) with score above 0.
        score: The score of any pair, asked for when two groups meet.

    Returns:
        Groups, each sorted, in the order of their first items; a partition.
    """
    owner = list(range(size))
    members = {index: [index] for index in owner}
    apart: dict[int, set[int]] = defaultdict(set)
    for value, left, right in sorted(set(edges), key=_turn):
        first, second = sorted((owner[left], owner[right]))
        is_judged = value >= JUDGED
        if first == second or (second in apart[first] and not is_judged):
            continue
        limit = AGAINST_JUDGED if is_judged else AGAINST
        if any(score(one, other) < limit for one in members[first] for other in members[second]):
            apart[first].add(second)
            apart[second].add(first)
            continue
        _merge(first, second, owner, members, apart)
    return [sorted(group) for _, group in sorted(members.items())]


def _turn(edge: Edge) -> tuple[bool, float, int, int]:
    """Let the strongest come first, but judgements last: they join whole people, not one claim of each."""
    value, left, right = edge
    return (value >= JUDGED, -value, left, right)


def _merge(
    first: int, second: int, owner: list[int], members: dict[int, list[int]], apart: dict[int, set[int]]
) -> None:
    for index in members[second]:
        owner[index] = first
    members[first] += members.pop(second)
    for other in apart.pop(second, set()):
        apart[other].discard(second)
        apart[other].add(first)
        apart[first].add(other)
