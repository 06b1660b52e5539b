"""The bench of labelled pairs, the weights fitted on it, and generated populations."""

from collections import Counter

import pandas as pd
import pytest

from pipeline.errors import CivicActorsError
from pipeline.resolve.claims import resolve_claims
from pipeline.tables import data_folder, read_table, table_path
from pipeline.training.match_pairs import load_pairs, measure_pairs
from pipeline.training.match_weights import Example, fit_match_weights, labelled_examples
from pipeline.training.populations import make_population
from pipeline.training.scores import b_cubed

PAIRS = data_folder() / "bench" / "pairs.csv"


def test_the_bench_is_large_and_varied() -> None:
    pairs = load_pairs(PAIRS)
    assert len(pairs) >= 1_500
    assert len({pair.pair_id for pair in pairs}) == len(pairs)
    assert len({pair.reason for pair in pairs}) >= 40
    halves = Counter(pair.half for pair in pairs)
    assert min(halves.values()) >= 0.4 * len(pairs)


def test_the_half_that_the_weights_have_not_seen() -> None:
    figures = measure_pairs(load_pairs(PAIRS, "test"))
    assert figures.precision >= 0.995, figures.wrong_by_reason
    assert figures.recall >= 0.95, figures.wrong_by_reason


def test_an_unknown_verdict_is_refused(tmp_path: object) -> None:
    path = tmp_path / "pairs.csv"  # type: ignore[operator]
    pd.read_csv(PAIRS, dtype=str).head(2).assign(verdict="maybe").to_csv(path, index=False)
    with pytest.raises(CivicActorsError, match="maybe"):
        load_pairs(path)


def test_weights_follow_the_examples_and_what_forbids_stays() -> None:
    rows = read_table(table_path("match_weights"))
    examples = [Example(("any_pair", "title_same"), True)] * 30 + [
        Example(("any_pair", "years_apart"), False)
    ] * 30
    weights = fit_match_weights(examples, rows)
    priors = {row["feature"]: float(row["prior"]) for row in rows}
    assert weights["title_same"] > priors["title_same"]
    assert weights["years_apart"] < priors["years_apart"]
    assert weights["gender_differs"] == -100
    assert weights["source_same"] == priors["source_same"]


def test_labelled_examples_name_features_of_the_table() -> None:
    known = {row["feature"] for row in read_table(table_path("match_weights"))}
    for example in labelled_examples(load_pairs(PAIRS, "fit")[:200]):
        assert set(example.features) <= known


def test_a_population_is_the_same_for_the_same_seed() -> None:
    one, two, other = make_population(300), make_population(300), make_population(300, seed=1)
    pd.testing.assert_frame_equal(one, two)
    assert not one["name"].equals(other["name"])
    assert one["claim_id"].is_unique
    assert not one.duplicated(["article_id", "person_id"]).any()


def test_a_small_population_is_resolved() -> None:
    table = make_population(3_000)
    found = resolve_claims(table.drop(columns="person_id"))
    truth = dict(zip(table["claim_id"], table["person_id"], strict=True))
    rates = b_cubed(truth, dict(zip(found["claim_id"], found["actor_id"], strict=True)))
    precision, recall = (sum(rate[side] for rate in rates.values()) / len(rates) for side in (0, 1))
    assert precision >= 0.995
    assert recall >= 0.92
