"""CSV sheets that a person fills in: written so that no cell is taken for a formula, read back as written."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from pipeline.errors import CivicActorsError

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_GUARD = "'"


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
                writer.writerow([guard_cell(row.get(column)) for column in columns])
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
    rows = list(csv.DictReader(text.splitlines(keepends=True), delimiter=separator))
    there = set(rows[0]) if rows else set(head.strip().split(separator))
    if missing := [column for column in needed if column not in there]:
        raise CivicActorsError(f"{path} lacks the column {missing[0]}; fill in the sheet that was written")
    return [{name: _bare_cell(cell) for name, cell in row.items() if name} for row in rows]


def guard_cell(value: object) -> str:
    """Return a cell's text; an apostrophe keeps a spreadsheet from running it as a formula.

    >>> guard_cell("=1+1")
    "'=1+1"
    """
    text = "" if value is None or value != value else str(value)
    return _GUARD + text if text.startswith((*_FORMULA, _GUARD)) else text


def _bare_cell(cell: str | None) -> str:
    text = cell or ""
    is_guarded = text.startswith(_GUARD) and text[1:].startswith((*_FORMULA, _GUARD))
    return text.removeprefix(_GUARD if is_guarded else "").strip()
