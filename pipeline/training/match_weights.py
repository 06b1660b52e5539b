"""Learn how much each comparison of two people weighs: `data/tables/match_weights.tsv`.

    python -m pipeline.training.match_weights data/bench/pairs.csv data/tables/match_weights.tsv

A logistic model over the named features, fitted on the `fit` half of the labelled pairs, which are awkward
on purpose, and on pairs of a generated population, which show how often what happens. What forbids a merge,
and what people have judged, keeps its weight. At the end the weight that every pair has is lowered until the
labelled pairs reach the wanted precision: a wrong join costs more than a split.
"""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import typer
from numpy.typing import NDArray

from pipeline.resolve.block import candidate_pairs, is_vague
from pipeline.resolve.claim_rows import make_table_claims
from pipeline.resolve.claims import count_names
from pipeline.resolve.compare import FORBIDS, Claim, find_features
from pipeline.resolve.rarity import Rarity
from pipeline.tables import Row, read_table
from pipeline.training.match_pairs import LabelledPair, load_pairs
from pipeline.training.populations import make_population

_PRECISION = 0.995
_HOLD = 0.5  # how firmly a weight is held near its prior
_ROUNDS = 40
_STEP = 0.05
_LENGTHS = (1.0, 0.5, 0.25, 0.1, 0.0)  # of a step of Newton's method, until it helps
_EVERY = "any_pair"

_POPULATIONS = (  # claims, claims of one person, seed: few claims each give the namesakes of a larger set
    (60_000, 6.0, 7),
    (120_000, 3.0, 8),
    (250_000, 2.5, 9),
)
_POPULATION_PAIRS = 6_000
_POPULATION_SHARE = 0.25  # what one generated pair counts beside one labelled pair


Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """The features of one pair, whether it is of one person, and what it counts."""

    features: tuple[str, ...]
    is_same: bool
    share: float = 1.0


def fit_match_weights(examples: Sequence[Example], rows: Sequence[Row]) -> dict[str, float]:
    """Return the weight of every feature of the table, fitted on the pairs that nothing forbids.

    Args:
        examples: Pairs with their features.
        rows: Rows of match_weights.tsv; a prior of 100 or more in size is kept as it is.
    """
    priors = {row["feature"]: float(row["prior"]) for row in rows}
    fixed = {feature for feature, weight in priors.items() if abs(weight) >= -FORBIDS}
    open_pairs = [example for example in examples if fixed.isdisjoint(example.features)]
    free = sorted(set(priors) - fixed)
    fitted = _fit(open_pairs, free, [priors[feature] for feature in free])
    weights = priors | {feature: round(weight, 2) for feature, weight in zip(free, fitted, strict=True)}
    labelled = [example for example in open_pairs if example.share == 1.0]
    return weights | {_EVERY: round(_lower_prior(labelled, weights), 2)}


def labelled_examples(pairs: Iterable[LabelledPair]) -> list[Example]:
    """Return the features of labelled pairs."""
    return [Example(_features(pair.left, pair.right, Rarity()), pair.is_same) for pair in pairs]


def population_examples(n_claims: int, claims_each: float, seed: int) -> list[Example]:
    """Return features of pairs of a generated population that share a block, drawn at random.

    Args:
        n_claims: Claims of the population.
        claims_each: Of one person on average.
        seed: Of the population and of the draw.
    """
    table = make_population(n_claims, seed=seed, claims_each=claims_each)
    truth = dict(zip(table["claim_id"], table["person_id"], strict=True))
    claims = make_table_claims(table.drop(columns="person_id"))
    rarity = count_names(claims)
    whole = [claim for claim in claims if not is_vague(claim)]
    draw = random.Random(seed)
    pairs = list(candidate_pairs(whole))
    return [
        Example(
            _features(whole[left], whole[right], rarity),
            truth[whole[left].claim_id] == truth[whole[right].claim_id],
            _POPULATION_SHARE,
        )
        for left, right in draw.sample(pairs, min(_POPULATION_PAIRS, len(pairs)))
    ]


def _features(left: Claim, right: Claim, rarity: Rarity) -> tuple[str, ...]:
    return tuple(feature for feature, _ in find_features(left, right, rarity))


def _fit(examples: Sequence[Example], free: Sequence[str], priors: Sequence[float]) -> list[float]:
    """Return the most likely weights under normal priors, by Newton's method."""
    number = {feature: index for index, feature in enumerate(free)}
    present = np.zeros((len(examples), len(free)))
    for row, example in enumerate(examples):
        present[row, [number[feature] for feature in example.features]] = 1.0
    answers = np.asarray([example.is_same for example in examples], dtype=np.float64)
    shares = np.asarray([example.share for example in examples])
    start = np.asarray(priors, dtype=np.float64)

    def cost(weights: Floats) -> float:
        totals = present @ weights
        lost = shares @ (np.logaddexp(0.0, totals) - answers * totals)
        return float(lost + 0.5 * _HOLD * np.sum((weights - start) ** 2))

    weights = start.copy()
    for _ in range(_ROUNDS):
        chances = 1.0 / (1.0 + np.exp(-(present @ weights)))
        slope = present.T @ (shares * (chances - answers)) + _HOLD * (weights - start)
        bend = present.T @ (present * (shares * chances * (1.0 - chances))[:, None])
        step = np.linalg.solve(bend + _HOLD * np.eye(len(free)), slope)
        length = next(
            part for part in _LENGTHS if part == _LENGTHS[-1] or cost(weights - part * step) < cost(weights)
        )
        weights = weights - length * step
    return [float(weight) for weight in weights]


def _lower_prior(examples: Sequence[Example], weights: dict[str, float]) -> float:
    """Return the prior with which the wanted share of the pairs joined are right."""
    totals = [
        (sum(weights[feature] for feature in example.features), example.is_same) for example in examples
    ]
    lowered = 0.0
    while _precision_above(totals, lowered) < _PRECISION:
        lowered += _STEP
    return weights[_EVERY] - lowered


def _precision_above(totals: Sequence[tuple[float, bool]], least: float) -> float:
    joined = [is_same for total, is_same in totals if total > least]
    return sum(joined) / len(joined) if joined else 1.0


def write_weights(path: Path, weights: dict[str, float], source: str) -> None:
    """Write the table anew with other weights, its comments and sentences kept."""
    lines = path.read_text(encoding="utf-8").splitlines()
    notes = [line for line in lines if line.startswith("#") and not line.startswith("# source:")]
    rows = read_table(path)
    body = sorted(
        f"{row['feature']}\t{row['prior']}\t{weights[row['feature']]:g}\t{row['sentence']}" for row in rows
    )
    head = [notes[0], f"# source: {source}", *notes[1:], "feature\tprior\tweight\tsentence"]
    path.write_text("\n".join([*head, *body]) + "\n", encoding="utf-8")


def main(pairs: Path, table: Path) -> None:
    """Fit the weights on the pairs and write them to the table."""
    examples = labelled_examples(load_pairs(pairs, "fit"))
    for n_claims, claims_each, seed in _POPULATIONS:
        examples += population_examples(n_claims, claims_each, seed)
    weights = fit_match_weights(examples, read_table(table))
    source = f"fitted by python -m pipeline.training.match_weights on {pairs.name}, half fit, and populations"
    write_weights(table, weights, source)


if __name__ == "__main__":
    typer.run(main)
