"""The table of people who are in several gold articles, and the record of what was settled."""

from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.tables import data_folder, read_table
from pipeline.training.gold import load_gold
from pipeline.training.gold_actors import ACTORS, count_recurring, load_actors, write_actors
from pipeline.training.gold_facts import format_facts
from pipeline.training.pages import make_gold_page
from pipeline.training.validate import validate_gold

WriteArticle = Callable[..., Path]
HEAD = "# source: made up\n# licence: CC0-1.0\nactor_id\tarticle_id*\tperson_id\n"
GOOD = ("a\topolskie-001\tdudek", "b\topolskie-001\tkos")


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        (GOOD, None),
        (GOOD[:1], "'kos' of opolskie-001 has no row"),
        ((*GOOD, "c\topolskie-001\tkos"), "'kos' of opolskie-001 has several actors"),
        ((*GOOD, "c\topolskie-001\tlis"), "opolskie-001 has no person 'lis'"),
        (("a\topolskie-001\tdudek", "a\topolskie-001\tkos"), "duplicate of 'a opolskie-001'"),
    ],
)
def test_every_person_is_in_one_actor(
    gold_folder: Path, write_article: WriteArticle, rows: tuple[str, ...], fault: str | None
) -> None:
    write_article()
    (gold_folder / ACTORS).write_text(HEAD + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    reasons = [problem.reason for problem in validate_gold(gold_folder)]
    assert len(reasons) == (fault is not None)
    assert fault is None or fault in reasons[0]


def test_writing_keeps_joined_people_and_drops_rows_of_nobody(
    gold_folder: Path, write_article: WriteArticle
) -> None:
    write_article()
    write_article("opolskie-002", split="train")
    rows = "kos\topolskie-001\tkos\nkos\topolskie-002\tkos\nlis\topolskie-002\tlis\n"
    (gold_folder / ACTORS).write_text(HEAD + rows, encoding="utf-8")
    assert write_actors(gold_folder) == 1
    assert load_actors(gold_folder) == {
        ("opolskie-001", "dudek"): "opolskie-001/dudek",
        ("opolskie-001", "kos"): "kos",
        ("opolskie-002", "dudek"): "opolskie-002/dudek",
        ("opolskie-002", "kos"): "kos",
    }
    assert validate_gold(gold_folder) == []


def test_the_projects_gold_has_people_who_recur() -> None:
    assert count_recurring(load_actors(data_folder() / "gold")) == 3


def test_settled_facts_stand_in_the_gold() -> None:
    folder = data_folder() / "gold"
    articles = {article.article_id: article for article in load_gold(folder)}
    rows = read_table(folder / "decisions.tsv")
    assert all(row["why"] and row["first"] != row["second"] for row in rows)
    lines = [row for row in rows if row["what"].startswith("offices of @")]
    assert lines
    for row in lines:
        actor = row["what"].removeprefix("offices of @")
        held = {format_facts(held) for held in articles[row["article"]].affiliations if held.actor == actor}
        settled = set() if row["settled"] == "-" else set(row["settled"].split(" ; "))
        assert settled <= held, row


def test_the_page_counts_what_was_settled_and_who_recurs(
    gold_folder: Path, write_article: WriteArticle
) -> None:
    write_article()
    (gold_folder / ACTORS).write_text(HEAD + "".join(f"{row}\n" for row in GOOD), encoding="utf-8")
    head = "# source: made up\n# licence: CC0-1.0\narticle\twhat*\tfirst\tsecond\tsettled\twhy\n"
    rows = "opolskie-001\trole one\ta\tb\tb\tx\nopolskie-001\trole two\ta\tb\tc\tx\n"
    (gold_folder / "decisions.tsv").write_text(head + rows, encoding="utf-8")
    page = make_gold_page(gold_folder)
    assert "| role | 0 | 1 | 1 |\n| all | 0 | 1 | 1 |" in page
    assert "2 people of single articles are 2 actors; 0 of these are in more than one article." in page
