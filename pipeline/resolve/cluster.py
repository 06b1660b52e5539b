"""Constrained agglomeration inside blocks: a negative edge is never crossed, order does not matter."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations

from pipeline.resolve.compare import Claim, compare, score
from pipeline.resolve.keys import surname_key

_LARGEST_BLOCK = 2_000


def block_claims(claims: Iterable[Claim]) -> dict[str, list[Claim]]:
    """Group claims that may be of one person: by folded surname, or by given name where there is none."""
    blocks: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        surname = surname_key(claim.surname)
        blocks[surname or f"?{claim.given_names.casefold()}"].append(claim)
    return {key: sorted(block, key=lambda claim: claim.claim_id) for key, block in sorted(blocks.items())}


def cluster_block(claims: Sequence[Claim]) -> list[list[Claim]]:
    """Join the claims of one block: strongest pairs first, never across a pair that speaks against it.

    Args:
        claims: Sorted by claim_id.

    Returns:
        Clusters, each sorted by claim_id, a partition of the claims.
    """
    scores = {
        (left, right): score(compare(claims[left], claims[right]))
        for left, right in combinations(range(min(len(claims), _LARGEST_BLOCK)), 2)
    }
    owner = list(range(len(claims)))
    members = {index: [index] for index in owner}
    for (left, right), value in sorted(scores.items(), key=lambda item: (-item[1], item[0])):
        first, second = sorted((owner[left], owner[right]))
        if value <= 0 or first == second:
            continue
        crossing = (
            scores.get(_ordered(one, other), 0.0) for one in members[first] for other in members[second]
        )
        if all(value > 0 for value in crossing):
            members[first] += members.pop(second)
            for index in members[first]:
                owner[index] = first
    return [[claims[index] for index in sorted(group)] for _, group in sorted(members.items())]


def _ordered(left: int, right: int) -> tuple[int, int]:
    return (left, right) if left < right else (right, left)
