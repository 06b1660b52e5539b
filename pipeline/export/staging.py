"""Several files of a dataset changed at once: a crash leaves all old, or all new after the next command."""

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

from pipeline.files import sync_folder, write_whole

_PART, _READY = ".change.part", ".change"


def change_files(folder: Path, writers: Mapping[str, Callable[[Path], None]]) -> None:
    """Write new versions of files of a folder, then put all in place.

    The new files lie complete in a folder of their own before the first old one goes; from then on
    `finish_change` goes on with it, whenever it is called.

    Raises:
        OutputError: The disk does not take the new files; the old ones are untouched.
    """
    part = folder / _PART
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir()
    for name, write in writers.items():
        write_whole(part / name, write)
    put_in_place(part, folder)


def put_in_place(new: Path, folder: Path) -> None:
    """Let the files of the folder `new`, which are all there, take the place of those in `folder`."""
    new.rename(folder / _READY)
    sync_folder(folder)
    finish_change(folder)


def finish_change(folder: Path) -> None:
    """Put new files in place that a change had ready when it was interrupted; else nothing."""
    ready = folder / _READY
    if not ready.is_dir():
        return
    for path in sorted(ready.iterdir()):
        path.replace(folder / path.name)
    sync_folder(folder)
    ready.rmdir()
