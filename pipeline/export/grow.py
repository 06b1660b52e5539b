"""Write the articles and mentions of a dataset that grows: rows of articles that are as they were are taken over."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline.export.rows import Row
from pipeline.files import write_whole
from pipeline.schema import Table

_BATCH = 20_000


@dataclass(frozen=True, slots=True)
class Older:
    """The dataset that grows, and the ids of its articles that are as they were."""

    folder: Path
    kept: frozenset[str]


def grow_table(
    path: Path,
    table: Table,
    older: Older,
    fresh: Iterable[Row],
    *,
    row_group: int,
    entity_of: Mapping[str, str] | None = None,
) -> None:
    """Write a table sorted by article: rows of kept articles from the older dataset, all others fresh.

    Args:
        path: Of the new file.
        table: Which; it has a column article_id.
        older: Where the kept rows are.
        fresh: Rows of all other articles, sorted by article_id.
        row_group: Rows of a group of the file.
        entity_of: What each mention is, put anew in kept rows.
    """
    schema = table.arrow_schema()
    old = _kept_rows(older.folder / f"{table.name}.parquet", older.kept, schema, entity_of)

    def write(temporary: Path) -> None:
        with pq.ParquetWriter(temporary, schema, compression="zstd") as writer:
            for group in regroup(_merge(old, fresh, schema), row_group):
                writer.write_table(group)

    write_whole(path, write)


def _kept_rows(
    path: Path, kept: frozenset[str], schema: pa.Schema, entity_of: Mapping[str, str] | None
) -> Iterator[pa.Table]:
    wanted = pa.array(sorted(kept), pa.string())
    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(_BATCH):
            rows = pa.Table.from_batches([batch])
            rows = rows.filter(pc.is_in(rows["article_id"], wanted)).cast(schema)
            if entity_of is not None:
                ids = [entity_of.get(mention) for mention in rows["mention_id"].to_pylist()]
                number = schema.get_field_index("entity_id")
                rows = rows.set_column(number, schema.field(number), pa.array(ids, pa.string()))
            yield rows


def _merge(old: Iterable[pa.Table], fresh: Iterable[Row], schema: pa.Schema) -> Iterator[pa.Table]:
    """Yield the rows of both by article; no article is in both."""
    waiting = _Waiting(fresh)
    for rows in old:
        if rows.num_rows:
            last = rows["article_id"][-1].as_py()
            yield _sorted(rows, list(waiting.up_to(last)), schema)
    while rest := list(waiting.next_rows(_BATCH)):
        yield pa.Table.from_pylist(rest, schema=schema)


class _Waiting:
    """Rows in their order, taken a few at a time."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._rows = iter(rows)
        self._held: list[Row] = []

    def up_to(self, article_id: str) -> Iterator[Row]:
        """Yield the rows of articles up to an id."""
        for row in self.next_rows():
            if row["article_id"] > article_id:
                self._held.append(row)
                return
            yield row

    def next_rows(self, most: int | None = None) -> Iterator[Row]:
        """Yield the next rows."""
        taken = 0
        while most is None or taken < most:
            row = self._held.pop() if self._held else next(self._rows, None)
            if row is None:
                return
            taken += 1
            yield row


def _sorted(old: pa.Table, fresh: list[Row], schema: pa.Schema) -> pa.Table:
    if not fresh:
        return old
    rows = pa.concat_tables([old, pa.Table.from_pylist(fresh, schema=schema)])
    ids = rows["article_id"].to_pylist()
    return rows.take(pa.array(sorted(range(len(ids)), key=ids.__getitem__), pa.int64()))


def regroup(tables: Iterable[pa.Table], size: int) -> Iterator[pa.Table]:
    """Yield the same rows in tables of `size` rows, the last one shorter, each in one piece."""
    held: pa.Table | None = None
    for table in tables:
        held = table if held is None else pa.concat_tables([held, table])
        while held.num_rows >= size:
            yield held.slice(0, size).combine_chunks()
            held = held.slice(size)
    if held is not None and held.num_rows:
        yield held.combine_chunks()
