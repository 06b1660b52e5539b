from pathlib import Path

import pytest

from pipeline.training.stage_clock import StageClock, read_times


def test_each_stage_is_told_and_kept_once(tmp_path: Path) -> None:
    told: list[str] = []
    clock = StageClock(tmp_path / "work", told.append)
    assert clock.run("base", lambda: "made") == "made"
    first = read_times(tmp_path / "work")
    clock.run("final", lambda: "made")
    assert StageClock(tmp_path / "work", told.append).run("base", lambda: "there") == "there"
    assert list(read_times(tmp_path / "work")) == ["base", "final"]
    assert read_times(tmp_path / "work")["base"] == first["base"]
    assert told == ["base: 0 s", "final: 0 s"]


def test_a_stage_that_fails_has_no_time(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        StageClock(tmp_path, lambda line: None).run("base", lambda: 1 / 0)
    assert read_times(tmp_path) == {}
