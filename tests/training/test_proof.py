"""The proof's figures from a pipeline of rules, and the page from figures alone."""

import json
from dataclasses import asdict
from pathlib import Path

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from pipeline.errors import CivicActorsError
from pipeline.records import LABELS
from pipeline.training import proof
from pipeline.training.benchmarks import NAMES, Benchmark, label_article
from pipeline.training.confidence import calibration_error
from pipeline.training.gold import GoldArticle
from pipeline.training.proof import (
    describe_benchmark,
    find_bins,
    measure_calibration,
    measure_margins,
    measure_pipeline,
    refresh_proof,
    write_proof,
)
from pipeline.training.proof_page import make_page, make_targets
from pipeline.training.speed import Footprint, Speed
from pipeline.weights import Logistic


@pytest.fixture
def nlp() -> Language:
    nlp = spacy.blank("pl")
    patterns = [
        {"label": "person", "pattern": "Annę Dudek"},
        {"label": "person", "pattern": "Dudek"},
        {"label": "role", "pattern": "wójta"},
    ]
    nlp.add_pipe("entity_ruler").add_patterns(patterns)
    return nlp


@pytest.fixture
def benchmarks(article: GoldArticle) -> list[Benchmark]:
    texts = (label_article(article),)
    return [
        Benchmark("gold", "Gold, test part", LABELS, texts),
        *(Benchmark(name, name, NAMES, texts) for name in ("nkjp", "nkjp_raw", "cen", "kpwr", "slavicner")),
    ]


@pytest.fixture
def figures(nlp: Language, benchmarks: list[Benchmark], article: GoldArticle) -> dict[str, object]:
    names = ("shipped", "before_last_stage", "plain", "without_morfeusz")
    measured = {name: measure_pipeline(nlp, benchmarks, [article]) for name in names}
    tallies = {name: result.pop("tallies") for name, result in measured.items()}
    about = {
        "network_sha256": "a" * 64,
        "gold_test_sha256": "b" * 64,
        "gold_test_articles": 1,
        "resamples": 1000,
        "seed": 1,
        "steps": 8000,
        "stages": "one",
        "spacy": "3.8",
        "python": "3.11",
        "machine": "Linux",
    }
    return {
        "about": about,
        "benchmarks": [describe_benchmark(benchmark) for benchmark in benchmarks],
        "pipelines": measured,
        "margins": measure_margins(tallies),
        "calibration": measure_calibration(nlp, [article], Logistic({"person:bias": 1.0})),
        "speed": asdict(Speed(600_000, 16_000, 9_000, 6_000, 2.667, 1.5, 42_000)),
        "footprint": asdict(Footprint(14.2, 1.1, 0.9, 0.2, 290.0)),
    }


def test_scores_losses_and_bias_of_a_pipeline_of_rules(
    nlp: Language, benchmarks: list[Benchmark], article: GoldArticle
) -> None:
    found = measure_pipeline(nlp, benchmarks, [article])
    gold = found["scores"]["gold"]
    assert (gold["strict.person"]["precision"], gold["strict.person"]["wanted"]) == (1.0, 3)
    assert gold["strict.person"]["recall"] == pytest.approx(2 / 3, abs=1e-6)
    assert (gold["strict.role"]["recall"], gold["strict.location"]["f"]) == (0.5, 0.0)
    assert "strict.role" not in found["scores"]["nkjp"]
    assert found["robustness"]["capitals"]["role"]["second"] == gold["strict.role"]["f"]
    assert found["robustness"]["capitals"]["role"]["first"] == 0.0
    assert found["bias"]["gender"]["points"] == -100.0


def test_leads_are_of_our_networks_over_the_variants(figures: dict[str, dict[str, object]]) -> None:
    assert list(figures["margins"]) == [
        "shipped over plain",
        "shipped over without_morfeusz",
        "before_last_stage over plain",
        "before_last_stage over without_morfeusz",
    ]


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=40))
def test_bins_hold_every_mention_and_give_the_calibration_error(pairs: list[tuple[float, bool]]) -> None:
    scores, answers = [score for score, _ in pairs], [right for _, right in pairs]
    bins = find_bins(scores, answers)
    assert sum(found.n for found in bins) == len(pairs)
    error = sum(found.n * abs(found.confidence - found.accuracy) for found in bins) / len(pairs)
    assert error == pytest.approx(calibration_error(scores, answers), abs=2e-4)


def test_the_page_is_made_from_the_json_alone(figures: dict[str, object], tmp_path: Path) -> None:
    write_proof(figures, tmp_path / "model.md")
    stored = json.loads((tmp_path / "model.json").read_text(encoding="utf-8"))
    page = (tmp_path / "model.md").read_text(encoding="utf-8")
    assert page == make_page(stored)
    for said in ("| person | 1.000 | 0.667 | 0.800 |", "2.67 x", "16,000", "no Morfeusz", "14.2 MB"):
        assert said in page
    assert "| F | shipped | after `mixed` | plain CNN | no Morfeusz |" in page
    tables = [line for line in page.split("\n") if line.startswith("|")]
    assert all(line.endswith("|") and "None" not in line and "nan" not in line for line in tables)


def test_what_was_tried_stands_on_the_page(figures: dict[str, object], tmp_path: Path) -> None:
    rows = "# source: t\n# licence: CC0-1.0\nwhat\tmeasure\tbefore\tafter\tkept\nwider\tdev F\t0.9\t0.8\tno\n"
    (tmp_path / "tried.tsv").write_text(rows, encoding="utf-8")
    write_proof(figures, tmp_path / "model.md")
    assert "| wider | dev F | 0.9 | 0.8 | no |" in (tmp_path / "model.md").read_text(encoding="utf-8")


def test_the_page_is_written_again_with_the_time_of_a_training(
    figures: dict[str, object], tmp_path: Path
) -> None:
    write_proof(figures, tmp_path / "model.md")
    with pytest.raises(CivicActorsError, match="times.json is missing"):
        refresh_proof(tmp_path / "model.md", tmp_path)
    run = {"recipe": "two stages", "processors": 2, "goes": 1, "stages": [["mixed", 1200.0], ["base", 90.0]]}
    (tmp_path / "times.json").write_text(json.dumps(run), encoding="utf-8")
    refresh_proof(tmp_path / "model.md", tmp_path)
    page = (tmp_path / "model.md").read_text(encoding="utf-8")
    assert "Minutes by the clock, in one go," in page
    assert "| mixed | 20.0 |\n| base | 1.5 |\n| all | 21.5 |" in page
    assert "| training, all stages | 75 min | 21.5 min | yes |" in page
    with pytest.raises(CivicActorsError, match="give --corpora"):
        refresh_proof(tmp_path / "other.md", tmp_path)


def test_targets_are_met_or_not(figures: dict[str, object]) -> None:
    met = {str(row[0]): row[-1] for row in make_targets(figures)}
    assert met["gold test, person"] == "no"
    assert met["speed, over the large shape"] == "yes"
    assert met["NKJP1M test, lead over the plain CNN"] == "no"
    assert met["size"] == "yes"


def test_every_pipeline_and_change_has_its_place_on_the_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        proof, "train_variants", lambda corpora, work, *, steps: {"plain": work, "without_morfeusz": work}
    )
    corpora = proof.Corpora(tmp_path, tmp_path)
    assert list(proof.find_pipelines(corpora, tmp_path, steps=1)) == ["shipped", "plain", "without_morfeusz"]
    (tmp_path / "mixed" / "model-best").mkdir(parents=True)
    assert "before_last_stage" in proof.find_pipelines(corpora, tmp_path, steps=1)
