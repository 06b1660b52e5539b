"""The texts that the recogniser is measured on: our gold's test part and parts of other people's corpora.

One text is one document, so that the intervals are drawn over documents.
"""

import json
import lzma
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.records import LABELS, Label
from pipeline.training.corpora import (
    NKJP_LABELS,
    LabelledText,
    Span,
    keep_longest,
    load_iob,
    nkjp_split,
    reconcile,
)
from pipeline.training.gold import GoldArticle

NAMES: tuple[Label, ...] = ("person", "institution", "location")
SLAVIC_LABELS: dict[str, Label] = {"PER": "person", "ORG": "institution", "LOC": "location"}
# Also in the training part of KPWr (the first two), or in its test part.
CEN_REPEATED = frozenset({"00099266", "00099353", "00099305"})
_WHOLE_DOCUMENTS = 1_000_000


@dataclass(frozen=True, slots=True)
class Benchmark:
    """Texts with the spans wanted in each, in reading order.

    Attributes:
        labels: What is measured here; other labels found count for nothing.
        texts: One a document; a line of it may hold a whole paragraph.
    """

    name: str
    title: str
    labels: tuple[Label, ...]
    texts: tuple[LabelledText, ...]

    @property
    def n_words(self) -> int:
        """Count the words between spaces."""
        return sum(len(labelled.text.split()) for labelled in self.texts)


def load_benchmarks(corpora: Path, articles: Sequence[GoldArticle]) -> list[Benchmark]:
    """Load every benchmark, the gold's first.

    Args:
        corpora: Folder of NKJP1M, CEN, KPWr and SlavicNER.
        articles: Of the gold's test part.
    """
    nkjp, cen, kpwr = corpora / "nkjp" / "nkjp1m.jsonl.xz", corpora / "cen", corpora / "kpwr"
    slavic = corpora / "slavicner-dev" / "slavicner-dev.jsonl.xz"
    cen_texts = load_iob(cen / "test.iob.xz", skip=CEN_REPEATED, group=_WHOLE_DOCUMENTS)
    kpwr_texts = load_iob(kpwr / "test.iob.xz", group=_WHOLE_DOCUMENTS)
    return [
        Benchmark("gold", "Gold, test part", LABELS, tuple(map(label_article, articles))),
        Benchmark("nkjp", "NKJP1M, test documents", NAMES, tuple(load_nkjp_documents(nkjp, reconcile))),
        Benchmark("nkjp_raw", "NKJP1M, its own spans", NAMES, tuple(load_nkjp_documents(nkjp, _as_it_is))),
        Benchmark("cen", "CEN, test part", NAMES, tuple(cen_texts)),
        Benchmark("kpwr", "KPWr, test part", NAMES, tuple(kpwr_texts)),
        Benchmark("slavicner", "SlavicNER, two topics", NAMES, tuple(load_slavicner(slavic))),
    ]


def label_article(article: GoldArticle) -> LabelledText:
    """Return a gold article as a labelled text."""
    spans = (Span(mention.start, mention.end, mention.label) for mention in article.mentions)
    return LabelledText(article.text, tuple(sorted(spans)), "gold")


def load_nkjp_documents(
    path: Path, arrange: Callable[[str, list[Span]], list[Span]], *, split: str = "test"
) -> Iterator[LabelledText]:
    """Yield the documents of one split of NKJP1M, whole.

    Args:
        path: `nkjp1m.jsonl.xz`.
        arrange: Makes the wanted spans of a text from the corpus' outermost ones without derived adjectives.
        split: train, dev or test.
    """
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for document in map(json.loads, lines):
            if nkjp_split(document["id"]) == split:
                outermost = [
                    Span(entity["start"], entity["end"], NKJP_LABELS[entity["label"]])
                    for entity in document["entities"]
                    if entity["label"] in NKJP_LABELS and entity.get("outer")
                    if not entity.get("derived") and not entity.get("parts")
                ]
                yield LabelledText(document["text"], tuple(arrange(document["text"], outermost)), "nkjp")


def load_slavicner(path: Path) -> Iterator[LabelledText]:
    """Yield the texts of SlavicNER with their people, bodies and places."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for document in map(json.loads, lines):
            spans = [
                Span(mention["start"], mention["end"], SLAVIC_LABELS[mention["label"]])
                for mention in document["mentions"]
                if mention["label"] in SLAVIC_LABELS
            ]
            yield LabelledText(document["text"], tuple(sorted(spans)), "slavicner")


def _as_it_is(text: str, spans: list[Span]) -> list[Span]:
    return keep_longest(spans)
