"""A disk that takes nothing more: one error that says so, whatever it refuses."""

import errno
import os
from pathlib import Path

import pytest

from pipeline.errors import OutputError
from pipeline.export.workspace import open_workspace
from pipeline.files import write_whole
from pipeline.ingest.spool import Spool


def _read_only(*args: object, **options: object) -> None:
    raise OSError(errno.EROFS, os.strerror(errno.EROFS))


def test_a_folder_that_turns_read_only_while_written_is_one_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "unlink", _read_only)
    monkeypatch.setattr(Path, "replace", _read_only)
    with pytest.raises(OutputError, match="cannot write .*a.json: Read-only"):
        write_whole(tmp_path / "a.json", lambda temporary: temporary.write_bytes(b"{}"))


@pytest.mark.parametrize("refused", ["shutil.copyfile", "pathlib.Path.unlink"])
def test_articles_that_cannot_be_laid_out_are_one_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refused: str
) -> None:
    with open_workspace(tmp_path / "out") as space:
        monkeypatch.setattr(refused, _read_only)
        with pytest.raises(OutputError, match="cannot write .*out: Read-only"):
            space.begin_documents(update=True)


def test_left_parts_that_cannot_be_removed_are_one_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".actors.parquet.1.part").touch()
    monkeypatch.setattr(Path, "unlink", _read_only)
    with pytest.raises(OutputError, match="Read-only"), open_workspace(tmp_path):
        pass


def test_a_file_of_articles_that_cannot_be_opened_is_one_error(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="cannot keep the articles"):
        Spool(tmp_path / "missing" / "documents.sqlite")
