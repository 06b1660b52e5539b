"""SQLite and DuckDB files: keys, views, search; and the SQLite in Datasette."""

import asyncio
import json
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import duckdb
import pytest
from datasette.app import Datasette

import pipeline
from pipeline.export.dataset import Dataset
from pipeline.export.to_sqlite import describe_for_datasette
from pipeline.export.views import NAMED, VIEWS
from pipeline.schema import TABLES


@pytest.fixture
def names(rows, write_small, tmp_path: Path) -> Dataset:
    rows["actors"][0] |= {"name": "Łucja Żółć-Świerk", "aliases": ["Żółć"]}
    return write_small(tmp_path / "names", rows)


@pytest.fixture
def sqlite(names: Dataset, tmp_path: Path) -> Path:
    return pipeline.export(names, to="sqlite", out=tmp_path / "db").files[0]


@pytest.fixture
def duck(names: Dataset, tmp_path: Path) -> Path:
    return pipeline.export(names, to="duckdb", out=tmp_path / "db").files[0]


def test_sqlite_holds_the_tables_with_keys(names: Dataset, sqlite: Path) -> None:
    with closing(sqlite3.connect(sqlite)) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        for table in TABLES:
            columns = database.execute(f"PRAGMA table_info({table.name})").fetchall()
            assert [column[1] for column in columns] == [column.name for column in table.columns]
            links = {
                (one[3], f"{one[2]}.{one[4]}")
                for one in database.execute(f"PRAGMA foreign_key_list({table.name})")
            }
            assert links == set(table.links)
        found = database.execute("SELECT aliases FROM actors WHERE actor_id = 'p1'").fetchone()
        assert json.loads(found[0]) == ["Żółć"]
        for table in TABLES:
            indexes = database.execute(f"PRAGMA index_list({table.name})").fetchall()
            names = {index[1] for index in indexes}
            assert {f"{table.name}_{column}" for column, _ in table.links} <= names


@pytest.mark.parametrize("words", ["lucja", "ŁUCJA", "zolc", "żółć", "lucja swierk", '"zolc swierk"'])
def test_sqlite_finds_names_with_and_without_polish_letters(sqlite: Path, words: str) -> None:
    asked = (
        "SELECT actor_id FROM actors WHERE rowid IN (SELECT rowid FROM actors_fts WHERE actors_fts MATCH ?)"
    )
    with closing(sqlite3.connect(sqlite)) as database:
        assert database.execute(asked, (words,)).fetchall() == [("p1",)]


@pytest.mark.parametrize("words", ["lucja", "ŁUCJA", "Zolc", "żółć", "żółć-świerk", "zolc swierk"])
def test_duckdb_finds_names_with_and_without_polish_letters(duck: Path, words: str) -> None:
    with duckdb.connect(str(duck), read_only=True) as database:
        found = database.execute("SELECT DISTINCT id FROM find_name(?)", [words]).fetchall()
    assert found == [("p1",)]


def test_duckdb_holds_the_tables_with_lists_and_meanings(names: Dataset, duck: Path) -> None:
    with duckdb.connect(str(duck), read_only=True) as database:
        assert database.execute("SELECT aliases FROM actors WHERE actor_id = 'p1'").fetchone() == (["Żółć"],)
        for table in TABLES:
            columns = database.execute(f"DESCRIBE {table.name}").fetchall()
            assert [column[0] for column in columns] == [column.name for column in table.columns]
        asked = "SELECT comment FROM duckdb_columns() WHERE table_name = 'actors' AND column_name = 'name'"
        assert database.execute(asked).fetchone() == ("Fullest name, in the nominative, forename first.",)
        with pytest.raises(duckdb.InvalidInputException, match="read-only"):
            database.execute("DELETE FROM actors")


@pytest.mark.model
def test_views_say_the_same_in_both_and_as_pandas_does(demo: Path, tmp_path: Path) -> None:
    lite = pipeline.export(demo, to="sqlite", out=tmp_path / "one").files[0]
    duck = pipeline.export(demo, to="duckdb", out=tmp_path / "two").files[0]
    with closing(sqlite3.connect(lite)) as one, duckdb.connect(str(duck), read_only=True) as two:
        for view in VIEWS:
            first = one.execute(f"SELECT * FROM {view.name}").fetchall()
            second = two.execute(f"SELECT * FROM {view.name}").fetchall()
            assert first, view.name
            assert sorted(map(_plain, first)) == sorted(map(_plain, second)), view.name
        ds = pipeline.load_dataset(demo)
        public = ds.actors.loc[ds.actors["is_public"], "actor_id"]
        held = ds.affiliations[ds.affiliations["actor_id"].isin(public)]
        assert one.execute("SELECT count(*) FROM v_offices").fetchone() == (len(held),)
        named = (
            ds.mentions[ds.mentions["entity_id"].isin(public)].groupby("article_id")["entity_id"].nunique()
        )
        pairs = int((named * (named - 1) // 2).sum())
        assert one.execute("SELECT sum(n_articles) FROM v_cooccurrence").fetchone() == (pairs,)


def _plain(row: tuple[object, ...]) -> str:
    return "|".join(
        "" if cell is None else str(int(cell)) if isinstance(cell, bool) else str(cell) for cell in row
    )


def test_datasette_shows_and_searches(sqlite: Path) -> None:
    async def ask() -> None:
        served = Datasette([str(sqlite)], metadata=describe_for_datasette())
        await served.invoke_startup()
        for name in ("", *(table.name for table in TABLES), *(view.name for view in VIEWS)):
            page = await served.client.get(f"/civic-actors/{name}".rstrip("/"))
            assert page.status_code == 200, name
        page = await served.client.get("/civic-actors/actors.json?_search=lucja&_shape=array")
        assert [row["name"] for row in page.json()] == ["Łucja Żółć-Świerk"]
        page = await served.client.get("/civic-actors/affiliations")
        assert "/civic-actors/actors/p1" in page.text
        assert "One row an (actor, role_code, institution, location)" in page.text

    # In a thread of its own: where a browser's tests ran before, this one has an event loop already.
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, ask()).result()


def test_what_datasette_is_told_exists() -> None:
    tables = describe_for_datasette()["databases"]["civic-actors"]["tables"]
    known = (
        {table.name for table in TABLES} | {view.name for view in VIEWS} | {f"{name}_fts" for name in NAMED}
    )
    assert set(tables) == known
    for table in TABLES:
        columns = {column.name for column in table.columns}
        told = tables[table.name]
        named = {
            told.get("sort"),
            told.get("sort_desc"),
            told.get("label_column"),
            *told.get("facets", []),
        } - {None}
        assert named <= columns
