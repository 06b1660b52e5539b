"""All readings of an input, one after another, never all at once."""

from collections.abc import Collection, Iterable, Iterator

from pipeline.codec import reading_from_json
from pipeline.engines.store import ReadingStore
from pipeline.ingest.spool import Spool
from pipeline.records import Document, Reading, Reject


class Readings:
    """What each article says, sorted by article_id; may be gone through as often as needed."""

    def __init__(self, spool: Spool, store: ReadingStore) -> None:
        """Join documents with what was read in them."""
        self._spool, self._store = spool, store

    def __iter__(self) -> Iterator[Reading]:
        """Yield the readings of the articles that could be read."""
        yield from self.only(self.keys())

    def keys(self) -> dict[str, str]:
        """Return the key of each article that could be read, by id and sorted by it."""
        return {
            article_id: key
            for article_id, key in self._spool.keys().items()
            if not self._store.is_refused(key)
        }

    def only(self, article_ids: Iterable[str]) -> Iterator[Reading]:
        """Yield the readings of some articles, sorted by id."""
        keys = self._spool.keys()
        for document in self._spool.only(article_ids):
            outcome = self._store.outcome(keys[document.article_id])
            if outcome.reading is not None:
                yield reading_from_json(outcome.reading, document)

    def without(self, article_ids: Collection[str]) -> "_Chosen":
        """Return the readings of all other articles, to be gone through as often as needed."""
        return _Chosen(self, [article_id for article_id in self.keys() if article_id not in article_ids])

    def refused(self) -> Iterator[tuple[Document, Reject]]:
        """Yield the articles that could not be read, and why."""
        reasons = {
            article_id: self._store.outcome(key).reason
            for article_id, key in self._spool.keys().items()
            if self._store.is_refused(key)
        }
        for document in self._spool.only(reasons):
            yield document, Reject(document.source, "extract", reasons[document.article_id])

    def count_known(self) -> int:
        """Return how many articles have been read."""
        return sum(key in self._store for key in self._spool.keys().values())


class _Chosen:
    """Some of the readings, sorted by article_id."""

    def __init__(self, readings: Readings, article_ids: Collection[str]) -> None:
        self._readings, self._article_ids = readings, article_ids

    def __iter__(self) -> Iterator[Reading]:
        return self._readings.only(self._article_ids)
