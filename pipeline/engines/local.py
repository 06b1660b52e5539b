"""Read articles on this machine, in this process or in a pool; what was read before is not read again."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from pipeline.config import Config
from pipeline.engines.chunks import Read, cut_chunks
from pipeline.engines.pool import Limits, read_batches, read_in_pool
from pipeline.engines.store import ReadingStore, write_chunk
from pipeline.ingest.spool import document_key
from pipeline.records import Document


def read_missing(
    documents: Iterable[Document], store: ReadingStore, read: Read, config: Config
) -> Iterator[Sequence[Document]]:
    """Read what the store lacks, chunk by chunk, into the store; yield the documents of each chunk.

    Args:
        documents: Sorted by id.
        store: Takes the outcomes; a chunk is in it whole or not at all.
        read: What turns documents into readings; picklable with more than one worker.
        config: Workers, sizes and limits.

    Raises:
        CivicActorsError: A chunk cannot be written, or workers cannot start.
    """
    missing = (document for document in documents if document_key(document) not in store)
    chunks = cut_chunks(missing, articles=config.chunk_articles, words=config.chunk_words)
    for path, done in _read_chunks(chunks, read, store.folder, config):
        store.add_file(path)
        yield done


def _read_chunks(
    chunks: Iterator[tuple[Document, ...]], read: Read, folder: Path, config: Config
) -> Iterator[tuple[Path, Sequence[Document]]]:
    if config.workers > 1:
        limits = Limits(config.batch_size, config.stall_seconds, config.worker_chunks)
        yield from read_in_pool(chunks, read, folder, workers=config.workers, limits=limits)
        return
    for chunk in chunks:
        outcomes = read_batches(chunk, read, config.batch_size, lambda: None)
        yield write_chunk(folder, outcomes), chunk
