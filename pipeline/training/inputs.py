"""What a training reads: the corpora of others and the gold, and whether they are there."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import CivicActorsError
from pipeline.training.benchmarks import label_article
from pipeline.training.card import FILES, RAW_FILES
from pipeline.training.corpora import LabelledText, load_iob, load_nkjp, load_raw
from pipeline.training.gold import GoldArticle, load_gold


@dataclass(frozen=True, slots=True)
class Corpora:
    """Where the corpora and the gold lie."""

    corpora: Path
    gold: Path

    def outside(self) -> Iterator[LabelledText]:
        """Yield the training texts of NKJP1M, KPWr and CEN."""
        yield from load_nkjp(self.corpora / "nkjp" / "nkjp1m.jsonl.xz", split="train")
        yield from load_iob(self.corpora / "kpwr" / "train.iob.xz")
        yield from load_iob(self.corpora / "cen" / "train.iob.xz")

    def plain(self) -> Iterator[str]:
        """Yield the texts that teach the vectors: those above, the gold's train part, councils and the Sejm."""
        yield from (labelled.text for labelled in (*self.outside(), *self.own("train")))
        yield from load_raw(self.corpora / "raw" / "warsaw-council.jsonl.xz")
        yield from load_raw(self.corpora / "raw" / "sejm-x.jsonl.xz")

    def own(self, split: str) -> Iterator[LabelledText]:
        """Yield one split of the gold as labelled texts."""
        yield from map(label_article, self.articles(split))

    def articles(self, split: str) -> list[GoldArticle]:
        """Load one split of the gold."""
        return load_gold(self.gold, split)


def check_inputs(corpora: Path, gold: Path) -> None:
    """See before an hour's work that everything is there.

    Raises:
        CivicActorsError: A corpus or a part of the gold is missing; the message names it.
    """
    for file in (*(file for *_, file in FILES), *RAW_FILES):
        if not (corpora / file).is_file():
            raise CivicActorsError(
                f"{corpora / file} is missing; --corpora takes the folder that holds {file}"
            )
    check_gold(gold)


def check_gold(gold: Path) -> None:
    """See that the gold has articles to learn from and to choose by.

    Raises:
        CivicActorsError: Its train part or its dev part is empty.
    """
    for split in ("train", "dev"):
        if not load_gold(gold, split):
            raise CivicActorsError(
                f"{gold / split} holds no article; the train part teaches, the dev part chooses"
            )
