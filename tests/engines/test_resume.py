"""Whatever stops a run, the same call finishes it, and the dataset is that of an undisturbed run."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.config import load_config
from pipeline.errors import OutputError, UnreadableInput
from pipeline.flow import run
from tests.engines import stand_in

NAMES = ("Jan Lis", "Anna Kos", "Ewa Dudek", "Piotr Wróbel", "Jan Dzik")


def _write_articles(folder: Path, numbers: range, extra: str = "") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for number in numbers:
        one, two = NAMES[number % 5], NAMES[(number * 3 + 1) % 5]
        text = f"W gminie numer {number} spotkali się wczoraj {one} oraz {two}, aby mówić o drodze. {extra}"
        (folder / f"{number:03}.txt").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.flow.load_nlp", lambda model: None)
    monkeypatch.setattr("pipeline.flow.make_reader", stand_in.make_reader)


def _files(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(out.iterdir()) if path.is_file()}


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    work = tmp_path_factory.mktemp("kills")
    inputs = _write_articles(work / "articles", range(7))
    (work / "articles" / "copy.txt").write_bytes((inputs / "003.txt").read_bytes())
    script = Path(__file__).parent / "kill_points.py"
    done = subprocess.run(
        [sys.executable, str(script), str(inputs), str(work)], capture_output=True, text=True, timeout=3600
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)


@pytest.mark.skipif(sys.platform == "win32", reason="the script forks")
@pytest.mark.parametrize(("way", "least"), [("kill", 25), ("full", 5), ("readonly", 5)])
def test_a_run_stopped_anywhere_is_finished_by_the_same_call(
    report: dict[str, list[dict[str, object]]], way: str, least: int
) -> None:
    stopped = [one for one in report["results"] if one["way"] == way and one["stopped"]]
    assert len(stopped) >= least
    assert [one for one in stopped if not (one["finished"] and one["same"])] == []
    assert [one for one in stopped if one["left"]] == []
    assert [one for one in stopped if str(one["error"]).startswith("UNEXPECTED")] == []


def test_what_was_read_is_not_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, quick: None
) -> None:
    inputs, config = _write_articles(tmp_path / "in", range(10)), load_config().changed(chunk_articles=2)
    read: list[str] = []

    def stop_at_the_eighth(documents: list) -> list:
        if len(read) >= 8:
            raise KeyboardInterrupt
        read.extend(document.article_id for document in documents)
        return stand_in.read(documents)

    monkeypatch.setattr("pipeline.flow.make_reader", lambda model, size: stop_at_the_eighth)
    with pytest.raises(KeyboardInterrupt):
        run([inputs], tmp_path / "out", config=config)
    assert len(read) == 8
    monkeypatch.setattr(
        "pipeline.flow.make_reader", lambda model, size: lambda documents: _count(documents, read)
    )
    run([inputs], tmp_path / "out", config=config)
    assert len(read) == len(set(read)) == 10


def _count(documents: list, read: list[str]) -> list:
    read.extend(document.article_id for document in documents)
    return stand_in.read(documents)


def test_a_damaged_chunk_is_read_again(tmp_path: Path, quick: None) -> None:
    inputs = _write_articles(tmp_path / "in", range(6))
    run([inputs], tmp_path / "whole")
    out = tmp_path / "out"
    run([inputs], out)
    (out / "manifest.json").unlink()
    chunk = next((out / ".work" / "readings").glob("*.parquet"))
    chunk.write_bytes(chunk.read_bytes()[:-20])
    run([inputs], out)
    assert _files(out) == _files(tmp_path / "whole")


def test_an_unfinished_folder_of_another_configuration_is_refused(tmp_path: Path, quick: None) -> None:
    inputs = _write_articles(tmp_path / "in", range(3))
    run([inputs], tmp_path / "out")
    (tmp_path / "out" / "manifest.json").unlink()
    with pytest.raises(OutputError, match="other config"):
        run([inputs], tmp_path / "out", config=load_config().changed(max_chars=5_000))


def test_a_second_run_in_one_folder_is_refused(tmp_path: Path, quick: None) -> None:
    from pipeline.export.workspace import open_workspace

    inputs = _write_articles(tmp_path / "in", range(3))
    with open_workspace(tmp_path / "out"), pytest.raises(OutputError, match="another run is at work"):
        run([inputs], tmp_path / "out")
    run([inputs], tmp_path / "out")


def test_an_update_equals_a_full_run_with_the_same_ids(tmp_path: Path, quick: None) -> None:
    old, new = _write_articles(tmp_path / "in" / "old", range(8)), tmp_path / "in" / "new"
    out, ids = tmp_path / "out", tmp_path / "ids.parquet"
    run([old], out)
    ids.write_bytes((out / "ids.parquet").read_bytes())
    _write_articles(new, range(20, 25))
    (new / "copy.txt").write_bytes((old / "003.txt").read_bytes())
    (new / "blank.txt").write_text("", encoding="utf-8")
    assert run([new], out, update=True).n_articles == 13
    run([old, new], tmp_path / "full", ids=ids)
    assert _files(out) == _files(tmp_path / "full")


def test_an_update_reads_the_new_articles_alone_and_a_second_one_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, quick: None
) -> None:
    old, new = _write_articles(tmp_path / "old", range(6)), _write_articles(tmp_path / "new", range(20, 23))
    run([old], tmp_path / "out")
    read: list[str] = []
    monkeypatch.setattr(
        "pipeline.flow.make_reader", lambda model, size: lambda documents: _count(documents, read)
    )
    run([new], tmp_path / "out", update=True)
    assert len(read) == 3
    assert run([new], tmp_path / "out", update=True).was_finished
    assert len(read) == 3


def test_a_source_whose_text_changed_is_read_anew(tmp_path: Path, quick: None) -> None:
    old, out = _write_articles(tmp_path / "in", range(4)), tmp_path / "out"
    run([old], out)
    ids = tmp_path / "ids.parquet"
    ids.write_bytes((out / "ids.parquet").read_bytes())
    _write_articles(tmp_path / "in", range(1), extra="Sprostowano datę.")
    assert run([old], out, update=True).n_articles == 4
    run([old], tmp_path / "full", ids=ids)
    assert _files(out) == _files(tmp_path / "full")


def test_an_update_of_nothing_is_refused(tmp_path: Path, quick: None) -> None:
    inputs = _write_articles(tmp_path / "in", range(2))
    with pytest.raises(OutputError, match="no finished dataset"):
        run([inputs], tmp_path / "out", update=True)


def test_a_stopped_update_leaves_the_old_dataset(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, quick: None
) -> None:
    old, new = _write_articles(tmp_path / "old", range(6)), _write_articles(tmp_path / "new", range(20, 23))
    out = tmp_path / "out"
    run([old], out)
    before = _files(out)

    def stop(model: object, size: int) -> object:
        raise KeyboardInterrupt

    monkeypatch.setattr("pipeline.flow.make_reader", stop)
    with pytest.raises(KeyboardInterrupt):
        run([new], out, update=True)
    assert _files(out) == before


def test_a_folder_may_be_given_by_its_address_and_none_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, quick: None
) -> None:
    inputs = _write_articles(tmp_path / "in", range(2))
    monkeypatch.chdir(tmp_path)
    assert run([inputs.as_uri()], (tmp_path / "out").as_uri()).n_articles == 2
    assert (tmp_path / "out" / "actors.parquet").is_file()
    for address, advice in (
        ("hdfs://name/out", "an address of hdfs; --engine spark writes there"),
        (Path("hdfs://name/out"), "give it as text"),
        ("https://name.example/out", "on the web"),
    ):
        with pytest.raises(OutputError, match=advice):
            run([inputs], address)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in", "out"]


def test_a_mistyped_name_does_not_block_the_folder(tmp_path: Path, quick: None) -> None:
    inputs, out = _write_articles(tmp_path / "in", range(3)), tmp_path / "out"
    assert run([tmp_path / "inn"], out).n_rejects == 1
    assert run([inputs], out).n_articles == 3
    with pytest.raises(OutputError, match="other input"):
        run([tmp_path / "inn"], out)


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let files that were made just now count as old."""
    monkeypatch.setattr("pipeline.ingest.listing._TICK_NS", 0)


def _stop(*args: object, **how: object) -> object:
    raise KeyboardInterrupt


def _stopped_run(inputs: Path, out: Path, monkeypatch: pytest.MonkeyPatch, **how: object) -> None:
    with monkeypatch.context() as patched:
        patched.setattr("pipeline.flow.make_reader", _stop)
        with pytest.raises(KeyboardInterrupt):
            run([inputs], out, **how)


def test_articles_laid_out_by_a_stopped_run_are_not_ingested_again(
    tmp_path: Path, quick: None, settled: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    inputs = _write_articles(tmp_path / "in", range(6))
    (inputs / "copy.txt").write_bytes((inputs / "003.txt").read_bytes())
    (inputs / "blank.txt").write_text("", encoding="utf-8")
    (inputs / "picture.jpg").write_bytes(b"")
    run([inputs], tmp_path / "whole")
    out = tmp_path / "out"
    _stopped_run(inputs, out, monkeypatch)
    monkeypatch.setattr("pipeline.flow.read_listed", _stop)
    run([inputs], out)
    assert _files(out) == _files(tmp_path / "whole")
    assert run([inputs], out).was_finished
    with pytest.raises(KeyboardInterrupt):
        run([inputs], out, columns={"text": "body"})


@pytest.mark.parametrize("change", ["rewritten", "touched", "added", "removed", "renamed"])
def test_an_input_that_changed_since_is_ingested_again(
    tmp_path: Path, quick: None, settled: None, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    inputs, out = _write_articles(tmp_path / "in", range(6)), tmp_path / "out"
    _stopped_run(inputs, out, monkeypatch)
    first, times = inputs / "000.txt", (inputs / "000.txt").stat()
    if change == "rewritten":  # of the same length, and with its time put back
        first.write_text(first.read_text(encoding="utf-8").replace("wczoraj", "dzisiaj"), encoding="utf-8")
        os.utime(first, ns=(times.st_atime_ns, times.st_mtime_ns))
        assert first.stat().st_size == times.st_size
    elif change == "touched":
        first.touch()
    elif change == "added":
        _write_articles(inputs, range(6, 7))
    elif change == "removed":
        first.unlink()
    else:
        first.rename(inputs / "later.txt")
    run([inputs], out)
    run([inputs], tmp_path / "whole")
    assert _files(out) == _files(tmp_path / "whole")


def test_files_written_a_moment_ago_are_ingested_again(
    tmp_path: Path, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    inputs, out = _write_articles(tmp_path / "in", range(3)), tmp_path / "out"
    monkeypatch.setattr("pipeline.ingest.listing._TICK_NS", 3_600_000_000_000)
    _stopped_run(inputs, out, monkeypatch)
    assert not (out / ".work" / "ingested.json").exists()
    run([inputs], out)
    assert not (out / ".work" / "ingested.json").exists()


def test_damaged_articles_are_ingested_again(
    tmp_path: Path, quick: None, settled: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    inputs, out = _write_articles(tmp_path / "in", range(6)), tmp_path / "out"
    run([inputs], tmp_path / "whole")
    _stopped_run(inputs, out, monkeypatch)
    laid_out = out / ".work" / "documents.new.sqlite"
    laid_out.write_bytes(laid_out.read_bytes()[:5_000])
    run([inputs], out)
    assert _files(out) == _files(tmp_path / "whole")


def test_a_stopped_update_goes_on_from_the_articles_laid_out(
    tmp_path: Path, quick: None, settled: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = _write_articles(tmp_path / "old", range(6)), _write_articles(tmp_path / "new", range(20, 23))
    for name in ("out", "whole"):
        run([old], tmp_path / name)
    run([new], tmp_path / "whole", update=True)
    _stopped_run(new, tmp_path / "out", monkeypatch, update=True)
    monkeypatch.setattr("pipeline.flow.read_listed", _stop)
    run([new], tmp_path / "out", update=True)
    assert _files(tmp_path / "out") == _files(tmp_path / "whole")


def test_what_could_not_be_read_is_tried_again(
    tmp_path: Path, quick: None, settled: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    inputs, out = _write_articles(tmp_path / "in", range(3)), tmp_path / "out"
    monkeypatch.setattr("pipeline.ingest.readers.open_input", _broken)
    _stopped_run(inputs, out, monkeypatch)
    monkeypatch.undo()
    monkeypatch.setattr("pipeline.flow.load_nlp", lambda model: None)
    monkeypatch.setattr("pipeline.flow.make_reader", stand_in.make_reader)
    assert run([inputs], out).n_rejects == 0


def _broken(path: Path) -> object:
    raise UnreadableInput("cannot read: Input/output error")
