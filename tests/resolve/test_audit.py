"""Audit: a sample that is fair and repeatable, answers read back, intervals that are Wilson's."""

import csv
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import CivicActorsError
from pipeline.guards import spreadsheet_cell
from pipeline.resolve.audit import COLUMNS, read_audit, sample_rows, wilson_interval, write_audit
from pipeline.resolve.sheets import read_sheet, write_sheet


def _tables(n_claims: int = 60) -> dict[str, pd.DataFrame]:
    numbers = range(n_claims)
    codes = ["councillor", "mayor", "director"]
    return {
        "actors": pd.DataFrame(
            {"actor_id": [f"p{n}" for n in numbers], "name": "Jan Lis", "headline": "radny"}
        ),
        "affiliations": pd.DataFrame(
            {
                "affiliation_id": [f"f{n}" for n in numbers],
                "actor_id": [f"p{n}" for n in numbers],
                "role_code": [codes[n % 3] for n in numbers],
            }
        ),
        "articles": pd.DataFrame(
            {
                "article_id": [f"a{n}" for n in numbers],
                "url": [f"https://www.gmina{n % 2}.pl/{n}" if n % 5 else None for n in numbers],
                "source": "x.txt",
            }
        ),
        "evidence": pd.DataFrame(
            {
                "affiliation_id": [f"f{n}" for n in numbers],
                "article_id": [f"a{n}" for n in numbers],
                "start": 0,
                "person_text": "=Jan Lis",
                "role_text": "radny",
                "role_lemma": "radny",
                "institution_lemma": None,
                "place_lemma": None,
                "status": "current",
                "since": None,
                "until": None,
                "sentence": [f"=Radny Jan Lis, {n}." for n in numbers],
            }
        ),
    }


def _fill(path: Path, answers: dict[int, str]) -> None:
    rows = read_sheet(path, COLUMNS)
    write_sheet(path, COLUMNS, [row | {"right": answers.get(n, "")} for n, row in enumerate(rows)])


def test_the_same_seed_takes_the_same_claims_and_another_seed_others(tmp_path: Path) -> None:
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        assert write_audit(_tables(), tmp_path / name, sample=12, seed=seed) == 12
    first, second, other = ((tmp_path / name).read_bytes() for name in "abc")
    assert first == second != other


def test_each_stratum_has_its_share(tmp_path: Path) -> None:
    write_audit(_tables(), tmp_path / "a.csv", sample=30)
    sample = pd.DataFrame(read_sheet(tmp_path / "a.csv", COLUMNS))
    assert sample["role_group"].value_counts().max() <= 11
    assert set(sample["source"]) == {"gmina0.pl", "gmina1.pl", "no address"}
    assert sample["audit_id"].is_unique


def test_answers_read_back_are_counted_by_role_and_source(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    write_audit(_tables(), path, sample=20)
    _fill(path, {n: "n" if n < 2 else "tak" for n in range(18)})
    audit = read_audit(_tables(), path)
    whole = audit.figures[0]
    assert (whole.right, whole.judged, audit.n_open) == (16, 18, 2)
    assert (whole.low, whole.high) == wilson_interval(16, 18)
    for by in ("role", "source"):
        assert sum(figure.judged for figure in audit.figures if figure.by == by) == 18


@pytest.mark.parametrize(
    ("answer", "message"), [("maybe", "row 2.*y, n or empty"), ("", "no row is answered")]
)
def test_a_wrong_answer_and_an_empty_sheet_are_named(tmp_path: Path, answer: str, message: str) -> None:
    path = tmp_path / "a.csv"
    write_audit(_tables(), path, sample=5)
    _fill(path, {0: answer})
    with pytest.raises(CivicActorsError, match=message):
        read_audit(_tables(), path)


def test_a_sheet_of_another_dataset_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    write_audit(_tables(), path, sample=5)
    tables = _tables()
    tables["evidence"] = tables["evidence"].assign(start=7)
    _fill(path, {0: "y"})
    with pytest.raises(CivicActorsError, match="no claim of this dataset"):
        read_audit(tables, path)


def test_wilson_interval_worked_by_hand() -> None:
    low, high = wilson_interval(8, 10)
    assert (round(low, 4), round(high, 4)) == (0.4902, 0.9433)
    assert wilson_interval(0, 0) == (0.0, 1.0)


@given(st.integers(0, 400), st.integers(1, 400))
def test_the_interval_holds_the_share(right: int, more: int) -> None:
    low, high = wilson_interval(right, right + more)
    assert 0 <= low <= right / (right + more) <= high <= 1


@given(st.integers(1, 60), st.integers(1, 80), st.integers())
def test_a_sample_takes_each_row_once_at_most(size: int, n_rows: int, seed: int) -> None:
    rows = [{"audit_id": str(n), "role_group": str(n % 3), "source": ""} for n in range(n_rows)]
    taken = [row["audit_id"] for row in sample_rows(rows, size, seed=seed)]
    assert len(taken) == len(set(taken)) == min(size, n_rows)


@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20), min_size=1))
def test_no_cell_is_a_formula_and_each_reads_back(
    tmp_path_factory: pytest.TempPathFactory, cells: list[str]
) -> None:
    path = tmp_path_factory.mktemp("sheet") / "s.csv"
    write_sheet(path, ("cell", "end"), [{"cell": cell, "end": "."} for cell in cells])
    with path.open(encoding="utf-8-sig", newline="") as file:
        written = [row["cell"] for row in csv.DictReader(file)]
    assert written == [spreadsheet_cell(cell) for cell in cells]
    assert [row["cell"] for row in read_sheet(path, ("cell",))] == [cell.strip() for cell in cells]


@pytest.mark.parametrize("formula", [" =1+1", "\uff1dHYPERLINK(1)", "\u200b@SUM(A1)", "\n-1", "%0", "'=1"])
def test_a_formula_behind_something_is_none_in_a_sheet(tmp_path: Path, formula: str) -> None:
    path = tmp_path / "s.csv"
    write_sheet(path, ("cell", "end"), [{"cell": formula, "end": "."}])
    assert path.read_bytes().split(b"\n", 1)[1].lstrip(b'"').startswith(b"'")
    assert [row["cell"] for row in read_sheet(path, ("cell",))] == [formula.strip()]


def test_a_line_separator_inside_a_cell_ends_no_row(tmp_path: Path) -> None:
    rows = [{"cell": "a\u2028b\x0cc\x85d", "end": "."}]
    write_sheet(tmp_path / "s.csv", ("cell", "end"), rows)
    assert read_sheet(tmp_path / "s.csv", ("cell",)) == rows


def test_a_sheet_saved_with_semicolons_is_read(tmp_path: Path) -> None:
    path = tmp_path / "s.csv"
    path.write_text("audit_id;right\n1;tak\n", encoding="utf-8")
    assert read_sheet(path, ("audit_id", "right")) == [{"audit_id": "1", "right": "tak"}]
