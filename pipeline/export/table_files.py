"""Tables as Parquet files, sorted by their key, a group of rows at a time."""

from collections.abc import Callable, Iterable
from contextlib import closing
from operator import attrgetter
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.export.rows import Row
from pipeline.files import write_whole
from pipeline.schema import Table

ROW_GROUP = 20_000


def write_table(path: Path, table: Table, records: Iterable[Row]) -> None:
    """Write rows as Parquet in the schema's order of columns, sorted by the table's key."""
    ordered = sorted(
        records, key=lambda row: tuple((row[column] is not None, row[column]) for column in table.key)
    )
    stream_table(path, table, ordered)


def write_records(path: Path, table: Table, records: Iterable[Any]) -> None:
    """Write records whose fields are the columns, to the bytes that `write_table` writes of their rows."""
    schema, values_of = table.arrow_schema(), attrgetter(*(column.name for column in table.columns))
    ordered = sorted(records, key=_order_of(table))

    def write(temporary: Path) -> None:
        with pq.ParquetWriter(temporary, schema, compression="zstd") as writer:
            for start in range(0, len(ordered), ROW_GROUP):
                columns = zip(*map(values_of, ordered[start : start + ROW_GROUP]), strict=True)
                arrays = [pa.array(values, kind) for values, kind in zip(columns, schema.types, strict=True)]
                writer.write_table(pa.Table.from_arrays(arrays, schema=schema))

    write_whole(path, write)


def _order_of(table: Table) -> Callable[[Any], Any]:
    """Return what records are sorted by: their key, in which nothing comes before any text."""
    key_of = attrgetter(*table.key)
    if len(table.key) == 1:
        return key_of  # an id, which no record lacks
    return lambda record: tuple([(value is not None, value) for value in key_of(record)])


def stream_table(path: Path, table: Table, records: Iterable[Row]) -> None:
    """Write rows as Parquet in the order they come; only one group of them is held."""

    def write(temporary: Path) -> None:
        with closing(RowGroups(temporary, table)) as groups:
            groups.add(records)

    write_whole(path, write)


class RowGroups:
    """Rows on their way to a Parquet file; only one group of them is held."""

    def __init__(self, path: Path, table: Table) -> None:
        self._schema = table.arrow_schema()
        self._writer = pq.ParquetWriter(path, self._schema, compression="zstd")
        self._rows: list[Row] = []

    def add(self, records: Iterable[Row]) -> None:
        """Take rows; write each group that is full."""
        for row in records:
            self._rows.append(row)
            if len(self._rows) == ROW_GROUP:
                self._write()

    def close(self) -> None:
        """Write what is left."""
        if self._rows:
            self._write()
        self._writer.close()

    def _write(self) -> None:
        group, self._rows = self._rows, []
        self._writer.write_table(pa.Table.from_pylist(group, schema=self._schema))
