"""Tables as JSON lines: one object a row, lists as lists, days as YYYY-MM-DD."""

import json
from pathlib import Path

from pipeline.export.content import Content, Written
from pipeline.export.datapackage import describe_jsonl
from pipeline.files import write_json, write_text
from pipeline.schema import TABLES


def write(content: Content, folder: Path) -> Written:
    """Write `TABLE.jsonl` for each table, and `datapackage.json` that describes them."""
    files = [folder / f"{table.name}.jsonl" for table in TABLES]
    for path, table in zip(files, TABLES, strict=True):
        lines = (json.dumps(row, ensure_ascii=False, default=str) + "\n" for row in content[table.name])
        write_text(path, "".join(lines))
    description = folder / "datapackage.json"
    write_json(description, describe_jsonl())
    return Written((*files, description))
