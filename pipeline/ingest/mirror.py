"""What ingest asks of whoever can read addresses of other file systems."""

from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from pipeline.records import Reject


class Mirror(Protocol):
    """Copies of files elsewhere, in folders of this machine that lie as those do."""

    def fetch(self, address: str) -> Iterable[Path | Reject]:
        """Copy what an address names, globs included; return the files and folders, and what cannot be copied."""

    def address_of(self, path: Path) -> str | None:
        """Return the address whose copy is, or would be, at this path; None for any other path."""

    def named(self, text: str) -> str:
        """Return a text with paths of copies put back as the addresses that they stand for."""
