"""A pool that outlives its workers."""

import signal
import threading
from pathlib import Path

import pytest

from pipeline.config import load_config
from pipeline.engines.alarm import within
from pipeline.engines.local import read_here, read_missing
from pipeline.engines.pool import Limits, read_in_pool
from pipeline.engines.store import ReadingStore
from pipeline.errors import EngineError, OutputError
from pipeline.ingest.spool import document_key
from pipeline.records import Document
from tests.engines import stand_in

LIMITS = Limits(batch=2, stall_seconds=60.0, chunks=50)


def _documents(n: int, **special: int) -> list[Document]:
    texts = {number: f"Gmina {number}: {word}" for word, number in special.items()}
    return [
        Document(f"{number:016x}", f"{number}.txt", texts.get(number, f"Radny Jan Lis nr {number} mówi."))
        for number in range(n)
    ]


def _chunks(documents: list[Document], size: int = 4) -> list[tuple[Document, ...]]:
    return [tuple(documents[start : start + size]) for start in range(0, len(documents), size)]


def _outcomes(folder: Path, documents: list[Document], limits: Limits = LIMITS) -> dict[str, str]:
    """Return the reason of each article, empty for those read."""
    done = list(read_in_pool(_chunks(documents), stand_in.read, folder, workers=2, limits=limits))
    assert sum(len(chunk) for _, chunk in done) == len(documents)
    store = ReadingStore(folder)
    return {one.source: store.outcome(document_key(one)).reason for one in documents}


def test_a_pool_writes_what_one_process_writes(tmp_path: Path) -> None:
    documents = _documents(11)
    alone, together = ReadingStore(tmp_path / "alone"), ReadingStore(tmp_path / "together")
    for store, workers in ((alone, 1), (together, 2)):
        config = load_config().changed(workers=workers, chunk_articles=3)
        assert (
            sum(len(done) for done in read_missing(documents, store, stand_in.read, config, read_here)) == 11
        )
    names = [sorted(path.name for path in store.folder.iterdir()) for store in (alone, together)]
    assert names[0] == names[1] and len(names[0]) == 4


def test_an_article_that_kills_its_worker_twice_is_left_out_alone(tmp_path: Path) -> None:
    reasons = _outcomes(tmp_path, _documents(10, KILLWORKER=5))
    assert reasons.pop("5.txt") == "ended the process that read it, twice"
    assert set(reasons.values()) == {""}


def test_an_article_that_hangs_its_worker_twice_is_left_out_alone(tmp_path: Path) -> None:
    # A busy disk may take seconds to keep what the other articles say.
    reasons = _outcomes(tmp_path, _documents(6, HANGWORKER=2), Limits(2, 10.0, 50))
    assert reasons.pop("2.txt") == "took longer than 10 s, twice"
    assert set(reasons.values()) == {""}


def test_an_article_that_hangs_this_very_process_is_left_out_alone(tmp_path: Path) -> None:
    documents, store = _documents(6, HANGWORKER=2), ReadingStore(tmp_path)
    config = load_config().changed(workers=1, chunk_articles=4, batch_size=2, stall_seconds=1)
    before = signal.getsignal(signal.SIGALRM)
    assert sum(len(done) for done in read_missing(documents, store, stand_in.read, config, read_here)) == 6
    reasons = {one.source: store.outcome(document_key(one)).reason for one in documents}
    assert reasons.pop("2.txt") == "TimeoutError: took longer than 1 s; raise stall_seconds"
    assert set(reasons.values()) == {""}
    assert signal.getsignal(signal.SIGALRM) is before


def test_another_thread_reads_without_a_limit(tmp_path: Path) -> None:
    found: list[int] = []
    read = within(stand_in.read, 60)
    thread = threading.Thread(target=lambda: found.append(len(read(_documents(2)))))
    thread.start()
    thread.join()
    assert found == [2]


def test_an_article_that_raises_is_left_out_with_its_error(tmp_path: Path) -> None:
    reasons = _outcomes(tmp_path, _documents(6, FAILWORKER=1))
    assert reasons.pop("1.txt") == "ValueError: this article cannot be read"
    assert set(reasons.values()) == {""}


def test_workers_are_replaced_and_nothing_is_lost(tmp_path: Path) -> None:
    reasons = _outcomes(tmp_path, _documents(13), Limits(2, 60.0, 1))
    assert len(reasons) == 13 and set(reasons.values()) == {""}


def test_a_folder_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="cannot write"):
        list(read_in_pool(_chunks(_documents(4)), stand_in.read, tmp_path / "none", workers=1, limits=LIMITS))


def test_workers_that_cannot_start_are_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.engines.pool._work", stand_in.not_there, raising=False)
    with pytest.raises(EngineError, match="before it could read"):
        list(read_in_pool(_chunks(_documents(4)), stand_in.read, tmp_path, workers=1, limits=LIMITS))
