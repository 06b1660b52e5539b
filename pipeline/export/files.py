"""Files written whole or not at all."""

import os
from collections.abc import Callable
from pathlib import Path

from pipeline.errors import OutputError


def write_whole(path: Path, write: Callable[[Path], None]) -> None:
    """Write a file under a temporary name, flush it to disk, then give it its name.

    Raises:
        OutputError: The disk or the folder does not take it.
    """
    temporary = path.with_name(f".{path.name}.part")
    try:
        write(temporary)
        with temporary.open("rb+") as file:
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise OutputError(
            f"cannot write {path}: {error.strerror or error}; free space or choose another -o"
        ) from error
