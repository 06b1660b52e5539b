"""CSV of any encoding and separator, record by record, in bounded memory."""

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO

from pipeline.errors import UnreadableInput
from pipeline.ingest.columns import fold_name
from pipeline.ingest.decode import binary_kind, decode_text

_SAMPLE_BYTES = 1 << 20
_SEPARATORS = (",", ";", "\t")


@dataclass(frozen=True, slots=True)
class Record:
    """One record of a CSV, or why there is none.

    Attributes:
        number: From 1, without the header and blank lines.
        cells: By column, as the header spells it.
        problem: Empty when the record is sound.
    """

    number: int
    cells: dict[str, str]
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Delimited:
    """A CSV opened: its encoding, its header, and its records still to come."""

    encoding: str
    header: tuple[str, ...]
    records: Iterator[Record]


@contextmanager
def open_delimited(stream: BinaryIO, *, known: frozenset[str], max_bytes: int) -> Iterator[Delimited]:
    """Read the header of a CSV and get ready to read the rest, which is read inside the context.

    Args:
        stream: A file that can be rewound.
        known: Folded names of columns; the separator that makes most of them is taken.
        max_bytes: The longest record, in code points.

    Raises:
        UnreadableInput: It is empty, binary, or its first line is too long.
    """
    encoding = find_encoding(stream)
    # Only ever raised: the setting is one for the whole process, and 131,072 is less than an article.
    csv.field_size_limit(max(csv.field_size_limit(), max_bytes))
    text = io.TextIOWrapper(stream, encoding=encoding, errors="replace", newline="")
    try:
        lines = _BoundedLines(text, max_bytes)
        header_line = lines.read_header()
        separator = find_separator(header_line, known)
        header = tuple(name.strip() for name in next(csv.reader([header_line], delimiter=separator), []))
        yield Delimited(encoding, header, _read_records(lines, separator, header))
    finally:
        text.detach()  # the caller's stream is the caller's to close


def find_encoding(stream: BinaryIO) -> str:
    """Return the codec of a CSV, from its first part that is not plain ASCII; the stream is rewound.

    Raises:
        UnreadableInput: It is empty or binary.
    """
    start = stream.tell()
    sample = first = stream.read(_SAMPLE_BYTES)
    while sample and sample.isascii() and b"\x00" not in sample:
        sample = stream.read(_SAMPLE_BYTES)
    stream.seek(start)
    if not first.strip():
        raise UnreadableInput("empty")
    if sample is not first:
        # Whole lines only, so that no letter is cut; the first part says nothing about the encoding.
        sample = sample[sample.find(b"\n") + 1 :]
    decoded = decode_text(sample[: sample.rfind(b"\n") + 1] or sample)
    if decoded is None or binary_kind(first):
        kind = binary_kind(first)
        raise UnreadableInput(f"binary file ({kind})" if kind else "binary file")
    return decoded.encoding.split("+")[0]


def find_separator(line: str, known: frozenset[str]) -> str:
    """Return the separator that makes most cells of a header `known` folded names, then most cells."""

    def score(separator: str) -> tuple[int, int]:
        cells = next(csv.reader([line], delimiter=separator), [])
        return sum(fold_name(cell) in known for cell in cells), len(cells)

    return max(_SEPARATORS, key=score)


class _BoundedLines:
    """Lines of a file for `csv.reader`, which asks for more as long as a quote is open."""

    def __init__(self, text: io.TextIOWrapper, max_chars: int) -> None:
        self.text = text
        self.max_chars = max_chars
        self.left = max_chars
        self.number = 0
        self.at_end = False

    def read_header(self) -> str:
        line = next(self, "").lstrip("\ufeff")
        if line.lower().startswith("sep=") and len(line.rstrip()) <= 5:  # Excel's first line
            line = next(self, "")
        return line

    def start_record(self) -> None:
        self.left = self.max_chars

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self.text.readline(self.left + 1)
        if not line:
            self.at_end = True
            raise StopIteration
        self.number += 1
        self.left -= len(line)
        if self.left < 0:
            raise UnreadableInput(
                f"a record longer than {self.max_chars:,} characters near line {self.number}, "
                "or quotes that never close; the rest is not read"
            )
        return line


def _read_records(lines: _BoundedLines, separator: str, header: tuple[str, ...]) -> Iterator[Record]:
    reader = csv.reader(lines, delimiter=separator, strict=True)
    number = 0
    while True:
        lines.start_record()
        first_line = lines.number + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except (csv.Error, UnreadableInput) as error:
            number += 1
            yield Record(number, {}, _problem(error, lines, first_line))
            if lines.at_end or isinstance(error, UnreadableInput):
                return
            continue
        if cells:
            number += 1
            yield _make_record(number, cells, header)


def _problem(error: Exception, lines: _BoundedLines, first_line: int) -> str:
    if isinstance(error, UnreadableInput):
        return str(error)
    if lines.at_end:
        return f"quotes opened at line {first_line} never close; the rest is not read"
    return f"quotes that do not match at line {first_line}: double those inside a text"


def _make_record(number: int, cells: list[str], header: tuple[str, ...]) -> Record:
    while len(cells) > len(header) and not cells[-1].strip():
        cells.pop()
    if len(cells) > len(header):
        problem = (
            f"{len(cells)} cells where the header has {len(header)}: put texts with separators in quotes"
        )
        return Record(number, {}, problem)
    pairs = zip(header, cells, strict=False)
    found: dict[str, str] = {}
    for name, cell in pairs:
        found.setdefault(name, cell)
    return Record(number, found)
