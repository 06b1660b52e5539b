"""Whatever text a dataset holds, each format that keeps its tables gives it back."""

import csv
import json
import sqlite3
import tempfile
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import pipeline
from pipeline.export.content import writable
from pipeline.guards import bare_cell
from tests.export.conftest import make_rows, write_rows

TEXT = st.text(
    st.sampled_from("aŻółć=+-@|'\";,\t\n\r \x00\x1b<>&█\u2028\ud800\U0001f600")
    | st.characters(codec="utf-8"),
    max_size=30,
)
CELLS = st.fixed_dictionaries(
    {
        "name": TEXT,
        "title": st.none() | TEXT,
        "headline": st.none() | TEXT,
        "aliases": st.lists(TEXT, max_size=3),
        "first_seen": st.none() | st.dates(date(1900, 1, 1), date(2100, 1, 1)),
        "n_articles": st.integers(0, 2**53),
    }
)
Cells = dict[str, Any]


def _read_jsonl(folder: Path) -> Cells:
    return json.loads((folder / "actors.jsonl").read_text(encoding="utf-8").split("\n")[0])


def _read_sqlite(folder: Path) -> Cells:
    with closing(sqlite3.connect(next(folder.glob("*.sqlite")))) as database:
        database.row_factory = sqlite3.Row
        row = dict(database.execute("SELECT * FROM actors WHERE actor_id = 'p1'").fetchone())
    return row | {"aliases": json.loads(row["aliases"])}


def _read_duckdb(folder: Path) -> Cells:
    with duckdb.connect(str(next(folder.glob("*.duckdb"))), read_only=True) as database:
        asked = database.execute("SELECT * FROM actors WHERE actor_id = 'p1'")
        return dict(zip([one[0] for one in asked.description], asked.fetchone(), strict=True))


@pytest.mark.parametrize(
    ("to", "read"), [("jsonl", _read_jsonl), ("sqlite", _read_sqlite), ("duckdb", _read_duckdb)]
)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(cells=CELLS)
def test_tables_read_back_as_they_were(to: str, read: Any, cells: Cells) -> None:
    with tempfile.TemporaryDirectory() as folder:
        found = read(_export(Path(folder), to, cells))
    for name, value in cells.items():
        wanted = value.isoformat() if isinstance(value, date) and to != "duckdb" else writable(value)
        assert found[name] == wanted, name


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(cells=CELLS)
def test_csv_reads_back_without_the_apostrophes_that_guard_it(cells: Cells) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = _export(Path(folder), "csv", cells) / "actors.csv"
        with path.open(encoding="utf-8-sig", newline="") as file:
            found = next(csv.DictReader(file, delimiter=";"))
    for name in ("name", "title", "headline"):
        assert bare_cell(found[name]) == (writable(cells[name]) or ""), name
    assert int(found["n_articles"]) == cells["n_articles"]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(cells=CELLS)
def test_an_excel_workbook_opens_and_no_cell_of_it_acts(cells: Cells) -> None:
    with tempfile.TemporaryDirectory() as folder:
        book = openpyxl.load_workbook(next(_export(Path(folder), "xlsx", cells).glob("*.xlsx")))
        rows = list(book["actors"].iter_rows())
        book.close()
    assert [cell.value for cell in rows[0]][:2] == ["actor_id", "name"]
    assert rows[1][0].value == "p1"
    assert all(cell.data_type != "f" for row in rows for cell in row)


@pytest.mark.parametrize("to", ["popolo", "gexf", "graphml", "labelstudio"])
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(cells=CELLS)
def test_formats_that_keep_no_tables_write_any_text(to: str, cells: Cells) -> None:
    with tempfile.TemporaryDirectory() as folder:
        files = [path for path in _export(Path(folder), to, cells).rglob("*") if path.is_file()]
        assert files and all(path.read_bytes().decode("utf-8") for path in files)


def _export(folder: Path, to: str, cells: Cells) -> Path:
    rows = make_rows()
    rows["actors"][0] |= {name: _storable(value) for name, value in cells.items()}
    pipeline.export(write_rows(folder / "dataset", rows), to=to, out=folder / "out")
    return folder / "out"


def _storable(value: Any) -> Any:
    """Return a cell as a run writes it: Parquet holds no lone surrogates."""
    if isinstance(value, list):
        return [_storable(one) for one in value]
    return value.encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) else value
