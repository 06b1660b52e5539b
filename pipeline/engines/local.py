"""What was read before is not read again; the rest is read on this machine, in this process or in a pool."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from pipeline.config import Config
from pipeline.engines.alarm import within
from pipeline.engines.chunks import Chunk, Read, cut_chunks
from pipeline.engines.pool import Limits, read_batches, read_in_pool
from pipeline.engines.store import ReadingStore, write_chunk
from pipeline.garbage import paused_collection
from pipeline.ingest.spool import document_key
from pipeline.records import Document

Engine = Callable[[Iterator[Chunk], Read, Path, Config], Iterator[tuple[Path, Sequence[Document]]]]


def read_missing(
    documents: Iterable[Document], store: ReadingStore, read: Read, config: Config, engine: Engine
) -> Iterator[Sequence[Document]]:
    """Read what the store lacks, chunk by chunk, into the store; yield the documents of each chunk.

    Args:
        documents: Sorted by id.
        store: Takes the outcomes; a chunk is in it whole or not at all.
        read: What turns documents into readings; picklable with more than one worker.
        config: Workers, sizes and limits.
        engine: What reads chunks and writes each as a file: `read_here`, or that of Spark.

    Raises:
        CivicActorsError: A chunk cannot be written, or workers cannot start.
    """
    missing = (document for document in documents if document_key(document) not in store)
    chunks = cut_chunks(missing, articles=config.chunk_articles, words=config.chunk_words)
    for path, done in engine(chunks, read, store.folder, config):
        store.add_file(path)
        yield done


def read_here(
    chunks: Iterator[Chunk], read: Read, folder: Path, config: Config
) -> Iterator[tuple[Path, Sequence[Document]]]:
    """Yield the file of each chunk as it is written, with the documents read."""
    if config.workers > 1:
        limits = Limits(config.batch_size, config.stall_seconds, config.worker_chunks)
        yield from read_in_pool(chunks, read, folder, workers=config.workers, limits=limits)
        return
    timed = within(read, config.stall_seconds)
    with paused_collection():
        for chunk in chunks:
            outcomes = read_batches(chunk, timed, config.batch_size, lambda: None)
            yield write_chunk(folder, outcomes), chunk
