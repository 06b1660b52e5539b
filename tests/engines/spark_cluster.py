"""A cluster of Spark's own on the loopback, apart from the driver: `make test-cluster`, some minutes."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pyspark
import pytest

from pipeline.config import load_config
from pipeline.flow import run
from tests.engines import stand_in
from tests.engines.test_resume import _write_articles
from tests.engines.test_spark import _tables

HOST = "127.0.0.1"
ROOT = Path(__file__).parent.parent.parent


def _free_port() -> int:
    with socket.socket() as one:
        one.bind((HOST, 0))
        return int(one.getsockname()[1])


def _start(part: str, *arguments: str) -> subprocess.Popen[bytes]:
    home = Path(pyspark.__file__).parent
    mine = {"SPARK_LOCAL_IP": HOST, "PYSPARK_PYTHON": sys.executable, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        [str(home / "bin" / "spark-class"), f"org.apache.spark.deploy.{part}", "--host", HOST, *arguments],
        env=os.environ | mine | {"SPARK_HOME": str(home)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _wait_for_worker(page: str) -> None:
    """Wait until the master's own page says that a worker is there."""
    for _ in range(600):
        try:
            with urlopen(page) as answer:
                if b'"aliveworkers" : 1' in answer.read():
                    return
        except URLError:
            pass
        time.sleep(0.2)
    raise TimeoutError("Spark's worker did not register in two minutes")


@pytest.fixture
def master(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("SPARK_LOCAL_IP", HOST)
    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    port, page = _free_port(), _free_port()
    url = f"spark://{HOST}:{port}"
    parts = [
        _start("master.Master", "--port", str(port), "--webui-port", str(page)),
        _start("worker.Worker", "--cores", "2", "--memory", "2g", "--work-dir", str(tmp_path / "work"), url),
    ]
    try:
        _wait_for_worker(f"http://{HOST}:{page}/json/")
        yield url
    finally:
        for part in parts:
            part.terminate()
            part.wait(60)


def test_a_cluster_gives_the_rows_of_a_local_run(
    tmp_path: Path, master: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.flow.load_nlp", lambda model: None)
    monkeypatch.setattr("pipeline.flow.make_reader", stand_in.make_reader)
    inputs = _write_articles(tmp_path / "in", range(20))
    (inputs / "kill.txt").write_text("Ewa Lis spotkała się z KILLWORKER w gminie.", encoding="utf-8")
    (inputs / "bad.txt").write_text("Jan Lis spotkał się z FAILWORKER w gminie.", encoding="utf-8")
    config = load_config().changed(chunk_articles=4)
    run([inputs], tmp_path / "local", config=config, workers=2)
    run([inputs], tmp_path / "cluster", config=config, engine="spark", spark_master=master)
    assert _tables(tmp_path / "cluster") == _tables(tmp_path / "local")
    assert len(_tables(tmp_path / "cluster")["rejects"]) == 2
