"""The chunk contract: what every engine runs, and what it gives back, article by article."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from pipeline.codec import reading_to_json
from pipeline.errors import CivicActorsError
from pipeline.garbage import collected_after
from pipeline.ingest.spool import document_key
from pipeline.records import Document, Reading

Read = Callable[[Sequence[Document]], list[Reading]]
Chunk = tuple[Document, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one article.

    Attributes:
        key: Hash of the document, all its fields; the same article read again has the same key.
        reading: As JSON; None when the article could not be read.
        reason: Why not; empty when it could.
    """

    key: str
    reading: bytes | None
    reason: str = ""


def make_reader(model: str | Path | None, batch_size: int) -> Read:
    """Return what turns documents into readings; picklable, and loads the model when first called."""
    return partial(_read, model=model, batch_size=batch_size)


def _read(documents: Sequence[Document], *, model: str | Path | None, batch_size: int) -> list[Reading]:
    from pipeline.extract.nlp import bounded_vocabulary, extract_mentions, load_nlp
    from pipeline.normalise import normalise_extraction

    nlp = load_nlp(model)
    with collected_after():
        with bounded_vocabulary(nlp):
            extractions = list(extract_mentions(documents, nlp, batch_size=batch_size))
        return [normalise_extraction(extraction) for extraction in extractions]


def read_chunk(documents: Sequence[Document], read: Read) -> list[Outcome]:
    """Read a chunk; an article that fails is left out with its reason, and takes no other with it."""
    try:
        readings = read(documents)
    except CivicActorsError:
        raise
    except Exception as error:
        if len(documents) > 1:
            return [outcome for document in documents for outcome in read_chunk([document], read)]
        return [refuse(documents[0], f"{type(error).__name__}: {' '.join(str(error).split())[:200]}")]
    return [
        Outcome(document_key(document), reading_to_json(reading))
        for document, reading in zip(documents, readings, strict=True)
    ]


def refuse(document: Document, reason: str) -> Outcome:
    """Return the outcome of an article that cannot be read."""
    return Outcome(document_key(document), None, reason)


def cut_chunks(documents: Iterable[Document], *, articles: int, words: int) -> Iterator[tuple[Document, ...]]:
    """Yield documents in chunks of at most so many articles and, a longer article aside, so many words."""
    chunk: list[Document] = []
    size = 0
    for document in documents:
        length = document.text.count(" ") + 1
        if chunk and (len(chunk) == articles or size + length > words):
            yield tuple(chunk)
            chunk, size = [], 0
        chunk.append(document)
        size += length
    if chunk:
        yield tuple(chunk)
