from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.cli import app, main
from pipeline.commands.options import DONE_WITH_REJECTS

RUNNER = CliRunner()


def test_every_command_has_help_with_an_example() -> None:
    for command in app.registered_commands:
        text = command.callback.__doc__ or ""
        name = command.name or command.callback.__name__
        assert f"civic-actors {name}" in text or name == "info", name


def test_nominative_of_arguments_and_of_lines() -> None:
    assert RUNNER.invoke(app, ["nominative", "Klaudii Porębskiej"]).output.strip() == "Klaudia Porębska"
    lines = RUNNER.invoke(app, ["nominative", "--label", "location"], input="Ozimka\nGminy Kije\n")
    assert lines.output.split("\n")[:2] == ["Ozimek", "Gmina Kije"]


def test_an_unknown_label_names_the_known_ones() -> None:
    result = RUNNER.invoke(app, ["nominative", "--label", "animal", "Burek"])
    assert result.exit_code == 2
    assert "institution" in result.output


def test_a_column_without_a_name_is_a_wrong_call(tmp_path: Path) -> None:
    result = RUNNER.invoke(app, ["run", "x.csv", "-o", str(tmp_path / "o"), "--column", "text"])
    assert result.exit_code == 2


@pytest.mark.model
def test_bad_input_is_rejected_with_exit_code_three(tmp_path: Path) -> None:
    (tmp_path / "pusty.txt").write_text("")
    (tmp_path / "dobry.txt").write_text(
        "Burmistrz Jan Zieliński otworzył nową szkołę w Ujeździe.", encoding="utf-8"
    )
    result = RUNNER.invoke(app, ["run", str(tmp_path), "-o", str(tmp_path / "out")])
    assert result.exit_code == DONE_WITH_REJECTS
    assert "empty" in result.output


def test_an_error_is_one_line_and_exit_code_one(tmp_path: Path, monkeypatch, capsys) -> None:
    monkeypatch.setattr("sys.argv", ["civic-actors", "show", str(tmp_path)])
    with pytest.raises(SystemExit) as stopped:
        main()
    assert stopped.value.code == 1
    assert "civic-actors run" in capsys.readouterr().err
