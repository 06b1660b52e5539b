"""`datapackage.json`: every table and column of the dataset, after the Frictionless Data Package."""

from typing import Any

from pipeline.schema import TABLES, Kind, Table

_TYPES: dict[Kind, str] = {
    "string": "string",
    "date": "date",
    "integer": "integer",
    "number": "number",
    "boolean": "boolean",
    "list": "array",
}


def describe_dataset() -> dict[str, Any]:
    """Return the description of the whole dataset."""
    return {
        "name": "civic-actors",
        "title": "Civic actors of Polish municipal news",
        "profile": "data-package",
        "resources": [_describe_table(table) for table in TABLES],
    }


def _describe_table(table: Table) -> dict[str, Any]:
    return {
        "name": table.name,
        "path": f"{table.name}.parquet",
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "description": table.meaning,
        "schema": {
            "fields": [
                {"name": column.name, "type": _TYPES[column.kind], "description": column.meaning}
                for column in table.columns
            ],
            "primaryKey": list(table.key),
            "foreignKeys": [_describe_link(source, target) for source, target in table.links],
        },
    }


def _describe_link(source: str, target: str) -> dict[str, Any]:
    resource, _, field = target.partition(".")
    return {"fields": source, "reference": {"resource": resource, "fields": field}}
