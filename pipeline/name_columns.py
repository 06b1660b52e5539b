"""The nominatives of a CSV's column, beside the column: what `civic-actors nominative --csv` does.

Nothing of the table is lost: a row that does not fit the header is written as it stands, and counted.
"""

import csv
import io
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import BinaryIO, TextIO

from pipeline.errors import ConfigError
from pipeline.files import write_whole
from pipeline.ingest.columns import fold_name, list_columns
from pipeline.ingest.delimited import find_encoding, find_separator
from pipeline.ingest.files import open_input
from pipeline.normalise import nominative
from pipeline.records import Label, Name

DETAILS = ("gender", "given_names", "surname", "titles", "rule", "score", "alternatives")

_LONGEST_CELL = 2**31 - 1
_EXCEL_HINT = "sep="


@dataclass(frozen=True, slots=True)
class ColumnSummary:
    """What became of a column.

    Attributes:
        encoding: How the input was read; the output is UTF-8, with a mark where the input had one.
        separator: Of input and output.
        n_rows: Rows below the header, blank lines left out.
        n_changed: Names whose nominative differs from the form.
        n_unsure: Names left as written, because no rule was sure.
        n_empty: Rows with nothing in the column.
        n_bad: Rows with more or fewer cells than the header; written as they stand.
    """

    encoding: str
    separator: str
    n_rows: int = 0
    n_changed: int = 0
    n_unsure: int = 0
    n_empty: int = 0
    n_bad: int = 0


def add_nominatives(
    source: Path | None,
    column: str,
    *,
    label: Label = "person",
    details: bool = False,
    out: Path | None = None,
) -> ColumnSummary:
    """Copy a CSV with the column `COLUMN_nominative` added after the others.

    Args:
        source: A CSV of any encoding, separated by commas, semicolons or tabs; None is standard input.
        column: Name of the column with the names; letter case and spaces around it do not matter.
        label: What the names are of.
        details: Add `COLUMN_gender`, `_given_names`, `_surname`, `_titles`, `_rule`, `_score` and
            `_alternatives` too.
        out: File to write, whole or not at all; None is standard output.

    Raises:
        ConfigError: There is no such column, or one to be added is there already.
        UnreadableInput: The input is empty, binary, or cannot be opened.
        OutputError: The output cannot be written.
    """
    with open_input(source) as raw, _rewindable(raw) as stream:
        if out is None:
            return _copy(stream, sys.stdout, column, label=label, details=details)
        summaries: list[ColumnSummary] = []

        def write(path: Path) -> None:
            with path.open("w", encoding="utf-8", newline="") as target:
                summaries.append(_copy(stream, target, column, label=label, details=details))

        write_whole(out, write)
        return summaries[0]


@contextmanager
def _rewindable(stream: BinaryIO) -> Iterator[BinaryIO]:
    """Give a stream that can be rewound: a pipe is kept on disk first."""
    if stream.seekable():
        yield stream
        return
    with tempfile.TemporaryFile() as copy:
        shutil.copyfileobj(stream, copy)
        copy.seek(0)
        yield copy


def _copy(stream: BinaryIO, target: TextIO, column: str, *, label: Label, details: bool) -> ColumnSummary:
    encoding = find_encoding(stream)
    csv.field_size_limit(max(csv.field_size_limit(), _LONGEST_CELL))
    text = io.TextIOWrapper(stream, encoding=encoding, errors="replace", newline="")
    try:
        first = text.readline().lstrip("\ufeff")
        hint, header_line = (first, text.readline()) if _is_excel_hint(first) else ("", first)
        separator = find_separator(header_line, frozenset({fold_name(column)}))
        rows = csv.reader(chain([header_line], text), delimiter=separator)
        header = next(rows, [])
        job = _Job(_find_column(header, column, details=details), len(header), label, details)
        target.write(("\ufeff" if encoding.endswith("-sig") else "") + hint)
        end = "\r\n" if header_line.endswith("\r\n") else "\n"
        write = _writer(target, separator, end)
        write([*header, *_added(header[job.place], details=details)])
        counts = _copy_rows(rows, write, job)
    finally:
        text.detach()
    numbers = {f"n_{outcome}": counts[outcome] for outcome in ("rows", "changed", "unsure", "empty", "bad")}
    return ColumnSummary(encoding, separator, **numbers)


def _is_excel_hint(line: str) -> bool:
    return line.lower().startswith(_EXCEL_HINT) and len(line.rstrip("\r\n")) == len(_EXCEL_HINT) + 1


def _writer(target: TextIO, separator: str, end: str) -> Callable[[Sequence[str]], object]:
    plain = csv.writer(target, delimiter=separator, lineterminator=end)
    # Before Python 3.13 a lone carriage return in a cell is not quoted where lines end otherwise.
    quoted = csv.writer(target, delimiter=separator, lineterminator=end, quoting=csv.QUOTE_ALL)
    return lambda cells: (quoted if any("\r" in cell for cell in cells) else plain).writerow(cells)


@dataclass(frozen=True, slots=True)
class _Job:
    place: int
    width: int
    label: Label
    details: bool


def _copy_rows(rows: Iterable[list[str]], write: Callable[[list[str]], object], job: _Job) -> Counter[str]:
    counts: Counter[str] = Counter()
    for cells in filter(None, rows):
        added, outcomes = _answer(cells, job)
        write([*cells, *added])
        counts.update(("rows", *outcomes))
    return counts


def _answer(cells: Sequence[str], job: _Job) -> tuple[list[str], tuple[str, ...]]:
    """Return the cells to add to a row, and what it counts as."""
    if len(cells) != job.width:
        return [], ("bad",)
    form = cells[job.place].strip()
    if not form:
        return [""] * (1 + job.details * len(DETAILS)), ("empty",)
    name = nominative(form, label=job.label)
    outcomes = {"changed": name.nominative != form, "unsure": name.rule == "unchanged"}
    return _cells(name, details=job.details), tuple(outcome for outcome, is_so in outcomes.items() if is_so)


def _find_column(header: Sequence[str], column: str, *, details: bool) -> int:
    folded = [fold_name(cell) for cell in header]
    if fold_name(column) not in folded:
        raise ConfigError(f"no column {column!r}; the columns are {list_columns(header)}")
    place = folded.index(fold_name(column))
    taken = [name for name in _added(header[place], details=details) if fold_name(name) in folded]
    if taken:
        raise ConfigError(f"the table already has {', '.join(taken)}; rename or drop it first")
    return place


def _added(column: str, *, details: bool) -> list[str]:
    return [f"{column.strip()}_{part}" for part in ("nominative", *(DETAILS if details else ()))]


def _cells(name: Name, *, details: bool) -> list[str]:
    if not details:
        return [name.nominative]
    return [
        name.nominative,
        name.gender or "",
        name.given_names,
        name.surname,
        " ".join(name.titles),
        name.rule,
        f"{name.score:.2f}",
        "; ".join(name.alternatives),
    ]
