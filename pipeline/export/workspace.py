"""The folder of a dataset while a run works in it: one run at a time, and tables that appear all at once.

`OUT/.work` holds what a rerun goes on from: the articles (`documents.sqlite`) and the files that they came from
(`ingested.json`), what was read (`readings/`), and what both were made with (`made_with.json`). New tables are
written to `OUT/.work/new`; once the last of them is whole they replace the old ones.
"""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import OutputError
from pipeline.export.manifest import FILE_NAME, find_differences, read_manifest
from pipeline.export.staging import finish_change, put_in_place
from pipeline.files import lock_file, make_folder, write_json

_WORK = ".work"
_OWN = frozenset({"datapackage.json", "run.json", "judgements.jsonl", "erased.jsonl"})


@dataclass(frozen=True, slots=True)
class Workspace:
    """Where a run keeps what it has done.

    Attributes:
        out: The dataset's folder.
    """

    out: Path

    @property
    def work(self) -> Path:
        """The hidden folder of unfinished work."""
        return self.out / _WORK

    @property
    def documents(self) -> Path:
        """The articles of the dataset, as SQLite."""
        return self.work / "documents.sqlite"

    @property
    def new_documents(self) -> Path:
        """The articles of the run that is under way."""
        return self.work / "documents.new.sqlite"

    @property
    def ingested(self) -> Path:
        """What else the input held, and how its files were when the articles were laid out."""
        return self.work / "ingested.json"

    @property
    def inputs(self) -> Path:
        """Copies of articles that lie on other file systems, while a run needs them."""
        return self.work / "inputs"

    @property
    def readings(self) -> Path:
        """The folder of chunk files."""
        return self.work / "readings"

    @property
    def resolved(self) -> Path:
        """The folder of what the next resolution goes on from."""
        return self.work / "resolved"

    @property
    def new_tables(self) -> Path:
        """The folder of tables that are not yet the dataset's."""
        return self.work / "new"

    def begin_documents(self, *, update: bool) -> None:
        """Let the articles start anew, or from those of the dataset that grows.

        Raises:
            OutputError: The disk does not take it.
        """
        try:
            self.ingested.unlink(missing_ok=True)
            self.new_documents.unlink(missing_ok=True)
            if update:
                shutil.copyfile(self.documents, self.new_documents)
        except OSError as error:
            raise _refused(self.out, error) from error

    def check_made_with(self, parts: dict[str, Any]) -> None:
        """Refuse to go on with what was read otherwise; remember what it is read with now.

        Raises:
            OutputError: The folder was begun with other parts, which the message names.
        """
        path = self.work / "made_with.json"
        before = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else parts
        refuse_differences(self.out, before, parts)
        write_json(path, parts)

    def forget(self) -> None:
        """Delete the articles and what was read in them: they tell of people that the tables leave out."""
        self.documents.unlink(missing_ok=True)
        self.ingested.unlink(missing_ok=True)
        shutil.rmtree(self.readings, ignore_errors=True)
        shutil.rmtree(self.resolved, ignore_errors=True)

    def publish(self) -> None:
        """Let the new tables take the place of the old ones, once the last of them is whole."""
        try:
            if (self.new_tables / FILE_NAME).is_file():
                if self.new_documents.is_file():
                    self.new_documents.replace(self.documents)
                put_in_place(self.new_tables, self.out)
            shutil.rmtree(self.new_tables, ignore_errors=True)
            finish_change(self.out)
        except OSError as error:
            raise _refused(self.out, error) from error


@contextmanager
def open_workspace(out: Path) -> Iterator[Workspace]:
    """Make the folder ready for one run, and keep others out until it ends.

    Raises:
        OutputError: The folder holds other files, cannot be written, or another run is at work in it.
    """
    space = Workspace(out)
    _check_foreign(out)
    make_folder(space.readings)
    with lock_file(space.work / "lock", f"another run is at work in {out}; wait for it or choose another -o"):
        _drop_parts(out, space.work)
        space.publish()
        yield space


def is_finished(out: Path, manifest: dict[str, Any]) -> bool:
    """Say whether the folder already holds this very dataset.

    Raises:
        OutputError: It holds another one; the message names what differs.
    """
    found = read_manifest(out)
    if found is None or (_is_empty(found) and find_differences(found, manifest)):
        return False
    refuse_differences(out, found, manifest)
    return True


def _is_empty(found: dict[str, Any]) -> bool:
    """Say whether a dataset has no article, as after a mistyped name: another run may take its place."""
    summary = found.get("summary", {})
    return not summary.get("n_articles", 1) and not summary.get("n_duplicates", 1)


def refuse_differences(out: Path, found: dict[str, Any], wanted: dict[str, Any]) -> None:
    """Raise where two descriptions of a run differ.

    Raises:
        OutputError: They do; the message names the parts.
    """
    if differences := find_differences(found, wanted):
        raise OutputError(
            f"{out} holds a dataset of other {' and '.join(differences)}; choose another -o or remove the folder"
        )


def _drop_parts(out: Path, work: Path) -> None:
    """Remove what a stopped run left half written."""
    try:
        for part in (*out.glob(".*.part"), *work.rglob(".*.part")):
            part.unlink(missing_ok=True)
    except OSError as error:
        raise _refused(out, error) from error


def _refused(out: Path, error: OSError) -> OutputError:
    return OutputError(f"cannot write {out}: {error.strerror or error}; free space or choose another -o")


def _check_foreign(out: Path) -> None:
    if not out.exists() or read_manifest(out) is not None:
        return
    if not out.is_dir():
        raise OutputError(f"{out} is a file; choose an empty or new folder for -o")
    if any(is_foreign(path) for path in out.iterdir()):
        raise OutputError(f"{out} holds other files; choose an empty or new folder for -o")


def is_foreign(path: Path) -> bool:
    """Say whether a file or folder of this name is none that a run leaves, while there is no manifest."""
    return not path.name.startswith(".") and path.suffix != ".parquet" and path.name not in _OWN
