"""Under Spark every table has the rows of a local run; what was read is kept, and one bad article stops nothing."""

import os
import shutil
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipeline.config import load_config
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


def test_an_address_is_no_folder(tmp_path: Path, quick: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(OutputError, match="folder of this machine"):
        run([_write_articles(tmp_path / "in", range(2))], "s3a://bucket/out", engine="spark")
    assert not (tmp_path / "s3a:").exists()


def test_an_unknown_engine_is_refused(tmp_path: Path, quick: None) -> None:
    with pytest.raises(ConfigError, match="local, spark"):
        run([_write_articles(tmp_path / "in", range(2))], tmp_path / "out", engine="slurm")
