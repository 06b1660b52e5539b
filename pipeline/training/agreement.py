"""Agreement of two annotations of the same articles: the second measured against the first."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import CivicActorsError, TableError
from pipeline.files import write_text
from pipeline.training.accounts import account_of_gold
from pipeline.training.gold import GoldArticle, load_article, load_gold
from pipeline.training.matches import tally_links, tally_mentions
from pipeline.training.scores import Figure, score_tallies

WAY = "annotated"


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far a second annotation agrees with the first.

    Attributes:
        articles: How many articles of each split were annotated twice.
        figures: F of the second against the first by stage and label, with 95 % intervals.
    """

    articles: dict[str, int]
    figures: dict[str, Figure]

    def to_json(self) -> dict[str, Any]:
        """Return plain values."""
        return asdict(self)


def compare_annotations(first: Path, second: Path) -> Agreement:
    """Measure a second annotation against the first.

    Args:
        first: The gold folder, with its splits.
        second: A folder with files of the same names at any depth; it need not hold all articles.

    Raises:
        CivicActorsError: A file breaks the format, annotates another text, or has no counterpart.
    """
    articles = {article.article_id: article for article in load_gold(first)}
    again = [load_article(path) for path in sorted(second.rglob("*.txt"))]
    if not again:
        raise CivicActorsError(f"{second} holds no annotated article (*.txt)")
    pairs = [(_counterpart(articles, other), other) for other in again]
    tallies = []
    for article, other in pairs:
        sides = account_of_gold(article), account_of_gold(other)
        tallies.append(tally_mentions(*sides) | tally_links(*sides, WAY))
    return Agreement(_count_splits([article for article, _ in pairs]), score_tallies(tallies))


def write_agreement(agreement: Agreement, path: Path) -> None:
    """Write the figures as JSON."""
    text = json.dumps(agreement.to_json(), indent=1, sort_keys=True) + "\n"
    write_text(path, text)


def load_agreement(path: Path) -> Agreement | None:
    """Load what `write_agreement` wrote; None when there is no such file."""
    if not path.exists():
        return None
    plain = json.loads(path.read_text(encoding="utf-8"))
    return Agreement(plain["articles"], {name: Figure(**figure) for name, figure in plain["figures"].items()})


def _counterpart(articles: dict[str, GoldArticle], other: GoldArticle) -> GoldArticle:
    article = articles.get(other.article_id)
    if article is None:
        raise TableError(other.path, 1, "the first annotation has no article of this id")
    if article.text != other.text:
        same = zip(article.text, other.text, strict=False)
        at = next((number for number, (left, right) in enumerate(same) if left != right), None)
        at = min(len(article.text), len(other.text)) if at is None else at
        shown = other.text[max(0, at - 20) : at + 20]
        raise TableError(other.path, 1, f"annotates another text than the first, from {shown!r} on")
    return article


def _count_splits(articles: Sequence[GoldArticle]) -> dict[str, int]:
    splits = sorted({article.split for article in articles})
    return {split: sum(article.split == split for article in articles) for split in splits}
