"""Input that lies on another file system, copied to this machine before it is read.

Copies lie as the files do: `hdfs://name:8020/a/b.txt` is `FOLDER/hdfs/name:8020/a/b.txt`, so that a path in an
article list finds its file. A copy of the same size and time is not made again.
"""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from pipeline.engines.hadoop import HadoopFiles, RemoteError, RemoteFile
from pipeline.ingest.inputs import is_read, make_reject
from pipeline.records import Reject

_ADDRESS = re.compile(r"([a-z][a-z0-9+.-]*):(?://([^/]*))?(/.*)?", re.I | re.S)
_NO_AUTHORITY = "-"


class HadoopMirror:
    """Copies of what lies on the file systems that Spark knows; as `pipeline.ingest.mirror.Mirror` says."""

    def __init__(self, folder: Path, files: Callable[[], HadoopFiles]) -> None:
        """Copy nothing yet; `files` is first called when an address is asked for."""
        self.folder = folder.absolute()
        self._files = files
        self._copied = re.compile(re.escape(f"{self.folder}{os.sep}") + r"([^/\s]+)/([^/\s]+)")

    def fetch(self, address: str) -> Iterator[Path | Reject]:
        """Copy what an address names; yield the files and folders, and what cannot be copied."""
        try:
            found = self._files().match(address)
        except RemoteError as error:
            yield make_reject(address, f"cannot be reached: {error}")
            return
        if not found:
            yield make_reject(address, "no such file or folder, and no file matches it as a pattern")
        for one in found:
            if one.is_folder:
                yield from self._fetch_folder(one)
            else:
                yield self._fetch_file(one, is_named=True)

    def address_of(self, path: Path) -> str | None:
        """Return the address whose copy is, or would be, at this path; None for any other path."""
        found = self._copied.match(os.path.normpath(path))
        return self.named(os.path.normpath(path)) if found else None

    def named(self, text: str) -> str:
        """Return a text with paths of copies put back as the addresses that they stand for."""
        return self._copied.sub(
            lambda found: f"{found[1]}://{'' if found[2] == _NO_AUTHORITY else found[2]}", text
        )

    def clear(self) -> None:
        """Delete all copies."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _fetch_folder(self, folder: RemoteFile) -> Iterator[Path | Reject]:
        copies: set[Path] = set()
        try:
            for one in self._files().walk(folder.address):
                copy = self._fetch_file(one)
                if isinstance(copy, Reject):
                    yield copy
                else:
                    copies.add(copy)
        except RemoteError as error:
            yield make_reject(folder.address, f"cannot be listed: {error}")
        place = self._place(folder.address)
        if place is not None:
            place.mkdir(parents=True, exist_ok=True)
            for path in place.rglob("*"):
                if path.is_file() and path not in copies:
                    path.unlink()
            yield place

    def _fetch_file(self, one: RemoteFile, *, is_named: bool = False) -> Path | Reject:
        """Copy one file, unless it was; one of a type that is not read is there by its name alone."""
        place = self._place(one.address)
        if place is None:
            return make_reject(one.address, "a name that no file of this machine can have")
        part = place.with_name(f".{place.name[:200]}.part")
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            if not is_read(place):
                place.touch()
            elif not _is_copied(place, one):
                self._files().get(one.address, part)
                os.utime(part, ns=(one.changed_ms * 1_000_000, one.changed_ms * 1_000_000))
                part.replace(place)
        except (RemoteError, OSError) as error:
            return make_reject(one.address, f"cannot be copied: {error}")
        return place

    def _place(self, address: str) -> Path | None:
        found = _ADDRESS.fullmatch(address)
        if found is None or "\x00" in address:
            return None
        root = self.folder / found[1].lower() / (found[2] or _NO_AUTHORITY)
        place = Path(os.path.normpath(f"{root}{found[3] or ''}"))
        return place if place.is_relative_to(root) else None


def _is_copied(place: Path, one: RemoteFile) -> bool:
    if not place.is_file():
        return False
    status = place.stat()
    return status.st_size == one.size and status.st_mtime_ns // 1_000_000 == one.changed_ms
