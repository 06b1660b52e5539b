"""What an input holds, sorted into articles, copies, rejects and files of other types."""

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.ingest.inputs import Skipped
from pipeline.ingest.near_duplicates import find_near_copies, sign_document
from pipeline.records import Document, Reject


@dataclass(frozen=True, slots=True)
class Ingested:
    """A whole input in memory.

    Attributes:
        documents: Articles to read, sorted by id.
        copies: Articles whose words repeat another's, or nearly, with the id of that one.
    """

    documents: tuple[Document, ...]
    copies: tuple[tuple[Document, str], ...]
    rejects: tuple[Reject, ...]
    skipped: tuple[Skipped, ...]

    @property
    def all_documents(self) -> tuple[Document, ...]:
        """Articles and copies."""
        return (*self.documents, *(document for document, _ in self.copies))


def sort_input(items: Iterable[Document | Reject | Skipped]) -> Ingested:
    """Sort what ingest yields; the result does not depend on the order of the items."""
    documents: list[Document] = []
    rejects: list[Reject] = []
    skipped: list[Skipped] = []
    for item in items:
        if isinstance(item, Document):
            documents.append(item)
        elif isinstance(item, Reject):
            rejects.append(item)
        else:
            skipped.append(item)
    originals, copies = _split_copies(sorted(documents, key=lambda document: document.article_id))
    originals, copies = _split_near_copies(originals, copies)
    return Ingested(
        documents=tuple(originals),
        copies=tuple(copies),
        rejects=tuple(sorted(rejects, key=lambda reject: (reject.source, reject.stage, reject.reason))),
        skipped=tuple(sorted(skipped, key=lambda skip: skip.source)),
    )


def _split_copies(documents: list[Document]) -> tuple[list[Document], list[tuple[Document, str]]]:
    """Tell copies by their words alone: white space and letter case aside."""
    first_of: dict[str, str] = {}
    originals: list[Document] = []
    copies: list[tuple[Document, str]] = []
    for document in documents:
        words = " ".join(document.text.split()).casefold()
        original = first_of.setdefault(words, document.article_id)
        if original == document.article_id:
            originals.append(document)
        else:
            copies.append((document, original))
    return originals, copies


def _split_near_copies(
    documents: list[Document], copies: list[tuple[Document, str]]
) -> tuple[list[Document], list[tuple[Document, str]]]:
    """Add the near-duplicates to the copies; what repeated one of them repeats its original."""
    by_id = {document.article_id: document for document in documents}
    signed = (sign_document(document) for document in documents)
    near = find_near_copies((one for one in signed if one), lambda article_id: by_id[article_id].text)
    moved = [(document, near.get(original, original)) for document, original in copies]
    moved += [(by_id[article_id], original) for article_id, original in near.items()]
    originals = [document for document in documents if document.article_id not in near]
    return originals, sorted(moved, key=lambda copy: copy[0].article_id)
