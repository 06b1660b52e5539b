"""How far two figures lie apart, in points, with a bootstrap interval over the articles they share."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.training.scores import RESAMPLES, SEED, Tally

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Difference:
    """The first figure less the second, in points (hundredths of 1).

    Attributes:
        low: Lower end of the 95 % interval of `points`.
        high: Upper end of it.
        first: The first figure, 0..1.
        second: The second, 0..1.
        n_first: Answers that gold has on the first side.
        n_second: And on the second.
    """

    points: float
    low: float
    high: float
    first: float
    second: float
    n_first: int
    n_second: int


def measure_difference(
    first: Sequence[Tally],
    second: Sequence[Tally],
    *,
    recall: bool = False,
    resamples: int = RESAMPLES,
    seed: int = SEED,
) -> Difference | None:
    """Compare the F of two lists of tallies, one tally an article, the same articles in the same order.

    Args:
        first: Tallies of the first side.
        second: Tallies of the second.
        recall: Compare recall instead of F.
        resamples: How many times the articles are drawn with replacement.
        seed: Of the draws.

    Returns:
        The difference; None when one side has nothing to measure.

    Raises:
        ValueError: The lists differ in length, or are empty.
    """
    counts = np.stack([_stack(first), _stack(second)], axis=1)
    draws = np.random.default_rng(seed).multinomial(
        len(counts), np.full(len(counts), 1.0 / len(counts)), size=resamples
    )
    drawn = _rate(np.tensordot(draws.astype(np.float64), counts, axes=1), recall=recall)
    gaps = (drawn[:, 0] - drawn[:, 1])[~np.isnan(drawn).any(axis=1)]
    one, other = (float(rate) for rate in _rate(counts.sum(axis=0), recall=recall))
    if np.isnan([one, other]).any():
        return None
    low, high = np.percentile(gaps, [2.5, 97.5]) if gaps.size else (one - other, one - other)
    return Difference(
        points=round(100 * (one - other), 4),
        low=round(100 * float(low), 4),
        high=round(100 * float(high), 4),
        first=round(one, 6),
        second=round(other, 6),
        n_first=sum(tally.wanted for tally in first),
        n_second=sum(tally.wanted for tally in second),
    )


def _stack(tallies: Sequence[Tally]) -> Floats:
    return np.asarray([(tally.right_wanted, tally.given, tally.wanted) for tally in tallies], np.float64)


def _rate(counts: Floats, *, recall: bool) -> Floats:
    """Return recall or F of counts whose last axis is (right, given, wanted); nan without any."""
    right, given, wanted = np.moveaxis(counts, -1, 0)
    top, bottom = (right, wanted) if recall else (2 * right, given + wanted)
    return np.asarray(np.divide(top, bottom, out=np.full_like(top, np.nan), where=bottom > 0), np.float64)
