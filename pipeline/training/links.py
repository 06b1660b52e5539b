"""Fit the weights of the link model on gold articles: a logistic regression over readable features."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.extract.candidates import Candidate, find_candidates
from pipeline.extract.distant import find_distant
from pipeline.extract.linker import find_windows
from pipeline.records import Mention
from pipeline.training.gold import GoldArticle
from pipeline.weights import Logistic

Example = tuple[tuple[str, ...], bool]
Choice = tuple[list[tuple[str, ...]], int]


def gold_mentions(article: GoldArticle) -> tuple[Mention, ...]:
    """Return a gold article's mentions as the records that `extract` works on."""
    return tuple(
        Mention(article.article_id, mention.start, mention.end, mention.text, mention.label)
        for mention in sorted(article.mentions, key=lambda mention: mention.start)
    )


def link_examples(article: GoldArticle, sentences: Sequence[tuple[int, int]]) -> Iterator[Example]:
    """Yield the features of each candidate of one article, and whether gold has the link."""
    mentions = gold_mentions(article)
    gold = sorted(article.mentions, key=lambda mention: mention.start)
    held = {(line.actor, line.role) for line in article.affiliations if line.role}
    belongs = {(line.actor, line.institution) for line in article.affiliations if line.institution}
    windows = list(find_windows(article.text, mentions, sentences))
    linked: set[int] = set()

    def is_true(candidate: Candidate) -> bool:
        actor = gold[candidate.person.mention].actor
        lemma = gold[candidate.target.mention].lemma
        wanted = held if candidate.target.office is not None else belongs
        return (actor, lemma) in wanted

    for window in windows:
        for candidate in find_candidates(mentions, window):
            answer = is_true(candidate)
            linked |= {candidate.target.mention} if answer else set()
            yield candidate.features, answer
    for candidate in find_distant(article.text, mentions, windows, frozenset(linked)):
        yield candidate.features, is_true(candidate)


def fit_logistic(examples: Iterable[Example], *, l2: float = 3.0, rounds: int = 300) -> Logistic:
    """Fit the weights by gradient descent with Adam on the whole set; deterministic.

    Args:
        examples: Features and answer of each candidate.
        l2: Strength of the pull of each weight towards 0.
        rounds: Steps.
    """
    kept = list(examples)
    names, rows = _number_features([features for features, _ in kept])
    answers = np.asarray([answer for _, answer in kept], dtype=np.float64)
    return _make_model(names, _descend(rows, answers, len(names), l2=l2, rounds=rounds, squash=_squash))


def fit_choice(examples: Iterable[Choice], *, l2: float = 3.0, rounds: int = 300) -> Logistic:
    """Fit the weights of a choice among alternatives, by gradient descent; deterministic.

    Args:
        examples: The features of each alternative, and the number of the right one.
        l2: Strength of the pull of each weight towards 0.
        rounds: Steps.
    """
    kept = [(alternatives, right) for alternatives, right in examples if len(alternatives) > 1]
    every = [features for alternatives, _ in kept for features in alternatives]
    names, rows = _number_features(every)
    sizes = [len(alternatives) for alternatives, _ in kept]
    answers = np.zeros(len(every))
    first = np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.int64) if sizes else np.zeros(0, np.int64)
    answers[first + np.asarray([right for _, right in kept], dtype=np.int64)] = 1.0
    owners = np.repeat(np.arange(len(kept)), sizes)

    def shares(totals: NDArray[np.float64]) -> NDArray[np.float64]:
        parts = np.exp(totals - np.maximum.reduceat(totals, first)[owners])
        return parts / np.bincount(owners, weights=parts)[owners]

    return _make_model(names, _descend(rows, answers, len(names), l2=l2, rounds=rounds, squash=shares))


def _number_features(every: Sequence[Sequence[str]]) -> tuple[list[str], list[list[int]]]:
    """Return the features that occur at least twice, sorted, and each example as their numbers."""
    counts = Counter(feature for features in every for feature in features)
    names = sorted(feature for feature, count in counts.items() if count > 1)
    index = {name: number for number, name in enumerate(names)}
    return names, [[index[feature] for feature in features if feature in index] for features in every]


def _make_model(names: Sequence[str], weights: NDArray[np.float64]) -> Logistic:
    table = {name: round(float(weight), 4) for name, weight in zip(names, weights, strict=True)}
    return Logistic({name: weight for name, weight in table.items() if abs(weight) >= 0.01})


def _squash(totals: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(1.0 / (1.0 + np.exp(-totals)), dtype=np.float64)


def _descend(
    rows: list[list[int]],
    answers: NDArray[np.float64],
    width: int,
    *,
    l2: float,
    rounds: int,
    squash: Callable[[NDArray[np.float64]], NDArray[np.float64]],
) -> NDArray[np.float64]:
    columns = np.concatenate([np.asarray(row, dtype=np.int64) for row in rows])
    owners = np.repeat(np.arange(len(rows)), [len(row) for row in rows])
    weights, mean, square = np.zeros(width), np.zeros(width), np.zeros(width)
    for step in range(1, rounds + 1):
        totals = np.bincount(owners, weights=weights[columns], minlength=len(rows)).astype(np.float64)
        errors = squash(totals) - answers
        gradient = np.bincount(columns, weights=errors[owners], minlength=width) + l2 * weights
        mean = 0.9 * mean + 0.1 * gradient
        square = 0.999 * square + 0.001 * gradient**2
        rate = 0.1 * (1.0 - step / (rounds + 1))
        weights -= rate * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    return weights
