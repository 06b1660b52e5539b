"""The gate: what it refuses, and that it cannot check nothing."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.errors import CivicActorsError
from pipeline.records import Reading
from pipeline.training import evaluate as evaluate_module
from pipeline.training.evaluate import Evaluation, evaluate_readings
from pipeline.training.floors import check_floors, guarded_figures, update_floors
from pipeline.training.gold import GoldArticle


@pytest.fixture
def evaluation(article: GoldArticle, read: Callable[[GoldArticle], Reading]) -> Evaluation:
    measured = evaluate_readings([article], [read(article)], [read(article)])
    return replace(measured, sha256="abc", model="shipped")


def _worse(evaluation: Evaluation, name: str, f: float) -> Evaluation:
    figure = replace(evaluation.figures[name], f=f)
    return replace(evaluation, figures=evaluation.figures | {name: figure})


def test_pinned_floors_hold_for_what_was_measured(evaluation: Evaluation, tmp_path: Path) -> None:
    changes = update_floors(evaluation, tmp_path / "floors.json")
    assert "mentions.strict.person: None -> 0.997" in changes
    assert check_floors(evaluation, tmp_path / "floors.json") == []
    assert json.loads((tmp_path / "floors.json").read_text())["dev"]["sha256"] == "abc"


def test_every_stage_and_label_is_guarded(evaluation: Evaluation) -> None:
    guarded = guarded_figures(evaluation)
    for label in ("person", "role", "institution", "location"):
        assert {f"mentions.strict.{label}", f"nominative.exact.{label}"} <= set(guarded)
    for way in ("end_to_end", "gold_mentions"):
        assert {f"links.{way}.role", f"links.{way}.institution", f"status.{way}.all"} <= set(guarded)


def test_gate_without_floors_fails(evaluation: Evaluation, tmp_path: Path) -> None:
    assert "nothing would be checked" in check_floors(evaluation, tmp_path / "none.json")[0]
    path = tmp_path / "floors.json"
    path.write_text(json.dumps({"dev": {"sha256": "abc", "floors": {}}}))
    assert "nothing would be checked" in check_floors(evaluation, path)[0]
    path.write_text(json.dumps({"test": {"sha256": "abc", "floors": {"mentions.strict.person": 0.1}}}))
    assert "nothing would be checked" in check_floors(evaluation, path)[0]


def test_floor_taken_out_is_noticed(evaluation: Evaluation, tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    update_floors(evaluation, path)
    document = json.loads(path.read_text())
    del document["dev"]["floors"]["mentions.strict.role"]
    path.write_text(json.dumps(document))
    assert check_floors(evaluation, path) == ["mentions.strict.role has no floor"]


def test_figure_below_its_floor_or_gone_fails(evaluation: Evaluation, tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    update_floors(evaluation, path)
    assert check_floors(_worse(evaluation, "mentions.strict.role", 0.5), path) == [
        "mentions.strict.role is 0.5000, below its floor 0.997"
    ]
    figures = {name: figure for name, figure in evaluation.figures.items() if name != "mentions.strict.role"}
    assert "was not measured" in check_floors(replace(evaluation, figures=figures), path)[0]


def test_changed_gold_fails(evaluation: Evaluation, tmp_path: Path) -> None:
    update_floors(evaluation, tmp_path / "floors.json")
    problems = check_floors(replace(evaluation, sha256="other"), tmp_path / "floors.json")
    assert problems == ["the gold of dev has changed since the floors were pinned"]


def test_floor_sinks_only_when_told(evaluation: Evaluation, tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    update_floors(evaluation, path)
    before = path.read_bytes()
    worse = _worse(evaluation, "mentions.strict.role", 0.5)
    with pytest.raises(CivicActorsError, match=r"mentions\.strict\.role is 0\.5000.*--lower"):
        update_floors(worse, path)
    assert path.read_bytes() == before
    assert update_floors(worse, path, lower=True) == ["mentions.strict.role: 0.997 -> 0.497"]
    assert check_floors(worse, path) == []


def test_floor_stays_when_the_figure_is_within_the_margin(evaluation: Evaluation, tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    update_floors(evaluation, path)
    assert update_floors(_worse(evaluation, "mentions.strict.role", 0.998), path) == []
    assert update_floors(_worse(evaluation, "mentions.strict.role", 0.998), path, lower=True) == []


def test_nothing_measured_pins_nothing(evaluation: Evaluation, tmp_path: Path) -> None:
    with pytest.raises(CivicActorsError, match="nothing was measured"):
        update_floors(replace(evaluation, figures={}), tmp_path / "floors.json")
    assert not (tmp_path / "floors.json").exists()


def test_floors_of_other_splits_stay(evaluation: Evaluation, tmp_path: Path) -> None:
    update_floors(evaluation, tmp_path / "floors.json")
    update_floors(replace(evaluation, split="test"), tmp_path / "floors.json")
    assert set(json.loads((tmp_path / "floors.json").read_text())) == {"dev", "test"}


def test_broken_floors_file_is_an_error(evaluation: Evaluation, tmp_path: Path) -> None:
    (tmp_path / "floors.json").write_text("{")
    with pytest.raises(CivicActorsError, match="not JSON"):
        check_floors(evaluation, tmp_path / "floors.json")


def test_command_exits_by_the_gate(
    evaluation: Evaluation, gold_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    measured = [evaluation]
    monkeypatch.setattr(evaluate_module, "evaluate", lambda *_, **__: measured[0])
    command = ["evaluate", str(gold_folder), "--split", "dev"]
    assert CliRunner().invoke(app, command).exit_code == 0
    assert CliRunner().invoke(app, [*command, "--check"]).exit_code == 1
    assert CliRunner().invoke(app, [*command, "--update-floors"]).exit_code == 0
    assert CliRunner().invoke(app, [*command, "--check"]).exit_code == 0
    measured[0] = _worse(evaluation, "mentions.strict.role", 0.5)
    assert CliRunner().invoke(app, [*command, "--check"]).exit_code == 1
    assert CliRunner().invoke(app, [*command, "--update-floors", "--model", "x"]).exit_code == 2
