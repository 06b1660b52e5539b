"""A pool of spawned processes that outlives its workers.

A worker that dies or hangs is replaced, and its chunk is read again article by article; the article that
stops a worker twice is left out with the reason. Python's own pools give up when a worker dies.
"""

import multiprocessing
import os
import signal
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from pathlib import Path

from pipeline.engines.chunks import Outcome, Read, read_chunk, refuse
from pipeline.engines.store import write_chunk
from pipeline.errors import CivicActorsError, EngineError, OutputError
from pipeline.garbage import paused_collection
from pipeline.records import Document

_START_SECONDS = 300.0
_SPAWN = multiprocessing.get_context("spawn")


@dataclass(frozen=True, slots=True)
class Limits:
    """When a worker is given up or replaced.

    Attributes:
        batch: Articles after which a worker says that it is alive.
        stall_seconds: How long one batch may take.
        chunks: Chunks after which a worker is replaced, so that its memory stays flat.
    """

    batch: int
    stall_seconds: float
    chunks: int


@dataclass(frozen=True, slots=True)
class _Task:
    documents: tuple[Document, ...]
    failures: int = 0


@dataclass(slots=True)
class _Worker:
    process: SpawnProcess
    pipe: "Connection[object, object]"
    deadline: float
    ready: bool = False
    task: _Task | None = None
    chunks: int = 0
    is_gone: bool = False


def read_in_pool(
    chunks: Iterable[tuple[Document, ...]], read: Read, folder: Path, *, workers: int, limits: Limits
) -> Iterator[tuple[Path, Sequence[Document]]]:
    """Yield the file of each chunk as it is written, with the documents read.

    Args:
        chunks: Taken one by one, as workers become free.
        read: Picklable.
        folder: Where the files go.
        workers: Processes.
        limits: When a worker is given up or replaced.

    Raises:
        EngineError: Workers cannot start.
        OutputError: A chunk cannot be written.
    """
    pool = _Pool(read, folder, limits)
    try:
        yield from pool.run(iter(chunks), workers)
    finally:
        pool.stop()


class _Pool:
    def __init__(self, read: Read, folder: Path, limits: Limits) -> None:
        self._read, self._folder, self._limits = read, folder, limits
        self._workers: list[_Worker] = []
        self._again: deque[_Task] = deque()

    def run(
        self, chunks: Iterator[tuple[Document, ...]], workers: int
    ) -> Iterator[tuple[Path, Sequence[Document]]]:
        while True:
            self._hand_out(chunks, workers)
            if not any(worker.task for worker in self._workers):
                return
            for worker in self._wait():
                done = self._hear(worker)
                if done is not None:
                    yield done

    def stop(self) -> None:
        for worker in self._workers:
            _end(worker)
        self._workers.clear()

    def _hand_out(self, chunks: Iterator[tuple[Document, ...]], workers: int) -> None:
        """Give every free place a task, while there are any."""
        busy = sum(worker.task is not None for worker in self._workers)
        while busy < workers:
            task = self._again.popleft() if self._again else _next_task(chunks)
            if task is None:
                return
            free = next((worker for worker in self._workers if worker.task is None), None)
            if free is None:
                free = self._start()
            free.task = task
            self._send(free)
            busy += 1

    def _start(self) -> _Worker:
        ours, theirs = _SPAWN.Pipe()
        process = _SPAWN.Process(
            target=_work, args=(theirs, self._read, self._folder, self._limits.batch), daemon=True
        )
        process.start()
        theirs.close()
        worker = _Worker(process, ours, time.monotonic() + _START_SECONDS)
        self._workers.append(worker)
        return worker

    def _send(self, worker: _Worker) -> None:
        assert worker.task is not None
        if worker.ready:
            worker.deadline = time.monotonic() + self._limits.stall_seconds
        try:
            worker.pipe.send(worker.task.documents)
        except OSError:
            worker.is_gone = True

    def _wait(self) -> list[_Worker]:
        """Return the workers that said something, ended, or are past their time."""
        busy = [worker for worker in self._workers if worker.task is not None]
        patience = max(0.0, min(worker.deadline for worker in busy) - time.monotonic())
        heard = set(
            wait([*(worker.pipe for worker in busy), *(worker.process.sentinel for worker in busy)], patience)
        )
        now = time.monotonic()
        return [
            worker
            for worker in busy
            if worker.pipe in heard
            or worker.process.sentinel in heard
            or worker.deadline <= now
            or worker.is_gone
        ]

    def _hear(self, worker: _Worker) -> tuple[Path, Sequence[Document]] | None:
        """Take one message; a worker without one has died or hangs."""
        assert worker.task is not None
        try:
            message = worker.pipe.recv() if worker.pipe.poll() else None
        except (EOFError, OSError):
            message = None
        if message is None:
            return self._give_up(worker)
        worker.deadline = time.monotonic() + self._limits.stall_seconds
        if isinstance(message, Path):
            return self._finish(worker, message)
        if isinstance(message, CivicActorsError):
            raise message
        worker.ready = True
        return None

    def _finish(self, worker: _Worker, path: Path) -> tuple[Path, Sequence[Document]]:
        assert worker.task is not None
        documents, worker.task = worker.task.documents, None
        worker.chunks += 1
        if worker.chunks >= self._limits.chunks:
            self._remove(worker)
        return path, documents

    def _give_up(self, worker: _Worker) -> tuple[Path, Sequence[Document]] | None:
        """Replace a worker; its articles are read again one by one, the one that stops two is left out."""
        task, ready = worker.task, worker.ready
        late = worker.deadline <= time.monotonic()
        self._remove(worker)
        assert task is not None
        if not ready:
            raise EngineError("a worker process ended before it could read; try --workers 1 to see why")
        if len(task.documents) > 1:
            self._again.extend(_Task((document,), 1) for document in task.documents)
            return None
        if task.failures == 0:
            self._again.append(_Task(task.documents, 1))
            return None
        took = f"took longer than {self._limits.stall_seconds:g} s"
        reason = took if late else "ended the process that read it"
        return write_chunk(self._folder, [refuse(task.documents[0], f"{reason}, twice")]), task.documents

    def _remove(self, worker: _Worker) -> None:
        self._workers.remove(worker)
        _end(worker)


def _next_task(chunks: Iterator[tuple[Document, ...]]) -> _Task | None:
    chunk = next(chunks, None)
    return None if chunk is None else _Task(chunk)


def _end(worker: _Worker) -> None:
    worker.pipe.close()
    worker.process.kill()
    worker.process.join()


def _work(pipe: "Connection[object, object]", read: Read, folder: Path, batch: int) -> None:
    """Read chunks until the pipe closes: what a worker process does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        pipe.send("ready")
        with paused_collection():
            while True:
                documents = pipe.recv()
                assert isinstance(documents, tuple)
                try:
                    outcomes = read_batches(documents, read, batch, lambda: pipe.send("alive"))
                    pipe.send(write_chunk(folder, outcomes))
                except CivicActorsError as error:
                    pipe.send(OutputError(str(error)))
    except (EOFError, OSError):
        # The process that gave the work is gone, and so is the need for it.
        os._exit(0)


def read_batches(
    documents: Sequence[Document], read: Read, batch: int, tell: Callable[[], None]
) -> list[Outcome]:
    """Read a chunk batch by batch, telling after each."""
    outcomes: list[Outcome] = []
    for start in range(0, len(documents), batch):
        outcomes += read_chunk(documents[start : start + batch], read)
        tell()
    return outcomes
