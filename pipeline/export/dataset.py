"""The dataset on disk: Parquet tables, manifest, description; written whole, read back as DataFrames."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
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
from pipeline.export.erased import Erased
from pipeline.export.grow import Older, grow_table
from pipeline.export.manifest import FILE_NAME, read_manifest
from pipeline.export.staging import finish_change
from pipeline.export.table_files import ROW_GROUP, RowGroups, stream_table, write_records, write_table
from pipeline.files import make_folder, write_json, write_whole
from pipeline.guards import terminal_line
from pipeline.records import Document, GivenId, Reading, Reject, Resolution
from pipeline.schema import ARTICLES, IDS, MENTIONS, TABLES, Table


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run read, found and refused, in numbers."""

    out: str | Path
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
        folder = escape(terminal_line(str(self.folder)))
        return f"<p>Dataset <code>{folder}</code></p><table>{head}{''.join(lines)}</table>"

    def __repr__(self) -> str:
        """Name the folder and the sizes of the tables."""
        sizes = ", ".join(f"{table.name} {count_rows(self.folder, table)}" for table in TABLES)
        return f"Dataset({terminal_line(str(self.folder))}: {sizes})"


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


def read_rejects(out: Path) -> list[Reject]:
    """Return the inputs that a dataset could not use."""
    return [Reject(**row) for row in pq.read_table(out / "rejects.parquet").to_pylist()]


def write_dataset(
    folder: Path,
    *,
    manifest: dict[str, Any],
    readings: Iterable[Reading],
    copies: Iterable[tuple[Document, str]],
    refused: Iterable[Document],
    resolution: Resolution,
    rejects: Sequence[Reject],
    summary: Summary,
    public_only: bool = False,
    erased: Sequence[Erased] = (),
    older: Older | None = None,
) -> Summary:
    """Write every table, sorted, then the description, and last the manifest.

    Articles and mentions are written as they come, sorted by article; the other tables by their key. Where people
    are left out, all tables are held at once. With `older`, `readings` are those of articles that it lacks.

    Returns:
        The summary, with the numbers of what was written.
    """
    make_folder(folder)
    articles = rows.article_rows(readings, copies, refused)
    mentions = rows.mention_rows(readings, resolution.entity_of)
    if public_only or erased:
        # Imported here: a filtered dataset is a Dataset, so that module builds on this one.
        from pipeline.export.public import select_people

        listed = {name: list(made) for name, made in rows.resolution_rows(resolution).items()}
        listed |= {"rejects": rows.reject_rows(rejects)}
        listed |= {"articles": list(articles), "mentions": list(mentions)}
        kept, summary = select_people(listed, summary, only_public=public_only, erased=erased)
        for table in TABLES:
            write_table(folder / f"{table.name}.parquet", table, kept[table.name])
    else:
        records = {**rows.resolution_records(resolution), "rejects": rejects}
        for table in TABLES:
            if table.name in records:
                write_records(folder / f"{table.name}.parquet", table, records[table.name])
    if older is not None:
        grow_table(folder / "articles.parquet", ARTICLES, older, articles, row_group=ROW_GROUP)
        grow_table(
            folder / "mentions.parquet",
            MENTIONS,
            older,
            mentions,
            row_group=ROW_GROUP,
            entity_of=resolution.entity_of,
        )
    elif not (public_only or erased):
        _stream_readings(folder, readings, copies, refused, resolution.entity_of)
    write_json(folder / "datapackage.json", describe_dataset())
    write_json(folder / FILE_NAME, manifest | {"summary": summary_fields(summary)})
    return summary


def _stream_readings(
    folder: Path,
    readings: Iterable[Reading],
    copies: Iterable[tuple[Document, str]],
    refused: Iterable[Document],
    entity_of: dict[str, str],
) -> None:
    """Write articles and mentions, going through the readings once: each is taken apart anew when asked for."""

    def write(temporary: Path) -> None:
        with closing(RowGroups(temporary, MENTIONS)) as mentions:
            passing = _passing(readings, mentions, entity_of)
            stream_table(folder / "articles.parquet", ARTICLES, rows.article_rows(passing, copies, refused))

    write_whole(folder / "mentions.parquet", write)


def _passing(
    readings: Iterable[Reading], mentions: RowGroups, entity_of: dict[str, str]
) -> Iterator[Reading]:
    """Yield the readings, and write the mentions of each as it passes."""
    for reading in readings:
        mentions.add(rows.mention_rows([reading], entity_of))
        yield reading


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
