"""Opening and reading files that may be anything: special files refused, sizes bounded, nothing waits."""

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import BinaryIO

from pipeline.errors import UnreadableInput

_KINDS = (
    (stat.S_ISFIFO, "a FIFO"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
    (stat.S_ISDIR, "a folder"),
)


def open_regular(path: Path) -> BinaryIO:
    """Open a regular file for reading.

    Raises:
        UnreadableInput: It is gone, may not be read, or is a pipe, device, socket or folder.
    """
    # O_NONBLOCK: a pipe put in the file's place after it was listed must not hold up the batch.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        descriptor = os.open(path, flags)
    except (OSError, ValueError) as error:
        raise UnreadableInput(read_failure(error)) from error
    mode = os.fstat(descriptor).st_mode
    if not stat.S_ISREG(mode):
        os.close(descriptor)
        raise UnreadableInput(f"{kind_of(mode)}, not a file")
    return os.fdopen(descriptor, "rb")


def open_input(path: Path | None) -> AbstractContextManager[BinaryIO]:
    """Open a regular file, or standard input for None; leaving the context does not close standard input."""
    if path is not None:
        return open_regular(path)
    if sys.stdin is None:
        raise UnreadableInput("there is no standard input")
    return nullcontext(sys.stdin.buffer)


def kind_of(mode: int) -> str:
    """Return what a file that is no regular one is."""
    return next((kind for is_kind, kind in _KINDS if is_kind(mode)), "a special file")


def read_failure(error: OSError | ValueError) -> str:
    """Return why a file could not be read, in one line without its path."""
    if isinstance(error, OSError) and error.strerror:
        return f"cannot read: {error.strerror}"
    return f"cannot read: {error}"


def read_bounded(stream: BinaryIO, *, max_bytes: int) -> bytes:
    """Return all bytes that are left.

    Raises:
        UnreadableInput: There are more than `max_bytes`.
    """
    data = stream.read(max_bytes + 1)
    if len(data) > max_bytes:
        raise UnreadableInput(f"larger than {max_bytes:,} bytes; raise max_bytes")
    return data


def read_lines(stream: BinaryIO, *, max_bytes: int) -> Iterator[bytes | None]:
    """Yield each line without its end; None for a line longer than `max_bytes`."""
    while line := stream.readline(max_bytes + 1):
        if len(line) <= max_bytes or line.endswith(b"\n"):
            yield line.rstrip(b"\r\n")
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(1 << 20)
        yield None
