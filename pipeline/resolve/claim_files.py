"""The command `resolve`: a table of claims on disk in, clusters and ids on disk out, whatever memory there is."""

import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from itertools import groupby, islice
from operator import itemgetter
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.errors import CivicActorsError
from pipeline.files import make_folder
from pipeline.garbage import paused_collection
from pipeline.records import GivenId
from pipeline.resolve.claim_rows import (
    BAD_IDS,
    OPTIONAL,
    REQUIRED,
    list_claims,
    make_batch_claims,
    read_surnames,
)
from pipeline.resolve.claim_store import ClaimStore
from pipeline.resolve.ids import AssignedIds, assign_ids
from pipeline.resolve.judgements import judged_pairs, load_judgements
from pipeline.resolve.matcher import Matcher, Pair
from pipeline.resolve.rarity import count_surnames
from pipeline.resolve.streamed import (
    PART,
    Stages,
    attach_buckets,
    explain_attached,
    join_parts,
    told_by_all,
)

_CLUSTERS = pa.schema(
    [("claim_id", pa.string()), ("actor_id", pa.string()), ("score", pa.float64()), ("reason", pa.string())]
)
_IDS = pa.schema([("mention_id", pa.string()), ("actor_id", pa.string()), ("run", pa.int64())])
_REDIRECTS = pa.schema([("old_id", pa.string()), ("new_id", pa.string()), ("reason", pa.string())])
_ROWS = 100_000  # of a table that are read or written at once
_PARTS_A_BUCKET = 4  # one claim in twelve or so is vague, and brings those it may be
_LISTED = -1
_WORK = ".resolving"
_RESULT = """
SELECT told.claim_id, coalesce(nullif(told.known_id, ''), given.actor_id) AS actor_id, score, reason
FROM told JOIN given USING (person) JOIN placed USING (claim_id) ORDER BY placed.row
"""


@dataclass(frozen=True, slots=True)
class ResolvedFiles:
    """What was found, in numbers; the last two are 0 without a list of known people."""

    n_claims: int
    n_actors: int
    n_listed_unseen: int = 0
    n_unlisted: int = 0


def resolve_files(
    claims: Path,
    out: Path,
    *,
    known: Path | None = None,
    ids: Path | None = None,
    judgements: Path | None = None,
    part: int = PART,
    tell: Callable[[int], None] = lambda done: None,
) -> ResolvedFiles:
    """Resolve a table and write clusters.parquet, ids.parquet, redirects.parquet and, with a list, known.csv.

    The people are those of `resolve_claims`. Claims wait on disk, in `OUT/.resolving`, which goes in the end.

    Args:
        claims: Parquet or CSV with claim_id and name.
        out: Folder; made when missing.
        known: People with ids of their own in the column actor_id; known.csv says who is missing on
            either side.
        ids: ids.parquet of an earlier result.
        judgements: judgements.jsonl on claim ids.
        part: Claims that are held at once; the result is the same whatever it is.
        tell: Called with the number of claims that are joined.

    Raises:
        CivicActorsError: A file cannot be read, or lacks a column.
    """
    listed = None if known is None else read_claims(known)
    judged = judged_pairs(load_judgements(judgements)) if judgements else {}
    history = _read_history(ids)
    work = out / _WORK
    shutil.rmtree(work, ignore_errors=True)
    make_folder(work)
    try:
        with paused_collection(), closing(ClaimStore(work / "claims.duckdb")) as store:
            _fill(store, claims, listed, judged, part)
            _join(store, Stages(work), judged, part, tell)
            assigned = _give_ids(store, history)
            write_rows(out / "ids.parquet", _IDS, (asdict(row) for row in assigned.history))
            write_rows(out / "redirects.parquet", _REDIRECTS, (asdict(row) for row in assigned.redirects))
            counts = _write_clusters(store, out / "clusters.parquet")
    finally:
        shutil.rmtree(work, ignore_errors=True)
    if listed is None:
        return ResolvedFiles(int(counts.sum()), len(counts))
    return _write_known(out / "known.csv", listed, counts)


def _fill(
    store: ClaimStore, path: Path, listed: pd.DataFrame | None, judged: Iterable[Pair], part: int
) -> None:
    """Read the claims into the store: once for the surnames that tell how short names are read, once for all."""
    surnames: set[str] = set()
    n_rows = 0
    for batch in read_batches(path):
        surnames |= read_surnames(batch)
        n_rows += len(batch)
    settings: Any = {
        "judged": frozenset(claim_id for pair in judged for claim_id in pair),
        "buckets": count_buckets(n_rows, part),
    }
    first_row = 0
    for batch in read_batches(path):
        store.add(make_batch_claims(batch, surnames), first_row, **settings)
        first_row += len(batch)
    n_claims, n_ids = store.count()
    if n_ids < n_claims:
        raise CivicActorsError(BAD_IDS)
    if listed is not None:
        store.add(list_claims(listed), _LISTED - len(listed), **settings)


def count_buckets(n_rows: int, part: int) -> int:
    """Return among how many buckets the vague claims of a table are shared out."""
    return 1 + n_rows // (_PARTS_A_BUCKET * part)


def _join(
    store: ClaimStore, stages: Stages, judged: dict[Pair, str], part: int, tell: Callable[[int], None]
) -> None:
    same = [pair for pair, verdict in judged.items() if verdict == "same"]
    n_parts = store.place(same, largest=part)
    matcher = Matcher(count_surnames(store.names()), judged)
    done = 0

    def add(n_claims: int) -> None:
        nonlocal done
        done += n_claims
        tell(done)

    join_parts(store, n_parts, matcher, stages, add)
    attach_buckets(store, store.n_buckets(), matcher, stages, add)
    explain_attached(store, matcher, stages, largest=part)
    store.database.execute(f"CREATE TABLE told AS {told_by_all(stages)}")


def _give_ids(store: ClaimStore, history: Iterable[GivenId]) -> AssignedIds:
    """Give each person an id, in the table `given`."""
    rows = store.database.sql("SELECT person, claim_id FROM told ORDER BY person, claim_id").to_arrow_table()
    pairs = zip(rows["person"].to_pylist(), rows["claim_id"].to_pylist(), strict=True)
    people = {person: [claim_id for _, claim_id in group] for person, group in groupby(pairs, itemgetter(0))}
    assigned = assign_ids(list(people.values()), history)
    table = pa.table(
        {"person": pa.array(people, pa.string()), "actor_id": pa.array(assigned.actor_ids, pa.string())}
    )
    store.database.from_arrow(table).create("given")
    return assigned


def _write_clusters(store: ClaimStore, path: Path) -> "pd.Series[int]":
    """Write the claims in the order of their table; return how many each actor has."""
    with pq.ParquetWriter(path, _CLUSTERS, compression="zstd") as writer:
        for batch in store.database.sql(_RESULT).to_arrow_reader(_ROWS):
            writer.write_batch(batch.cast(_CLUSTERS))
    counts = store.database.execute(
        f"SELECT actor_id, count(*) FROM ({_RESULT}) GROUP BY actor_id"
    ).fetchall()
    return pd.Series(dict(counts), dtype="int64")


def read_claims(path: Path) -> pd.DataFrame:
    """Read a table of claims, every cell of a CSV as text.

    Raises:
        CivicActorsError: The file is missing, or neither Parquet nor CSV.
    """
    try:
        if path.suffix.lower() == ".parquet":
            return _to_pandas(pq.read_table(path))
        if path.suffix.lower() == ".csv":
            return pd.read_csv(path, dtype=str, keep_default_na=False)
    except (OSError, ValueError, pa.ArrowException) as error:
        raise CivicActorsError(f"cannot read {path}: {error}") from error
    raise CivicActorsError(f"{path} is neither .parquet nor .csv")


def read_batches(path: Path) -> Iterator[pd.DataFrame]:
    """Yield what `read_claims` reads, some rows at a time; at least one table, if only for its columns.

    Raises:
        CivicActorsError: The file is missing, or neither Parquet nor CSV, or breaks off.
    """
    try:
        if path.suffix.lower() == ".parquet":
            with pq.ParquetFile(path) as file:
                yield _to_pandas(file.schema_arrow.empty_table())
                wanted = [name for name in (*REQUIRED, *OPTIONAL) if name in file.schema_arrow.names]
                for batch in file.iter_batches(_ROWS, columns=wanted):
                    yield _to_pandas(pa.Table.from_batches([batch]))
        elif path.suffix.lower() == ".csv":
            yield pd.read_csv(path, dtype=str, keep_default_na=False, nrows=0)
            with pd.read_csv(path, dtype=str, keep_default_na=False, chunksize=_ROWS) as batches:
                yield from batches
        else:
            raise CivicActorsError(f"{path} is neither .parquet nor .csv")
    except (OSError, ValueError, pa.ArrowException) as error:
        raise CivicActorsError(f"cannot read {path}: {error}") from error


def _to_pandas(table: pa.Table) -> pd.DataFrame:
    """Return a table whose whole numbers stay whole where some are missing, however few rows it has."""
    frame: pd.DataFrame = table.to_pandas(integer_object_nulls=True)
    return frame


def _read_history(ids: Path | None) -> list[GivenId]:
    if ids is None:
        return []
    try:
        rows = pq.read_table(ids, columns=_IDS.names).to_pylist()
    except (OSError, pa.ArrowException) as error:
        raise CivicActorsError(
            f"{ids} is no table of ids; take the ids.parquet of an earlier result"
        ) from error
    return [GivenId(**row) for row in rows]


def write_rows(path: Path, schema: pa.Schema, rows: Iterable[dict[str, Any]]) -> None:
    """Write rows as Parquet, some at a time."""
    left = iter(rows)
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        while batch := list(islice(left, _ROWS)):
            writer.write_table(pa.Table.from_pylist(batch, schema=schema))


def _write_known(path: Path, listed: pd.DataFrame, counts: "pd.Series[int]") -> ResolvedFiles:
    """Write how many claims each listed person has, and who else has claims."""
    ids = listed["actor_id"].astype(str)
    people = pd.DataFrame({"actor_id": ids, "name": listed["name"], "listed": True})
    others = sorted(set(counts.index) - set(ids))
    table = pd.concat(
        [people, pd.DataFrame({"actor_id": others, "name": "", "listed": False})], ignore_index=True
    )
    table["n_claims"] = table["actor_id"].map(counts).fillna(0).astype(int)
    table.to_csv(path, index=False)
    unseen = int(((table["n_claims"] == 0) & table["listed"]).sum())
    return ResolvedFiles(int(counts.sum()), len(counts), unseen, len(others))
