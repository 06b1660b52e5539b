"""A small report about made-up people, some of them with names that try to break the page."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from pipeline.export.dataset import Dataset, load_dataset, write_table
from pipeline.export.report import report
from pipeline.export.report.facts import read_rows
from pipeline.schema import TABLES
from pipeline.training.browser import open_browser
from pipeline.training.large_dataset import make_large_dataset

MADE_ON = date(2026, 1, 2)
SCRIPT = "<script>window.hacked = 1</script>"
IMAGE = '"><img src=x onerror="window.hacked = 1">'
ATTRIBUTE = "' onmouseover='window.hacked = 1' x='"
BIDI = "Anna\u202eLis"


def write_tables(folder: Path, tables: dict[str, list[dict]]) -> Dataset:
    folder.mkdir(parents=True, exist_ok=True)
    for table in TABLES:
        write_table(folder / f"{table.name}.parquet", table, tables[table.name])
    (folder / "manifest.json").write_text('{"model": "made up"}', encoding="utf-8")
    return load_dataset(folder)


def read_tables(dataset: Dataset) -> dict[str, list[dict]]:
    return {table.name: read_rows(getattr(dataset, table.name)) for table in TABLES}


@pytest.fixture(scope="session")
def plain_dataset(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    folder = tmp_path_factory.mktemp("plain")
    make_large_dataset(folder, 60)
    return load_dataset(folder)


@pytest.fixture(scope="session")
def hostile_dataset(plain_dataset: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    """The plain dataset with people and places to search for, names of traps, and a private person."""
    tables = read_tables(plain_dataset)
    people = sorted(tables["actors"], key=lambda row: (-row["n_articles"], row["actor_id"]))
    for row, name in zip(
        people[1:], (SCRIPT, IMAGE, ATTRIBUTE, BIDI, "Jan Żółw", "{{ 7 * 7 }}"), strict=False
    ):
        row["name"] = row["surname"] = name
        row["aliases"] = [f"</script>{SCRIPT}", "\u2028"]
        row["headline"] = IMAGE
    people[-1] |= {"is_public": False, "name": "Prywatna Osoba"}
    body = max(tables["institutions"], key=lambda row: row["n_articles"])
    body |= {"name": SCRIPT, "acronym": IMAGE, "aliases": [ATTRIBUTE]}
    article = tables["articles"][0]
    article |= {"url": "javascript:window.hacked=1", "title": IMAGE, "source": f"/srv/someone/{SCRIPT}"}
    tables["articles"][1]["url"] = 'https://gmina.example/"onclick="window.hacked=1'
    tables["affiliations"][0]["role"] = ATTRIBUTE
    tables["affiliations"][1] |= {"since": "2014-02", "until": "<i>never</i>"}
    tables["locations"] = [
        {"location_id": "a1b2c3d4e5f60718", "name": "Łódź", "kind": "locality", "teryt": "1061011"}
        | {"simc": "0957650", "n_articles": 1, "n_mentions": 1}
    ]
    body["location_id"] = "a1b2c3d4e5f60718"
    _rename(tables, "actor_id", people[2]["actor_id"], "../../evil")
    return write_tables(tmp_path_factory.mktemp("hostile"), tables)


def _rename(tables: dict[str, list[dict]], column: str, old: str, new: str) -> None:
    for row in [*tables["actors"], *tables["affiliations"]]:
        row.update({column: new} if row[column] == old else {})
    for row in tables["mentions"]:
        row["entity_id"] = new if row["entity_id"] == old else row["entity_id"]


@pytest.fixture(scope="session")
def site(hostile_dataset: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("site") / "report"
    report(hostile_dataset, out, made_on=MADE_ON)
    return out


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    with open_browser() as opened:
        yield opened
