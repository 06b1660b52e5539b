"""The collector waits during work, comes back after it, and takes what the work left in cycles."""

import gc
import os
import subprocess
import sys
import weakref
from pathlib import Path

import pytest

from pipeline.garbage import PIECES, collected_after, paused_collection, spare_last_walk

ROOT = Path(__file__).parents[1]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}


class _Node:
    """An object that refers to itself."""

    def __init__(self) -> None:
        self.own = self


@pytest.mark.parametrize("pause", [paused_collection, collected_after])
def test_the_collector_waits_and_comes_back(pause) -> None:
    gc.enable()
    with pytest.raises(ValueError, match="broken"), pause():
        assert not gc.isenabled()
        raise ValueError("broken")
    assert gc.isenabled()


def test_a_pause_inside_another_does_not_end_it() -> None:
    with paused_collection():
        with collected_after():
            pass
        assert not gc.isenabled()


def test_cycles_of_the_work_are_gone_after_a_while() -> None:
    with paused_collection():
        with collected_after():
            left = weakref.ref(_Node())
            assert left() is not None
        for _ in range(PIECES):
            with collected_after():
                pass
        assert left() is None


def test_what_a_process_holds_at_its_end_is_walked_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "duckdb", raising=False)
    try:
        spare_last_walk()
        assert gc.get_freeze_count() > 1_000
        assert not gc.get_objects(generation=2)
    finally:
        gc.unfreeze()


def test_a_process_that_used_duckdb_ends_without_complaint(tmp_path: Path) -> None:
    code = "import duckdb; from pipeline.garbage import spare_last_walk; duckdb.sql('select 1'); spare_last_walk()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=tmp_path, env=ENVIRONMENT)
    assert (done.returncode, done.stderr) == (0, b"")
