"""Precision, recall, F and their bootstrap intervals, from counts kept article by article."""

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

RESAMPLES = 1000
SEED = 20250101

Floats = NDArray[np.float64]
Item = TypeVar("Item", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Tally:
    """What one article adds to one figure.

    Attributes:
        right_given: How much of what was given is right; a share of it under B-cubed.
        given: How many answers were given.
        right_wanted: How much of what was wanted was found.
        wanted: How many answers gold has.
    """

    right_given: float
    given: int
    right_wanted: float
    wanted: int


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure; an accuracy has equal precision, recall and F.

    Attributes:
        low: Lower end of the 95 % interval of `f`.
        high: Upper end of it.
        given: How many answers were given.
        wanted: How many answers gold has.
    """

    precision: float
    recall: float
    f: float
    low: float
    high: float
    given: int
    wanted: int


Tallies = Mapping[str, Tally]


def tally_sets(wanted: Collection[Hashable], given: Collection[Hashable]) -> Tally:
    """Count how many of the given are wanted; repeated members count once each time."""
    right = (Counter(wanted) & Counter(given)).total()
    return Tally(right, len(given), right, len(wanted))


def tally_answers(answers: Sequence[bool]) -> Tally:
    """Count right answers out of all, for an accuracy."""
    right = sum(answers)
    return Tally(right, len(answers), right, len(answers))


def score_tallies(
    articles: Sequence[Tallies], *, resamples: int = RESAMPLES, seed: int = SEED
) -> dict[str, Figure]:
    """Return every figure that has something to measure, by name, sorted.

    Args:
        articles: The tallies of each article by the figure's name.
        resamples: How many times the articles are drawn with replacement.
        seed: Of the draws; the same articles in the same order get the same intervals.
    """
    names = sorted({name for tallies in articles for name in tallies})
    if not names:
        return {}
    counts = _stack(articles, names)
    draws = np.random.default_rng(seed).multinomial(
        len(articles), np.full(len(articles), 1.0 / len(articles)), size=resamples
    )
    resampled = _rates(np.tensordot(draws.astype(np.float64), counts, axes=1))[2]
    totals = counts.sum(axis=0)
    rates = _rates(totals)
    return {
        name: _make_figure(totals[column], rates[:, column], resampled[:, column])
        for column, name in enumerate(names)
        if totals[column, 1] + totals[column, 3] > 0
    }


def b_cubed(
    wanted: Mapping[Item, Hashable], given: Mapping[Item, Hashable]
) -> dict[Item, tuple[float, float]]:
    """Return the B-cubed precision and recall of each item that both sides hold.

    Args:
        wanted: The cluster of each item in gold.
        given: The cluster of each item in the answer.
    """
    shared = [item for item in wanted if item in given]
    gold, answer = defaultdict(set), defaultdict(set)
    for item in shared:
        gold[wanted[item]].add(item)
        answer[given[item]].add(item)
    rates = {}
    for item in shared:
        mine, theirs = answer[given[item]], gold[wanted[item]]
        both = len(mine & theirs)
        rates[item] = both / len(mine), both / len(theirs)
    return rates


def tally_pairs(
    wanted: Mapping[tuple[str, int], str], given: Mapping[tuple[str, int], str]
) -> dict[str, Tally]:
    """Count pairs of items of two articles that are of one cluster, each under the smaller article.

    Args:
        wanted: The cluster in gold of each item, an article and what tells it apart there.
        given: The cluster of each of them in the answer.
    """
    mine, theirs = _pairs_across(wanted), _pairs_across(given)
    right = mine & theirs
    counts = [Counter(pair[0][0] for pair in pairs) for pairs in (right, theirs, mine)]
    return {
        article_id: Tally(
            counts[0][article_id], counts[1][article_id], counts[0][article_id], counts[2][article_id]
        )
        for article_id in sorted(counts[1].keys() | counts[2].keys())
    }


def _pairs_across(
    clusters: Mapping[tuple[str, int], str],
) -> set[tuple[tuple[str, int], tuple[str, int]]]:
    members = defaultdict(list)
    for item in sorted(clusters):
        members[clusters[item]].append(item)
    return {
        (left, right)
        for items in members.values()
        for left, right in combinations(items, 2)
        if left[0] != right[0]
    }


def tally_b_cubed(rates: Collection[tuple[float, float]]) -> Tally:
    """Add up the B-cubed rates of one article's items."""
    precision, recall = (sum(rate[side] for rate in rates) for side in (0, 1))
    return Tally(precision, len(rates), recall, len(rates))


def _stack(articles: Sequence[Tallies], names: Sequence[str]) -> Floats:
    """Return counts of shape (article, figure, 4)."""
    nothing = Tally(0, 0, 0, 0)
    return np.asarray(
        [
            [
                (tally.right_given, tally.given, tally.right_wanted, tally.wanted)
                for tally in (tallies.get(name, nothing) for name in names)
            ]
            for tallies in articles
        ],
        dtype=np.float64,
    )


def _rates(counts: Floats) -> Floats:
    """Return precision, recall and F, first axis, of counts whose last axis is a tally; nan without any."""
    right_given, given, right_wanted, wanted = np.moveaxis(counts, -1, 0)
    precision = np.divide(right_given, given, out=np.zeros_like(given), where=given > 0)
    recall = np.divide(right_wanted, wanted, out=np.zeros_like(wanted), where=wanted > 0)
    both = precision + recall
    f = np.divide(2 * precision * recall, both, out=np.zeros_like(both), where=both > 0)
    f = np.where(given + wanted > 0, f, np.nan)
    return np.stack([precision, recall, f])


def _make_figure(total: Floats, rates: Floats, resampled: Floats) -> Figure:
    kept = resampled[~np.isnan(resampled)]
    # The article that has everything may be in no draw at all; then the figure stands for itself.
    low, high = np.percentile(kept, [2.5, 97.5]) if kept.size else (rates[2], rates[2])
    precision, recall, f = (round(float(rate), 6) for rate in rates)
    return Figure(
        precision=precision,
        recall=recall,
        f=f,
        low=round(float(low), 6),
        high=round(float(high), 6),
        given=int(total[1]),
        wanted=int(total[3]),
    )
