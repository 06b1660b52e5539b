"""Corrections: obeyed by the next run, taken back, refused when they name nothing."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from pipeline.errors import CivicActorsError
from pipeline.records import Document, Link, Mention, Municipality, Name, Reading, Resolution
from pipeline.resolve import resolve_actors
from pipeline.resolve.amend import correct_dataset
from pipeline.resolve.corrections import Correction
from pipeline.resolve.judgements import Judgement, append_judgement, load_corrections, load_judgements

GMINA = "1609073"


def _reading(article_id: str) -> Reading:
    text = "Burmistrz Anna Wosnitza z Ozimka"
    mentions = (
        Mention(article_id, 0, 9, "Burmistrz", "role"),
        Mention(article_id, 10, 23, "Anna Wosnitza", "person"),
        Mention(article_id, 26, 32, "Ozimka", "location"),
    )
    names = (
        Name("Burmistrz", "burmistrz", "role"),
        Name("Anna Wosnitza", "Anna Wosnitza", "person", "f", "Anna", "Wosnitza"),
        Name("Ozimka", "Ozimek", "location"),
    )
    return Reading(
        Document(article_id, f"{article_id}.txt", text, published=date(2024, 5, 1)),
        mentions,
        names,
        (Link(1, 0, None, 2, 0, len(text)),),
        ("Ozimek",),
        Municipality(GMINA, 1.0),
    )


def _resolve(*corrections: tuple[str, str] | tuple[str, str, str]) -> Resolution:
    made = [
        Correction("a1:10", field, value, "x", "2025-01-01", "", *old) for field, value, *old in corrections
    ]
    return resolve_actors([_reading("a1"), _reading("a2")], corrections=made)


def test_a_name_and_gender_put_right_hold_for_the_person_of_all_articles() -> None:
    (actor,) = _resolve(("surname", "Woźnica"), ("gender", "m")).actors
    assert (actor.name, actor.surname, actor.gender, actor.n_articles) == ("Anna Woźnica", "Woźnica", "m", 2)
    assert "Anna Wosnitza" in actor.aliases
    (named,) = _resolve(("name", "Anna Maria Woźnica")).actors
    assert (named.given_names, named.surname) == ("Anna Maria", "Woźnica")


def test_a_role_and_a_place_put_right_change_the_affiliation() -> None:
    resolution = _resolve(("role", "zastępca burmistrza"), ("place", "Kije"))
    (held,) = resolution.affiliations
    places = {place.location_id: place.name for place in resolution.locations}
    assert (held.role, held.role_code) == ("zastępca burmistrza", "deputy_mayor")
    assert places[held.location_id or ""] == "Kije"
    assert len(resolution.evidence) == 2


def test_another_old_role_is_left_alone() -> None:
    assert _resolve(("role", "radny", "sekretarz")).affiliations[0].role == "burmistrz"
    assert _resolve(("role", "radny", "burmistrz")).affiliations[0].role_code == "councillor"


def test_the_last_word_counts_and_an_empty_one_takes_it_back() -> None:
    assert _resolve(("gender", "m"), ("gender", "f")).actors[0].gender == "f"
    assert _resolve(("gender", "m"), ("gender", "")).actors == _resolve().actors


def test_judgements_and_corrections_share_a_file(tmp_path: Path) -> None:
    path = tmp_path / "judgements.jsonl"
    judgement = Judgement("a", "b", "same", "x", "2025-01-01")
    correction = Correction("a", "name", "Jan Lis", "x", "2025-01-02", "podpis")
    append_judgement(path, judgement)
    append_judgement(path, correction)
    assert load_judgements(path) == [judgement]
    assert load_corrections(path) == [correction]


@pytest.mark.parametrize(
    "cells",
    [("a", "age", "7"), ("a", "gender", "x"), ("", "name", "Jan Lis"), ("a", "name", "Jan Lis", "stary")],
)
def test_a_correction_of_nothing_is_refused(cells: tuple[str, ...]) -> None:
    with pytest.raises(CivicActorsError):
        Correction(*cells[:3], "x", "2025-01-01", "", *cells[3:])


def _tables() -> dict[str, pd.DataFrame]:
    return {
        "mentions": pd.DataFrame({"mention_id": ["a1:10", "a2:10"], "entity_id": ["p", "p"]}),
        "affiliations": pd.DataFrame({"affiliation_id": ["f1", "f2"], "actor_id": ["p", "p"]}),
        "evidence": pd.DataFrame(
            {
                "affiliation_id": ["f1", "f2"],
                "role_lemma": ["burmistrz", "radna"],
                "place_lemma": ["Ozimek", None],
            }
        ),
    }


def test_correcting_a_dataset_keeps_the_smallest_mention(tmp_path: Path) -> None:
    path = tmp_path / "judgements.jsonl"
    correct_dataset(_tables(), path, ("p", "gender", "m"), who="x", when="2025-01-01")
    correct_dataset(_tables(), path, ("p", "place", "Kije"), who="x", when="2025-01-01")
    assert [(one.mention, one.field) for one in load_corrections(path)] == [
        ("a1:10", "gender"),
        ("a1:10", "place"),
    ]


@pytest.mark.parametrize(
    ("correction", "old", "message"),
    [
        (("q", "name", "Jan Lis"), "", "nobody"),
        (("p", "role", "wójt"), "", "give --old, one of: burmistrz, radna"),
        (("p", "role", "wójt"), "sołtys", "only: burmistrz, radna"),
    ],
)
def test_what_cannot_be_corrected_says_what_can(
    tmp_path: Path, correction: tuple[str, str, str], old: str, message: str
) -> None:
    with pytest.raises(CivicActorsError, match=message):
        correct_dataset(_tables(), tmp_path / "j.jsonl", correction, who="x", old=old)
    assert not (tmp_path / "j.jsonl").exists()
