"""The command `resolve`: a table of claims on disk in, clusters and ids on disk out."""

from dataclasses import asdict, dataclass
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.errors import CivicActorsError
from pipeline.records import GivenId
from pipeline.resolve.claims import ResolvedClaims, resolve_table
from pipeline.resolve.judgements import judged_pairs, load_judgements

_CLUSTERS = pa.schema(
    [("claim_id", pa.string()), ("actor_id", pa.string()), ("score", pa.float64()), ("reason", pa.string())]
)
_IDS = pa.schema([("mention_id", pa.string()), ("actor_id", pa.string()), ("run", pa.int64())])
_REDIRECTS = pa.schema([("old_id", pa.string()), ("new_id", pa.string()), ("reason", pa.string())])


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
) -> ResolvedFiles:
    """Resolve a table and write clusters.parquet, ids.parquet, redirects.parquet and, with a list, known.csv.

    Args:
        claims: Parquet or CSV with claim_id and name.
        out: Folder; made when missing.
        known: People with ids of their own in the column actor_id; known.csv says who is missing on
            either side.
        ids: ids.parquet of an earlier result.
        judgements: judgements.jsonl on claim ids.

    Raises:
        CivicActorsError: A file cannot be read, or lacks a column.
    """
    listed = None if known is None else read_claims(known)
    judged = judged_pairs(load_judgements(judgements)) if judgements else {}
    resolved = resolve_table(read_claims(claims), known=listed, judged=judged, history=_read_history(ids))
    out.mkdir(parents=True, exist_ok=True)
    _write(out / "clusters.parquet", _CLUSTERS, [asdict(row) for row in resolved.rows])
    _write(out / "ids.parquet", _IDS, [asdict(row) for row in resolved.history])
    _write(out / "redirects.parquet", _REDIRECTS, [asdict(row) for row in resolved.redirects])
    if listed is None:
        return ResolvedFiles(len(resolved.rows), len({row.actor_id for row in resolved.rows}))
    return _write_known(out / "known.csv", listed, resolved)


def read_claims(path: Path) -> pd.DataFrame:
    """Read a table of claims, every cell of a CSV as text.

    Raises:
        CivicActorsError: The file is missing, or neither Parquet nor CSV.
    """
    try:
        if path.suffix.lower() == ".parquet":
            return pd.read_parquet(path)
        if path.suffix.lower() == ".csv":
            return pd.read_csv(path, dtype=str, keep_default_na=False)
    except (OSError, ValueError, pa.ArrowException) as error:
        raise CivicActorsError(f"cannot read {path}: {error}") from error
    raise CivicActorsError(f"{path} is neither .parquet nor .csv")


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


def _write(path: Path, schema: pa.Schema, rows: list[dict[str, object]]) -> None:
    pq.write_table(pa.Table.from_pylist(rows, schema=schema), path, compression="zstd")


def _write_known(path: Path, listed: pd.DataFrame, resolved: ResolvedClaims) -> ResolvedFiles:
    """Write how many claims each listed person has, and who else has claims."""
    counts = pd.Series([row.actor_id for row in resolved.rows], dtype="str").value_counts()
    ids = listed["actor_id"].astype(str)
    people = pd.DataFrame({"actor_id": ids, "name": listed["name"], "listed": True})
    others = sorted(set(counts.index) - set(ids))
    table = pd.concat(
        [people, pd.DataFrame({"actor_id": others, "name": "", "listed": False})], ignore_index=True
    )
    table["n_claims"] = table["actor_id"].map(counts).fillna(0).astype(int)
    table.to_csv(path, index=False)
    unseen = int(((table["n_claims"] == 0) & table["listed"]).sum())
    return ResolvedFiles(len(resolved.rows), len(counts), unseen, len(others))
