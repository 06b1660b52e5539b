"""Files written whole or not at all."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

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


def write_text(path: Path, text: str) -> None:
    """Write a text as UTF-8, its line ends as they are, whole or not at all."""
    write_whole(path, lambda temporary: _write_bytes(temporary, text.encode("utf-8")))


def write_json(path: Path, content: Any) -> None:
    """Write JSON for people and programs: indented, letters as letters."""
    write_text(path, json.dumps(content, ensure_ascii=False, indent=2, default=str) + "\n")


def _write_bytes(path: Path, content: bytes) -> None:
    path.write_bytes(content)
