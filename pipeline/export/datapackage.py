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
    """Return the description of the whole dataset as Parquet."""
    resources = [_describe_table(table) for table in TABLES]
    for resource in resources:
        for field in resource["schema"]["fields"]:
            if field["type"] == "array":
                # Frictionless reads Parquet's lists as arrays of NumPy, which its own type `array` refuses.
                field |= {"type": "any", "description": f"{field['description']} A list of texts."}
    return _package(resources)


def describe_csv() -> dict[str, Any]:
    """Return the description of the tables as CSV: semicolons, decimal commas, lists as one text."""
    return _package([_describe_csv(table) for table in TABLES])


def describe_jsonl() -> dict[str, Any]:
    """Return the description of the tables as JSON lines."""
    return _package(
        [
            _describe_table(table)
            | {"path": f"{table.name}.jsonl", "format": "jsonl", "mediatype": "application/x-ndjson"}
            for table in TABLES
        ]
    )


def _package(resources: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "name": "civic-actors",
        "title": "Civic actors of Polish municipal news",
        "profile": "data-package",
        "resources": resources,
    }


def _describe_csv(table: Table) -> dict[str, Any]:
    described = _describe_table(table)
    for field in described["schema"]["fields"]:
        if field["type"] == "number":
            field["decimalChar"] = ","
        if field["type"] == "array":
            field |= {"type": "string", "description": f"{field['description']} Separated by ` | `."}
    return described | {
        "path": f"{table.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8-sig",
        "dialect": {"delimiter": ";", "lineTerminator": "\r\n"},
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
