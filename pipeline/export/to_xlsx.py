"""One Excel workbook, a sheet a table: every text is a text, whatever it begins with."""

import datetime
from collections.abc import Iterator
from pathlib import Path

import xlsxwriter  # type: ignore[import-untyped]
from xlsxwriter.format import Format  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from pipeline.errors import OutputError
from pipeline.export.content import Content, Written
from pipeline.export.rows import Row, flat
from pipeline.files import write_whole
from pipeline.schema import TABLES, Kind, Table

FILE = "civic-actors.xlsx"
MAX_CELL = 32_767
MAX_ROWS = 1_048_576
CUT = " […]"

_WIDTHS: dict[Kind, int] = {"date": 12, "integer": 10, "number": 10, "boolean": 9, "list": 30, "string": 20}
_WIDE = {"name": 34, "text": 60, "sentence": 60, "title": 40, "headline": 44, "source": 34, "url": 34}
# Without it the workbook holds the moment of writing, and no two are the same.
_CREATED = datetime.datetime(2000, 1, 1)
_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def write(content: Content, folder: Path) -> Written:
    """Write the workbook; a cell longer than Excel's 32,767 characters is cut and told.

    Raises:
        OutputError: A table has more rows than a sheet holds.
    """
    for table in TABLES:
        if len(content[table.name]) >= MAX_ROWS:
            raise OutputError(
                f"table {table.name} has {len(content[table.name]):,} rows, a sheet of Excel holds "
                f"{MAX_ROWS - 1:,}; export --to csv, sqlite or duckdb"
            )
    path, cut = folder / FILE, dict[str, int]()
    write_whole(path, lambda temporary: _write_workbook(temporary, content, cut))
    notes = tuple(
        f"{number:,} cells of {where} are longer than {MAX_CELL:,} characters and end in{CUT} in Excel"
        for where, number in sorted(cut.items())
    )
    return Written((path,), notes)


def _write_workbook(path: Path, content: Content, cut: dict[str, int]) -> None:
    cut.clear()
    with xlsxwriter.Workbook(str(path), _OPTIONS) as workbook:
        workbook.set_properties({"title": "Civic actors of Polish municipal news", "created": _CREATED})
        head = workbook.add_format({"bold": True, "bottom": 1, "bg_color": "#e8eef5"})
        day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        for table in TABLES:
            sheet = workbook.add_worksheet(table.name)
            _write_head(sheet, table, head, len(content[table.name]))
            for number, row in enumerate(content[table.name], 1):
                for where in _write_row(sheet, number, table, row, day):
                    cut[where] = cut.get(where, 0) + 1


def _write_head(sheet: Worksheet, table: Table, head: Format, n_rows: int) -> None:
    for place, column in enumerate(table.columns):
        sheet.write_string(0, place, column.name, head)
        sheet.write_comment(0, place, column.meaning, {"author": ""})
        sheet.set_column(place, place, _WIDE.get(column.name, _WIDTHS[column.kind]))
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(n_rows, 1), len(table.columns) - 1)


def _write_row(sheet: Worksheet, number: int, table: Table, row: Row, day: Format) -> Iterator[str]:
    """Write one row; yield the columns whose cell had to be cut."""
    for place, column in enumerate(table.columns):
        value = flat(row[column.name])
        if isinstance(value, str) and value:
            # Excel counts UTF-16 units.
            if len(value.encode("utf-16-le")) // 2 > MAX_CELL:
                value = _cut(value)
                yield f"{table.name}.{column.name}"
            sheet.write_string(number, place, value)
        elif isinstance(value, bool):
            sheet.write_boolean(number, place, value)
        elif isinstance(value, int | float):
            sheet.write_number(number, place, value)
        elif isinstance(value, datetime.date):
            sheet.write_datetime(number, place, value, day)


def _cut(value: str) -> str:
    units = value.encode("utf-16-le")[: 2 * (MAX_CELL - len(CUT))]
    return units.decode("utf-16-le", "ignore") + CUT
