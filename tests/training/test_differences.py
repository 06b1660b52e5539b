"""Differences against hand-made ones, and the properties of their intervals."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.training.differences import measure_difference
from pipeline.training.scores import Tally

tallies = st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9)).map(
    lambda three: Tally(three[0], three[0] + three[1], three[0], three[0] + three[2])
)
pairs = st.lists(st.tuples(tallies, tallies), min_size=1, max_size=8)


def test_points_and_interval_by_hand() -> None:
    first = [Tally(4, 4, 4, 4), Tally(2, 4, 2, 4)]
    second = [Tally(2, 4, 2, 4), Tally(2, 4, 2, 4)]
    found = measure_difference(first, second)
    assert found is not None
    assert (found.first, found.second, found.points) == (0.75, 0.5, 25.0)
    # Drawing the first article twice gives 50 points, the second twice none.
    assert (found.low, found.high) == (0.0, 50.0)
    assert (found.n_first, found.n_second) == (8, 8)


def test_recall_leaves_out_what_was_given_too_much() -> None:
    found = measure_difference([Tally(1, 9, 1, 2)], [Tally(1, 1, 1, 4)], recall=True)
    assert found is not None
    assert (found.first, found.second) == (0.5, 0.25)


def test_lists_of_unequal_length_are_a_wrong_call() -> None:
    with pytest.raises(ValueError):
        measure_difference([Tally(1, 1, 1, 1)], [])


def test_nothing_to_measure_on_one_side_is_no_difference() -> None:
    assert measure_difference([Tally(1, 1, 1, 1)], [Tally(0, 0, 0, 0)]) is None
    assert measure_difference([Tally(1, 1, 1, 1)], [Tally(0, 2, 0, 0)], recall=True) is None


@given(pairs)
def test_the_other_way_round_is_the_same_with_the_sign_turned(sides: list[tuple[Tally, Tally]]) -> None:
    first, second = [one for one, _ in sides], [other for _, other in sides]
    there = measure_difference(first, second, resamples=40)
    back = measure_difference(second, first, resamples=40)
    if there is None or back is None:
        assert not all(sum(tally.given + tally.wanted for tally in side) for side in (first, second))
        return
    assert there.points == pytest.approx(-back.points, abs=1e-3)
    assert (there.low, there.high) == pytest.approx((-back.high, -back.low), abs=1e-3)
    assert getattr(measure_difference(first, first, resamples=40), "points", None) == 0.0
