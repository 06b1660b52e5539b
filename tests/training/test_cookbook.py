"""Every question of the cookbook: SQL and pandas agree, and the page shows the answer."""

from pathlib import Path

import pandas as pd
import pytest

import pipeline
from pipeline.training.cookbook import Recipe, answer_in_pandas, answer_in_sql, as_table, read_recipes

ROOT = Path(__file__).parent.parent.parent
PAGE = (ROOT / "docs" / "cookbook.md").read_text(encoding="utf-8")
RECIPES = list(read_recipes(PAGE))

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> pipeline.Dataset:
    out = tmp_path_factory.mktemp("cookbook") / "out"
    pipeline.run([ROOT / "data" / "articles"], out)
    return pipeline.load_dataset(out)


def test_the_cookbook_asks_at_least_fifteen_questions_numbered_in_order() -> None:
    assert len(RECIPES) >= 15
    assert [recipe.number for recipe in RECIPES] == list(range(1, len(RECIPES) + 1))
    assert PAGE.count("\n## ") == len(RECIPES)


@pytest.mark.parametrize("recipe", RECIPES, ids=[recipe.question for recipe in RECIPES])
def test_sql_and_pandas_agree_and_the_page_says_so(recipe: Recipe, dataset: pipeline.Dataset) -> None:
    in_sql, in_pandas = answer_in_sql(recipe, dataset), answer_in_pandas(recipe, dataset)
    assert list(in_sql.columns) == list(in_pandas.columns)
    assert as_table(in_sql) == as_table(in_pandas)
    part = PAGE.split(f"<!-- answer-{recipe.number} -->\n")[1].split(f"\n<!-- /answer-{recipe.number}")[0]
    assert as_table(in_sql) == part, "the page is not current: make docs"


def test_most_questions_have_an_answer_on_the_demo(dataset: pipeline.Dataset) -> None:
    empty = [recipe.question for recipe in RECIPES if answer_in_sql(recipe, dataset).empty]
    assert len(empty) <= 2


def test_a_table_shows_nothing_as_nothing_and_escapes_bars() -> None:
    answer = pd.DataFrame({"name": ["a|b", None], "n": [0.5, float("nan")]})
    assert as_table(answer) == "| name | n |\n| --- | --- |\n| a\\|b | 0.50 |\n|  |  |"
    assert as_table(answer.head(0)) == "*No rows.*"
