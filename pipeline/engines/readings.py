"""All readings of an input, one after another, never all at once."""

from collections.abc import Iterator

from pipeline.codec import reading_from_json
from pipeline.engines.store import ReadingStore
from pipeline.ingest.spool import Spool, document_key
from pipeline.records import Document, Reading, Reject


class Readings:
    """What each article says, sorted by article_id; may be gone through as often as needed."""

    def __init__(self, spool: Spool, store: ReadingStore) -> None:
        """Join documents with what was read in them."""
        self._spool, self._store = spool, store

    def __iter__(self) -> Iterator[Reading]:
        """Yield the readings of the articles that could be read."""
        for document in self._spool:
            outcome = self._store.outcome(document_key(document))
            if outcome.reading is not None:
                yield reading_from_json(outcome.reading, document)

    def refused(self) -> Iterator[tuple[Document, Reject]]:
        """Yield the articles that could not be read, and why."""
        for document in self._spool:
            outcome = self._store.outcome(document_key(document))
            if outcome.reading is None:
                yield document, Reject(document.source, "extract", outcome.reason)

    def count_known(self) -> int:
        """Return how many articles have been read."""
        return sum(document_key(document) in self._store for document in self._spool)
