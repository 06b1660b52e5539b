"""What a growing dataset keeps of its articles: signatures are worked out once, and never outlive their text."""

import sqlite3
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.ingest import spool as module
from pipeline.ingest.near_duplicates import pack_signature, sign_document, unpack_signature
from pipeline.ingest.spool import Spool
from pipeline.records import Document

NOTICE = (
    "Wójt gminy Kije zaprasza mieszkańców w sobotę o godzinie dziesiątej na zebranie z sołtysem wsi numer {}, "
    "który opowie o remoncie drogi, świetlicy i nowego placu zabaw przy szkole podstawowej"
)


def _document(number: int, text: str | None = None) -> Document:
    day = date(2024, 1, 1 + number) if number % 2 else None
    return Document(f"a{number:02}", f"{number:02}.txt", text or NOTICE.format(number), published=day)


def _settled(path: Path, documents: list[Document]) -> tuple[list[Document], list[tuple[str, str]]]:
    spool = Spool(path)
    for document in documents:
        spool.add(document)
    spool.settle()
    copies = [(copy.article_id, original) for copy, original in spool.copies()]
    found = list(spool)
    spool.close()
    return found, copies


@pytest.fixture
def signed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the ids of the articles whose signatures are worked out from now on."""
    ids: list[str] = []
    sign: Callable[[Document], object] = sign_document

    def note(document: Document) -> object:
        ids.append(document.article_id)
        return sign(document)

    monkeypatch.setattr(module, "sign_document", note)
    return ids


def test_a_file_that_grows_signs_the_new_articles_alone(tmp_path: Path, signed: list[str]) -> None:
    old = [_document(1), _document(2), _document(3, "Krótko.")]
    new = [_document(4), _document(5, "Portal Kije. " + NOTICE.format(2))]
    _settled(tmp_path / "grown", old)
    assert sorted(signed) == ["a01", "a02", "a03"]
    signed.clear()
    grown = _settled(tmp_path / "grown", new)
    assert sorted(signed) == ["a04", "a05"]
    assert grown == _settled(tmp_path / "whole", [*old, *new])
    assert ("a02", "a05") in grown[1] or ("a05", "a02") in grown[1]


def test_a_file_without_signatures_or_with_those_of_another_recipe_is_signed_anew(
    tmp_path: Path, signed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "grown"
    whole = _settled(path, [_document(1), _document(2)])
    with sqlite3.connect(path) as database:
        database.execute("DROP TABLE signatures")
    signed.clear()
    assert _settled(path, []) == whole
    assert sorted(signed) == ["a01", "a02"]
    signed.clear()
    monkeypatch.setattr(module, "signature_recipe", lambda: "another")
    assert _settled(path, []) == whole
    assert sorted(signed) == ["a01", "a02"]


def test_a_signature_goes_with_its_text(tmp_path: Path) -> None:
    path = tmp_path / "grown"
    _settled(path, [_document(1), _document(2)])
    _settled(path, [_document(1, "Sprostowanie: " + NOTICE.format(7))])
    with sqlite3.connect(path) as database:
        rows = database.execute("SELECT hash FROM signatures ORDER BY hash").fetchall()
        assert rows == database.execute("SELECT hash FROM documents ORDER BY hash").fetchall()


@settings(max_examples=30, deadline=None)
@given(text=st.text(min_size=1), other=st.text(min_size=1))
def test_a_signature_comes_back_from_the_disk_as_it_was(text: str, other: str) -> None:
    one, two = (sign_document(Document("a", "a", NOTICE + " " + end)) for end in (text, other))
    assert one is not None
    assert two is not None
    again = unpack_signature("a", None, pack_signature(one))
    assert again.minhash.digest() == one.minhash.digest()
    assert again.minhash.jaccard(two.minhash) == one.minhash.jaccard(two.minhash)
