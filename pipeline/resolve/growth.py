"""From readings to people, bodies, places and affiliations; with a memory, only what new articles may sway anew."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import pyarrow as pa

from pipeline.garbage import paused_collection
from pipeline.records import GivenId, Reading, Resolution
from pipeline.resolve.block import LARGEST
from pipeline.resolve.cluster import find_clusters
from pipeline.resolve.compare import Claim
from pipeline.resolve.corrections import Correction, group_corrections
from pipeline.resolve.facts import Facts, Source, find_facts
from pipeline.resolve.ids import assign_ids
from pipeline.resolve.judgements import judge_claims
from pipeline.resolve.matcher import Matcher, Pair
from pipeline.resolve.memory import Memory, claim_from_json, empty_memory, set_column
from pipeline.resolve.rarity import count_surnames
from pipeline.resolve.region import choose_region, find_regions, large_blocks
from pipeline.resolve.settle import Before, settle_people


@dataclass(frozen=True, slots=True)
class Grown:
    """A resolution, and what the next one needs of it.

    Attributes:
        kept: Ids of the articles that were known and have not changed.
        n_joined: People of articles who were joined anew.
        n_settled: People of the dataset who were made anew.
    """

    resolution: Resolution
    memory: Memory
    kept: frozenset[str] = frozenset()
    n_joined: int = 0
    n_settled: int = 0


class _Listed:
    """Readings in memory, of which nothing is known."""

    def __init__(self, readings: Iterable[Reading]) -> None:
        self._readings = {reading.document.article_id: reading for reading in readings}

    def keys(self) -> Mapping[str, str]:
        return dict.fromkeys(sorted(self._readings), "")

    def only(self, article_ids: Iterable[str]) -> Iterator[Reading]:
        return (self._readings[article_id] for article_id in sorted(article_ids))


def resolve_actors(
    readings: Iterable[Reading],
    *,
    history: Iterable[GivenId] = (),
    judged: Mapping[Pair, str] | None = None,
    corrections: Iterable[Correction] = (),
) -> Resolution:
    """Join the mentions of all articles into people, bodies and places.

    Args:
        readings: Each article once.
        history: Ids that earlier runs gave.
        judged: `same` or `different` for pairs of mention ids, the smaller first.
        corrections: What people have put right, in the order in which they did.
    """
    source = _Listed(readings)
    return grow_actors(source, history=history, judged=judged, corrections=corrections).resolution


def grow_actors(
    source: Source,
    *,
    before: Before | None = None,
    history: Iterable[GivenId] = (),
    judged: Mapping[Pair, str] | None = None,
    corrections: Iterable[Correction] = (),
    largest: int = LARGEST,
) -> Grown:
    """Do what `resolve_actors` does; what an earlier resolution left and nothing new may sway is taken over.

    The result is the same with and without `before`.

    Args:
        source: All articles.
        before: The dataset that grows.
        history: Ids that earlier runs gave.
        judged: `same` or `different` for pairs of mention ids, the smaller first.
        corrections: What people have put right, in the order in which they did.
        largest: Claims of the largest block that is compared whole.
    """
    with paused_collection():
        return _grow_actors(source, before, history, judged or {}, corrections, largest)


def _grow_actors(
    source: Source,
    before: Before | None,
    history: Iterable[GivenId],
    judged: Mapping[Pair, str],
    corrections: Iterable[Correction],
    largest: int,
) -> Grown:
    known = before.memory if before else empty_memory()
    facts = find_facts(source, known)
    claims = judge_claims(judged, _owners(facts.people)) if judged else {}
    clusters, people, n_joined = _join_claims(facts, known, claims, largest)
    mentions = people["mentions"].to_pylist()
    given = assign_ids([[mention for row in rows for mention in mentions[row]] for rows in clusters], history)
    actor_of = {
        row: actor_id for actor_id, rows in zip(given.actor_ids, clusters, strict=True) for row in rows
    }
    actor_ids = [actor_of[row] for row in range(people.num_rows)]
    settled = settle_people(
        facts, actor_ids, people, source, before=before, fixes=group_corrections(corrections)
    )
    resolution = Resolution(
        actors=settled.actors,
        institutions=settled.things.institutions,
        locations=settled.things.locations,
        affiliations=settled.affiliations,
        evidence=settled.evidence,
        redirects=given.redirects,
        entity_of=settled.entity_of,
        ids=given.history,
    )
    people = set_column(people, "actor_id", actor_ids)
    memory = Memory(facts.articles, people, settled.table_of_things, claims)
    return Grown(resolution, memory, facts.kept, n_joined, settled.n_settled)


def _owners(people: pa.Table) -> dict[str, str]:
    """Return whose each mention is."""
    ids, mentions = people["claim_id"].to_pylist(), people["mentions"].to_pylist()
    return {mention: claim_id for claim_id, own in zip(ids, mentions, strict=True) for mention in own}


def _join_claims(
    facts: Facts, known: Memory, judged: Mapping[Pair, str], largest: int
) -> tuple[list[list[int]], pa.Table, int]:
    """Return the rows of each person, the people with what was found of them, and how many were joined anew."""
    people = facts.people
    names = list(zip(people["given_names"].to_pylist(), people["surname"].to_pylist(), strict=True))
    rarity = count_surnames(names)
    bins = [rarity.name_bin(*name) for name in names]
    matcher = Matcher(rarity, judged)
    ids = people["claim_id"].to_pylist()
    row_of = {claim_id: row for row, claim_id in enumerate(ids)}
    stored = people["claim"]

    @cache
    def claim_at(row: int) -> Claim:
        return claim_from_json(stored[row].as_py())

    dirty = {row for row, old in enumerate(people["rarity"].to_pylist()) if old != bins[row]}
    dirty |= _judged_rows(known.judged, judged, row_of, dirty)
    rows = choose_region(people, dirty, matcher, claim_at, gone=facts.gone, largest=largest)
    found = find_clusters((claim_at(int(row)) for row in rows), matcher, largest=largest)
    clusters = [
        sorted(row_of[claim.claim_id] for profile in cluster for claim in profile.members)
        for cluster in found.people
    ]
    regions = people["region"].to_pylist()
    joined = find_regions(people, rows, found.ties, large=large_blocks(people["blocks"], largest))
    for row, region in joined.items():
        regions[row] = region
    clusters += _other_people(people, set(joined))
    people = set_column(set_column(people, "region", regions), "rarity", bins)
    return sorted(clusters), people, len(joined)


def _judged_rows(
    before: Mapping[Pair, str], now: Mapping[Pair, str], row_of: Mapping[str, int], dirty: set[int]
) -> set[int]:
    """Return the claims of judgements that are new or withdrawn, and of those on claims that have changed."""
    pairs = {pair for pair, _ in before.items() ^ now.items()}
    pairs |= {pair for pair in now if any(row_of.get(side) in dirty for side in pair)}
    return {row_of[side] for pair in pairs for side in pair if side in row_of}


def _other_people(people: pa.Table, joined: set[int]) -> list[list[int]]:
    """Return the rows of each person of an earlier resolution who was not joined anew."""
    rows: dict[str, list[int]] = {}
    for row, actor_id in enumerate(people["actor_id"].to_pylist()):
        if row not in joined:
            rows.setdefault(actor_id, []).append(row)
    return list(rows.values())
