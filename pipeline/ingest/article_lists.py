"""Article lists: a CSV with a column `path`, and any of url, title, published, municipality_teryt."""

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from pipeline.addresses import scheme_of
from pipeline.errors import UnreadableInput
from pipeline.ingest.columns import DEFAULT_COLUMNS, find_columns, fold_name, known_names
from pipeline.ingest.delimited import Delimited, Record, open_delimited
from pipeline.ingest.files import open_regular, read_failure
from pipeline.ingest.inputs import (
    Found,
    Given,
    InputFile,
    fetch_address,
    locate_file,
    make_reject,
    unique_files,
)
from pipeline.ingest.limits import Limits
from pipeline.ingest.mirror import Mirror
from pipeline.records import Reject

_PATH = "path"
_ONE_ARTICLE = ("txt", "md", "html")


def expand_lists(
    found: Iterable[Found], *, columns: Mapping[str, str], limits: Limits, mirror: Mirror | None = None
) -> list[Found]:
    """Return the inputs with each article list replaced by the files it names.

    Paths in a list are relative to the folder of the list. A CSV that has a column of text is a table, not
    a list, whatever else it has.
    """
    expanded: list[Found] = []
    for one in found:
        if isinstance(one, InputFile) and one.format == "csv" and one.path is not None:
            expanded += _expand_list(one, one.path, columns, limits, mirror)
        else:
            expanded.append(one)
    return unique_files(expanded)


def _expand_list(
    one: InputFile, path: Path, columns: Mapping[str, str], limits: Limits, mirror: Mirror | None
) -> Iterator[Found]:
    known = known_names(columns) | {_PATH}
    try:
        with (
            open_regular(path) as stream,
            open_delimited(stream, known=known, max_bytes=limits.max_bytes) as table,
        ):
            if not _is_list(table, columns):
                yield one
                return
            for record in table.records:
                yield _find_listed(one.source, path.parent, record, mirror)
    except UnreadableInput as error:
        yield make_reject(one.source, str(error))
    except OSError as error:
        yield make_reject(one.source, read_failure(error))


def _is_list(table: Delimited, columns: Mapping[str, str]) -> bool:
    if _PATH not in map(fold_name, table.header):
        return False
    try:
        find_columns(table.header, columns)
    except UnreadableInput:
        return True
    return False


def _find_listed(source: str, folder: Path, record: Record, mirror: Mirror | None) -> InputFile | Reject:
    row = f"{source}#{record.number}"
    cells = {fold_name(name): cell.strip() for name, cell in record.cells.items()}
    if record.problem:
        return make_reject(row, record.problem)
    name = cells.get(_PATH, "")
    if not name:
        return make_reject(row, "no path")
    path = _find_path(name, folder, mirror)
    if isinstance(path, Reject):
        return make_reject(row, path.reason)
    given = Given(**{field: _first_cell(cells, field) for field in DEFAULT_COLUMNS if field != "text"})
    located = locate_file(path, given=given)
    if isinstance(located, Reject):
        return make_reject(row, f"{name}: {located.reason}")
    if located.format not in _ONE_ARTICLE:
        return make_reject(row, f"{name}: a list names single articles; give a table on its own")
    return located


def _find_path(name: str, folder: Path, mirror: Mirror | None) -> Path | Reject:
    """Return where a listed file is; a list that lies elsewhere names files that do."""
    path = Path(os.path.normpath(folder / name))
    if scheme_of(name):
        address = name
    elif mirror is not None and mirror.address_of(folder) is not None:
        address = mirror.address_of(path) or ""
    else:
        return path
    found = list(fetch_address(address, mirror)) if address else []
    return found[0] if len(found) == 1 else make_reject(name, "not one file beside the list")


def _first_cell(cells: Mapping[str, str], field: str) -> str | None:
    return next((cells[name] for name in DEFAULT_COLUMNS[field] if cells.get(name)), None)
