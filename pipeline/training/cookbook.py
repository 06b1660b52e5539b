"""The query cookbook: each question's SQL and pandas, run over a dataset; `make docs` writes the answers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from pipeline.export.dataset import Dataset
from pipeline.training.parts import fill_part

_RECIPE = re.compile(
    r"^## (?P<number>\d+)\. (?P<question>.+?)\n.*?```sql\n(?P<sql>.*?)```.*?```python\n(?P<python>.*?)```",
    re.DOTALL | re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Recipe:
    """One question of the cookbook with its two answers' code."""

    number: int
    question: str
    sql: str
    python: str


def read_recipes(page: str) -> Iterator[Recipe]:
    """Yield the questions of the page in order."""
    for found in _RECIPE.finditer(page):
        yield Recipe(int(found["number"]), found["question"], found["sql"], found["python"])


def answer_in_sql(recipe: Recipe, dataset: Dataset) -> pd.DataFrame:
    """Return what the question's SQL answers."""
    return dataset.sql(recipe.sql)


def answer_in_pandas(recipe: Recipe, dataset: Dataset) -> pd.DataFrame:
    """Return what the question's Python leaves in `answer`; the code is that of our own page."""
    names: dict[str, Any] = {"ds": dataset, "pd": pd}
    exec(recipe.python, names)
    answer = names["answer"]
    assert isinstance(answer, pd.DataFrame)
    return answer.reset_index(drop=True)


def as_table(answer: pd.DataFrame) -> str:
    """Return the answer as a Markdown table; an empty one as a line that says so."""
    if answer.empty:
        return "*No rows.*"
    lines = [list(answer.columns), ["---"] * len(answer.columns)]
    lines += [[_cell(value) for value in row] for row in answer.itertuples(index=False)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _cell(value: object) -> str:
    if value is None or value is pd.NaT or (isinstance(value, float) and pd.isna(value)):
        return ""
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    text = f"{value:.2f}" if isinstance(value, float) else str(value)
    return " ".join(text.replace("|", "\\|").split())


def fill_cookbook(page: str, dataset: Dataset) -> str:
    """Return the page with each answer as the dataset gives it."""
    for recipe in read_recipes(page):
        page = fill_part(page, f"answer-{recipe.number}", as_table(answer_in_sql(recipe, dataset)))
    return page
