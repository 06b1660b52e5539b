"""Read articles under Apache Spark: the same chunk function, on as many machines as Spark has.

Spark schedules the work and brings the outcomes back; the driver keeps them on its disk as the local engine does,
so that a job that was stopped goes on where it was. Chunks go out in jobs of a few chunks a core, two jobs at a time
so that no core waits for the slowest chunk: no more than that is ever held in memory.
"""

import os
import shutil
import sys
import warnings
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache, partial
from importlib.util import find_spec
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa

from pipeline.codec import document_from_json, document_to_json
from pipeline.config import Config
from pipeline.engines.chunks import Chunk, Outcome, Read, read_chunk, refuse
from pipeline.engines.store import write_chunk
from pipeline.errors import CivicActorsError, EngineError
from pipeline.export.manifest import made_with
from pipeline.records import Document

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_OUTCOMES = "chunk int, key string, reading binary, reason string"
_CHUNKS = pa.schema([("chunk", pa.int32()), ("documents", pa.list_(pa.binary()))])
_JOBS_AT_ONCE = 2


def read_in_spark(
    chunks: Iterator[Chunk], read: Read, folder: Path, config: Config, *, model: str | Path | None
) -> Iterator[tuple[Path, Chunk]]:
    """Yield the file of each chunk as it is written, with the documents read.

    Args:
        chunks: Taken a job at a time.
        read: Picklable; called in Spark's Python workers.
        folder: Where the files go, on the driver.
        config: The master, the size of jobs, the limits.
        model: As given to `read`; every worker must have the same one.

    Raises:
        EngineError: Spark is not there, does not start, or its workers have other code, tables or model.
        OutputError: A chunk cannot be written.
    """
    first = next(chunks, None)
    if first is None:
        return
    with open_session(config) as session:
        here = made_with(model, config)
        jobs = _Jobs(session, partial(_read_frames, read=read, here=here, model=model, config=config))
        jobs.check()
        waves = _cut_waves(chain([first], chunks), config.spark_chunks * jobs.cores)
        for wave, found in _run_ahead(jobs.read, waves, cancel=jobs.cancel):
            for chunk, outcomes in zip(wave, found, strict=True):
                yield write_chunk(folder, outcomes), chunk


@contextmanager
def open_session(config: Config) -> Iterator["SparkSession"]:
    """Give a session with settings of its own; Spark ends with it unless it ran before.

    Raises:
        EngineError: pyspark or Java is missing, or Spark does not start.
    """
    if find_spec("pyspark") is None:
        raise EngineError("--engine spark needs pyspark; install it with: pip install 'civic-actors[spark]'")
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        raise EngineError("--engine spark needs Java 17 or newer; install a JRE, or set JAVA_HOME")
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession

    was_there = SparkSession.getActiveSession() is not None
    with _same_python(config.spark_master), warnings.catch_warnings():
        # Frames here hold only numbers, text and bytes, on which pandas 3 and earlier ones agree.
        warnings.filterwarnings("ignore", message="PySpark does not yet fully support pandas")
        try:
            whole = _configure(SparkSession.builder, config).getOrCreate()
        except (PySparkException, Py4JError, OSError) as error:
            raise EngineError(
                f"Spark does not start at {config.spark_master}: {_first_line(error)}"
            ) from error
        try:
            session = whole.newSession()
            # One row holds one chunk: a batch of one row makes it one task.
            session.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", "1")
            yield session
        finally:
            if not was_there:
                whole.stop()


def _configure(builder: Any, config: Config) -> Any:
    settings = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "FATAL",
        "spark.python.worker.idleTimeoutSeconds": str(config.stall_seconds),
        "spark.python.worker.killOnIdleTimeout": "true",
    }
    if _is_local(config.spark_master):
        paths = [path for path in sys.path if path]
        settings |= {
            "spark.driver.host": "localhost",
            "spark.executorEnv.PYTHONPATH": os.pathsep.join(paths),
        }
    builder = builder.master(config.spark_master).appName("civic-actors")
    for key, value in settings.items():
        builder = builder.config(key, value)
    return builder


@contextmanager
def _same_python(master: str) -> Iterator[None]:
    """Let Spark's workers on this machine be of this very Python; those of a cluster have their own."""
    before = os.environ.get("PYSPARK_PYTHON")
    if before is None and _is_local(master):
        os.environ["PYSPARK_PYTHON"] = sys.executable
    try:
        yield
    finally:
        if before is None:
            os.environ.pop("PYSPARK_PYTHON", None)


def _is_local(master: str) -> bool:
    return master.startswith("local")


class _Jobs:
    """Jobs of chunks; where one fails, the article that stops it is found by halving, and left out."""

    def __init__(self, session: "SparkSession", function: Callable[..., Iterator[pd.DataFrame]]) -> None:
        self._session, self._function = session, function
        self.cores = max(1, session.sparkContext.defaultParallelism)

    def check(self) -> None:
        """Let one worker read nothing.

        Raises:
            EngineError: It cannot, or it has other code, tables or model.
        """
        try:
            self._run([()])
        except self._failures() as error:
            raise EngineError(f"Spark's Python workers cannot read articles: {_first_line(error)}") from error

    def cancel(self) -> None:
        """End all that runs."""
        if not self._session.sparkContext._jsc.sc().isStopped():
            self._session.sparkContext.cancelAllJobs()

    def read(self, chunks: Sequence[Chunk]) -> list[list[Outcome]]:
        """Return the outcomes of each chunk, in the order of its documents."""
        try:
            return self._run(chunks)
        except self._failures() as error:
            return self._read_apart(chunks, error)

    def _read_apart(self, chunks: Sequence[Chunk], error: Exception) -> list[list[Outcome]]:
        if len(chunks) > 1:
            half = len(chunks) // 2
            return self.read(chunks[:half]) + self.read(chunks[half:])
        (documents,) = chunks
        if len(documents) > 1:
            half = len(documents) // 2
            (before,), (after,) = self.read([documents[:half]]), self.read([documents[half:]])
            return [before + after]
        # Spark itself may have failed: only a worker that can still read nothing puts the blame on the article.
        self.check()
        try:
            return self._run(chunks)
        except self._failures() as again:
            reason = "took too long in" if "idle" in str(again).lower() else "ended"
            return [[refuse(documents[0], f"{reason} the process that read it, twice")]]

    def _run(self, chunks: Sequence[Chunk]) -> list[list[Outcome]]:
        rows = [
            {"chunk": number, "documents": [document_to_json(document) for document in chunk]}
            for number, chunk in enumerate(chunks)
        ]
        frame = self._session.createDataFrame(pa.Table.from_pylist(rows, schema=_CHUNKS))
        found: list[dict[str, Outcome]] = [{} for _ in chunks]
        for row in frame.mapInPandas(self._function, _OUTCOMES).collect():
            if row.key is None:
                raise EngineError(row.reason)
            reading = None if row.reading is None else bytes(row.reading)
            found[row.chunk][row.key] = Outcome(row.key, reading, row.reason)
        return [list(outcomes.values()) for outcomes in found]

    @staticmethod
    def _failures() -> tuple[type[Exception], ...]:
        from py4j.protocol import Py4JError
        from pyspark.errors import PySparkException

        return PySparkException, Py4JError


def _read_frames(
    frames: Iterable[pd.DataFrame],
    *,
    read: Read,
    here: Mapping[str, Any],
    model: str | Path | None,
    config: Config,
) -> Iterator[pd.DataFrame]:
    """Read chunks, a batch at a time: what a Python worker of Spark does. An error of ours is a row without a key."""
    there = _made_there(model, config)
    other = [name for name in here if here[name] != there[name]]
    if other:
        reason = f"Spark's workers have other {' and '.join(other)} than the driver; install the same there"
        yield _frame([(0, None, None, reason)])
        return
    for frame in frames:
        for number, contents in zip(frame["chunk"], frame["documents"], strict=True):
            documents = [document_from_json(bytes(content)) for content in contents]
            try:
                yield from _read_rows(number, documents, read, config.batch_size)
            except CivicActorsError as error:
                yield _frame([(number, None, None, str(error))])


def _read_rows(number: int, documents: Sequence[Document], read: Read, batch: int) -> Iterator[pd.DataFrame]:
    for start in range(0, len(documents), batch):
        outcomes = read_chunk(documents[start : start + batch], read)
        yield _frame([(number, one.key, one.reading, one.reason) for one in outcomes])


def _frame(rows: Sequence[tuple[int, str | None, bytes | None, str]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["chunk", "key", "reading", "reason"])


@cache
def _made_there(model: str | Path | None, config: Config) -> dict[str, Any]:
    return made_with(model, config)


def _cut_waves(chunks: Iterable[Chunk], size: int) -> Iterator[list[Chunk]]:
    waiting = iter(chunks)
    while wave := list(islice(waiting, size)):
        yield wave


def _run_ahead(
    function: Callable[[list[Chunk]], list[list[Outcome]]],
    waves: Iterable[list[Chunk]],
    *,
    cancel: Callable[[], None],
) -> Iterator[tuple[list[Chunk], list[list[Outcome]]]]:
    """Yield waves with their outcomes, in order, while the next ones are under way."""
    threads = ThreadPoolExecutor(_JOBS_AT_ONCE)
    under_way: deque[tuple[list[Chunk], Future[list[list[Outcome]]]]] = deque()
    try:
        for wave in waves:
            under_way.append((wave, threads.submit(function, wave)))
            if len(under_way) == _JOBS_AT_ONCE:
                done, future = under_way.popleft()
                yield done, future.result()
        for done, future in under_way:
            yield done, future.result()
    finally:
        cancel()
        threads.shutdown(cancel_futures=True)


def _first_line(error: Exception) -> str:
    return next((line.strip() for line in str(error).splitlines() if line.strip()), type(error).__name__)[
        :300
    ]
