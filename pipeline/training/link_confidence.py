"""Fit and check how sure a statement is, on what the whole pipeline says of articles it was not taught.

A statement is right when gold has every part that it states. Fitted on the gold's dev part, checked by five folds:

    python -m pipeline.training.link_confidence data/gold data/tables/link_confidence.tsv
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from pipeline.extract.nlp import extract_mentions, load_nlp
from pipeline.files import write_text
from pipeline.normalise import normalise_extraction
from pipeline.normalise.link_confidence import link_features
from pipeline.records import Reading
from pipeline.training.accounts import (
    Claim,
    account_of_gold,
    account_of_reading,
    fold_case,
    group_people,
)
from pipeline.training.confidence import calibration_error
from pipeline.training.gold import GoldArticle, load_gold
from pipeline.training.gold_links import make_document
from pipeline.training.links import fit_logistic
from pipeline.weights import Logistic

FOLDS = 5
DIVISIONS = 10
_HEAD = """# How sure a statement is: the weight of each step that its link's and its mentions' confidence reach.
# source: fitted by python -m pipeline.training.link_confidence on the gold's dev part, composed for this project
# licence: CC0-1.0
feature\tweight
"""


@dataclass(frozen=True, slots=True)
class Answer:
    """A statement's features, the confidence it came with, and whether gold has all of it."""

    features: tuple[str, ...]
    confidence: float
    right: bool


@dataclass(frozen=True, slots=True)
class Calibration:
    """How far confidence is from the share that is right, each statement judged by maps that did not see it.

    Attributes:
        before: Of the confidence that the links came with.
        after: Of the map, the mean over several ways to divide the articles into five folds.
        worst: The largest of them.
        bins: Mean confidence, share right and statements of each tenth under the map, over all divisions.
    """

    before: float
    after: float
    worst: float
    bins: tuple[tuple[float, float, int], ...]


def read_answers(articles: Sequence[GoldArticle], readings: Sequence[Reading]) -> list[list[Answer]]:
    """Return what readings of gold articles state, as they come from the linker, an article each.

    Args:
        articles: Gold.
        readings: What the pipeline makes of each, the links with the linker's own confidence.
    """
    return [list(_read(*pair)) for pair in zip(articles, readings, strict=True)]


def fit_link_confidence(answers: Sequence[Answer]) -> Logistic:
    """Return the map from the steps that a statement reaches to the chance that it is right.

    A step that would make a surer statement less likely is chance of a few articles; it is left out.
    """
    left_out: set[str] = set()
    while True:
        examples = [
            (tuple(step for step in answer.features if step not in left_out), answer.right)
            for answer in answers
        ]
        model = fit_logistic(examples, l2=3.0)
        falling = {step for step, weight in model.weights.items() if ">=" in step and weight < 0}
        if not falling:
            return model
        left_out |= falling


def measure_calibration(articles: Sequence[Sequence[Answer]]) -> Calibration:
    """Return the calibration errors over five folds of articles, divided in several ways."""
    ways = [_ask_folds(articles, way) for way in range(DIVISIONS)]
    errors = [calibration_error([chance for chance, _ in way], [right for _, right in way]) for way in ways]
    every = [answer for article in articles for answer in article]
    before = calibration_error([answer.confidence for answer in every], [answer.right for answer in every])
    pairs = [pair for way in ways for pair in way]
    return Calibration(before, round(sum(errors) / len(errors), 6), max(errors), tuple(_bins(pairs)))


def _ask_folds(articles: Sequence[Sequence[Answer]], way: int) -> list[tuple[float, bool]]:
    """Return the chance of each statement under a map fitted on the other folds, and whether it is right."""
    order = np.random.default_rng(way).permutation(len(articles))
    asked = []
    for fold in range(FOLDS):
        own = set(order[fold::FOLDS].tolist())
        others = [answer for at, article in enumerate(articles) if at not in own for answer in article]
        model = fit_link_confidence(others)
        asked += [
            (model.score(answer.features), answer.right) for at in sorted(own) for answer in articles[at]
        ]
    return asked


def _bins(pairs: Sequence[tuple[float, bool]]) -> Iterator[tuple[float, float, int]]:
    for number in range(10):
        own = [pair for pair in pairs if number == min(int(pair[0] * 10), 9)]
        if own:
            count = len(own)
            yield sum(chance for chance, _ in own) / count, sum(right for _, right in own) / count, count


def _read(article: GoldArticle, reading: Reading) -> Iterator[Answer]:
    actors = group_people(reading)
    claims = account_of_reading(reading, actors).claims
    links = [link for link in reading.links if actors[link.person] is not None]
    gold = account_of_gold(article).claims
    for link, claim in zip(links, claims, strict=True):
        features = tuple(link_features(link, reading.mentions))
        yield Answer(features, link.confidence, any(_has_all(line, claim) for line in gold))


def _has_all(wanted: Claim, given: Claim) -> bool:
    """Say whether gold's claim is of the same person and has every part that is given."""
    parts = ("person", "role", "institution", "place")
    pairs = ((getattr(given, part), getattr(wanted, part)) for part in parts)
    return all(value is None or fold_case(value) == fold_case(other or "") for value, other in pairs)


def confidence_section(found: Calibration) -> list[str]:
    """Return the lines of docs/affiliations.md on how sure the statements are."""
    lines = [
        "",
        "## Confidence",
        "",
        f"Calibration error of the links' own confidence {found.before:.3f}, of `evidence.confidence`",
        f"{found.after:.3f}, the mean over {DIVISIONS} divisions into {FOLDS} folds (at most {found.worst:.3f}):",
        "the whole pipeline on the gold's dev part, each statement judged by a map that did not see its article",
        "(`python -m pipeline.training.link_confidence data/gold data/tables/link_confidence.tsv`). A statement is",
        "right when gold has every part that it states.",
        "",
        "| mean confidence | right | statements |",
        "|---:|---:|---:|",
    ]
    rows = [
        f"| {confidence:.2f} | {right:.2f} | {number / DIVISIONS:.0f} |"
        for confidence, right, number in found.bins
        if number >= DIVISIONS
    ]
    return [*lines, *rows]


def read_gold_answers(gold: Path) -> list[list[Answer]]:
    """Return what the pipeline states in the articles of the gold's dev part."""
    articles = load_gold(gold, "dev")
    extractions = extract_mentions([make_document(article) for article in articles], load_nlp(None))
    return read_answers(articles, [normalise_extraction(found, weigh=False) for found in extractions])


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the calibration errors and the bins, and write the table fitted on all of the dev part."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("table", type=Path)
    options = parser.parse_args(arguments)
    answers = read_gold_answers(options.gold)
    found = measure_calibration(answers)
    model = fit_link_confidence([answer for article in answers for answer in article])
    rows = sorted(f"{feature}\t{weight:.4f}" for feature, weight in model.weights.items())
    write_text(options.table, _HEAD + "\n".join(rows) + "\n")
    sys.stdout.write(f"calibration error {found.before:.3f} before, {found.after:.3f} after ")
    sys.stdout.write(f"(at most {found.worst:.3f} in {DIVISIONS} divisions into {FOLDS} folds)\n")
    for confidence, right, number in found.bins:
        sys.stdout.write(f"confidence {confidence:.2f}  right {right:.2f}  of {number / DIVISIONS:.0f}\n")


if __name__ == "__main__":
    main()
