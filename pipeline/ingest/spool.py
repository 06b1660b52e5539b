"""The articles of an input on disk, so that memory does not grow with their texts."""

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from pipeline.codec import document_from_json, document_to_json
from pipeline.errors import OutputError
from pipeline.ingest.near_duplicates import (
    Signed,
    find_near_copies,
    pack_signature,
    sign_document,
    signature_recipe,
    unpack_signature,
)
from pipeline.records import Document

_TABLE = """
    CREATE TABLE IF NOT EXISTS documents (
        source TEXT NOT NULL, base TEXT NOT NULL, hash TEXT NOT NULL, words BLOB NOT NULL, content BLOB NOT NULL,
        article_id TEXT, original TEXT, is_old INTEGER NOT NULL DEFAULT 0
    );
    CREATE INDEX IF NOT EXISTS by_source ON documents (source);
    CREATE INDEX IF NOT EXISTS by_base ON documents (base);
    CREATE INDEX IF NOT EXISTS by_id ON documents (article_id);
    CREATE TABLE IF NOT EXISTS signatures (
        hash TEXT PRIMARY KEY, recipe TEXT NOT NULL, published TEXT, packed BLOB
    ) WITHOUT ROWID;
    UPDATE documents SET is_old = 1;
"""


class Spool:
    """Documents in an SQLite file; without a path, in memory.

    Add them, then `settle`; from then on iterating gives the documents that repeat no other one, sorted by id,
    as often as asked.
    """

    def __init__(self, path: Path | None = None, *, is_settled: bool = False) -> None:
        """Open the file, made when missing; what it holds already is old and gives way to what is added.

        Args:
            path: An SQLite file; None keeps the documents in memory.
            is_settled: It holds all documents already, and none will be added.

        Raises:
            OutputError: The disk does not take it.
        """
        start = "" if is_settled else _TABLE
        try:
            self._database = sqlite3.connect(path or ":memory:", isolation_level=None)
            self._database.executescript(f"PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; {start}")
        except sqlite3.OperationalError as error:
            raise _refused(error) from error
        self._execute("BEGIN")

    def add(self, document: Document) -> None:
        """Keep a document; older ones of its source are forgotten.

        Raises:
            OutputError: The disk is full.
        """
        base = document.article_id.partition("-")[0]
        content = document_to_json(replace(document, article_id=base))
        words = " ".join(document.text.split()).casefold().encode("utf-8", "surrogatepass")
        self._execute("DELETE FROM documents WHERE source = ? AND is_old", (document.source,))
        self._execute(
            "INSERT INTO documents (source, base, hash, words, content) VALUES (?, ?, ?, ?, ?)",
            (document.source, base, _digest(content).hex(), _digest(words), content),
        )

    def settle(self) -> None:
        """Number documents of one id in the order of their sources, mark copies, and keep it all."""
        self._execute("UPDATE documents SET article_id = base, original = NULL")
        self._number_repeats()
        self._mark_copies()
        self._mark_near_copies()
        self._execute("COMMIT")
        self._execute("BEGIN")

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    def __iter__(self) -> Iterator[Document]:
        """Yield the documents to read, sorted by id."""
        yield from self._documents("WHERE original IS NULL")

    def __len__(self) -> int:
        """Return how many documents there are to read."""
        return int(self._execute("SELECT count(*) FROM documents WHERE original IS NULL").fetchone()[0])

    def keys(self) -> dict[str, str]:
        """Return the key of each document to read, as of `document_key`, by id and sorted by it."""
        rows = self._execute(
            "SELECT article_id, hash FROM documents WHERE original IS NULL ORDER BY article_id"
        )
        return {article_id: f"{article_id}:{digest}" for article_id, digest in rows}

    def only(self, article_ids: Iterable[str]) -> Iterator[Document]:
        """Yield some of the documents, sorted by id."""
        for article_id in sorted(article_ids):
            row = self._execute(
                "SELECT content FROM documents WHERE article_id = ?", (article_id,)
            ).fetchone()
            yield replace(document_from_json(row[0]), article_id=article_id)

    def copies(self) -> Iterator[tuple[Document, str]]:
        """Yield each copy with the id of the document that it repeats, sorted by id."""
        rows = self._execute("SELECT original FROM documents WHERE original IS NOT NULL ORDER BY article_id")
        for document, (original,) in zip(self._documents("WHERE original IS NOT NULL"), rows, strict=True):
            yield document, original

    def digest(self) -> str:
        """Return one hash of all documents, in hex."""
        whole = hashlib.sha256()
        for row in self._execute("SELECT article_id, hash FROM documents ORDER BY article_id"):
            whole.update(":".join(row).encode())
        return whole.hexdigest()

    def _documents(self, which: str) -> Iterator[Document]:
        for article_id, content in self._execute(
            f"SELECT article_id, content FROM documents {which} ORDER BY article_id"
        ):
            yield replace(document_from_json(content), article_id=article_id)

    def _number_repeats(self) -> None:
        """Give the second and later documents of one id a suffix `-2`, `-3`."""
        repeated = self._execute(
            "SELECT base, source, rowid FROM documents"
            " WHERE base IN (SELECT base FROM documents GROUP BY base HAVING count(*) > 1)"
        ).fetchall()
        numbers: dict[str, int] = {}
        for base, _, row in sorted(repeated, key=lambda one: (one[0], _source_order(one[1]), one[2])):
            numbers[base] = number = numbers.get(base, 0) + 1
            if number > 1:
                self._execute(
                    "UPDATE documents SET article_id = ? WHERE rowid = ?", (f"{base}-{number}", row)
                )

    def _mark_copies(self) -> None:
        """Mark each document whose words repeat those of one with a smaller id: white space and case aside."""
        first_of: dict[bytes, str] = {}
        copies = []
        for article_id, words in self._execute("SELECT article_id, words FROM documents ORDER BY article_id"):
            original = first_of.setdefault(words, article_id)
            if original != article_id:
                copies.append((original, article_id))
        self._database.executemany("UPDATE documents SET original = ? WHERE article_id = ?", copies)

    def _mark_near_copies(self) -> None:
        """Mark the near-duplicates too; what repeated one of them repeats its original."""
        self._sign()
        near = find_near_copies(self._signed(), self._text_of)
        for article_id, original in near.items():
            self._execute(
                "UPDATE documents SET original = ? WHERE ? IN (article_id, original)", (original, article_id)
            )

    def _sign(self) -> None:
        """Keep the signature of each document that has none of today's recipe; forget those of documents gone."""
        self._execute(
            "DELETE FROM signatures WHERE recipe != ? OR hash NOT IN (SELECT hash FROM documents)",
            (signature_recipe(),),
        )
        missing = self._execute(
            "SELECT hash, content FROM documents"
            " WHERE original IS NULL AND hash NOT IN (SELECT hash FROM signatures)"
        )
        self._database.executemany(
            "INSERT OR IGNORE INTO signatures (hash, recipe, published, packed) VALUES (?, ?, ?, ?)",
            (_signature_row(digest, document_from_json(content)) for digest, content in missing),
        )

    def _signed(self) -> Iterator[Signed]:
        """Yield the signatures of the documents to read that are long enough to have one."""
        rows = self._execute(
            "SELECT article_id, published, packed FROM documents JOIN signatures USING (hash)"
            " WHERE original IS NULL AND packed IS NOT NULL"
        )
        for article_id, published, packed in rows:
            yield unpack_signature(article_id, date.fromisoformat(published) if published else None, packed)

    def _text_of(self, article_id: str) -> str:
        row = self._execute("SELECT content FROM documents WHERE article_id = ?", (article_id,)).fetchone()
        return document_from_json(row[0]).text

    def _execute(self, statement: str, row: tuple[object, ...] = ()) -> sqlite3.Cursor:
        try:
            return self._database.execute(statement, row)
        except sqlite3.OperationalError as error:
            raise _refused(error) from error


def _refused(error: sqlite3.OperationalError) -> OutputError:
    return OutputError(f"cannot keep the articles: {error}; free space or choose another -o")


def document_key(document: Document) -> str:
    """Return what identifies a document with all its fields: its id and a hash."""
    base = document.article_id.partition("-")[0]
    content = document_to_json(replace(document, article_id=base))
    return f"{document.article_id}:{_digest(content).hex()}"


def _signature_row(digest: str, document: Document) -> tuple[str, str, str | None, bytes | None]:
    signed, day = sign_document(document), document.published
    return (
        digest,
        signature_recipe(),
        day.isoformat() if day else None,
        pack_signature(signed) if signed else None,
    )


def _source_order(source: str) -> tuple[str, int]:
    """Sort rows of one file by their number."""
    path, mark, number = source.rpartition("#")
    return (path, int(number)) if mark and number.isdigit() else (source, 0)


def _digest(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()[:16]
