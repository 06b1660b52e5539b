"""One DuckDB file: keys, indexes, views, and a search over folded names that needs no extension."""

from contextlib import closing
from pathlib import Path

import duckdb
import pyarrow as pa

from pipeline.export.content import Content, Written
from pipeline.export.to_sqlite import may_be_empty
from pipeline.export.views import NAMED, VIEWS, indexed_columns
from pipeline.files import write_whole
from pipeline.resolve.keys import fold
from pipeline.schema import TABLES, Kind, Table

FILE = "civic-actors.duckdb"

_TYPES: dict[Kind, str] = {
    "string": "VARCHAR",
    "date": "DATE",
    "integer": "BIGINT",
    "number": "DOUBLE",
    "boolean": "BOOLEAN",
    "list": "VARCHAR[]",
}
_NAMES = pa.schema([(name, pa.string()) for name in ("kind", "id", "name", "folded")])
# DuckDB's full-text search is an extension that it downloads; nothing here opens a connection.
_SEARCH = """
CREATE MACRO find_name(words) AS TABLE
SELECT kind, id, name FROM names
WHERE contains(folded, lower(strip_accents(translate(words, 'łŁ-–—', 'll   ')))) ORDER BY kind, name, id
"""


def write(content: Content, folder: Path) -> Written:
    """Write `civic-actors.duckdb`; the rows are always the same, the file carries an id of its own."""
    path = folder / FILE
    write_whole(path, lambda temporary: _write_database(temporary, content))
    return Written((path,))


def _write_database(path: Path, content: Content) -> None:
    path.unlink(missing_ok=True)
    with closing(duckdb.connect(str(path))) as database:
        for table in TABLES:
            database.execute(_definition(table))
            rows = pa.Table.from_pylist(list(content[table.name]), schema=table.arrow_schema())
            database.register("rows", rows)
            database.execute(f"INSERT INTO {table.name} SELECT * FROM rows")
            database.unregister("rows")
            for column in indexed_columns(table.name, table.links):
                database.execute(f"CREATE INDEX {table.name}_{column} ON {table.name} ({column})")
            _comment(database, table)
        _write_names(database, content)
        for view in VIEWS:
            database.execute(f"CREATE VIEW {view.name} AS {view.sql}")
            database.execute(f"COMMENT ON VIEW {view.name} IS {_quoted(view.meaning)}")
        database.execute("CHECKPOINT")


def _definition(table: Table) -> str:
    columns = [f'"{column.name}" {_TYPES[column.kind]}' for column in table.columns]
    if not may_be_empty(table):
        columns.append(f"PRIMARY KEY ({', '.join(table.key)})")
    return f"CREATE TABLE {table.name} ({', '.join(columns)})"


def _comment(database: duckdb.DuckDBPyConnection, table: Table) -> None:
    database.execute(f"COMMENT ON TABLE {table.name} IS {_quoted(table.meaning)}")
    for column in table.columns:
        database.execute(f'COMMENT ON COLUMN {table.name}."{column.name}" IS {_quoted(column.meaning)}')


def _write_names(database: duckdb.DuckDBPyConnection, content: Content) -> None:
    """Write every name and alias, folded, and the macro `find_name` that looks them up."""
    rows = [
        {"kind": table, "id": row[key], "name": name, "folded": fold(name)}
        for table, key in NAMED.items()
        for row in content[table]
        for name in dict.fromkeys([row["name"], *(row.get("aliases") or [])])
    ]
    names = pa.Table.from_pylist(rows, schema=_NAMES)
    database.register("rows", names)
    database.execute("CREATE TABLE names AS SELECT * FROM rows")
    database.unregister("rows")
    database.execute("CREATE INDEX names_folded ON names (folded)")
    database.execute(_SEARCH)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
