"""CSV, Excel and JSON lines, each read back by another program."""

import csv
import json
from pathlib import Path

import duckdb
import openpyxl
import pandas as pd
import pytest
from frictionless import Package
from frictionless import system as frictionless

import pipeline
from pipeline.errors import OutputError
from pipeline.export import to_xlsx
from pipeline.export.dataset import Dataset
from pipeline.schema import TABLES

FORMULA = '=HYPERLINK("http://evil","x")'


@pytest.fixture
def formulas(rows, write_small, tmp_path: Path) -> Dataset:
    rows["actors"][0]["name"] = FORMULA
    rows["actors"][1]["name"] = "-5"
    return write_small(tmp_path / "formulas", rows)


def _faults(folder: Path) -> list[object]:
    """Return what Frictionless finds wrong with a folder's tables, all of which it must have read."""
    with frictionless.use_context(trusted=True):
        report = Package(str(folder / "datapackage.json")).validate()
    return [
        *report.flatten(["type", "message"]),
        *(["tables left out"] if len(report.tasks) != len(TABLES) else []),
    ]


@pytest.mark.model
def test_the_description_of_the_dataset_validates(demo: Path) -> None:
    assert _faults(demo) == []


@pytest.mark.model
def test_the_description_of_the_csv_validates(demo: Path, tmp_path: Path) -> None:
    pipeline.export(demo, to="csv", out=tmp_path)
    assert _faults(tmp_path) == []


def test_csv_opens_in_a_polish_excel(formulas: Dataset, tmp_path: Path) -> None:
    pipeline.export(formulas, to="csv", out=tmp_path / "csv")
    raw = (tmp_path / "csv" / "actors.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbfactor_id;name;")
    assert raw.count(b"\r\n") == raw.count(b"\n") == 3
    with (tmp_path / "csv" / "actors.csv").open(encoding="utf-8-sig", newline="") as file:
        names = [row["name"] for row in csv.DictReader(file, delimiter=";")]
    assert names == [f"'{FORMULA}", "'-5"]
    mentions = (tmp_path / "csv" / "mentions.csv").read_text(encoding="utf-8-sig")
    assert ";1,0;;0,5;" in mentions


def test_csv_read_by_pandas_is_the_dataset(small: Dataset, tmp_path: Path) -> None:
    pipeline.export(small, to="csv", out=tmp_path / "csv", all_people=True)
    for table in TABLES:
        read = pd.read_csv(tmp_path / "csv" / f"{table.name}.csv", sep=";", decimal=",", dtype={"teryt": str})
        assert list(read.columns) == [column.name for column in table.columns]
        assert len(read) == len(getattr(small, table.name))
    mentions = pd.read_csv(tmp_path / "csv" / "mentions.csv", sep=";", decimal=",")
    assert mentions["lemma_score"].tolist() == [1.0] * 7
    assert mentions["confidence"].tolist() == [0.5] * 7


def test_jsonl_read_by_duckdb_is_the_dataset(small: Dataset, tmp_path: Path) -> None:
    pipeline.export(small, to="jsonl", out=tmp_path / "jsonl", all_people=True)
    path = tmp_path / "jsonl" / "actors.jsonl"
    found = duckdb.sql(
        f"SELECT name, aliases, first_seen FROM read_json('{path}') ORDER BY actor_id"
    ).fetchall()
    assert [row[0] for row in found] == small.actors["name"].tolist()
    assert found[0][1] == ["Lis"]
    assert str(found[0][2]) == "2024-05-07"
    described = json.loads((tmp_path / "jsonl" / "datapackage.json").read_text(encoding="utf-8"))
    assert all((tmp_path / "jsonl" / one["path"]).exists() for one in described["resources"])


def test_excel_holds_every_table_and_no_formula(formulas: Dataset, tmp_path: Path) -> None:
    (path,) = pipeline.export(formulas, to="xlsx", out=tmp_path / "x").files
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == [table.name for table in TABLES]
    sheet = book["actors"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:N3"
    assert [cell.value for cell in sheet["B"]] == ["name", FORMULA, "-5"]
    assert [cell.data_type for cell in sheet["B"]] == ["s", "s", "s"]
    assert sheet["A1"].comment.text.startswith("Hashed")
    assert str(sheet["M2"].value) == "2024-05-07 00:00:00"
    assert book["institutions"]["G2"].value == "2604032"
    kinds = {cell.data_type for one in book for row in one.iter_rows() for cell in row}
    assert "f" not in kinds


def test_a_long_cell_is_cut_and_told(rows, write_small, tmp_path: Path) -> None:
    rows["articles"][0]["text"] = "😀" * 20_000
    written = pipeline.export(write_small(tmp_path / "long", rows), to="xlsx", out=tmp_path / "x")
    cell = openpyxl.load_workbook(written.files[0])["articles"]["H2"].value
    assert cell.endswith("😀 […]")
    assert len(cell.encode("utf-16-le")) // 2 <= to_xlsx.MAX_CELL
    assert written.notes == (
        "1 cells of articles.text are longer than 32,767 characters and end in […] in Excel",
    )


def test_too_many_rows_for_a_sheet_are_refused(small: Dataset, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(to_xlsx, "MAX_ROWS", 3)
    with pytest.raises(OutputError, match="mentions has .* export --to csv"):
        pipeline.export(small, to="xlsx", out=tmp_path / "x")
    assert not list((tmp_path / "x").iterdir())
