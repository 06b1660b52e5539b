"""What one dataset says that an earlier one did not: rows added, changed and withdrawn, table by table."""

import csv
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from pipeline.export.content import Content, Written
from pipeline.export.dataset import Dataset
from pipeline.export.dataset_view import DatasetView
from pipeline.export.rows import Row
from pipeline.files import write_json, write_text
from pipeline.guards import spreadsheet_cell
from pipeline.schema import TABLES, Table

FILE = "delta"

# The bookkeeping of ids is no statement about anybody.
_COMPARED = tuple(table for table in TABLES if table.name not in ("redirects", "ids"))
_SAME_OFFICE = ("actor_id", "role_code", "institution_id", "location_id")
_HEAD = ("table", "change", "key", "column", "old", "new")
Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One row in both datasets, with the columns that differ: old and new value."""

    key: Key
    columns: Mapping[str, tuple[Any, Any]]


@dataclass(frozen=True, slots=True)
class TableDelta:
    """The differences of one table, each list in the order of keys."""

    table: Table
    added: tuple[Row, ...]
    changed: tuple[Change, ...]
    withdrawn: tuple[Row, ...]


def write_delta(old: Content, new: Content, folder: Path) -> Written:
    """Write `delta.json`, with whole rows, and `delta.csv`, a line a difference."""
    deltas = find_delta(old, new)
    write_json(folder / f"{FILE}.json", {"tables": {delta.table.name: _told(delta) for delta in deltas}})
    write_text(folder / f"{FILE}.csv", "\ufeff" + _lines(deltas))
    notes = tuple(
        f"{delta.table.name}: {len(delta.added):,} added, {len(delta.changed):,} changed, "
        f"{len(delta.withdrawn):,} withdrawn"
        for delta in deltas
    )
    return Written((folder / f"{FILE}.json", folder / f"{FILE}.csv"), notes)


def hide_private(old: Dataset, new: Dataset) -> Dataset:
    """Return the old dataset with `is_public` false also for people who are private in the new one.

    Else the delta would tell of them as withdrawn.
    """
    private = set(new.actors.loc[~new.actors["is_public"].astype(bool), "actor_id"])
    steps = dict(zip(new.redirects["old_id"], new.redirects["new_id"], strict=True))
    hidden = [_end(one, steps) in private for one in old.actors["actor_id"]]
    actors = old.actors.assign(is_public=old.actors["is_public"].astype(bool) & ~np.array(hidden, dtype=bool))
    tables = {table.name: getattr(old, table.name) for table in TABLES} | {"actors": actors}
    return DatasetView(tables, folder=old.folder, manifest=old.manifest)


def find_delta(old: Content, new: Content) -> tuple[TableDelta, ...]:
    """Return the differences of each table.

    Old ids are first led to their heirs by the new dataset's `redirects`; an office is the same office
    when person, role, body and place are the same, whatever its id.
    """
    heirs = _heirs(old, new)
    return tuple(
        _compare(table, _followed(table, old[table.name], heirs), new[table.name]) for table in _COMPARED
    )


def _heirs(old: Content, new: Content) -> dict[str, str]:
    """Return where each old id leads: through chains of redirects, and from office to the same office."""
    steps: dict[str, str] = {row["old_id"]: row["new_id"] for row in new["redirects"]}
    heirs = {one: _end(one, steps) for one in steps}
    now = {tuple(row[part] for part in _SAME_OFFICE): row["affiliation_id"] for row in new["affiliations"]}
    for row in old["affiliations"]:
        office = tuple(heirs.get(row[part], row[part]) for part in _SAME_OFFICE)
        if office in now:
            heirs[row["affiliation_id"]] = now[office]
    return heirs


def _end(one: str, steps: Mapping[str, str]) -> str:
    seen = {one}
    while one in steps and steps[one] not in seen:
        one = steps[one]
        seen.add(one)
    return one


def _followed(table: Table, rows: Iterable[Row], heirs: Mapping[str, str]) -> list[Row]:
    """Return old rows with today's ids; of two that are one now, the one that had the id already is last."""
    pairs = [(row, _follow(row, heirs)) for row in rows]
    pairs.sort(key=lambda pair: _key(table, pair[0]) == _key(table, pair[1]))
    return [followed for _, followed in pairs]


def _follow(row: Row, heirs: Mapping[str, str]) -> Row:
    """Return an old row with the ids that its things have now."""
    return {
        column: heirs.get(value, value) if column.endswith("_id") and isinstance(value, str) else value
        for column, value in row.items()
    }


def _compare(table: Table, old: list[Row], new: Iterable[Row]) -> TableDelta:
    before = {_key(table, row): row for row in old}
    after = {_key(table, row): row for row in new}
    both = [key for key in after if key in before]
    changes = (Change(key, _differences(before[key], after[key])) for key in both)
    return TableDelta(
        table,
        added=tuple(row for key, row in after.items() if key not in before),
        changed=tuple(change for change in changes if change.columns),
        withdrawn=tuple(row for key, row in before.items() if key not in after),
    )


def _key(table: Table, row: Row) -> Key:
    return tuple(row[column] for column in table.key)


def _differences(old: Row, new: Row) -> dict[str, tuple[Any, Any]]:
    return {column: (old[column], new[column]) for column in new if old[column] != new[column]}


def _told(delta: TableDelta) -> dict[str, Any]:
    return {
        "key": list(delta.table.key),
        "added": list(delta.added),
        "changed": [
            {
                "key": list(change.key),
                "columns": {name: {"old": old, "new": new} for name, (old, new) in change.columns.items()},
            }
            for change in delta.changed
        ],
        "withdrawn": list(delta.withdrawn),
    }


def _lines(deltas: Iterable[TableDelta]) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(_HEAD)
    for delta in deltas:
        name = delta.table.name
        for row in delta.added:
            writer.writerow([name, "added", _shown(_key(delta.table, row)), "", "", _shown(row)])
        for change in delta.changed:
            for column, (old, new) in change.columns.items():
                writer.writerow([name, "changed", _shown(change.key), column, _shown(old), _shown(new)])
        for row in delta.withdrawn:
            writer.writerow([name, "withdrawn", _shown(_key(delta.table, row)), "", _shown(row), ""])
    return text.getvalue()


def _shown(value: object) -> str:
    """Return a cell: a key's parts joined, a whole row as JSON, nothing for an empty one."""
    if value is None:
        return ""
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False, default=str)
    parts = value if isinstance(value, list | tuple) else [value]
    return str(spreadsheet_cell(" | ".join("" if part is None else str(part) for part in parts)))
