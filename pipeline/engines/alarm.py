"""A limit of time on reading in this very process, where no pool can replace it."""

import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from types import FrameType

from pipeline.engines.chunks import Read
from pipeline.records import Document, Reading


def within(read: Read, seconds: float) -> Read:
    """Return `read`, which raises `TimeoutError` when the articles of one call take longer.

    Only the main thread of a system with alarms can be stopped so; elsewhere there is no limit.
    """
    return partial(_read_within, read=read, seconds=seconds)


def _read_within(documents: Sequence[Document], *, read: Read, seconds: float) -> list[Reading]:
    with _alarm(seconds):
        return read(documents)


@contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(number: int, frame: FrameType | None) -> None:
        raise TimeoutError(f"took longer than {seconds:g} s; raise stall_seconds")

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
