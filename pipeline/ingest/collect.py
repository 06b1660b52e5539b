"""What an input holds, sorted into articles, copies, rejects and files of other types."""

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.ingest.inputs import Skipped
from pipeline.ingest.spool import Spool
from pipeline.records import Document, Reject


@dataclass(frozen=True, slots=True)
class Ingested:
    """A whole input; the articles lie in the spool, copies marked."""

    spool: Spool
    rejects: tuple[Reject, ...]
    skipped: tuple[Skipped, ...]


def sort_input(items: Iterable[Document | Reject | Skipped], spool: Spool | None = None) -> Ingested:
    """Sort what ingest yields; the result does not depend on the order of the items.

    Args:
        items: From `ingest_documents`.
        spool: Takes the documents; one in memory when left out.
    """
    spool = spool if spool is not None else Spool()
    rejects: list[Reject] = []
    skipped: list[Skipped] = []
    for item in items:
        if isinstance(item, Document):
            spool.add(item)
        elif isinstance(item, Reject):
            rejects.append(item)
        else:
            skipped.append(item)
    spool.settle()
    return Ingested(
        spool=spool,
        rejects=tuple(sorted(rejects, key=lambda reject: (reject.source, reject.stage, reject.reason))),
        skipped=tuple(sorted(skipped, key=lambda skip: skip.source)),
    )
