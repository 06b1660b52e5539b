"""Stop a run at every point where it touches the disk, go on, and compare; test_resume.py runs it.

Each run is a fork, so that one import serves all. `kill` ends the process as kill -9 does; `full` and `readonly` let
the disk refuse the call.
"""

import errno
import json
import os
import signal
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

import pipeline.flow
from pipeline.config import load_config
from pipeline.errors import OutputError
from pipeline.ingest import ingest_documents, listing
from pipeline.ingest.spool import Spool
from pipeline.resolve import resolve_actors

sys.path.insert(0, str(Path(__file__).parent))
import stand_in

_STOPPED = 77
_REFUSALS = {"full": errno.ENOSPC, "readonly": errno.EROFS}


class Points:
    """Counts calls that touch the disk; the wanted one stops the run."""

    def __init__(self, wanted: int, way: str) -> None:
        self.wanted, self.way, self.calls = wanted, way, list[str]()

    def wrap(self, owner: Any, name: str) -> None:
        original: Callable[..., Any] = getattr(owner, name)

        def call(*args: Any, **kwargs: Any) -> Any:
            if name == "write_table" and args[0].file_handle is None:
                return original(*args, **kwargs)  # to memory
            self.calls.append(name)
            if len(self.calls) - 1 == self.wanted:
                self.stop(name)
            return original(*args, **kwargs)

        setattr(owner, name, call)

    def stop(self, name: str) -> None:
        if self.way == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        if name == "_execute":
            raise OutputError(str(sqlite3.OperationalError("database or disk is full")))
        raise OSError(_REFUSALS[self.way], os.strerror(_REFUSALS[self.way]))


def run_once(inputs: Path, out: Path, points: Points) -> None:
    points.wrap(os, "fsync")
    for name in ("replace", "write_bytes", "write_text", "mkdir"):
        points.wrap(Path, name)
    points.wrap(pq.ParquetWriter, "write_table")
    points.wrap(Spool, "_execute")
    pipeline.flow.load_nlp = lambda model: None  # type: ignore[assignment]
    pipeline.flow.make_reader = stand_in.make_reader  # type: ignore[assignment]
    pipeline.flow.run([inputs], out, config=load_config().changed(chunk_articles=3, batch_size=2))


def forked(inputs: Path, out: Path, wanted: int, way: str) -> tuple[int, list[str], str]:
    """Return how a run in a fork ended: exit status, the calls it made, its error."""
    report = out.with_suffix(".report")
    child = os.fork()
    if child == 0:
        points, error = Points(wanted, way), ""
        try:
            run_once(inputs, out, points)
        except OutputError as raised:
            error = str(raised)
        except BaseException as raised:
            error = f"UNEXPECTED {raised!r}"
        os.write(
            os.open(report, os.O_CREAT | os.O_TRUNC | os.O_WRONLY), json.dumps([points.calls, error]).encode()
        )
        os._exit(_STOPPED if error else 0)
    status = os.waitpid(child, 0)[1]
    calls, error = json.loads(report.read_bytes()) if report.exists() else ([], "")
    report.unlink(missing_ok=True)
    return status, calls, error


def dataset_bytes(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(out.iterdir()) if path.is_file()}


def main(inputs: Path, work: Path) -> None:
    listing._TICK_NS = (
        0  # files made just now count as old, so that a second start takes up what the first one ingested
    )
    documents = [item for item in ingest_documents([inputs]) if hasattr(item, "text")]
    resolve_actors(stand_in.read(sorted(documents, key=lambda item: item.article_id)))
    _, calls, error = forked(inputs, work / "undisturbed", -1, "kill")
    assert not error, error
    wanted = dataset_bytes(work / "undisturbed")
    results = []
    names = [(index, name) for index, name in enumerate(calls) if name != "_execute"]
    spool = [(index, name) for index, name in enumerate(calls) if name == "_execute"]
    chosen = names + spool[:: max(1, len(spool) // 10)]
    for way, points in (("kill", chosen), ("full", chosen[::3]), ("readonly", chosen[1::4])):
        for index, name in points:
            out = work / f"{way}-{index}"
            status, _, error = forked(inputs, out, index, way)
            again, _, second = forked(inputs, out, -1, "kill")
            left = [path.name for path in out.rglob("*.part")]
            results.append(
                {
                    "way": way,
                    "point": f"{name} {index}",
                    "stopped": status != 0,
                    "error": error,
                    "finished": again == 0 and not second,
                    "same": dataset_bytes(out) == wanted,
                    "second": second or again,
                    "other": sorted(dict(dataset_bytes(out).items() ^ wanted.items())),
                    "left": left,
                }
            )
    sys.stdout.write(json.dumps({"calls": len(calls), "results": results}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
