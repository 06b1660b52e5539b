"""What was read already: one file a chunk, written whole, checked by its own hash, found again by article."""

import hashlib
from collections import OrderedDict
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.engines.chunks import Outcome
from pipeline.files import make_folder, write_whole

_SCHEMA = pa.schema([("key", pa.string()), ("reading", pa.binary()), ("reason", pa.string())])
_OPEN_CHUNKS = 64


class ReadingStore:
    """The outcomes of articles in a folder of chunk files.

    A file's name ends in the hash of its bytes: a file cut short or changed is not used, and its articles are
    read again.
    """

    def __init__(self, folder: Path) -> None:
        """Look through the folder; made when missing."""
        self.folder = folder
        make_folder(folder)
        self._where: dict[str, tuple[Path, int]] = {}
        self._refused: set[str] = set()
        self._opened: OrderedDict[Path, pa.Table] = OrderedDict()
        for path in sorted(folder.glob("*.parquet")):
            self._add(path)

    def __contains__(self, key: object) -> bool:
        """Say whether the article of this key has been read."""
        return key in self._where

    def add_file(self, path: Path) -> None:
        """Take in a chunk that was written after the folder was looked through."""
        self._add(path)

    def is_refused(self, key: str) -> bool:
        """Say whether the article of this key was looked at and could not be read."""
        return key in self._refused

    def outcome(self, key: str) -> Outcome:
        """Return what became of the article of this key.

        Raises:
            KeyError: It has not been read.
        """
        path, row = self._where[key]
        table = self._open(path)
        return Outcome(key, table["reading"][row].as_py(), table["reason"][row].as_py())

    def keep_only(self, keys: set[str]) -> None:
        """Delete the files none of whose articles is in `keys`: those of earlier versions of the input."""
        used = {path for key, (path, _) in self._where.items() if key in keys}
        for path in {path for path, _ in self._where.values()} - used:
            path.unlink(missing_ok=True)

    def _add(self, path: Path) -> None:
        content = path.read_bytes()
        if path.stem.rpartition("-")[2] != _digest(content):
            path.unlink(missing_ok=True)
            return
        rows = pq.read_table(BytesIO(content), columns=["key", "reason"])
        keys = rows["key"].to_pylist()
        self._where |= {key: (path, row) for row, key in enumerate(keys)}
        self._refused |= {key for key, why in zip(keys, rows["reason"].to_pylist(), strict=True) if why}

    def _open(self, path: Path) -> pa.Table:
        if path not in self._opened:
            self._opened[path] = pq.read_table(path)
            if len(self._opened) > _OPEN_CHUNKS:
                self._opened.popitem(last=False)
        self._opened.move_to_end(path)
        return self._opened[path]


def write_chunk(folder: Path, outcomes: Sequence[Outcome]) -> Path:
    """Write the outcomes of one chunk as one file, whole or not at all; return it.

    Raises:
        OutputError: The disk or the folder does not take it.
    """
    rows = [{"key": one.key, "reading": one.reading, "reason": one.reason} for one in outcomes]
    buffer = BytesIO()
    pq.write_table(pa.Table.from_pylist(rows, schema=_SCHEMA), buffer, compression="zstd")
    content = buffer.getvalue()
    name = _digest("".join(one.key for one in outcomes).encode())
    path = folder / f"{name}-{_digest(content)}.parquet"
    write_whole(path, lambda temporary: _write_bytes(temporary, content))
    return path


def _write_bytes(path: Path, content: bytes) -> None:
    path.write_bytes(content)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]
