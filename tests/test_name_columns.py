import csv
import io
import os
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.commands.options import DONE_WITH_REJECTS
from pipeline.errors import ConfigError, UnreadableInput
from pipeline.name_columns import DETAILS, add_nominatives

RUNNER = CliRunner()


def _rows(path: Path, separator: str = ",") -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.reader(lines, delimiter=separator))


def _add(folder: Path, data: bytes, column: str, **options: object) -> tuple[Path, object]:
    (folder / "in.csv").write_bytes(data)
    out = folder / "out.csv"
    return out, add_nominatives(folder / "in.csv", column, out=out, **options)


def test_columns_their_order_and_the_separator_stay(tmp_path: Path) -> None:
    data = 'nr;Gość;uwagi\r\n1;Klaudii Porębskiej;"a;b"\r\n2;Jan Lis;\r\n'.encode()
    out, summary = _add(tmp_path, data, "gość")
    assert _rows(out, ";") == [
        ["nr", "Gość", "uwagi", "Gość_nominative"],
        ["1", "Klaudii Porębskiej", "a;b", "Klaudia Porębska"],
        ["2", "Jan Lis", "", "Jan Lis"],
    ]
    assert out.read_bytes().count(b"\r\n") == 3
    assert (summary.n_rows, summary.n_changed, summary.separator) == (2, 1, ";")


@pytest.mark.parametrize(("encoding", "told"), [("cp1250", "cp1250"), ("utf-8-sig", "utf-8-sig")])
def test_encoding_is_found_and_told_and_the_output_is_utf8(tmp_path: Path, encoding: str, told: str) -> None:
    data = "name\nAnny Gołąb\nStanisława Żaka\n".encode(encoding)
    out, summary = _add(tmp_path, data, "name")
    assert summary.encoding == told
    assert out.read_bytes().startswith(b"\xef\xbb\xbf") == (encoding == "utf-8-sig")
    assert [row[-1] for row in _rows(out)[1:]] == ["Anna Gołąb", "Stanisław Żak"]


def test_details_add_the_parts(tmp_path: Path) -> None:
    out, _ = _add(tmp_path, "n\ndr. Klaudii Porębskiej\n\n \n".encode(), "n", details=True)
    header, row, empty = _rows(out)
    assert header == ["n", "n_nominative", *(f"n_{part}" for part in DETAILS)]
    assert row[1:5] == ["Klaudia Porębska", "f", "Klaudia", "Porębska"]
    assert empty == [" ", *[""] * (1 + len(DETAILS))]


def test_a_row_of_other_width_is_kept_and_counted(tmp_path: Path) -> None:
    out, summary = _add(tmp_path, b"a,name\n1,Jana Lisa,x,y\n2\n3,Jana Lisa\n\n4,\n", "name")
    assert _rows(out)[1:] == [
        ["1", "Jana Lisa", "x", "y"],
        ["2"],
        ["3", "Jana Lisa", "Jan Lis"],
        ["4", "", ""],
    ]
    assert (summary.n_rows, summary.n_bad, summary.n_empty) == (4, 2, 1)


def test_places_by_label(tmp_path: Path) -> None:
    out, _ = _add(tmp_path, b"sep=\t\nplace\tx\nOzimka\t1\n", "place", label="location")
    assert out.read_text(encoding="utf-8") == "sep=\t\nplace\tx\tplace_nominative\nOzimka\t1\tOzimek\n"


def test_a_missing_column_names_those_there(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="the columns are a, name"):
        _add(tmp_path, b"a,name\n1,Jan\n", "nazwisko")
    assert not (tmp_path / "out.csv").exists()


def test_a_second_run_on_its_own_output_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="already has name_nominative"):
        _add(tmp_path, b"name,name_nominative\nJan,Jan\n", "name")


def test_an_empty_or_binary_file_is_refused(tmp_path: Path) -> None:
    for data in (b"", b"PK\x03\x04\x00\x00"):
        with pytest.raises(UnreadableInput):
            _add(tmp_path, data, "name")


CELLS = st.text(st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from("\n\r"))


@given(st.lists(st.tuples(CELLS, CELLS), max_size=4))
def test_every_other_cell_survives(
    tmp_path_factory: pytest.TempPathFactory, cells: list[tuple[str, str]]
) -> None:
    folder = tmp_path_factory.mktemp("columns")
    rows = [[name, other, "ę"] for name, other in cells]
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows([["name", "other", "x"], *rows])
    out, summary = _add(folder, text.getvalue().encode(), "name")
    written = _rows(out)[1:]
    assert [row[:3] for row in written] == rows
    assert summary.n_rows == len(rows)
    assert all(len(row) == 4 for row in written)


def test_command_reads_a_pipe_and_exits_with_three_for_bad_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    read, write = os.pipe()
    os.write(write, b"name\nJana Lisa\nx,y\n")
    os.close(write)
    with os.fdopen(read, encoding="utf-8") as pipe:
        monkeypatch.setattr(sys, "stdin", pipe)
        add_nominatives(None, "name")
    assert capsys.readouterr().out == "name,name_nominative\nJana Lisa,Jan Lis\nx,y\n"
    (tmp_path / "in.csv").write_text("name\nJana Lisa\nx,y\n", encoding="utf-8")
    options = ["nominative", "--csv", str(tmp_path / "in.csv"), "--column", "name", "-o", str(tmp_path / "o")]
    result = RUNNER.invoke(app, options)
    assert result.exit_code == DONE_WITH_REJECTS
    assert "1 row kept as written" in result.output


@pytest.mark.parametrize(
    "options", [["--csv", "x.csv"], ["--column", "a"], ["-o", "x"], ["--csv", "x", "--column", "a", "Jan"]]
)
def test_half_a_table_is_a_wrong_call(options: list[str]) -> None:
    assert RUNNER.invoke(app, ["nominative", *options]).exit_code == 2
