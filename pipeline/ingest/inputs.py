"""What the caller named, as a sorted list of files: folders, globs, article lists, standard input."""

import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pipeline.addresses import file_path, is_on_web, scheme_of, why_not_read
from pipeline.ingest.decode import drop_surrogates
from pipeline.ingest.files import kind_of, read_failure
from pipeline.ingest.mirror import Mirror
from pipeline.records import Reject

Format = Literal["txt", "md", "html", "jsonl", "csv", "parquet"]

STDIN = "-"

STAGE = "ingest"

_MAX_REASON = 500
_FORMATS: dict[str, Format] = {
    ".txt": "txt",
    ".text": "txt",
    ".md": "md",
    ".markdown": "md",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "csv",
    ".parquet": "parquet",
}
_ADVICE = "give .txt .md .html .jsonl .csv .parquet"
_MAGIC = frozenset("*?[")


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file inside a folder that is of another type, hidden, or already read; counted, not rejected."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class Given:
    """What an article list says about one of its files; it goes before what the file itself says."""

    url: str | None = None
    title: str | None = None
    published: str | None = None
    municipality_teryt: str | None = None


@dataclass(frozen=True, slots=True)
class InputFile:
    """One file to read.

    Attributes:
        source: As given, for the dataset; a name that is no UTF-8 has its bytes escaped.
        path: None for standard input, whose format is told from its first bytes.
        real: The file itself, symbolic links followed: what tells that two names are one file.
    """

    source: str
    path: Path | None
    format: Format
    real: str
    given: Given | None = None


Found = InputFile | Reject | Skipped


def expand_inputs(inputs: Iterable[str | Path], *, mirror: Mirror | None = None) -> list[Found]:
    """Return the files that the inputs name, sorted by source, each file once.

    Files of other types inside folders are skipped and counted; named directly, they are rejects. Addresses of other
    file systems need a mirror.
    """
    folders: dict[str, str] = {}
    found: list[Found] = []
    for name in sorted({str(name) for name in inputs}):
        found += _expand_one(name, folders, mirror)
    return unique_files(found)


def unique_files(found: Iterable[Found]) -> list[Found]:
    """Return the inputs sorted by source, with each file once: as its article list names it, else first."""
    ranked = sorted(found, key=lambda one: (getattr(one, "given", None) is None, one.source))
    first: dict[str, str] = {}
    kept: set[Found] = set()
    for one in ranked:
        if not isinstance(one, InputFile):
            kept.add(one)
        elif (known := first.get(one.real)) is None:
            first[one.real] = one.source
            kept.add(one)
        elif known != one.source:
            kept.add(Skipped(one.source, f"the same file as {known}"))
        elif one.given is not None:
            kept.add(Skipped(one.source, "named twice in article lists"))
    return sorted(kept, key=lambda one: (one.source, type(one).__name__, getattr(one, "reason", "")))


def make_reject(source: str, reason: object) -> Reject:
    """Return a reject of this stage, its reason in one line."""
    line = " ".join(drop_surrogates(str(reason)).split())
    return Reject(source, STAGE, line[:_MAX_REASON])


def name_source(path: str | Path) -> str:
    """Return a path as text that can be written anywhere."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def locate_file(path: Path, *, given: Given | None = None) -> InputFile | Reject:
    """Return a file that was named directly, or why it cannot be read."""
    source = name_source(path)
    try:
        mode = path.stat().st_mode
        real = os.path.realpath(path)
    except (OSError, ValueError) as error:
        return make_reject(source, _missing(error))
    if not stat.S_ISREG(mode):
        return make_reject(source, f"{kind_of(mode)}, not a file")
    file_format = _FORMATS.get(path.suffix.lower())
    if file_format is None:
        return make_reject(source, f"{_other_type(path)}; {_ADVICE}")
    return InputFile(source, path, file_format, real, given)


def is_read(path: Path) -> bool:
    """Say whether files of this name are read when they are met in a folder."""
    return path.suffix.lower() in _FORMATS and not _is_hidden([path.name])


def fetch_address(name: str, mirror: Mirror | None) -> Iterator[Path | Reject]:
    """Yield what an address names on this machine, as copies where it lies elsewhere, or why it is not read."""
    here = file_path(name)
    if here is not None:
        yield Path(here)
    elif mirror is None or is_on_web(name):
        yield make_reject(name_source(name), why_not_read(name))
    else:
        yield from mirror.fetch(name)


def _expand_one(name: str, folders: dict[str, str], mirror: Mirror | None) -> Iterator[Found]:
    if name == STDIN:
        yield InputFile(STDIN, None, "txt", STDIN)
        return
    if scheme_of(name):
        for one in fetch_address(name, mirror):
            yield from [one] if isinstance(one, Reject) else _expand_path(one, folders)
        return
    yield from _expand_path(Path(name), folders)


def _expand_path(path: Path, folders: dict[str, str]) -> Iterator[Found]:
    name = str(path)
    if _is_folder(path):
        yield from _walk(path, folders)
    elif _MAGIC.isdisjoint(name) or os.path.lexists(name):
        yield locate_file(path)
    else:
        yield from _expand_glob(path, folders)


def _expand_glob(pattern: Path, folders: dict[str, str]) -> Iterator[Found]:
    parts = pattern.parts
    fixed = next(number for number, part in enumerate(parts) if not _MAGIC.isdisjoint(part))
    root = Path(*parts[:fixed])
    try:
        # pathlib's `**` does not follow symbolic links to folders, so loops cannot hold it.
        matches = sorted(root.glob(str(Path(*parts[fixed:]))))
    except (OSError, ValueError, NotImplementedError, RecursionError) as error:
        yield make_reject(name_source(pattern), f"a pattern that cannot be used: {error}")
        return
    asks_hidden = any(part.startswith(".") for part in parts[fixed:])
    shown = [path for path in matches if asks_hidden or not _is_hidden(path.parts[fixed:])]
    if not shown:
        yield make_reject(name_source(pattern), "no file matches this pattern")
    for path in shown:
        if _is_folder(path):
            yield from _walk(path, folders)
        else:
            yield locate_file(path)


def _walk(top: Path, folders: dict[str, str]) -> Iterator[Found]:
    """Go through a folder and those below; a stack of ours, since folders nest deeper than Python's."""
    stack = [(top, os.path.realpath(top))]
    while stack:
        folder, real = stack.pop()
        if (known := folders.setdefault(real, name_source(folder))) != name_source(folder):
            yield Skipped(name_source(folder), f"the same folder as {known}")
            continue
        try:
            with os.scandir(folder) as listing:
                entries = sorted(listing, key=lambda entry: entry.name, reverse=True)
        except OSError as error:
            yield make_reject(name_source(folder), read_failure(error))
            continue
        for entry in entries:
            path = folder / entry.name
            entry_real = os.path.realpath(path) if entry.is_symlink() else f"{real}{os.sep}{entry.name}"
            if _is_hidden([entry.name]):
                yield Skipped(name_source(path), "hidden")
            elif not _is_folder(path):
                yield _locate_inside(path, entry_real)
            elif f"{real}{os.sep}".startswith(f"{entry_real}{os.sep}"):
                yield make_reject(name_source(path), "a symbolic link to a folder that it lies in")
            else:
                stack.append((path, entry_real))


def _locate_inside(path: Path, real: str) -> Found:
    """Return a file met in a folder."""
    source = name_source(path)
    try:
        mode = path.stat().st_mode
    except OSError as error:
        return make_reject(source, _missing(error))
    if not stat.S_ISREG(mode):
        return make_reject(source, f"{kind_of(mode)}, not a file")
    file_format = _FORMATS.get(path.suffix.lower())
    if file_format is None:
        return Skipped(source, _other_type(path))
    return InputFile(source, path, file_format, real)


def _missing(error: OSError | ValueError) -> str:
    if isinstance(error, FileNotFoundError):
        return "no such file or folder"
    return read_failure(error)


def _other_type(path: Path) -> str:
    return f"a type that is not read ({path.suffix or 'no extension'})"


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def _is_hidden(parts: Sequence[str]) -> bool:
    return any(part.startswith(".") and part not in (".", "..") for part in parts)
