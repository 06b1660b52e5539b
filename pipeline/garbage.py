"""When the garbage collector walks: not over millions of records again and again while more are made."""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

PIECES = 64
"""Pieces of work between two walks of the collector, of some thirty articles each."""


@contextmanager
def paused_collection() -> Iterator[None]:
    """Keep the collector from walking, again and again, over records and caches, which have no cycles."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def spare_last_walk() -> None:
    """Spare a process that is about to end the collector's last walk over all it holds: a tenth of a short run.

    Not where DuckDB is loaded: it counts what that walk would have freed, and complains of it.
    """
    if "duckdb" not in sys.modules:
        gc.freeze()


@contextmanager
def collected_after() -> Iterator[None]:
    """Pause the collector for a piece of work; after every 64th let it walk over what was made and kept since.

    Reading articles makes millions of short-lived objects beside caches that stay: with the collector's own rhythm,
    a quarter of the time went into walking over the caches. Hardly any are left in cycles: 96 of 600 articles.
    """
    with paused_collection():
        try:
            yield
        finally:
            if next(_pieces) % PIECES == 0:
                gc.collect(0)


_pieces = count(1)
