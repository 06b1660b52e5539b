"""Tables as CSV that a Polish Excel opens right: BOM, semicolons, decimal commas, no cell that acts."""

import csv
import io
from pathlib import Path

from pipeline.export.content import Content, Written
from pipeline.export.datapackage import describe_csv
from pipeline.export.rows import Row, flat
from pipeline.files import write_json, write_text
from pipeline.guards import spreadsheet_cell
from pipeline.schema import TABLES, Table


def write(content: Content, folder: Path) -> Written:
    """Write `TABLE.csv` for each table, and `datapackage.json` that says how to read them."""
    files = [folder / f"{table.name}.csv" for table in TABLES]
    for path, table in zip(files, TABLES, strict=True):
        write_text(path, "\ufeff" + _table_text(table, content[table.name]))
    description = folder / "datapackage.json"
    write_json(description, describe_csv())
    return Written((*files, description))


def _table_text(table: Table, rows: tuple[Row, ...]) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([column.name for column in table.columns])
    writer.writerows([_cell(row[column.name]) for column in table.columns] for row in rows)
    return text.getvalue()


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return repr(value).replace(".", ",")
    return str(spreadsheet_cell(value if isinstance(value, int) else str(flat(value))))
