"""One reader per format: an input file to its articles, each a document or a reject with its reason."""

import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.errors import UnreadableInput
from pipeline.ingest.apart import parse_html, parse_markdown
from pipeline.ingest.articles import Article, clean_teryt, clean_title, clean_url, make_document
from pipeline.ingest.columns import DEFAULT_COLUMNS, find_columns, known_names
from pipeline.ingest.dates import parse_date
from pipeline.ingest.decode import Decoded, binary_kind, decode_text
from pipeline.ingest.delimited import open_delimited
from pipeline.ingest.files import open_input, read_bounded, read_failure, read_lines
from pipeline.ingest.inputs import Format, Given, InputFile, make_reject
from pipeline.ingest.limits import Limits
from pipeline.ingest.markdown import split_front_matter
from pipeline.ingest.markup import declared_encoding
from pipeline.ingest.mojibake import repair_text
from pipeline.records import Document, Reject

_PARQUET_BATCH = 64
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
_JSON_START = re.compile(rb"\{\s*\"[^\"]{1,60}\"\s*:")
_HTML_STARTS = (b"<!doctype html", b"<html", b"<?xml")


@dataclass(frozen=True, slots=True)
class Settings:
    """What the caller chose: columns of tables, and limits."""

    columns: Mapping[str, str] = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits)


def read_file(file: InputFile, settings: Settings) -> Iterator[Document | Reject]:
    """Yield the articles of one file; whatever is wrong with it becomes a reject, and nothing raises."""
    try:
        with open_input(file.path) as stream:
            if file.path is None:
                file, stream = _guess_format(file, stream)
            yield from _READERS[file.format](file, stream, settings)
    except UnreadableInput as error:
        yield make_reject(file.source, error)
    except OSError as error:
        yield make_reject(file.source, read_failure(error))
    except Exception as error:  # one bad file must not end a batch, whatever a library makes of it
        yield make_reject(file.source, f"unexpected {type(error).__name__}: {error}")


def read_txt(file: InputFile, stream: BinaryIO, settings: Settings) -> Iterator[Document | Reject]:
    """Read a plain text as it is, without its byte order mark."""
    decoded = _decode_whole(stream, settings.limits)
    yield _make(Article(file.source, decoded.text, decoded.encoding), file.given, settings)


def read_md(file: InputFile, stream: BinaryIO, settings: Settings) -> Iterator[Document | Reject]:
    """Read a Markdown article: its front matter, and the text a reader sees."""
    decoded = _decode_whole(stream, settings.limits)
    _check_source_length(decoded.text, settings.limits)
    facts, source = split_front_matter(decoded.text.replace("\r\n", "\n").replace("\r", "\n"))
    values = {name: _front_value(facts, name) for name in DEFAULT_COLUMNS if name != "text"}
    text = parse_markdown(source, seconds=settings.limits.parse_seconds)
    article = _fill(Article(file.source, text, decoded.encoding), values)
    yield _make(article, file.given, settings)


def read_html(file: InputFile, stream: BinaryIO, settings: Settings) -> Iterator[Document | Reject]:
    """Read the main text of a saved web page, with its title, day of publication and address."""
    data = read_bounded(stream, max_bytes=settings.limits.max_bytes)
    decoded = _decode(data, declared=declared_encoding(data))
    _check_source_length(decoded.text, settings.limits)
    page = parse_html(decoded.text.replace("\x00", "\ufffd"), seconds=settings.limits.parse_seconds)
    if page is None:
        raise UnreadableInput("no main text")
    url = clean_url(page.url) if (page.url or "").startswith(("http://", "https://")) else None
    article = Article(
        file.source, page.text, decoded.encoding, url, clean_title(page.title), published=page.published
    )
    yield _make(article, file.given, settings)


def read_jsonl(file: InputFile, stream: BinaryIO, settings: Settings) -> Iterator[Document | Reject]:
    """Read JSON Lines, an object a line; a bad line is a reject, and the others go on."""
    for number, line in enumerate(_json_lines(stream, settings.limits), 1):
        source = f"{file.source}#{number}"
        try:
            if line is None:
                raise UnreadableInput(
                    f"a line longer than {settings.limits.max_bytes:,} bytes; raise max_bytes"
                )
            if line.strip():
                yield _make(_parse_line(source, line, settings), file.given, settings)
        except UnreadableInput as error:
            yield make_reject(source, error)


def read_csv(file: InputFile, stream: BinaryIO, settings: Settings) -> Iterator[Document | Reject]:
    """Read a CSV with a header, separated by commas, semicolons or tabs, an article a record."""
    known = known_names(settings.columns)
    with open_delimited(stream, known=known, max_bytes=settings.limits.max_bytes) as table:
        columns = find_columns(table.header, settings.columns)
        for record in table.records:
            source = f"{file.source}#{record.number}"
            if record.problem:
                yield make_reject(source, record.problem)
            else:
                values = {name: record.cells.get(column) for name, column in columns.items()}
                yield _make_row(source, values, table.encoding, settings)


def read_parquet(file: InputFile, stream: BinaryIO, settings: Settings) -> Iterator[Document | Reject]:
    """Read a Parquet file, an article a row, only the columns that are needed."""
    number = 0
    try:
        table = pq.ParquetFile(stream)
        columns = find_columns(table.schema_arrow.names, settings.columns)
        _check_text_type(table.schema_arrow.field(columns["text"]))
        wanted = sorted(set(columns.values()))
        for batch in table.iter_batches(batch_size=_PARQUET_BATCH, columns=wanted, use_threads=False):
            for row in range(batch.num_rows):
                number += 1
                values = {name: _cell(batch.column(column)[row]) for name, column in columns.items()}
                yield _make_row(f"{file.source}#{number}", values, "utf-8", settings)
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:  # a broken page header is an OSError
        where = f"; rows after {number} are not read" if number else ""
        yield make_reject(file.source, f"broken Parquet: {error}"[:300] + where)


Reader = Callable[[InputFile, BinaryIO, Settings], Iterator[Document | Reject]]

_READERS: Mapping[Format, Reader] = {
    "txt": read_txt,
    "md": read_md,
    "html": read_html,
    "jsonl": read_jsonl,
    "csv": read_csv,
    "parquet": read_parquet,
}


def _guess_format(file: InputFile, stream: BinaryIO) -> tuple[InputFile, BinaryIO]:
    """Tell the format of standard input: JSON Lines, a web page, or else plain text."""
    head = stream.readline(1 << 16)
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    whole = _Rewound(head, stream)
    if _JSON_START.match(start):
        return replace(file, format="jsonl"), whole
    if start[:20].lower().startswith(_HTML_STARTS):
        return replace(file, format="html"), whole
    return file, whole


class _Rewound(io.BufferedReader):
    """A stream with its first bytes put back, for input that cannot be rewound."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        super().__init__(_Joined(head, rest))


class _Joined(io.RawIOBase):
    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self.head = head
        self.rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]
        data = self.head[: len(buffer)] or self.rest.read(len(buffer))
        self.head = self.head[len(data) :]
        buffer[: len(data)] = data
        return len(data)


def _decode_whole(stream: BinaryIO, limits: Limits) -> Decoded:
    return _decode(read_bounded(stream, max_bytes=limits.max_bytes))


def _decode(data: bytes, *, declared: str | None = None) -> Decoded:
    decoded = decode_text(data, declared=declared)
    if decoded is None:
        kind = binary_kind(data)
        raise UnreadableInput(f"binary file ({kind})" if kind else "binary file")
    return decoded


def _check_source_length(source: str, limits: Limits) -> None:
    # Markup takes time to read, so a page is bounded before it is parsed.
    if len(source) > 2 * limits.max_chars:
        raise UnreadableInput(
            f"its source is longer than {2 * limits.max_chars:,} characters; raise max_chars"
        )


def _json_lines(stream: BinaryIO, limits: Limits) -> Iterator[bytes | None]:
    head = stream.read(4)
    if not head:
        raise UnreadableInput("empty")
    whole = _Rewound(head, stream)
    if head.startswith(_WIDE_MARKS) or head[:2].count(0) == 1:
        decoded = _decode_whole(whole, limits)
        return iter(line.encode("utf-8", "surrogatepass") for line in decoded.text.split("\n"))
    return read_lines(whole, max_bytes=limits.max_bytes)


def _parse_line(source: str, line: bytes, settings: Settings) -> Article:
    decoded = _decode(line)
    try:
        found = json.loads(decoded.text)
    except (ValueError, RecursionError) as error:
        raise UnreadableInput(f"no JSON: {error}") from error
    if not isinstance(found, dict):
        raise UnreadableInput("no JSON object: each line must be one object, in { }")
    columns = find_columns(list(found), settings.columns)
    values = {name: found.get(column) for name, column in columns.items()}
    return _make_article(source, values, decoded.encoding)


def _check_text_type(column: pa.Field) -> None:
    kind = column.type.value_type if pa.types.is_dictionary(column.type) else column.type
    is_text = pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind)
    if not (is_text or pa.types.is_binary(kind) or pa.types.is_large_binary(kind)):
        raise UnreadableInput(f"the column {column.name!r} holds {column.type}, not text")


def _cell(scalar: pa.Scalar) -> object:
    try:
        return scalar.as_py()
    except UnicodeDecodeError as error:
        return error.object  # bytes that are no UTF-8: decoded by evidence like those of a file
    except (ValueError, OverflowError, KeyError, pa.ArrowException):
        return None  # a day beyond the calendar, an unknown time zone


def _make_row(
    source: str, values: Mapping[str, object], encoding: str, settings: Settings
) -> Document | Reject:
    try:
        return _make(_make_article(source, values, encoding), None, settings)
    except UnreadableInput as error:
        return make_reject(source, error)


def _make_article(source: str, values: Mapping[str, object], encoding: str) -> Article:
    text = values.get("text")
    if isinstance(text, bytes):
        decoded = _decode(text)
        text, encoding = decoded.text, decoded.encoding
    if text is None:
        raise UnreadableInput("empty")
    if not isinstance(text, str):
        raise UnreadableInput("the text is not a string")
    text, steps = repair_text(text)
    return _fill(Article(source, text, encoding + steps), values)


def _fill(article: Article, values: Mapping[str, object]) -> Article:
    title = values.get("title")
    return replace(
        article,
        url=clean_url(values.get("url")),
        title=clean_title(repair_text(title)[0] if isinstance(title, str) else None),
        published=parse_date(values.get("published")),
        municipality_teryt=clean_teryt(values.get("municipality_teryt")),
    )


def _front_value(facts: Mapping[str, str], name: str) -> str | None:
    return next((facts[key] for key in DEFAULT_COLUMNS[name] if facts.get(key)), None)


def _make(article: Article, given: Given | None, settings: Settings) -> Document | Reject:
    """Return the document of an article, what an article list gives going before what its file says."""
    if given is not None:
        article = replace(
            article,
            url=clean_url(given.url) or article.url,
            title=clean_title(given.title) or article.title,
            published=parse_date(given.published) or article.published,
            municipality_teryt=clean_teryt(given.municipality_teryt) or article.municipality_teryt,
        )
    try:
        return make_document(article, settings.limits)
    except UnreadableInput as error:
        return make_reject(article.source, error)
