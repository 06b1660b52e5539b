"""Reviewing: uncertain pairs first, answers kept at once, no pair asked twice."""

from pathlib import Path

import pandas as pd
import pytest

from pipeline.errors import CivicActorsError
from pipeline.resolve.judgements import judged_pairs, load_judgements
from pipeline.resolve.review import SHEET, read_review, review_dataset, write_review
from pipeline.resolve.sheets import read_sheet, write_sheet

PEOPLE = [("a1", "Jan Wosnitza", "160907"), ("a2", "Jan Wosnitza", "160908"), ("a3", "Zofia Lis", "160907")]


def _dataset(out: Path) -> Path:
    mentions = [
        {
            "mention_id": f"{article}:0",
            "article_id": article,
            "label": "person",
            "lemma": name,
            "entity_id": f"p{article}",
        }
        for article, name, _ in PEOPLE
    ]
    held = [
        {"affiliation_id": f"f{article}", "actor_id": f"p{article}", "role_code": "director"}
        for article, _, _ in PEOPLE
    ]
    said = [
        {
            "affiliation_id": f"f{article}",
            "article_id": article,
            "institution_lemma": None,
            "confidence": 1.0,
            "start": 0,
            "sentence": f"Dyrektor {name}.",
        }
        for article, name, _ in PEOPLE
    ]
    articles = [
        {"article_id": article, "published": None, "municipality_teryt": code} for article, _, code in PEOPLE
    ]
    tables = {
        "mentions": mentions,
        "affiliations": held,
        "evidence": said,
        "articles": articles,
        "institutions": [{"name": ""}],
    }
    out.mkdir()
    for name, rows in tables.items():
        pd.DataFrame(rows).to_parquet(out / f"{name}.parquet")
    return out


def _review(out: Path, keys: str) -> tuple[int, list[list[str]]]:
    answers, seen = iter(keys), []
    count = review_dataset(
        out,
        out / "judgements.jsonl",
        who="x",
        when="2025-01-01",
        ask=lambda _: next(answers),
        tell=lambda sides, _: seen.append([side["mention_id"] for side in sides]),
    )
    return count, seen


def test_an_answer_is_kept_and_not_asked_again(tmp_path: Path) -> None:
    out = _dataset(tmp_path / "out")
    assert _review(out, "xn") == (1, [["a1:0", "a2:0"]])
    assert judged_pairs(load_judgements(out / "judgements.jsonl")) == {("a1:0", "a2:0"): "different"}
    assert _review(out, "") == (0, [])


def test_skipping_and_stopping_keep_nothing(tmp_path: Path) -> None:
    out = _dataset(tmp_path / "out")
    assert _review(out, "s")[0] == 0
    assert _review(out, "q")[0] == 0
    assert not (out / "judgements.jsonl").exists()


def test_a_sheet_filled_in_is_read_back_once(tmp_path: Path) -> None:
    out, sheet = _dataset(tmp_path / "out"), tmp_path / "pairs.csv"
    path = out / "judgements.jsonl"
    assert write_review(out, path, sheet) == 1
    rows = read_sheet(sheet, SHEET)
    assert (rows[0]["left_name"], rows[0]["now"]) == ("Jan Wosnitza", "two")
    assert read_review(path, sheet, who="x") == 0
    write_sheet(sheet, SHEET, [rows[0] | {"verdict": "y", "why": "ten sam podpis"}])
    assert read_review(path, sheet, who="x", when="2025-01-01") == 1
    assert read_review(path, sheet, who="x") == 0
    assert load_judgements(path)[0].why == "ten sam podpis"
    assert write_review(out, path, sheet) == 0


def test_a_wrong_verdict_appends_nothing(tmp_path: Path) -> None:
    sheet, path = tmp_path / "pairs.csv", tmp_path / "judgements.jsonl"
    write_sheet(
        sheet,
        ("left", "right", "verdict"),
        [
            {"left": "a", "right": "b", "verdict": "y"},
            {"left": "a", "right": "c", "verdict": "maybe"},
        ],
    )
    with pytest.raises(CivicActorsError, match="row 3"):
        read_review(path, sheet, who="x")
    assert not path.exists()
