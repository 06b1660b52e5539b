"""One dataset in, files of another format out: the library's `pipeline.export`."""

from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from pipeline.errors import OutputError
from pipeline.export.content import Content, Written, read_content
from pipeline.export.dataset import Dataset, load_dataset
from pipeline.export.manifest import FILE_NAME

FORMATS = {
    "csv": "tables as CSV for spreadsheets",
    "docbin": "spaCy training data",
    "duckdb": "a DuckDB file",
    "ftm": "FollowTheMoney entities for Aleph",
    "gexf": "a graph for Gephi",
    "graphml": "a graph for other tools",
    "jsonl": "tables as JSON lines",
    "labelstudio": "tasks to correct in Label Studio",
    "popolo": "Popolo JSON",
    "sqlite": "a SQLite file for Datasette",
    "xlsx": "one Excel workbook",
}
DELTA = "delta"


class Format(Protocol):
    """A module of one format."""

    def write(self, content: Content, folder: Path) -> Written:
        """Write the content below a folder that exists."""


def export_dataset(
    dataset: Dataset | str | Path,
    *,
    to: str,
    out: str | Path,
    all_people: bool = False,
    since: Dataset | str | Path | None = None,
) -> Written:
    """Write a dataset in another format.

    Args:
        dataset: A dataset, or its folder.
        to: csv, docbin, duckdb, ftm, gexf, graphml, jsonl, labelstudio, popolo, sqlite, xlsx, or delta.
        out: Folder for the files; made when missing. Files of the same names are replaced, each whole.
        all_people: Also people with `is_public` false; otherwise they are left out, their names masked.
        since: For delta alone: the earlier dataset to compare with.

    Returns:
        The files, and notes of what did not fit.

    Raises:
        OutputError: The format is unknown, or the folder cannot take the files.
        CivicActorsError: The format needs an extra that is not installed.
    """
    new, folder = _open(dataset), Path(out)
    _check_call(to, since)
    _prepare(folder)
    content = read_content(new, all_people=all_people)
    if since is not None:
        from pipeline.export.delta import hide_private, write_delta

        old = read_content(hide_private(_open(since), new), all_people=all_people)
        return write_delta(old, content, folder)
    module = cast(Format, import_module(f"pipeline.export.to_{to}"))
    return module.write(content, folder)


def _open(dataset: Dataset | str | Path) -> Dataset:
    return dataset if isinstance(dataset, Dataset) else load_dataset(dataset)


def _check_call(to: str, since: object) -> None:
    if to not in FORMATS and to != DELTA:
        raise OutputError(f"no format {to!r}; choose one of {', '.join([*FORMATS, DELTA])}")
    if to == DELTA and since is None:
        raise OutputError("delta compares two datasets; name the earlier one with --since OLD")
    if to != DELTA and since is not None:
        raise OutputError(f"--since goes with --to delta alone, not with --to {to}")


def _prepare(folder: Path) -> None:
    if (folder / FILE_NAME).exists():
        raise OutputError(f"{folder} is a dataset's own folder; choose another -o")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"cannot make the folder {folder}: {error.strerror or error}") from error
