from pathlib import Path

import pytest

from pipeline.training.stage_clock import StageClock, read_training


def test_each_stage_is_told_and_kept_once(tmp_path: Path) -> None:
    told: list[str] = []
    work = tmp_path / "work"
    clock = StageClock(work, "two stages", told.append)
    assert clock.run("final", lambda: "made") == "made"
    first = read_training(work)
    clock.run("base", lambda: "made")
    assert StageClock(work, "two stages", told.append).run("final", lambda: "there") == "there"
    assert told == ["final: 0 s", "base: 0 s"]
    run = read_training(work)
    assert first is not None and run is not None
    assert (run.recipe, [stage for stage, _ in run.stages]) == ("two stages", ["final", "base"])
    assert run.stages[0] == first.stages[0]
    assert run.goes == 1  # the second clock found nothing left to do


def test_a_training_that_is_resumed_was_started_twice(tmp_path: Path) -> None:
    for stage in ("base", "final"):
        StageClock(tmp_path, "two stages", lambda line: None).run(stage, lambda: "made")
    run = read_training(tmp_path)
    assert run is not None and run.goes == 2


def test_a_stage_that_fails_has_no_time(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        StageClock(tmp_path, "one stage", lambda line: None).run("base", lambda: 1 / 0)
    assert read_training(tmp_path) is None
