"""Leaving people out of a dataset, on tables made by hand."""

from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from pipeline.export.dataset import Summary
from pipeline.export.public import public_only, select_people
from pipeline.masks import MASK
from pipeline.schema import TABLES

TEXT = "Wójt Anna Lis\nodwiedziła Jana Kowalskiego.\nJubilat, pan Kowalski, i jego syn Jan  Kowalski mają się dobrze."


def _span(part: str, start: int = 0) -> tuple[int, int]:
    begin = TEXT.index(part, start)
    return begin, begin + len(part)


def _mention(part: str, label: str, entity: str | None, lemma: str = "", start: int = 0) -> dict[str, Any]:
    begin, end = _span(part, start)
    return {
        "mention_id": f"a:{begin}",
        "article_id": "a",
        "start": begin,
        "end": end,
        "text": part,
        "label": label,
        "lemma": lemma or part,
        "lemma_rule": "r",
        "lemma_score": 1.0,
        "lemma_alternatives": [],
        "confidence": 1.0,
        "entity_id": entity,
    }


def _article(article_id: str, text: str, **more: Any) -> dict[str, Any]:
    return {
        "article_id": article_id,
        "source": "x/jan-kowalski.txt",
        "url": "https://kije.pl/2024/100-lat-jana-kowalskiego",
        "title": "Sto lat Kowalskiego",
        "published": date(2024, 1, 2),
        "municipality_teryt": None,
        "municipality_confidence": 0.0,
        "text": text,
        "encoding": "utf-8",
        "n_words": 3,
        "status": "ok",
        "duplicate_of": None,
    } | more


def _actor(actor_id: str, name: str, *, is_public: bool) -> dict[str, Any]:
    given, _, surname = name.partition(" ")
    nothing = dict.fromkeys(("birth_name", "title", "headline", "gender", "first_seen", "last_seen"))
    return {
        "actor_id": actor_id,
        "name": name,
        "given_names": given,
        "surname": surname,
        "is_public": is_public,
        "aliases": [],
        "n_articles": 1,
        "n_mentions": 1,
    } | nothing


def _affiliation(number: str, actor_id: str, role: str) -> dict[str, Any]:
    nothing = dict.fromkeys(
        ("role_code", "institution_id", "location_id", "since", "until", "first_seen", "last_seen")
    )
    return {
        "affiliation_id": number,
        "actor_id": actor_id,
        "role": role,
        "status": "current",
        "inferred": False,
        "conflict": False,
        "n_articles": 1,
        "confidence": 1.0,
    } | nothing


def _evidence(number: str, person: str, role: str) -> dict[str, Any]:
    end = TEXT.index(".") + 1
    nothing = dict.fromkeys(("institution_lemma", "place_lemma", "since", "until"))
    return {
        "affiliation_id": number,
        "article_id": "a",
        "start": 0,
        "end": end,
        "sentence": TEXT[:end],
        "person_text": person,
        "role_text": role,
        "role_lemma": role,
        "status": "current",
        "inferred": False,
        "rule": "r",
        "confidence": 1.0,
    } | nothing


@pytest.fixture
def rows() -> dict[str, list[dict[str, Any]]]:
    tables: dict[str, list[dict[str, Any]]] = {table.name: [] for table in TABLES}
    tables["articles"] = [
        _article("a", TEXT),
        _article("b", TEXT.upper(), status="duplicate", duplicate_of="a"),
        _article("c", "Nikogo tu nie ma.", title="Nikt", url=None, source="c.txt"),
    ]
    tables["mentions"] = [
        _mention("Wójt", "role", None),
        _mention("Anna Lis", "person", "lis"),
        _mention("Jana Kowalskiego", "person", "jan", "Jan Kowalski"),
        _mention("Kowalski", "person", "jan", "Kowalski", start=TEXT.index("pan ")),
    ]
    tables["actors"] = [
        _actor("lis", "Anna Lis", is_public=True),
        _actor("jan", "Jan Kowalski", is_public=False),
    ]
    tables["affiliations"] = [_affiliation("1", "lis", "wójt"), _affiliation("2", "jan", "jubilat")]
    tables["evidence"] = [_evidence("1", "Anna Lis", "Wójt"), _evidence("2", "Jana Kowalskiego", "jubilat")]
    tables["ids"] = [
        {"mention_id": "a:5", "actor_id": "lis", "run": 1},
        {"mention_id": "a:26", "actor_id": "jan", "run": 1},
    ]
    tables["redirects"] = [
        {"old_id": "old", "new_id": "jan", "reason": "merged"},
        {"old_id": "older", "new_id": "lis", "reason": "merged"},
    ]
    return tables


def _dataset(rows: dict[str, list[dict[str, Any]]]) -> SimpleNamespace:
    columns = {table.name: [column.name for column in table.columns] for table in TABLES}
    return SimpleNamespace(**{name: pd.DataFrame(made, columns=columns[name]) for name, made in rows.items()})


def test_a_private_person_has_no_row(rows) -> None:
    view = public_only(_dataset(rows))
    assert list(view.actors["actor_id"]) == ["lis"]
    assert list(view.affiliations["actor_id"]) == ["lis"]
    assert list(view.evidence["affiliation_id"]) == ["1"]
    assert list(view.ids["actor_id"]) == ["lis"]
    assert list(view.redirects["new_id"]) == ["lis"]
    assert list(view.mentions["text"]) == ["Wójt", "Anna Lis"]


def test_a_private_name_stands_nowhere(rows) -> None:
    view = public_only(_dataset(rows))
    everything = " ".join(getattr(view, table.name).to_csv() for table in TABLES).casefold()
    assert "kowal" not in everything
    assert "anna lis" in everything


def test_offsets_hold(rows) -> None:
    view = public_only(_dataset(rows))
    text = view.articles.iloc[0]["text"]
    assert len(text) == len(TEXT)
    assert [index for index, letter in enumerate(text) if letter == "\n"] == [
        index for index, letter in enumerate(TEXT) if letter == "\n"
    ]
    for row in view.mentions.itertuples():
        assert text[row.start : row.end] == row.text
    for row in view.evidence.itertuples():
        assert text[row.start : row.end] == row.sentence
        assert MASK in row.sentence


def test_an_article_of_nobody_private_stays(rows) -> None:
    assert public_only(_dataset(rows)).articles.iloc[2]["text"] == "Nikogo tu nie ma."


def test_a_copy_has_no_text(rows) -> None:
    assert public_only(_dataset(rows)).articles.iloc[1]["text"] == ""


def test_a_public_namesake_in_the_article_keeps_the_name(rows) -> None:
    rows["mentions"].append(_mention("Jan  Kowalski", "person", "lis", "Jan Kowalski"))
    text = public_only(_dataset(rows)).articles.iloc[0]["text"]
    assert text.count("Kowalski") == 1
    assert "Jan  Kowalski" in text


def test_the_dataset_itself_stays(rows) -> None:
    dataset = _dataset(rows)
    public_only(dataset)
    assert len(dataset.actors) == 2
    assert dataset.articles.iloc[0]["text"] == TEXT


def test_rows_for_writing_have_the_types_of_the_schema(rows) -> None:
    summary = Summary(Path(), 3, 1, 1, 2, 0, 0, 0, 2, 0)
    kept, counted = select_people(rows, summary, only_public=True, erased=[])
    assert (counted.n_actors, counted.n_affiliations) == (1, 1)
    assert [row["actor_id"] for row in kept["actors"]] == ["lis"]
    assert kept["actors"][0]["aliases"] == []
    assert kept["articles"][0]["published"] == date(2024, 1, 2)
    assert kept["articles"][2]["url"] is None
    assert kept["affiliations"][0]["since"] is None


def test_leaving_out_twice_is_leaving_out_once(rows) -> None:
    once = public_only(_dataset(rows))
    twice = public_only(once)
    for table in TABLES:
        pd.testing.assert_frame_equal(getattr(once, table.name), getattr(twice, table.name))
