"""Files written whole or not at all."""

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from pipeline.errors import OutputError


def write_whole(path: Path, write: Callable[[Path], None]) -> None:
    """Write a file under a temporary name, flush it to disk, then give it its name.

    Raises:
        OutputError: The disk or the folder does not take it.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        write(temporary)
        with temporary.open("rb+") as file:
            os.fsync(file.fileno())
        temporary.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        with suppress(OSError):  # a disk that takes nothing more may not let a file go either
            temporary.unlink(missing_ok=True)
        raise OutputError(
            f"cannot write {path}: {error.strerror or error}; free space or choose another -o"
        ) from error


def write_json(path: Path, content: object) -> None:
    """Write an object as indented JSON in UTF-8, whole or not at all.

    Raises:
        OutputError: The disk or the folder does not take it.
    """
    write_text(path, json.dumps(content, ensure_ascii=False, indent=2, default=str) + "\n")


def write_text(path: Path, text: str) -> None:
    """Write a text in UTF-8, whole or not at all.

    Raises:
        OutputError: The disk or the folder does not take it.
    """
    content = text.encode("utf-8", "surrogatepass")
    write_whole(path, lambda temporary: _write_bytes(temporary, content))


def _write_bytes(path: Path, content: bytes) -> None:
    path.write_bytes(content)


def make_folder(folder: Path) -> None:
    """Make a folder and those above it, where missing.

    Raises:
        OutputError: The disk does not take it.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"cannot make the folder {folder}: {error.strerror or error}") from error


def sync_folder(folder: Path) -> None:
    """Flush a folder's list of names to disk, where the system lets one."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def lock_file(path: Path, refusal: str) -> Iterator[None]:
    """Hold a file's lock, which ends with the process whatever ends it.

    Raises:
        OutputError: Another process holds it; the message is `refusal`. Or the file cannot be made.
    """
    try:
        file = path.open("a+b")
    except OSError as error:
        raise OutputError(f"cannot write {path.parent}: {error.strerror or error}") from error
    with file:
        try:
            _lock(file)
        except OSError as error:
            raise OutputError(refusal) from error
        yield


def _lock(file: BinaryIO) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
