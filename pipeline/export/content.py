"""What an export writes: the dataset's tables as rows, private people left out, every cell writable."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from pipeline.export.dataset import Dataset
from pipeline.export.public import public_only
from pipeline.export.rows import Row
from pipeline.guards import xml_text
from pipeline.schema import TABLES, Table


@dataclass(frozen=True, slots=True)
class Content:
    """The rows of each table, sorted as in the dataset; `model` is the hash of the model that made them."""

    tables: Mapping[str, tuple[Row, ...]]
    model: str = ""

    def __getitem__(self, table: str) -> tuple[Row, ...]:
        """Return the rows of one table."""
        return self.tables[table]

    def index(self, table: str, key: str) -> dict[str, Row]:
        """Return the rows of one table by one of its columns."""
        return {row[key]: row for row in self.tables[table]}


@dataclass(frozen=True, slots=True)
class Written:
    """What an export wrote: its files, and the things that did not fit, told in sentences."""

    files: tuple[Path, ...]
    notes: tuple[str, ...] = ()


def read_content(dataset: Dataset, *, all_people: bool = False) -> Content:
    """Return the rows of a dataset; people with `is_public` false only when asked for."""
    chosen = dataset if all_people else public_only(dataset)
    tables = {table.name: tuple(_read_rows(chosen, table)) for table in TABLES}
    return make_content(tables, model=str(dataset.manifest.get("model", "")))


def make_content(tables: Mapping[str, tuple[Row, ...]], *, model: str = "") -> Content:
    """Return rows with what no format can hold (control characters, lone surrogates) as U+FFFD.

    One for one, so that offsets stay.
    """
    return Content(
        {
            name: tuple({column: writable(value) for column, value in row.items()} for row in rows)
            for name, rows in tables.items()
        },
        model,
    )


def writable(value: object) -> object:
    r"""Return a cell without characters that cannot be written, the same length as before.

    >>> writable("a\x00b")
    'a\ufffdb'
    """
    if isinstance(value, str):
        return xml_text(value)
    if isinstance(value, list):
        return [writable(part) for part in value]
    return value


def _read_rows(dataset: Dataset, table: Table) -> list[Row]:
    frame = getattr(dataset, table.name)
    rows: list[Row] = pa.Table.from_pandas(
        frame, schema=table.arrow_schema(), preserve_index=False
    ).to_pylist()
    return rows
