"""The whole stage: what the caller named, to documents in source order."""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from pipeline.errors import ConfigError
from pipeline.ingest.article_lists import expand_lists
from pipeline.ingest.articles import number_duplicates
from pipeline.ingest.columns import check_columns
from pipeline.ingest.inputs import Found, InputFile, Skipped, expand_inputs, unique_files
from pipeline.ingest.limits import Limits
from pipeline.ingest.mirror import Mirror
from pipeline.ingest.readers import Settings, read_file
from pipeline.ingest.sources import Sources, load_sources
from pipeline.records import Document, Reject

_NO_LIMITS_CHANGED = Limits()


def ingest_documents(
    inputs: Sequence[str | Path],
    *,
    columns: Mapping[str, str] | None = None,
    sources: Path | None = None,
    limits: Limits = _NO_LIMITS_CHANGED,
) -> Iterator[Document | Reject | Skipped]:
    """Yield every article that the inputs hold, sorted by source whatever the order of the inputs.

    Args:
        inputs: Files, folders, globs, article lists; `-` is standard input.
        columns: Field (text, title, published, url, municipality_teryt) to column of tables; the
            usual names are tried for fields left out.
        sources: A CSV or TSV with the columns prefix and municipality_teryt; the longest prefix of the
            address or path gives the gmina of articles that name none.
        limits: Sizes beyond which an article is refused.

    Yields:
        A document; or a reject with its reason, for what cannot be used; or a file skipped in a folder.
        Articles are read one by one; only the list of files and the ids are held.

    Raises:
        ConfigError: No input, an unknown field in `columns`, or a broken file of sources.
        TypeError: `inputs` is one string and not a list.
    """
    found = list_inputs(inputs, columns=columns, sources=sources, limits=limits)
    return read_listed(found, columns=columns, sources=sources, limits=limits)


def list_inputs(
    inputs: Sequence[str | Path],
    *,
    columns: Mapping[str, str] | None = None,
    sources: Path | None = None,
    limits: Limits = _NO_LIMITS_CHANGED,
    mirror: Mirror | None = None,
) -> list[Found]:
    """Return every file that the inputs hold, sorted by source, article lists replaced by what they name.

    Args and errors are those of `ingest_documents`; a mirror copies what lies on other file systems, whose addresses
    are then the sources.
    """
    if isinstance(inputs, (str, Path)):
        raise TypeError(f"inputs is one {type(inputs).__name__}; give a list of inputs")
    if not inputs:
        raise ConfigError("no input; name a file, a folder or - for standard input")
    apart = os.path.realpath(sources) if sources is not None else None
    found = expand_inputs(inputs, mirror=mirror)
    found = [one for one in found if not (isinstance(one, InputFile) and one.real == apart)]
    found = expand_lists(found, columns=check_columns(columns), limits=limits, mirror=mirror)
    return unique_files(_rename(one, mirror) for one in found) if mirror is not None else found


def _rename(one: Found, mirror: Mirror) -> Found:
    """Return an input by the name that it has where it lies."""
    named = replace(one, source=mirror.named(one.source))
    return named if isinstance(named, InputFile) else replace(named, reason=mirror.named(named.reason))


def read_listed(
    found: Sequence[Found],
    *,
    columns: Mapping[str, str] | None = None,
    sources: Path | None = None,
    limits: Limits = _NO_LIMITS_CHANGED,
) -> Iterator[Document | Reject | Skipped]:
    """Yield every article of the files that `list_inputs` found; args and errors are those of `ingest_documents`."""
    settings = Settings(check_columns(columns), limits)
    origins = load_sources(sources) if sources is not None else Sources({})
    return number_duplicates(_read_found(found, settings, origins))


def _read_found(
    found: Sequence[Found], settings: Settings, origins: Sources
) -> Iterator[Document | Reject | Skipped]:
    for one in found:
        if isinstance(one, InputFile):
            for document in read_file(one, settings):
                yield _place(document, origins)
        else:
            yield one


def _place(document: Document | Reject, origins: Sources) -> Document | Reject:
    if isinstance(document, Reject) or document.municipality_teryt or not origins.codes:
        return document
    return replace(document, municipality_teryt=origins.find_teryt(document))
