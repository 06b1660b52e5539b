"""A small dataset made by hand: a mayor, a head of a fire brigade, and a pupil who is private."""

import json
from datetime import date
from pathlib import Path

import pytest

from pipeline.export.dataset import Dataset, load_dataset, write_table
from pipeline.schema import TABLES

TEXT = "Burmistrz Anna Lis i prezes OSP Kije Jan Kos nagrodzili Zuzannę Żurek z Kijów."
DAY = date(2024, 5, 7)


def _mention(start: int, text: str, label: str, lemma: str, entity: str | None) -> dict[str, object]:
    return {
        "mention_id": f"a1:{start}",
        "article_id": "a1",
        "start": start,
        "end": start + len(text),
        "text": text,
        "label": label,
        "lemma": lemma,
        "lemma_rule": "made",
        "lemma_score": 1.0,
        "lemma_alternatives": [],
        "confidence": 0.5,
        "entity_id": entity,
    }


def _actor(actor_id: str, given: str, surname: str, **more: object) -> dict[str, object]:
    row: dict[str, object] = {
        "actor_id": actor_id,
        "name": f"{given} {surname}",
        "given_names": given,
        "surname": surname,
        "birth_name": None,
        "gender": "f",
        "title": None,
        "headline": None,
        "is_public": True,
        "aliases": [],
        "n_articles": 1,
        "n_mentions": 1,
        "first_seen": DAY,
        "last_seen": DAY,
    }
    return row | more


def _held(affiliation_id: str, actor_id: str, role: str, **more: object) -> dict[str, object]:
    row: dict[str, object] = {
        "affiliation_id": affiliation_id,
        "actor_id": actor_id,
        "role": role,
        "role_code": {"burmistrz": "mayor", "prezes": "president"}.get(role),
        "institution_id": None,
        "location_id": None,
        "status": "current",
        "since": None,
        "until": None,
        "inferred": False,
        "conflict": False,
        "first_seen": DAY,
        "last_seen": DAY,
        "n_articles": 1,
        "confidence": 0.9,
    }
    return row | more


def _said(affiliation_id: str, person: str, role: str, **more: object) -> dict[str, object]:
    row: dict[str, object] = {
        "affiliation_id": affiliation_id,
        "article_id": "a1",
        "start": 0,
        "end": len(TEXT),
        "sentence": TEXT,
        "person_text": person,
        "role_text": role,
        "role_lemma": role.lower(),
        "institution_lemma": None,
        "place_lemma": None,
        "status": "current",
        "since": None,
        "until": None,
        "inferred": False,
        "rule": "made",
        "confidence": 0.9,
    }
    return row | more


def make_rows() -> dict[str, list[dict[str, object]]]:
    spots = {word: TEXT.index(word) for word in ("Anna", "OSP", "prezes", "Jan", "Zuzannę", "Kijów")}
    article = {
        "article_id": "a1",
        "source": "https://gmina.example/1",
        "url": "https://gmina.example/1",
        "title": "Nagrody",
        "published": DAY,
        "municipality_teryt": "2604032",
        "municipality_confidence": 0.9,
        "text": TEXT,
        "encoding": "utf-8",
        "n_words": 13,
        "status": "ok",
        "duplicate_of": None,
    }
    body = {
        "institution_id": "i1",
        "name": "OSP Kije",
        "kind": "fire_brigade",
        "acronym": "OSP",
        "parent_id": None,
        "location_id": "l1",
        "teryt": "2604032",
        "aliases": ["Ochotnicza Straż Pożarna w Kijach"],
        "n_articles": 1,
        "n_mentions": 1,
    }
    place = {
        "location_id": "l1",
        "name": "Kije",
        "kind": "locality",
        "teryt": "2604032",
        "simc": "0248051",
        "n_articles": 1,
        "n_mentions": 1,
    }
    return {
        "articles": [article],
        "mentions": [
            _mention(0, "Burmistrz", "role", "burmistrz", None),
            _mention(spots["Anna"], "Anna Lis", "person", "Anna Lis", "p1"),
            _mention(spots["prezes"], "prezes", "role", "prezes", None),
            _mention(spots["OSP"], "OSP Kije", "institution", "OSP Kije", "i1"),
            _mention(spots["Jan"], "Jan Kos", "person", "Jan Kos", "p2"),
            _mention(spots["Zuzannę"], "Zuzannę Żurek", "person", "Zuzanna Żurek", "p3"),
            _mention(spots["Kijów"], "Kijów", "location", "Kije", "l1"),
        ],
        "actors": [
            _actor("p1", "Anna", "Lis", headline="burmistrz, Kije", aliases=["Lis"]),
            _actor("p2", "Jan", "Kos", gender="m"),
            _actor("p3", "Zuzanna", "Żurek", is_public=False),
        ],
        "institutions": [body],
        "locations": [place],
        "affiliations": [
            _held("f1", "p1", "burmistrz", location_id="l1", since="2018", inferred=True),
            _held(
                "f2", "p2", "prezes", institution_id="i1", since="2021-05", until="2024-02", status="former"
            ),
            _held("f3", "p3", "uczennica", location_id="l1"),
        ],
        "evidence": [
            _said("f1", "Anna Lis", "Burmistrz", place_lemma="Kije", since="2018", inferred=True),
            _said("f2", "Jan Kos", "prezes", institution_lemma="OSP Kije", status="former"),
            _said("f3", "Zuzannę Żurek", "uczennica"),
        ],
        "redirects": [],
        "ids": [{"mention_id": f"a1:{spots['Anna']}", "actor_id": "p1", "run": 1}],
        "rejects": [],
    }


def write_rows(folder: Path, rows: dict[str, list[dict[str, object]]]) -> Dataset:
    folder.mkdir(parents=True)
    for table in TABLES:
        write_table(folder / f"{table.name}.parquet", table, rows[table.name])
    (folder / "manifest.json").write_text(json.dumps({"model": "0123456789abcdef0123"}), encoding="utf-8")
    return load_dataset(folder)


@pytest.fixture
def rows() -> dict[str, list[dict[str, object]]]:
    return make_rows()


@pytest.fixture
def small(tmp_path: Path, rows: dict[str, list[dict[str, object]]]) -> Dataset:
    return write_rows(tmp_path / "small", rows)


@pytest.fixture
def write_small():
    """Give the function that writes rows as a dataset."""
    return write_rows
