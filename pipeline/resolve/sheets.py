"""CSV sheets that a person fills in: written so that no cell is taken for a formula, read back as written."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from pipeline.errors import CivicActorsError
from pipeline.guards import bare_cell, spreadsheet_cell


def write_sheet(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> int:
    """Write rows as CSV with a byte order mark, so that spreadsheets read it as UTF-8; return their number.

    Raises:
        CivicActorsError: The file cannot be written.
    """
    count = 0
    try:
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(columns)
            for row in rows:
                writer.writerow([_cell(row.get(column)) for column in columns])
                count += 1
    except OSError as error:
        raise CivicActorsError(f"cannot write {path}: {error.strerror}") from error
    return count


def read_sheet(path: Path, needed: Iterable[str]) -> list[dict[str, str]]:
    """Read a sheet back, whether commas or semicolons part its cells.

    Raises:
        CivicActorsError: The file cannot be read, is no UTF-8, or lacks a column.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CivicActorsError(f"cannot read {path}: {error}; save it as CSV in UTF-8") from error
    head = text.split("\n", 1)[0]
    separator = max(",;\t", key=head.count)
    rows = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=separator))
    there = set(rows[0]) if rows else set(head.strip().split(separator))
    if missing := [column for column in needed if column not in there]:
        raise CivicActorsError(f"{path} lacks the column {missing[0]}; fill in the sheet that was written")
    return [{name: bare_cell(cell or "").strip() for name, cell in row.items() if name} for row in rows]


def _cell(value: object) -> object:
    """Return what the sheet shows: nothing for what is missing, no formula."""
    return "" if value is None or value != value else spreadsheet_cell(value)
