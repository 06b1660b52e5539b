"""Figures against hand-made counts, and the properties of their intervals."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.training.scores import (
    Tally,
    b_cubed,
    score_tallies,
    tally_answers,
    tally_b_cubed,
    tally_pairs,
    tally_sets,
)

counts = st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9)).map(
    lambda three: Tally(three[0], three[0] + three[1], three[0], three[0] + three[2])
)


def test_precision_recall_and_f_by_hand() -> None:
    articles = [{"role": Tally(3, 4, 3, 6)}, {"role": Tally(1, 4, 1, 2)}]
    figure = score_tallies(articles)["role"]
    assert (figure.precision, figure.recall, figure.f) == (0.5, 0.5, 0.5)
    assert (figure.given, figure.wanted) == (8, 8)
    # Drawing one article twice gives 0.6 or 1/3, so the interval must be those.
    assert (figure.low, figure.high) == (0.333333, 0.6)


def test_accuracy_has_equal_precision_recall_and_f() -> None:
    figure = score_tallies([{"gender": tally_answers([True, True, False, True])}])["gender"]
    assert figure.precision == figure.recall == figure.f == 0.75


def test_nothing_to_measure_is_no_figure() -> None:
    assert score_tallies([{"role": Tally(0, 0, 0, 0)}]) == {}
    assert score_tallies([]) == {}


def test_only_spurious_answers_score_zero() -> None:
    assert score_tallies([{"role": Tally(0, 3, 0, 0)}])["role"].f == 0.0


def test_same_seed_same_interval_and_another_seed_another() -> None:
    articles = [{"role": Tally(number % 5, 5, number % 5, 6)} for number in range(40)]
    figure = score_tallies(articles)["role"]
    assert figure == score_tallies(articles)["role"]
    assert figure != score_tallies(articles, seed=2)["role"]


@given(st.lists(counts, min_size=1, max_size=8))
def test_figures_are_rates_and_f_lies_between_precision_and_recall(tallies: list[Tally]) -> None:
    for figure in score_tallies([{"x": tally} for tally in tallies], resamples=50).values():
        assert 0 <= figure.low <= figure.high <= 1
        assert min(figure.precision, figure.recall) - 1e-6 <= figure.f
        assert figure.f <= max(figure.precision, figure.recall) + 1e-6


@given(st.sets(st.integers(0, 6)), st.sets(st.integers(0, 6)))
def test_sets_are_counted_by_their_intersection(wanted: set[int], found: set[int]) -> None:
    assert tally_sets(wanted, found) == Tally(
        len(wanted & found), len(found), len(wanted & found), len(wanted)
    )


def test_b_cubed_by_hand() -> None:
    # Gold {1, 2, 3} {4}; the answer puts 3 with 4.
    rates = b_cubed({1: "a", 2: "a", 3: "a", 4: "b"}, {1: "x", 2: "x", 3: "y", 4: "y"})
    assert rates == {1: (1.0, 2 / 3), 2: (1.0, 2 / 3), 3: (0.5, 1 / 3), 4: (0.5, 1.0)}
    tally = tally_b_cubed(list(rates.values()))
    assert (tally.right_given, tally.given) == (3.0, 4)
    assert tally.right_wanted == pytest.approx(8 / 3)


def test_b_cubed_leaves_out_what_one_side_lacks() -> None:
    assert b_cubed({1: "a", 2: "a"}, {2: "x", 3: "x"}) == {2: (1.0, 1.0)}


@given(st.dictionaries(st.integers(0, 7), st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=8))
def test_b_cubed_equals_the_definition_pair_by_pair(items: dict[int, tuple[int, int]]) -> None:
    wanted = {item: pair[0] for item, pair in items.items()}
    found = {item: pair[1] for item, pair in items.items()}
    together = [
        (one, other, wanted[one] == wanted[other], found[one] == found[other])
        for one, other in product(items, items)
    ]
    for item, (precision, recall) in b_cubed(wanted, found).items():
        mine = [pair for pair in together if pair[0] == item]
        both = sum(pair[2] and pair[3] for pair in mine)
        assert precision == both / sum(pair[3] for pair in mine)
        assert recall == both / sum(pair[2] for pair in mine)


def test_pairs_of_two_articles_are_counted_once_and_those_of_one_never() -> None:
    wanted = {("a", 1): "x", ("a", 9): "x", ("b", 1): "x", ("b", 5): "y", ("c", 1): "y"}
    given = {("a", 1): "p", ("a", 9): "p", ("b", 1): "q", ("b", 5): "p", ("c", 1): "p"}
    pairs = tally_pairs(wanted, given)
    assert pairs["a"] == Tally(0, 4, 0, 2)
    assert pairs["b"] == Tally(1, 1, 1, 1)
