"""The dataset on disk: Parquet tables, manifest, description; written whole, read back as DataFrames."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from html import escape
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.errors import OutputError
from pipeline.export import rows
from pipeline.export.datapackage import describe_dataset
from pipeline.export.erased import FILE_NAME as ERASED
from pipeline.export.erased import Erased
from pipeline.export.files import write_whole
from pipeline.export.manifest import FILE_NAME, find_differences, read_manifest
from pipeline.export.staging import finish_change
from pipeline.records import Document, GivenId, Reading, Reject, Resolution
from pipeline.schema import IDS, TABLES, Table


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run read, found and refused, in numbers."""

    out: Path
    n_articles: int
    n_duplicates: int
    n_nobody: int
    n_actors: int
    n_institutions: int
    n_locations: int
    n_unlinked_places: int
    n_affiliations: int
    n_abstentions: int
    rejects: dict[str, int] = field(default_factory=dict)
    skipped: dict[str, int] = field(default_factory=dict)
    was_finished: bool = False

    @property
    def n_rejects(self) -> int:
        """Inputs that could not be used."""
        return sum(self.rejects.values())


class Dataset:
    """A dataset on disk; each table is a pandas DataFrame, read when first asked for.

    >>> load_dataset("out").actors  # doctest: +SKIP
    """

    articles: pd.DataFrame
    mentions: pd.DataFrame
    actors: pd.DataFrame
    institutions: pd.DataFrame
    locations: pd.DataFrame
    affiliations: pd.DataFrame
    evidence: pd.DataFrame
    redirects: pd.DataFrame
    ids: pd.DataFrame
    rejects: pd.DataFrame

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __getattr__(self, name: str) -> pd.DataFrame:
        """Read a table by its name."""
        if name not in {table.name for table in TABLES}:
            raise AttributeError(f"no table {name!r}; tables are {', '.join(table.name for table in TABLES)}")
        frame = pd.read_parquet(self.folder / f"{name}.parquet")
        setattr(self, name, frame)
        return frame

    def sql(self, query: str) -> pd.DataFrame:
        """Answer a question in DuckDB's SQL, in which each table goes by its name.

        The files are read where they lie, so a dataset larger than memory is no obstacle.

        >>> load_dataset("out").sql("SELECT name FROM actors ORDER BY n_articles DESC")  # doctest: +SKIP
        """
        import duckdb

        with duckdb.connect() as connection:
            for table in TABLES:
                path = str(self.folder / f"{table.name}.parquet").replace("'", "''")
                connection.execute(f"CREATE VIEW {table.name} AS FROM read_parquet('{path}')")
            return connection.execute(query).df()

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """Return what the dataset was made from."""
        return read_manifest(self.folder) or {}

    def _repr_html_(self) -> str:
        """Return the tables with their sizes and meanings, for a notebook."""
        lines = [
            f"<tr><td><b>{table.name}</b></td><td style='text-align:right'>{count_rows(self.folder, table):,}</td>"
            f"<td style='text-align:left'>{escape(table.meaning)}</td></tr>"
            for table in TABLES
        ]
        head = "<tr><th>table</th><th>rows</th><th style='text-align:left'>a row is</th></tr>"
        return f"<p>Dataset <code>{escape(str(self.folder))}</code></p><table>{head}{''.join(lines)}</table>"

    def __repr__(self) -> str:
        """Name the folder and the sizes of the tables."""
        sizes = ", ".join(f"{table.name} {count_rows(self.folder, table)}" for table in TABLES)
        return f"Dataset({self.folder}: {sizes})"


def load_dataset(out: str | Path) -> Dataset:
    """Open a dataset that `run` wrote.

    Raises:
        OutputError: The folder holds no finished dataset.
    """
    folder = Path(out)
    finish_change(folder)
    if read_manifest(folder) is None:
        raise OutputError(
            f"{folder} holds no finished dataset; make one with: civic-actors run ARTICLES -o {folder}"
        )
    return Dataset(folder)


def count_rows(folder: Path, table: Table) -> int:
    """Return the number of rows of one table, from its footer."""
    count: int = pq.read_metadata(folder / f"{table.name}.parquet").num_rows
    return count


def read_ids(path: Path | None) -> list[GivenId]:
    """Read the ids that earlier runs gave; none without a file.

    Raises:
        OutputError: The file is no table of ids.
    """
    if path is None:
        return []
    try:
        table = pq.read_table(path, columns=[column.name for column in IDS.columns])
    except (OSError, pa.ArrowException) as error:
        raise OutputError(f"{path} is no table of ids; take the ids.parquet of a dataset") from error
    return [GivenId(**row) for row in table.to_pylist()]


def check_output(out: Path, manifest: dict[str, Any]) -> bool:
    """Say whether the folder already holds this very dataset; prepare it otherwise.

    Raises:
        OutputError: It holds another dataset, or other files, or cannot be written.
    """
    finish_change(out)
    found = read_manifest(out)
    if found is not None:
        if differences := find_differences(found, manifest):
            raise OutputError(
                f"{out} holds a dataset of other {' and '.join(differences)}; choose another -o or remove the folder"
            )
        return True
    if out.exists() and (
        not out.is_dir()
        or any(
            not path.name.startswith(".")
            and path.suffix != ".parquet"
            and path.name not in ("datapackage.json", ERASED)
            for path in out.iterdir()
        )
    ):
        raise OutputError(f"{out} holds other files; choose an empty or new folder for -o")
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"cannot make the folder {out}: {error.strerror}") from error
    return False


def write_dataset(
    out: Path,
    *,
    manifest: dict[str, Any],
    readings: Sequence[Reading],
    copies: Sequence[tuple[Document, str]],
    resolution: Resolution,
    rejects: Sequence[Reject],
    summary: Summary,
    public_only: bool = False,
    erased: Sequence[Erased] = (),
) -> Summary:
    """Write every table, sorted by its key, then the description, and last the manifest.

    Returns:
        The summary, with the numbers of what was written.
    """
    tables = rows.resolution_rows(resolution)
    tables["articles"] = list(rows.article_rows(readings, copies))
    tables["mentions"] = list(rows.mention_rows(readings, resolution.entity_of))
    tables["rejects"] = rows.reject_rows(rejects)
    if public_only or erased:
        # Imported here: a filtered dataset is a Dataset, so that module builds on this one.
        from pipeline.export.public import select_people

        tables, summary = select_people(tables, summary, only_public=public_only, erased=erased)
    for table in TABLES:
        write_table(out / f"{table.name}.parquet", table, tables[table.name])
    _write_json(out / "datapackage.json", describe_dataset())
    _write_json(out / FILE_NAME, manifest | {"summary": summary_fields(summary)})
    return summary


def write_table(path: Path, table: Table, records: Iterable[rows.Row]) -> None:
    """Write rows as Parquet in the schema's order of columns, sorted by the table's key."""
    ordered = sorted(
        records, key=lambda row: tuple((row[column] is not None, row[column]) for column in table.key)
    )
    content = pa.Table.from_pylist(ordered, schema=table.arrow_schema())
    write_whole(path, lambda temporary: pq.write_table(content, temporary, compression="zstd"))


def summary_fields(summary: Summary) -> dict[str, Any]:
    """Return the summary's numbers, as kept in the manifest."""
    return {
        name: getattr(summary, name)
        for name in Summary.__dataclass_fields__
        if name not in ("out", "was_finished")
    }


def finished_summary(out: Path) -> Summary:
    """Return the summary of a dataset that was already there."""
    manifest = read_manifest(out) or {}
    return Summary(out=out, was_finished=True, **manifest["summary"])


def _write_json(path: Path, content: dict[str, Any]) -> None:
    text = json.dumps(content, ensure_ascii=False, indent=2) + "\n"
    write_whole(path, lambda temporary: _write_text(temporary, text))


def _write_text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
