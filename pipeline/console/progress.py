"""How far a command is: a live line on a terminal, plain lines elsewhere, both on stderr."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from pipeline.engines.progress import Progress as RunProgress
from pipeline.engines.progress import Tell

_PLAIN_EVERY_S = 10.0


@contextmanager
def show_progress(
    doing: str = "Reading articles", done_so_far: str = "articles read"
) -> Iterator[Callable[[int], None]]:
    """Show how far a command is: a live line on a terminal, plain lines elsewhere, both on stderr."""
    if sys.stderr.isatty():
        columns = (
            TextColumn(doing),
            BarColumn(),
            TextColumn("{task.completed}"),
            TimeElapsedColumn(),
        )
        with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
            task = progress.add_task("read", total=None)
            yield lambda done: progress.update(task, completed=done)
    else:
        yield _plain_progress(done_so_far)


@contextmanager
def show_run() -> Iterator[Tell]:
    """Show how far a run is: a bar with speed and time left on a terminal, plain lines elsewhere; on stderr."""
    if not sys.stderr.isatty():
        yield _plain_run()
        return
    columns = (
        TextColumn("Reading articles"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[speed]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("read", total=None, speed="")

        def tell(now: RunProgress) -> None:
            bar.update(task, completed=now.done, total=now.total, speed=_speed(now))

        yield tell


def _speed(now: RunProgress) -> str:
    return f"{now.articles_per_second:,.1f} articles/s, {now.words_per_second:,.0f} words/s"


def _plain_run() -> Tell:
    last = time.monotonic()

    def tell(now: RunProgress) -> None:
        nonlocal last
        if time.monotonic() - last < _PLAIN_EVERY_S:
            return
        last = time.monotonic()
        left = "" if now.seconds_left is None else f", {now.seconds_left / 60:,.0f} min left"
        sys.stderr.write(f"{now.done:,} of {now.total:,} articles, {_speed(now)}{left}\n")

    return tell


def _plain_progress(done_so_far: str) -> Callable[[int], None]:
    started = last = time.monotonic()

    def tell(done: int) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= _PLAIN_EVERY_S:
            last = now
            sys.stderr.write(f"{done} {done_so_far}, {done / (now - started):.0f} a second\n")

    return tell
