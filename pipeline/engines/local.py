"""Read articles chunk by chunk, in this process or in a pool of spawned ones."""

import multiprocessing
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

_CHUNKS_AHEAD = 2


def map_chunks(
    read_chunk: Callable[[tuple[Item, ...]], list[Result]],
    items: Iterable[Item],
    *,
    chunk_size: int,
    workers: int,
) -> Iterator[Result]:
    """Yield what `read_chunk` makes of the items, in their order.

    Args:
        read_chunk: Called with at most `chunk_size` items; picklable when `workers` is over 1.
        items: Read lazily; at most `workers` + 2 chunks are held at a time.
        chunk_size: Items a call.
        workers: Processes; 1 reads in this one.
    """
    chunks = _cut(items, chunk_size)
    if workers == 1:
        for chunk in chunks:
            yield from read_chunk(chunk)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        waiting: list[Future[list[Result]]] = [
            pool.submit(read_chunk, chunk) for chunk in islice(chunks, workers + _CHUNKS_AHEAD)
        ]
        while waiting:
            yield from waiting.pop(0).result()
            waiting.extend(pool.submit(read_chunk, chunk) for chunk in islice(chunks, 1))


def _cut(items: Iterable[Item], size: int) -> Iterator[tuple[Item, ...]]:
    iterator = iter(items)
    while chunk := tuple(islice(iterator, size)):
        yield chunk
