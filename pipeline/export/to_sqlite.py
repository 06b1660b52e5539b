"""One SQLite file with keys, indexes, views and full-text search over names, and how Datasette shows it."""

import json
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

from pipeline.export.content import Content, Written
from pipeline.export.rows import Row
from pipeline.export.views import NAMED, VIEWS, indexed_columns
from pipeline.files import write_json, write_whole
from pipeline.resolve.keys import fold
from pipeline.schema import TABLES, Kind, Table

FILE = "civic-actors.sqlite"
METADATA = "metadata.json"

_TYPES: dict[Kind, str] = {
    "string": "TEXT",
    "date": "TEXT",
    "integer": "INTEGER",
    "number": "REAL",
    "boolean": "INTEGER",
    "list": "TEXT",
}
# More, and the rows are pushed off the first screen.
_FACET_SIZE = 6
_SHOWN: dict[str, dict[str, Any]] = {
    "articles": {"facets": ["status", "municipality_teryt"], "sort_desc": "published"},
    "mentions": {"facets": ["label", "lemma_rule"], "sort": "mention_id", "label_column": "text"},
    "actors": {"facets": ["gender"], "sort_desc": "n_articles", "label_column": "name"},
    "institutions": {"facets": ["kind"], "sort_desc": "n_articles", "label_column": "name"},
    "locations": {"facets": ["kind"], "sort_desc": "n_articles", "label_column": "name"},
    "affiliations": {"facets": ["status", "role_code"], "sort_desc": "n_articles", "label_column": "role"},
    "evidence": {"facets": ["status", "rule"], "sort": "article_id"},
    "v_offices": {"facets": ["status", "role_code", "place"], "sort": "actor"},
    "v_people": {"facets": ["gender"], "sort_desc": "n_articles"},
    "v_institution_people": {"facets": ["kind", "status"], "sort": "institution"},
    "v_cooccurrence": {"sort_desc": "n_articles"},
    "v_institution_cooccurrence": {"sort_desc": "n_articles"},
    "v_evidence": {"facets": ["status"], "sort_desc": "published"},
    "v_place_people": {"facets": ["status"], "sort": "place"},
}


def write(content: Content, folder: Path) -> Written:
    """Write `civic-actors.sqlite`, lists as JSON texts, and `metadata.json` for Datasette."""
    path, metadata = folder / FILE, folder / METADATA
    write_whole(path, lambda temporary: _write_database(temporary, content))
    write_json(metadata, describe_for_datasette())
    return Written((path, metadata))


def describe_for_datasette() -> dict[str, Any]:
    """Return titles, meanings, facets and search for Datasette."""
    tables: dict[str, dict[str, Any]] = {
        table.name: {
            "description": table.meaning,
            "columns": {column.name: column.meaning for column in table.columns},
        }
        for table in TABLES
    }
    tables |= {view.name: {"description": view.meaning} for view in VIEWS}
    for name, shown in _SHOWN.items():
        tables[name] |= shown | {"facet_size": _FACET_SIZE}
    for name in NAMED:
        tables[name] |= {"fts_table": f"{name}_fts", "fts_pk": "rowid"}
        tables[f"{name}_fts"] = {"hidden": True}
    return {
        "title": "Civic actors of Polish municipal news",
        "description": "Who holds which office, in which body, where, since when, and which sentence says so.",
        "databases": {Path(FILE).stem: {"tables": tables}},
    }


def _write_database(path: Path, content: Content) -> None:
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as database:
        for table in TABLES:
            database.execute(_definition(table))
            marks = ", ".join("?" for _ in table.columns)
            rows = (_cells(table, row) for row in content[table.name])
            database.executemany(f"INSERT INTO {table.name} VALUES ({marks})", rows)
            for column in indexed_columns(table.name, table.links):
                database.execute(f"CREATE INDEX {table.name}_{column} ON {table.name} ({column})")
        for name in NAMED:
            _index_names(database, name, content)
        for view in VIEWS:
            database.execute(f"CREATE VIEW {view.name} AS {view.sql}")
        database.commit()
        database.execute("ANALYZE")
        database.commit()


def _definition(table: Table) -> str:
    columns = [f'"{column.name}" {_TYPES[column.kind]}' for column in table.columns]
    if not may_be_empty(table):
        columns.append(f"PRIMARY KEY ({', '.join(table.key)})")
    for column, target in table.links:
        other, _, key = target.partition(".")
        columns.append(f"FOREIGN KEY ({column}) REFERENCES {other} ({key})")
    return f"CREATE TABLE {table.name} ({', '.join(columns)})"


def may_be_empty(table: Table) -> bool:
    """Say whether a part of the key can be empty, so that it is no primary key of a database."""
    return table.name in ("evidence", "rejects")


def _index_names(database: sqlite3.Connection, name: str, content: Content) -> None:
    """Index the names for search, as written and folded: SQLite folds `ą` to `a`, but `ł` to nothing."""
    database.execute(
        f"CREATE VIRTUAL TABLE {name}_fts USING fts5"
        "(name, aliases, folded, tokenize = 'unicode61 remove_diacritics 2')"
    )
    rows = database.execute(f"SELECT {NAMED[name]}, rowid FROM {name}").fetchall()
    places: dict[str, int] = dict(rows)
    for row in content[name]:
        aliases = " ".join(row.get("aliases") or [])
        database.execute(
            f"INSERT INTO {name}_fts (rowid, name, aliases, folded) VALUES (?, ?, ?, ?)",
            (places[row[NAMED[name]]], row["name"], aliases, fold(f"{row['name']} {aliases}")),
        )


def _cells(table: Table, row: Row) -> list[object]:
    return [_cell(row[column.name]) for column in table.columns]


def _cell(value: object) -> object:
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    return value.isoformat() if isinstance(value, date) else value
