"""Resolve more claims than memory holds: part by part, the people the same as if all were held at once.

Source: `cluster_claims`, of which each stage here does what concerns one part.

1. Claims of whole names lie in parts that no pair crosses (`ClaimStore.place`); each is joined on its own.
2. Vague claims, a bucket at a time, meet the people who have their surname and a place, a body or a given name.
3. Whom a vague claim has joined is explained anew.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.files import make_folder
from pipeline.resolve.block import LARGEST
from pipeline.resolve.claim_store import ClaimStore
from pipeline.resolve.claims import explain_cluster
from pipeline.resolve.cluster import cluster_whole
from pipeline.resolve.compare import Claim
from pipeline.resolve.matcher import Matcher
from pipeline.resolve.profiles import Profile, make_profiles
from pipeline.resolve.vague import attach_vague, looked_up, person_keys

PART = 250_000  # claims that are held at once, some 0.5 GB
_JOINED = pa.schema([("claim_id", pa.string()), ("person", pa.string())])
_TOLD = pa.schema(
    [
        ("claim_id", pa.string()),
        ("person", pa.string()),
        ("known_id", pa.string()),
        ("score", pa.float64()),
        ("reason", pa.string()),
    ]
)
_KEYS = pa.schema([("name", pa.string()), ("place", pa.string()), ("person", pa.string())])

Cluster = list[Profile]
Tell = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Stages:
    """The files of one resolution: who was joined, what is told of it, under which keys people are found."""

    folder: Path

    def write(self, name: str, number: int, schema: pa.Schema, rows: Sequence[tuple[object, ...]]) -> None:
        """Keep the rows of one part of a stage."""
        folder = self.folder / name
        make_folder(folder)
        columns = list(zip(*rows, strict=True)) if rows else [()] * len(schema)
        arrays = [pa.array(column, kind) for column, kind in zip(columns, schema.types, strict=True)]
        table = pa.Table.from_arrays(arrays, schema=schema)
        pq.write_table(table, folder / f"{number:06}.parquet")

    def source(self, name: str, schema: pa.Schema) -> str:
        """Return SQL for all rows of a stage."""
        if not (self.folder / name).exists():
            self.write(name, 0, schema, [])
        return f"SELECT * FROM read_parquet('{_quote(self.folder / name)}/*.parquet')"


def join_parts(store: ClaimStore, n_parts: int, matcher: Matcher, stages: Stages, tell: Tell) -> None:
    """Join the claims of whole names, a part at a time.

    Args:
        store: The claims, placed.
        n_parts: How many parts there are.
        matcher: Scores pairs; its rarity is counted from all claims.
        stages: Where the people go.
        tell: Called with the claims of each part as it is done.
    """
    for part in range(n_parts):
        claims = store.load("part = ? AND bucket < 0", [part])
        profiles = make_profiles(claims, matcher)
        clusters = cluster_whole(profiles, matcher, LARGEST)
        stages.write("joined", part, _JOINED, [row for cluster in clusters for row in _joined(cluster)])
        stages.write("told", part, _TOLD, [row for cluster in clusters for row in _told(cluster, matcher)])
        stages.write("keys", part, _KEYS, [row for cluster in clusters for row in _keys(cluster)])
        tell(len(claims))


def attach_buckets(store: ClaimStore, n_buckets: int, matcher: Matcher, stages: Stages, tell: Tell) -> None:
    """Let vague claims join the people they fit, a bucket at a time; those left over join each other."""
    for bucket in range(n_buckets):
        claims = store.load("bucket = ?", [bucket])
        vague = make_profiles(claims, matcher)
        people = _find_people(store, vague, stages)
        clusters = [make_profiles(people[person], matcher) for person in sorted(people)]
        grown = attach_vague(clusters, vague, matcher)
        attached = [
            (claim.claim_id, person)
            for person, before, after in zip(sorted(people), clusters, grown, strict=False)
            if len(after) > len(before)
            for claim in _new_claims(before, after)
        ]
        left_over = grown[len(clusters) :]
        stages.write("attached", bucket, _JOINED, attached)
        stages.write(
            "alone", bucket, _TOLD, [row for cluster in left_over for row in _told(cluster, matcher)]
        )
        tell(len(claims))


def explain_attached(store: ClaimStore, matcher: Matcher, stages: Stages, *, largest: int = PART) -> None:
    """Say anew why each claim of the people that a vague claim has joined is theirs."""
    attached = stages.source("attached", _JOINED)
    touched = store.database.execute(f"SELECT DISTINCT person FROM ({attached}) ORDER BY person")  # noqa: S608
    people = [person for (person,) in touched.fetchall()]
    everybody = f"{stages.source('joined', _JOINED)} UNION ALL {attached}"
    for number, start in enumerate(range(0, len(people), largest)):
        found = store.load_people(everybody, people[start : start + largest])
        rows = [
            row
            for person in sorted(found)
            for row in _told(make_profiles(found[person], matcher), matcher, person=person)
        ]
        stages.write("told_anew", number, _TOLD, rows)


def told_by_all(stages: Stages) -> str:
    """Return SQL for what is told of every claim: claim_id, person, known_id, score, reason."""
    attached = stages.source("attached", _JOINED)
    return (
        f"SELECT * FROM ({stages.source('told', _TOLD)}) WHERE person NOT IN (SELECT person FROM ({attached}))"  # noqa: S608
        f" UNION ALL {stages.source('alone', _TOLD)} UNION ALL {stages.source('told_anew', _TOLD)}"
    )


def _find_people(store: ClaimStore, vague: Sequence[Profile], stages: Stages) -> dict[str, list[Claim]]:
    """Return the people whom any of the vague claims may be."""
    keys = sorted({key for profile in vague for key in looked_up(profile.claim)})
    names, places = ([key[side] for key in keys] for side in (0, 1))
    wanted = pa.table({"name": pa.array(names, pa.string()), "place": pa.array(places, pa.string())})
    store.database.register("wanted", wanted)
    source = stages.source("keys", _KEYS)
    found = store.database.execute(
        f"SELECT DISTINCT person FROM ({source}) JOIN wanted USING (name, place)"  # noqa: S608
    ).fetchall()
    return store.load_people(stages.source("joined", _JOINED), [person for (person,) in found])


def _joined(cluster: Cluster) -> Iterator[tuple[str, str]]:
    person = cluster[0].claim.claim_id
    for profile in cluster:
        for claim in profile.members:
            yield claim.claim_id, person


def _told(cluster: Cluster, matcher: Matcher, *, person: str = "") -> Iterator[tuple[object, ...]]:
    person = person or cluster[0].claim.claim_id
    known = min((profile.claim.known_id for profile in cluster if profile.claim.known_id), default="")
    for row in explain_cluster(person, cluster, matcher):
        yield row.claim_id, person, known, row.score, row.reason


def _keys(cluster: Cluster) -> Iterator[tuple[str, str, str]]:
    person = cluster[0].claim.claim_id
    for name, place in sorted({key for profile in cluster for key in person_keys(profile.claim)}):
        yield name, place, person


def _new_claims(before: Cluster, after: Cluster) -> Iterator[Claim]:
    old = {claim.claim_id for profile in before for claim in profile.members}
    return (claim for profile in after for claim in profile.members if claim.claim_id not in old)


def _quote(path: Path) -> str:
    return str(path).replace("'", "''")
