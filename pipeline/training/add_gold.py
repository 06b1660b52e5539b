"""Add what people corrected in an annotation tool to a folder of gold."""

from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import CivicActorsError
from pipeline.training.from_annotation import Annotated
from pipeline.training.gold import SPLITS
from pipeline.training.gold_docbin import read_docbin
from pipeline.training.labelstudio_tasks import read_tasks
from pipeline.training.write_gold import write_gold


@dataclass(frozen=True, slots=True)
class Added:
    """Where articles went, and how many tasks still wait for a person."""

    folder: Path
    n_articles: int
    n_untouched: int

    def __str__(self) -> str:
        """Return both numbers in a sentence."""
        waiting = f"; {self.n_untouched:,} tasks have no annotation yet" if self.n_untouched else ""
        return f"{self.n_articles:,} articles written to {self.folder}{waiting}"


def add_gold(
    folder: Path, *, labelstudio: Path | None = None, docbin: Path | None = None, split: str | None = None
) -> Added:
    """Write annotated articles as gold files; one that is there already is replaced.

    Args:
        folder: Folder of gold; made when missing.
        labelstudio: A project's export as JSON.
        docbin: A spaCy DocBin.
        split: train, dev or test; None sends one in five to dev.

    Raises:
        CivicActorsError: A file cannot be read, or an article cannot be gold.
    """
    if split is not None and split not in SPLITS:
        raise CivicActorsError(f"no split {split!r}; choose one of {', '.join(SPLITS)}")
    read: list[Annotated] = []
    if labelstudio is not None:
        read.append(read_tasks(labelstudio, split=split))
    if docbin is not None:
        read.append(read_docbin(docbin, split=split))
    articles = [article for one in read for article in one.articles]
    for article in articles:
        for other in SPLITS:
            if other != article.split:
                (folder / other / f"{article.article_id}.txt").unlink(missing_ok=True)
    write_gold(articles, folder)
    return Added(folder, len(articles), sum(one.n_untouched for one in read))
