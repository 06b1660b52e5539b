"""Which column of a table, or key of a JSON object, holds what."""

import unicodedata
from collections.abc import Mapping, Sequence

from pipeline.errors import ConfigError, UnreadableInput

# Tried in this order; letter case is ignored.
DEFAULT_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "text": ("text", "tekst", "tresc", "treść", "content", "body"),
    "title": ("title", "tytul", "tytuł"),
    "published": ("date", "data", "published", "published_at", "data_publikacji"),
    "url": ("url", "link", "adres"),
    "municipality_teryt": ("municipality_teryt", "teryt"),
}

_SHOWN_COLUMNS = 20
_SHOWN_CHARS = 300


def check_columns(columns: Mapping[str, str] | None) -> dict[str, str]:
    """Return the caller's choice of columns, checked.

    Raises:
        ConfigError: It names a field that does not exist, or an empty column.
    """
    for field, name in (columns or {}).items():
        if field not in DEFAULT_COLUMNS:
            raise ConfigError(f"no field {field!r}; the fields are {', '.join(DEFAULT_COLUMNS)}")
        if not name.strip():
            raise ConfigError(f"the column for {field!r} has no name; write {field}=NAME")
    return dict(columns or {})


def find_columns(found: Sequence[str], columns: Mapping[str, str]) -> dict[str, str]:
    """Return the column of each field that the table has, as the table spells it.

    Args:
        found: The names in the header.
        columns: Field to column, as the caller chose; the defaults stand for the rest.

    Raises:
        UnreadableInput: A chosen column, or any column of text, is missing.
    """
    spelt = {fold_name(name): name for name in reversed(found)}
    chosen: dict[str, str] = {}
    for field, defaults in DEFAULT_COLUMNS.items():
        if field in columns:
            name = columns[field] if columns[field] in found else spelt.get(fold_name(columns[field]))
            if name is None:
                raise UnreadableInput(f"no column {columns[field]!r}; found: {list_columns(found)}")
        else:
            name = next((spelt[default] for default in defaults if default in spelt), None)
        if name is not None:
            chosen[field] = name
    if "text" not in chosen:
        advice = "name the column of text with --column text=NAME"
        raise UnreadableInput(f"no column of text; found: {list_columns(found)}; {advice}")
    return chosen


def known_names(columns: Mapping[str, str]) -> frozenset[str]:
    """Return every name that a header may be recognised by, folded."""
    defaults = {name for names in DEFAULT_COLUMNS.values() for name in names}
    return frozenset(defaults | {fold_name(name) for name in columns.values()})


def fold_name(name: str) -> str:
    """Return a column's name as it is compared."""
    return unicodedata.normalize("NFC", name).strip().casefold()


def list_columns(found: Sequence[str]) -> str:
    """Return the names for a message, cut where there are too many."""
    shown = ", ".join(found[:_SHOWN_COLUMNS])[:_SHOWN_CHARS]
    rest = len(found) - _SHOWN_COLUMNS
    return f"{shown} and {rest} more" if rest > 0 else shown or "none"
