"""Long lists shared out over several pages, so that none grows heavy."""

from collections.abc import Callable, Sequence
from itertools import zip_longest
from typing import Any, TypeVar

from markupsafe import escape

T = TypeVar("T")
MAX_BYTES = 400_000


def weigh(*texts: str | None) -> int:
    """Return the bytes that texts take in a page, what stands around them included."""
    return 500 + sum(len(str(escape(text)).encode("utf-8", "replace")) for text in texts if text)


def share_out(items: Sequence[T], weight: Callable[[T], int], *, most: int) -> list[list[T]]:
    """Cut a list into parts of at most `most` items and `MAX_BYTES` bytes; no item is left out."""
    parts: list[list[T]] = [[]]
    total = 0
    for item in items:
        size = weight(item)
        if parts[-1] and (len(parts[-1]) == most or total + size > MAX_BYTES):
            parts.append([])
            total = 0
        parts[-1].append(item)
        total += size
    return parts


def together(*lists: Sequence[list[Any]]) -> list[tuple[list[Any], ...]]:
    """Lay parts of several lists side by side: the n-th page holds the n-th part of each."""
    return list(zip_longest(*lists, fillvalue=[]))
