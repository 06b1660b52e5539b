"""Rows of the dataset's tables, from the records of a run."""

import heapq
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from pipeline.records import Document, Reading, Reject, Resolution, fields_of

Row = dict[str, Any]
_WITH_ALIASES = frozenset({"actors", "institutions"})


def article_rows(
    readings: Iterable[Reading], copies: Iterable[tuple[Document, str]], refused: Iterable[Document]
) -> Iterator[Row]:
    """Yield rows of `articles`, sorted by id as each of the three is.

    Args:
        readings: Articles that were read.
        copies: Articles not read, each with the id of the one that it repeats.
        refused: Articles that could not be read.
    """
    read = (
        _article_row(one.document, one.municipality.teryt, one.municipality.confidence) for one in readings
    )
    copied = (
        _article_row(document, None, 0.0) | {"status": "duplicate", "duplicate_of": original}
        for document, original in copies
    )
    rejected = (_article_row(document, None, 0.0) | {"status": "rejected"} for document in refused)
    yield from heapq.merge(read, copied, rejected, key=lambda row: row["article_id"])


def mention_rows(readings: Iterable[Reading], entity_of: dict[str, str]) -> Iterator[Row]:
    """Yield rows of `mentions`."""
    for reading in readings:
        for mention, name in zip(reading.mentions, reading.names, strict=True):
            yield {
                "mention_id": mention.mention_id,
                "article_id": mention.article_id,
                "start": mention.start,
                "end": mention.end,
                "text": mention.text,
                "label": mention.label,
                "lemma": name.nominative,
                "lemma_rule": name.rule,
                "lemma_score": name.score,
                "lemma_alternatives": list(name.alternatives),
                "confidence": mention.confidence,
                "entity_id": entity_of.get(mention.mention_id),
            }


def resolution_rows(resolution: Resolution) -> dict[str, Iterator[Row]]:
    """Return the rows of the tables that resolution makes, by table; each is made as it is asked for, and once."""
    return {
        name: map(_listed if name in _WITH_ALIASES else fields_of, records)
        for name, records in resolution_records(resolution).items()
    }


def resolution_records(resolution: Resolution) -> dict[str, Sequence[Any]]:
    """Return the records of the tables that resolution makes, by table; their fields are the columns."""
    names = ("actors", "institutions", "locations", "affiliations", "evidence", "redirects", "ids")
    return {name: getattr(resolution, name) for name in names}


def reject_rows(rejects: Iterable[Reject]) -> list[Row]:
    """Return rows of `rejects`."""
    return [fields_of(reject) for reject in rejects]


def count_reasons(rejects: Sequence[Reject]) -> dict[str, int]:
    """Return how many rejects have each reason, most frequent first."""
    return dict(Counter(reject.reason for reject in rejects).most_common())


def flat(value: object) -> object:
    """Return a list as one text, its parts separated by ` | `; anything else as it is."""
    return " | ".join(value) if isinstance(value, list) else value


def _article_row(document: Document, teryt: str | None, confidence: float) -> Row:
    return {
        "article_id": document.article_id,
        "source": document.source,
        "url": document.url,
        "title": document.title,
        "published": document.published,
        "municipality_teryt": teryt,
        "municipality_confidence": confidence,
        "text": document.text,
        "encoding": document.encoding,
        "n_words": len(document.text.split()),
        "status": "ok",
        "duplicate_of": None,
    }


def _listed(record: Any) -> Row:
    row = fields_of(record)
    return row | {"aliases": list(row["aliases"])}
