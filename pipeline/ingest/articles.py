"""From what a reader found to a `Document`, or to the reason why it is none."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from pipeline.errors import UnreadableInput
from pipeline.ingest.contact_data import mask_contacts
from pipeline.ingest.decode import drop_surrogates
from pipeline.ingest.inputs import Skipped
from pipeline.ingest.language import foreign_language
from pipeline.ingest.limits import Limits
from pipeline.records import Document, Reject

_MAX_TITLE = 1_000
_MAX_URL = 4_000
_WORD = re.compile(r"[^\W\d_]+")
_TERC = re.compile(r"\d{2}|\d{4}|\d{7}")
_URL = re.compile(r"[^\s\x00-\x1f\x7f]*[.:][^\s\x00-\x1f\x7f]+")


@dataclass(frozen=True, slots=True)
class Article:
    """One article as its file gives it, before it is checked."""

    source: str
    text: str
    encoding: str = "utf-8"
    url: str | None = None
    title: str | None = None
    published: date | None = None
    municipality_teryt: str | None = None


def make_document(article: Article, limits: Limits) -> Document:
    """Return the document that an article makes.

    Raises:
        UnreadableInput: The text is empty, too long, too short, not text or not Polish.
    """
    text = drop_surrogates(article.text)
    _check_text(text, limits)
    return Document(
        article_id=make_article_id(article.url, text),
        source=article.source,
        text=mask_contacts(text),
        url=article.url,
        title=None if article.title is None else mask_contacts(article.title),
        published=article.published,
        encoding=article.encoding,
        municipality_teryt=article.municipality_teryt,
    )


def make_article_id(url: str | None, text: str) -> str:
    """Return 16 hex digits of the SHA-256 of the url, or of the text where there is none."""
    return hashlib.sha256((url or text).encode()).hexdigest()[:16]


def number_duplicates(
    documents: Iterable[Document | Reject | Skipped],
) -> Iterator[Document | Reject | Skipped]:
    """Give the second and later documents of one id a suffix `-2`, `-3`, in the order they come.

    Only ids are remembered, as numbers. Rejected and skipped inputs pass through.
    """
    seen: set[int] = set()
    repeats: dict[int, int] = {}
    for document in documents:
        if isinstance(document, Document):
            key = int(document.article_id, 16)
            if key in seen:
                repeats[key] = repeats.get(key, 1) + 1
                document = replace(document, article_id=f"{document.article_id}-{repeats[key]}")
            seen.add(key)
        yield document


def clean_title(value: object) -> str | None:
    """Return a title in one line, or None when there is none."""
    if not isinstance(value, str):
        return None
    words = re.sub(r"[\x00-\x1f\x7f\s]+", " ", drop_surrogates(value)).strip()
    return words[:_MAX_TITLE] or None


def clean_url(value: object) -> str | None:
    """Return an address as given, or None for what cannot be one, such as a postal address."""
    if not isinstance(value, str):
        return None
    url = drop_surrogates(value).strip()
    return url if len(url) <= _MAX_URL and _URL.fullmatch(url) else None


def clean_teryt(value: object) -> str | None:
    """Return a TERC code of 2, 4 or 7 digits, or None; whole numbers get back a zero that they lost."""
    if isinstance(value, bool) or not isinstance(value, (int, str)):
        return None
    code = str(value).strip()
    if isinstance(value, int) and len(code) in (1, 3, 6):
        code = f"0{code}"
    return code if code.isascii() and _TERC.fullmatch(code) else None


def _check_text(text: str, limits: Limits) -> None:
    if not text.strip():
        raise UnreadableInput("empty")
    if "\x00" in text:
        raise UnreadableInput("null characters in the text")
    if len(text) > limits.max_chars:
        raise UnreadableInput(f"longer than {limits.max_chars:,} characters; raise max_chars")
    n_words = sum(1 for _, _ in zip(_WORD.finditer(text), range(limits.min_words), strict=False))
    if n_words == 0:
        raise UnreadableInput("no words")
    if n_words < limits.min_words:
        raise UnreadableInput(f"fewer than {limits.min_words} words; lower min_words")
    if (language := foreign_language(text)) is not None:
        raise UnreadableInput(f"not Polish (looks like {language})")
