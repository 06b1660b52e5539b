"""Text of articles on the terminal."""

import io

import pandas as pd
import pytest
from rich.console import Console

from pipeline.console import plain, print_actor, print_dataset
from pipeline.export.dataset_view import DatasetView
from pipeline.schema import TABLES

HOSTILE = "Jan\x1b[31m \u202eNowak\x1b]0;x\x07[red]\x9b2J"


def _dataset() -> DatasetView:
    tables = {table.name: pd.DataFrame(columns=[column.name for column in table.columns]) for table in TABLES}
    actor = dict.fromkeys(tables["actors"].columns) | {"actor_id": "1", "name": HOSTILE, "headline": HOSTILE}
    tables["actors"] = pd.DataFrame([actor | {"n_articles": 1, "n_mentions": 1, "aliases": []}])
    held = dict.fromkeys(tables["affiliations"].columns)
    tables["affiliations"] = pd.DataFrame(
        [
            held
            | {"affiliation_id": "1", "actor_id": "1", "role": HOSTILE, "status": "current", "n_articles": 1}
        ]
    )
    article = {"article_id": "a", "title": HOSTILE, "source": HOSTILE}
    tables["articles"] = pd.DataFrame([dict.fromkeys(tables["articles"].columns) | article])
    said = {"affiliation_id": "1", "article_id": "a", "sentence": HOSTILE, "rule": HOSTILE, "confidence": 1.0}
    tables["evidence"] = pd.DataFrame([dict.fromkeys(tables["evidence"].columns) | said])
    return DatasetView(tables)


@pytest.mark.parametrize(
    "show", [lambda c: print_actor(c, _dataset(), "1"), lambda c: print_dataset(c, _dataset(), rows=5)]
)
def test_a_hostile_name_gives_the_terminal_no_orders(show) -> None:
    stream = io.StringIO()
    show(Console(file=stream, width=200, color_system=None))
    shown = stream.getvalue()
    assert "Nowak" in shown
    assert "[red]" in shown
    assert not set(shown) & set("\x1b\x07\x9b\u202e")


def test_markup_and_escapes_are_plain_text() -> None:
    assert plain("[bold]x\x1b[1m\u202e") == "\\[bold]x[1m"
