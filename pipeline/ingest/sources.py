"""The caller's list of sources: which web sites and folders are of which gmina."""

import os
import re
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import ConfigError, UnreadableInput
from pipeline.ingest.columns import fold_name
from pipeline.ingest.delimited import Delimited, open_delimited
from pipeline.ingest.files import open_regular
from pipeline.records import Document

_COLUMNS = frozenset({"prefix", "municipality_teryt", "publisher"})
_TERC = re.compile(r"\d{2}|\d{4}|\d{7}")
_MAX_RECORD = 1 << 20
_ROW = re.compile(r"#\d+$")
_SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*://", re.I)


@dataclass(frozen=True, slots=True)
class Sources:
    """Prefixes of addresses and folders, and the TERC of each; the longest that fits decides."""

    codes: dict[str, str]

    def find_teryt(self, document: Document) -> str | None:
        """Return the TERC of the gmina that an article comes from, or None when no prefix fits."""
        for key in (_url_key(document.url or ""), _absolute_key(Path(_ROW.sub("", document.source)))):
            while key:
                if (code := self.codes.get(key)) is not None:
                    return code
                key = key.rpartition("/")[0]
        return None


def load_sources(path: Path) -> Sources:
    """Load a CSV or TSV with the columns `prefix`, `municipality_teryt` and, if wanted, `publisher`.

    A prefix is the start of an address (`https://www.ozimek.pl/sport`, `ozimek.pl`) or a folder, relative to
    this file or to the working folder; it fits at whole steps of the path only.

    Raises:
        ConfigError: It cannot be read, or a row breaks its format.
    """
    codes: dict[str, str] = {}
    try:
        with (
            open_regular(path) as stream,
            open_delimited(stream, known=_COLUMNS, max_bytes=_MAX_RECORD) as table,
        ):
            for prefix, code in _read_rows(table, path):
                for key in _prefix_keys(prefix, path.parent):
                    codes[key] = code
    except (UnreadableInput, OSError) as error:
        raise ConfigError(f"{path}: {error}") from error
    return Sources(codes)


def _read_rows(table: Delimited, path: Path) -> list[tuple[str, str]]:
    names = {fold_name(name): name for name in table.header}
    if missing := {"prefix", "municipality_teryt"} - set(names):
        raise ConfigError(
            f"{path}: no column {' and '.join(sorted(missing))}; the first line names the columns"
        )
    rows: dict[str, str] = {}
    for record in table.records:
        prefix = record.cells.get(names["prefix"], "").strip()
        code = record.cells.get(names["municipality_teryt"], "").strip()
        if record.problem:
            raise ConfigError(f"{path}: row {record.number}: {record.problem}")
        if not prefix.strip("/"):
            raise ConfigError(f"{path}: row {record.number}: no prefix")
        if not _TERC.fullmatch(code):
            raise ConfigError(f"{path}: row {record.number}: {code!r} is no TERC; give 2, 4 or 7 digits")
        if rows.setdefault(prefix, code) != code:
            raise ConfigError(f"{path}: row {record.number}: {prefix} stands twice with different codes")
    return sorted(rows.items())


def _prefix_keys(prefix: str, folder: Path) -> set[str]:
    if _SCHEME.match(prefix):
        return {_url_key(prefix)}
    # What has no scheme may be a site or a folder; both are kept, and only one can fit.
    return {_url_key(prefix), _absolute_key(folder / prefix), _absolute_key(Path(prefix))}


def _url_key(url: str) -> str:
    """Return an address as it is compared: without scheme, `www.` and query, the host in lower case."""
    rest = re.split(r"[?#]", _SCHEME.sub("", url), maxsplit=1)[0]
    host, slash, path = rest.partition("/")
    return f"site:{host.lower().removeprefix('www.')}{slash}{path}".rstrip("/")


def _absolute_key(path: Path) -> str:
    # Not resolved: a link inside a folder belongs to that folder.
    return "file:" + Path(os.path.normpath(Path.cwd() / path)).as_posix().rstrip("/")
