"""Whether the files of an input are those of an earlier start: then its articles need not be read again."""

import hashlib
import time
from collections.abc import Iterable
from pathlib import Path

from pipeline.ingest.inputs import Found, InputFile

# A file written to twice within one tick of the disk's clock shows one time; some disks tick every two seconds.
_TICK_NS = 2_000_000_000


def hash_listing(found: Iterable[Found], *, copies: Path | None = None) -> str | None:
    """Return one hash of the names, sizes and times of all files, in hex.

    Args:
        found: From `list_inputs`, taken before any of the files is read.
        copies: Folder of files that nobody else writes to: they may be as new as they are.

    Returns:
        None where a hash would prove nothing: standard input, a file that is gone, or one that was written to in the
        last two seconds, and could be written to again unnoticed.
    """
    newest = time.time_ns() - _TICK_NS
    whole = hashlib.sha256()
    for one in found:
        whole.update(repr(one).encode("utf-8", "surrogatepass"))
        if isinstance(one, InputFile):
            seen = _look_at(one)
            if seen is None or (max(seen[2:]) > newest and not _is_below(one.path, copies)):
                return None
            whole.update(repr(seen).encode())
    return whole.hexdigest()


def _is_below(path: Path | None, folder: Path | None) -> bool:
    return path is not None and folder is not None and path.is_relative_to(folder)


def _look_at(file: InputFile) -> tuple[int, int, int, int] | None:
    """Return a file's number, size, time of change and time of its last change of any kind, which nothing can set."""
    if file.path is None:
        return None
    try:
        status = file.path.stat()
    except OSError:
        return None
    return status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns
