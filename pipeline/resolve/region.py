"""Whom new claims may sway: the claims that are joined anew, while all others keep their people.

Two claims are tied when the pair speaks for one person, when they are alike in all that is compared, when a vague one
looked at the other, when somebody judged the pair, or when both are in a block that is cut. Whoever is joined depends
on nobody beyond the chain of ties: a region. A region without anything new keeps its people as they are.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from pipeline.resolve.block import LARGEST, is_vague
from pipeline.resolve.compare import Claim
from pipeline.resolve.links import link_claim
from pipeline.resolve.matcher import Matcher, Pair
from pipeline.resolve.profiles import make_profiles

Numbers = NDArray[np.int64]
ClaimAt = Callable[[int], Claim]


def choose_region(
    people: pa.Table,
    dirty: Iterable[int],
    matcher: Matcher,
    claim_at: ClaimAt,
    *,
    gone: Iterable[str] = (),
    largest: int = LARGEST,
) -> Numbers:
    """Return the rows of the claims that are to be joined anew.

    Args:
        people: As of `memory.PEOPLE`; `region` is null for new claims.
        dirty: Rows of claims that are new, or whose name has become more or less rare, or that were judged.
        matcher: Judge of pairs.
        claim_at: Returns the claim of a row.
        gone: Regions of claims that are no longer there.
        largest: Claims of the largest block that is compared whole.
    """
    rows = sorted(set(dirty))
    regions = people["region"].to_pylist()
    if len(rows) == len(regions):
        return np.arange(len(rows))
    chosen = {region for region in gone if region} | {regions[row] for row in rows if regions[row]}
    claims = {row: claim_at(row) for row in rows}
    links = [link_claim(claim) for claim in claims.values()]
    met = find_sharing(people["met"], {key for link in links for key in link.sought})
    large = large_blocks(people["blocks"], largest)
    blocks = {key for link in links for key in link.blocks}
    met = np.union1d(met, find_sharing(people["blocks"], blocks & large))
    chosen |= {regions[row] for row in met if regions[row]}
    near = [row for row in find_sharing(people["blocks"], blocks - large) if row not in claims]
    claims |= {row: claim_at(row) for row in near}
    owner = {claim.claim_id: regions[row] for row, claim in claims.items()}
    own_blocks = people["blocks"].take(pa.array(list(claims), pa.int64())).to_pylist()
    keys = dict(zip(owner, own_blocks, strict=True))
    chosen |= _find_tied(claims, rows, matcher, owner, chosen, keys)
    fresh = set(rows)
    return np.asarray(
        [row for row, region in enumerate(regions) if region in chosen or row in fresh], dtype=np.int64
    )


def _find_tied(
    claims: dict[int, Claim],
    dirty: Sequence[int],
    matcher: Matcher,
    owner: dict[str, str | None],
    chosen: set[str],
    keys: dict[str, list[int]],
) -> set[str]:
    """Return the regions of whole names that a dirty one is compared with, where the pair speaks for one person."""
    changed = {claims[row].claim_id for row in dirty}
    profiles = [profile for profile in make_profiles(claims.values(), matcher) if not is_vague(profile.claim)]
    is_dirty = [any(claim.claim_id in changed for claim in profile.members) for profile in profiles]
    blocks: dict[int, list[int]] = defaultdict(list)
    for number, profile in enumerate(profiles):
        for key in keys[profile.claim.claim_id]:
            blocks[key].append(number)
    tied: set[str] = set()
    for number, profile in enumerate(profiles):
        if not is_dirty[number]:
            continue
        for other in {other for key in keys[profile.claim.claim_id] for other in blocks[key]}:
            region = owner[profiles[other].claim.claim_id]
            if not region or region in chosen or region in tied:
                continue
            if matcher.score(profile.claim, profiles[other].claim) > 0:
                tied.add(region)
    return tied


def find_sharing(keys: pa.ChunkedArray, wanted: Iterable[int]) -> Numbers:
    """Return the rows whose list of keys holds any that is wanted."""
    flat, owners = _flatten(keys)
    return np.unique(owners[np.isin(flat, np.asarray(sorted(wanted), dtype=np.int64))])


def large_blocks(keys: pa.ChunkedArray, largest: int = LARGEST) -> set[int]:
    """Return the blocks that may be cut, since more claims are in them than are compared whole."""
    flat, _ = _flatten(keys)
    found, counts = np.unique(flat, return_counts=True)
    return set(found[counts > largest].tolist())


def _flatten(keys: pa.ChunkedArray) -> tuple[Numbers, Numbers]:
    whole = keys.combine_chunks()
    lengths = np.diff(whole.offsets.to_numpy())
    flat: Numbers = whole.flatten().to_numpy(zero_copy_only=False)
    return flat, np.repeat(np.arange(len(lengths)), lengths)


def find_regions(people: pa.Table, rows: Numbers, ties: Iterable[Pair], *, large: set[int]) -> dict[int, str]:
    """Return the region of each of some rows: the smallest claim_id of all whom a chain of ties leads to.

    Args:
        people: As of `memory.PEOPLE`.
        rows: Rows that were joined; no tie leads out of them.
        ties: Pairs of claim ids.
        large: Blocks that may be cut: whoever is in one is of one region.
    """
    ids = [people["claim_id"][int(row)].as_py() for row in rows]
    number = {claim_id: index for index, claim_id in enumerate(ids)}
    parent = list(range(len(ids)))
    for left, right in ties:
        _union(parent, number[left], number[right])
    first: dict[tuple[str, int], int] = {}
    chosen = people.take(pa.array(rows))
    for index, (content, blocks) in enumerate(
        zip(chosen["content"].to_pylist(), chosen["blocks"].to_pylist(), strict=True)
    ):
        _union(parent, index, first.setdefault(("content", content), index))
        for key in large.intersection(blocks) if large else ():
            _union(parent, index, first.setdefault(("block", key), index))
    return {int(row): ids[_root(parent, index)] for index, row in enumerate(rows)}


def _union(parent: list[int], left: int, right: int) -> None:
    first, second = sorted((_root(parent, left), _root(parent, right)))
    parent[second] = first


def _root(parent: list[int], index: int) -> int:
    while parent[index] != index:
        parent[index] = parent[parent[index]]
        index = parent[index]
    return index
