"""Reviewed knowledge in `data/tables/*.tsv`: the only code that knows where data lies.

A table starts with comment lines `# source: ...` and `# licence: ...`, then a header, then rows
separated by tabs: UTF-8, Unicode NFC, sorted by the whole row, no duplicate of the key (first column,
or the first two when the header's second column ends in `*`).
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipeline.errors import TableError

Row = dict[str, str]

_PACKAGED = Path(__file__).parent / "_data"
_SPACE_AT_EDGE = re.compile(r"(?m)^[^\S\t\n]|\t[^\S\t\n]|[^\S\t\n]\t|[^\S\t\n]$")
_STATE = re.compile(r"(?:state of |, )((?:19|20)\d\d(?:-\d\d-\d\d)?)\b")


def data_folder() -> Path:
    """Return the folder that holds `tables` and `model`: in the wheel, or beside the package."""
    return _PACKAGED if is_installed() else Path(__file__).parent.parent / "data"


def is_installed() -> bool:
    """Say whether tables and model came with an installed wheel, and are not a checkout's to be written."""
    return _PACKAGED.is_dir()


def table_path(name: str) -> Path:
    """Return where the table `name` (such as `roles`) lies."""
    return data_folder() / "tables" / f"{name}.tsv"


@cache
def load_table(name: str) -> tuple[Row, ...]:
    """Load one reviewed table by its name, such as `roles`; cached, so rows must not be changed.

    Raises:
        TableError: The file breaks the format; the message reads `path:line: reason`.
    """
    return tuple(read_table(table_path(name)))


def read_table(path: Path) -> list[Row]:
    """Read and check one table, a dict a row.

    Raises:
        TableError: The file breaks the format.
    """
    lines = path.read_text(encoding="utf-8").removesuffix("\n").split("\n")
    first = next((number for number, line in enumerate(lines) if not line.startswith("#")), len(lines))
    for needed in ("# source:", "# licence:"):
        if not any(line.startswith(needed) for line in lines[:first]):
            raise TableError(path, 1, f"lacks a line {needed!r}")
    if first == len(lines):
        raise TableError(path, first, "has no header")
    header = lines[first].split("\t")
    width = 2 if len(header) > 1 and header[1].endswith("*") else 1
    names = [column.removesuffix("*") for column in header]
    body = lines[first + 1 :]
    rows = [line.split("\t") for line in body]
    if _looks_clean(body, rows, width=width, columns=len(names)):
        return [dict(zip(names, cells, strict=True)) for cells in rows]
    _find_fault(path, body, first + 2, width=width, columns=len(names))
    raise TableError(path, first + 1, "breaks the format")


def _looks_clean(body: list[str], rows: list[list[str]], *, width: int, columns: int) -> bool:
    """Check the whole table at once: quick for the large ones."""
    return (
        all(len(cells) == columns for cells in rows)
        and len({tuple(cells[:width]) for cells in rows}) == len(rows)
        and all(before <= after for before, after in zip(body, body[1:], strict=False))
        and unicodedata.is_normalized("NFC", "\n".join(body))
        and not _SPACE_AT_EDGE.search("\n".join(body))
    )


def _find_fault(path: Path, body: list[str], first: int, *, width: int, columns: int) -> None:
    """Raise for the first row that breaks the format."""
    seen: set[tuple[str, ...]] = set()
    previous = ""
    for number, line in enumerate(body, first):
        cells = line.split("\t")
        _check_row(path, number, line, previous, columns)
        if (key := tuple(cells[:width])) in seen:
            raise TableError(path, number, f"duplicate of {' '.join(key)!r}")
        seen.add(key)
        previous = line


def _check_row(path: Path, number: int, line: str, previous: str, width: int) -> None:
    if line.count("\t") + 1 != width:
        raise TableError(path, number, f"has {line.count(chr(9)) + 1} cells, the header has {width}")
    if line != unicodedata.normalize("NFC", line):
        raise TableError(path, number, "is not in Unicode NFC")
    if any(cell != cell.strip() for cell in line.split("\t")):
        raise TableError(path, number, "a cell starts or ends with a space")
    if line < previous:
        raise TableError(path, number, f"is out of order: {line[:30]!r} stands after {previous[:30]!r}")


@dataclass(frozen=True, slots=True)
class TableInfo:
    """What a table's comment lines and size tell.

    Attributes:
        state: The day of which its register is, YYYY-MM-DD or YYYY; empty for what was compiled by hand.
    """

    name: str
    n_rows: int
    source: str
    state: str
    licence: str


def list_tables(folder: Path | None = None) -> list[TableInfo]:
    """Return what each table of a folder holds, sorted by name; None is the product's own folder.

    Raises:
        TableError: A table breaks the format.
    """
    return [describe_table(path) for path in sorted((folder or table_path("x").parent).glob("*.tsv"))]


def describe_table(path: Path) -> TableInfo:
    """Return what one table holds.

    Raises:
        TableError: The table breaks the format.
    """
    rows = read_table(path)
    notes: dict[str, str] = {}
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if not line.startswith("#"):
                break
            key, _, value = line[1:].strip().partition(": ")
            notes.setdefault(key, value)
    state = _STATE.search(notes["source"])
    return TableInfo(path.stem, len(rows), notes["source"], state[1] if state else "", notes["licence"])
