"""The bench of resolve: rates worked by hand, peers that answer for every claim, a page of what was measured."""

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from pipeline.training.growth_bench import measure_growth
from pipeline.training.populations import make_population
from pipeline.training.resolve_bench import (
    Joining,
    add,
    keep_joining,
    load_joinings,
    measure_way,
    score_clusters,
    write,
)
from pipeline.training.resolve_errors import Cause, Causes
from pipeline.training.resolve_page import make_page
from pipeline.training.resolve_peers import ON_DISK, by_exact_name, by_rapidfuzz


def test_rates_worked_by_hand() -> None:
    truth = {"1": "a", "2": "a", "3": "a", "4": "b"}
    found = {"1": "x", "2": "x", "3": "y", "4": "y"}
    rates = score_clusters(truth, found)
    assert rates["precision"] == pytest.approx((1 + 1 + 0.5 + 0.5) / 4)
    assert rates["recall"] == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1) / 4)
    assert (rates["pair_precision"], rates["pair_recall"]) == (pytest.approx(1 / 2), pytest.approx(1 / 3))
    assert (rates["over_merged"], rates["under_merged"]) == (0.5, 0.5)
    assert rates["low"] <= rates["f"] <= rates["high"]


def test_the_truth_itself_is_without_fault() -> None:
    truth = {str(n): str(n // 3) for n in range(30)}
    rates = score_clusters(truth, truth)
    assert (rates["f"], rates["over_merged"], rates["under_merged"]) == (1.0, 0.0, 0.0)


def test_peers_answer_for_every_claim() -> None:
    table = make_population(400, seed=3)
    for join in (by_exact_name, by_rapidfuzz):
        assert set(join(table)) == set(table["claim_id"])
    assert by_exact_name(table.assign(name="Jan Lis").head(2)) == {
        "c000000000": "jan lis",
        "c000000001": "jan lis",
    }


def test_ours_is_ahead_of_a_threshold_on_a_small_population() -> None:
    ours, fuzzy = (measure_way(way, 1_500, seed=3) for way in ("civic-actors", "rapidfuzz"))
    assert ours.f > fuzzy.f
    assert ours.precision > 0.99


def test_what_was_measured_is_kept(tmp_path: Path) -> None:
    work = tmp_path / "build" / "bench.jsonl"
    assert load_joinings(work) == {}
    row = Joining("splink", 1_000, 0.9, 0.8, 0.847, 0.8, 0.86, 0.9, 0.8, 0.01, 0.1, 1.0, 2.0, 0.5)
    assert keep_joining(work, row) == row
    assert load_joinings(work) == {("splink", 1_000): row}


def test_the_page_says_what_was_measured() -> None:
    row = Joining("civic-actors", 1_000, 0.9, 0.8, 0.847, 0.8, 0.86, 0.9, 0.8, 0.01, 0.1, 1.0, 2.0, 0.5)
    larger = asdict(row) | {"n_claims": 10_000, "cpu_s": 24.0}
    causes = asdict(Causes(1_000, (Cause("gmina", 50, 1.2, 30.4, 12),), 0.97))
    page = make_page(
        {"machine": "a machine", "load": 1.0, "joinings": [asdict(row), larger], "causes": causes}
    )
    assert "| gmina | 50 | 1 | 30 | 12 |" in page
    assert "| 1,000 | civic-actors | 0.9000 | 0.8000 | 0.8470 | 0.8000-0.8600 |" in page
    assert "10 times the claims of 1,000 take 12.0 times as long" in page
    assert "`gender_differs` | -100" in page
    assert "at 10,000 claims, the most that were measured, a million claims take 50.0 GB" in page


def test_what_is_measured_alone_joins_the_figures(tmp_path: Path) -> None:
    figures = tmp_path / "resolve.json"
    add(figures, "exact names", 300)
    add(figures, "exact names", 200)
    add(figures, "exact names", 300)
    write(figures)
    told = json.loads(figures.read_text(encoding="utf-8"))
    assert [row["n_claims"] for row in told["joinings"]] == [200, 300]
    assert "| 300 | exact names |" in (tmp_path / "resolve.md").read_text(encoding="utf-8")


def test_an_update_is_measured_and_told(tmp_path: Path) -> None:
    cost = measure_growth(400)
    assert (cost.claims, cost.new_articles) == (400, -(-cost.articles // 100))
    assert 0 < cost.n_joined < cost.claims
    page = make_page({"machine": "m", "load": 1.0, "joinings": [], "growth": asdict(cost)})
    assert f"| {cost.articles:,} | {cost.new_articles:,} | 400 |" in page


def test_on_disk_joins_the_same_people() -> None:
    ours, on_disk = (measure_way(way, 1_500, seed=3) for way in ("civic-actors", ON_DISK))
    assert (on_disk.precision, on_disk.recall, on_disk.f) == (ours.precision, ours.recall, ours.f)
    assert on_disk.cpu_s > 0
    assert on_disk.peak_gb > 0.01
