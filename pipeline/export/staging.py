"""Several files of a dataset changed at once: a crash leaves all old, or all new after the next command."""

import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

from pipeline.export.files import write_whole

_PART, _READY = ".change.part", ".change"


def change_files(folder: Path, writers: Mapping[str, Callable[[Path], None]]) -> None:
    """Write new versions of files of a folder, then put all in place.

    The new files lie complete in a folder of their own before the first old one goes; from then on
    `finish_change` goes on with it, whenever it is called.

    Raises:
        OutputError: The disk does not take the new files; the old ones are untouched.
    """
    part, ready = folder / _PART, folder / _READY
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir()
    for name, write in writers.items():
        write_whole(part / name, write)
    part.rename(ready)
    _sync(folder)
    finish_change(folder)


def finish_change(folder: Path) -> None:
    """Put new files in place that a change had ready when it was interrupted; else nothing."""
    ready = folder / _READY
    if not ready.is_dir():
        return
    for path in sorted(ready.iterdir()):
        path.replace(folder / path.name)
    _sync(folder)
    ready.rmdir()


def _sync(folder: Path) -> None:
    """Make names in a folder durable, where the system can."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
