"""Under Spark every table has the rows of a local run; what was read is kept, and one bad article stops nothing."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import pyarrow.parquet as pq
import pytest

from pipeline.config import load_config
from pipeline.engines.hadoop import RemoteError
from pipeline.errors import ConfigError, EngineError, OutputError
from pipeline.flow import run
from pipeline.schema import TABLES
from tests.engines import stand_in
from tests.engines.test_resume import _write_articles

MASTER = "local[2]"


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.flow.load_nlp", lambda model: None)
    monkeypatch.setattr("pipeline.flow.make_reader", stand_in.make_reader)


def _tables(out: Path) -> dict[str, list[dict[str, object]]]:
    return {table.name: pq.read_table(out / f"{table.name}.parquet").to_pylist() for table in TABLES}


@pytest.mark.spark
def test_the_rows_are_those_of_a_local_run_and_a_second_start_reads_nothing(
    tmp_path: Path, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    inputs = _write_articles(tmp_path / "in", range(12))
    (inputs / "copy.txt").write_bytes((inputs / "003.txt").read_bytes())
    (inputs / "bad.txt").write_text("Jan Lis spotkał się z FAILWORKER w gminie.", encoding="utf-8")
    (inputs / "kill.txt").write_text("Ewa Lis spotkała się z KILLWORKER w gminie.", encoding="utf-8")
    config = load_config().changed(chunk_articles=4)
    run([inputs], tmp_path / "local", config=config, workers=2)
    out = tmp_path / "spark"
    run([inputs], out, config=config, engine="spark", spark_master=MASTER)
    assert _tables(out) == _tables(tmp_path / "local")
    reasons = {Path(row["source"]).name: row["reason"] for row in _tables(out)["rejects"]}
    assert reasons == {
        "bad.txt": "ValueError: this article cannot be read",
        "kill.txt": "ended the process that read it, twice",
    }
    (out / "manifest.json").unlink()
    monkeypatch.setattr("pipeline.engines.spark.open_session", None)
    run([inputs], out, config=config, engine="spark", spark_master=MASTER)
    assert _tables(out) == _tables(tmp_path / "local")


def test_without_the_extra_the_message_names_it(
    tmp_path: Path, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.engines.spark.find_spec", lambda name: None)
    with pytest.raises(EngineError, match=r"civic-actors\[spark\]"):
        run([_write_articles(tmp_path / "in", range(2))], tmp_path / "out", engine="spark")


def test_without_java_the_message_says_so(
    tmp_path: Path, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.engines.spark.find_spec", lambda name: name)
    monkeypatch.setattr(shutil, "which", lambda name: None)
    monkeypatch.setattr(os, "environ", {})
    with pytest.raises(EngineError, match="Java 17"):
        run([_write_articles(tmp_path / "in", range(2))], tmp_path / "out", engine="spark")


@dataclass(frozen=True)
class Store:
    """A folder, and its address on a file system of Hadoop's that every Spark has."""

    folder: Path
    address: str


@pytest.fixture
def store(tmp_path: Path) -> Store:
    from pyspark import SparkContext

    folder = tmp_path / "store"
    folder.mkdir()
    name = f"town{crc32(str(tmp_path).encode())}"  # Java keeps file systems by their name
    SparkContext.setSystemProperty(f"spark.hadoop.fs.viewfs.mounttable.{name}.link./store", folder.as_uri())
    return Store(folder, f"viewfs://{name}/store")


def _far(tmp_path: Path, **more: object) -> dict[str, object]:
    config = load_config().changed(chunk_articles=4, spark_work=str(tmp_path / "kept"))
    return {"config": config, "engine": "spark", "spark_master": "local[1]", **more}


def _bytes(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in out.iterdir() if path.suffix == ".parquet"}


@pytest.mark.spark
def test_articles_and_datasets_may_lie_on_any_file_system_that_spark_knows(
    tmp_path: Path, quick: None, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    town, far, out = store.folder, store.address, f"{store.address}/out"
    inputs = _write_articles(town / "in", range(6))
    _write_articles(town / "in" / "deeper, ż%20", range(20, 22))
    (inputs / "picture.jpg").write_bytes(b"\xff\xd8")
    (inputs / "blank.txt").write_text("")
    _write_articles(town / "listed", range(30, 32))
    (town / "list.csv").write_text(
        "path,title\nlisted/030.txt,Droga\n../../../etc/passwd,x\nlisted/none.txt,y\n"
    )
    given = [
        f"{far}/in",
        f"{far}/listed/*31.txt",
        f"{far}/list.csv",
        f"{far}/nowhere",
        "nix://a/b",
        "https://a.pl/",
    ]
    summary = run(given, out, **_far(tmp_path))
    assert (summary.out, summary.n_articles, summary.skipped) == (
        out,
        10,
        {".jpg": 1},
    )
    tables = _tables(town / "out")
    sources = [row["source"] for row in tables["articles"]]
    assert sorted(sources) == sorted(
        f"{far}/{path.relative_to(town)}" for path in town.rglob("0*.txt") if "out" not in path.parts
    )
    reasons = {row["source"]: row["reason"] for row in tables["rejects"]}
    assert sorted(reasons) == sorted(
        [
            f"{far}/in/blank.txt",
            f"{far}/list.csv#2",
            f"{far}/list.csv#3",
            f"{far}/nowhere",
            "https://a.pl/",
            "nix://a/b",
        ]
    )
    assert str(tmp_path) not in str(tables)
    assert [path.suffix for path in (tmp_path / "kept").iterdir()] == [".lock"]
    # The same command does nothing, from a machine that holds nothing of it too.
    before = (town / "out" / "manifest.json").stat().st_mtime_ns
    monkeypatch.setattr("pipeline.flow.make_reader", None)
    assert run(given, out, **_far(tmp_path)).was_finished
    assert (town / "out" / "manifest.json").stat().st_mtime_ns == before


@pytest.mark.spark
def test_a_dataset_elsewhere_grows_and_goes_on_where_it_was_stopped(
    tmp_path: Path, quick: None, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    town, far, out = store.folder, store.address, f"{store.address}/out"
    old, new = _write_articles(town / "old", range(6)), _write_articles(town / "new", range(20, 25))
    for name in ("old", "new"):
        run([f"{far}/{name}"], tmp_path / "here", **_far(tmp_path, update=name == "new"))
    assert not (tmp_path / "here" / ".work" / "inputs").exists()
    run([f"{far}/old"], out, **_far(tmp_path))
    with monkeypatch.context() as patched, pytest.raises(OutputError, match="what is done is kept in"):
        patched.setattr("pipeline.engines.hadoop.HadoopFiles.put", _refuse)
        run([f"{far}/new"], out, **_far(tmp_path, update=True))
    assert not (town / "out" / "manifest.json").exists()
    with pytest.raises(OutputError, match=f"{out} .here .* holds a dataset of other input"):
        run([f"{far}/new"], out, **_far(tmp_path))
    monkeypatch.setattr("pipeline.flow.make_reader", None)  # whatever was read is kept
    assert run([f"{far}/new"], out, **_far(tmp_path, update=True)).was_finished
    assert _bytes(town / "out") == _bytes(tmp_path / "here")
    assert old.is_dir() and new.is_dir()


def _refuse(*args: object) -> None:
    raise RemoteError("the disk there is full")


@pytest.mark.spark
def test_a_folder_elsewhere_of_other_files_is_not_touched(tmp_path: Path, quick: None, store: Store) -> None:
    (store.folder / "notes.txt").write_text("Own notes.")
    inputs = _write_articles(tmp_path / "in", range(2))
    with pytest.raises(OutputError, match="holds other files"):
        run([inputs], store.address, **_far(tmp_path))
    with pytest.raises(OutputError, match="S3AFileSystem not found"):
        run([inputs], "s3a://bucket/out", **_far(tmp_path))
    assert [path.name for path in store.folder.iterdir()] == ["notes.txt"]


def test_an_address_that_lost_a_slash_is_refused(
    tmp_path: Path, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(OutputError, match="give it as text"):
        run([_write_articles(tmp_path / "in", range(2))], Path("s3a://bucket/out"), engine="spark")
    assert not (tmp_path / "s3a:").exists()


def test_an_unknown_engine_is_refused(tmp_path: Path, quick: None) -> None:
    with pytest.raises(ConfigError, match="local, spark"):
        run([_write_articles(tmp_path / "in", range(2))], tmp_path / "out", engine="slurm")
