"""An article as HTML, whatever it says."""

import shutil
from pathlib import Path

import pandas as pd
import pytest

from pipeline.errors import CivicActorsError
from pipeline.export.dataset import Dataset, load_dataset
from pipeline.export.dataset_view import DatasetView
from pipeline.export.show import show
from pipeline.schema import TABLES

HOSTILE = "<script>alert(1)</script> \"' onmouseover=x & <img src=x onerror=y>"


def _dataset() -> DatasetView:
    tables = {table.name: pd.DataFrame(columns=[column.name for column in table.columns]) for table in TABLES}
    tables["articles"] = pd.DataFrame([{"article_id": "a", "text": HOSTILE}])
    mention = {"article_id": "a", "start": 0, "end": 8, "label": "person", "lemma": HOSTILE}
    tables["mentions"] = pd.DataFrame([mention])
    return DatasetView(tables)


def test_no_tag_or_attribute_of_an_article_reaches_the_page() -> None:
    html = str(show(_dataset(), "a"))
    assert "<script" not in html
    assert "<img" not in html
    assert "&lt;script&gt;" in html
    assert 'title="person: &lt;script&gt;alert(1)&lt;/script&gt; &quot;&#x27; onmouseover=x' in html


def test_no_control_of_an_article_or_a_folder_reaches_a_notebook_or_a_terminal() -> None:
    dataset = _dataset()
    dataset.articles["text"] = "Jan\x1b[31m \u202eNowak\x9b2J"
    dataset.mentions["lemma"] = "\x1b]0;x\x07\u2066Nowak"
    dataset.folder = Path("<img src=x onerror=y>\x1b[2J\u202e")
    shown = (str(show(dataset, "a")), show(dataset, "a")._repr_html_(), repr(dataset))
    assert all("Nowak" in one for one in shown[:2])
    assert not set("".join(shown)) & set("\x1b\x07\x9b\u202e\u2066")


def test_a_dataset_in_a_folder_of_a_hostile_name_shows_inert_html(small: Dataset, tmp_path: Path) -> None:
    folder = tmp_path / "<img src=x onerror=y>\x1b[2J\u202e"
    shutil.copytree(small.folder, folder)
    dataset = load_dataset(folder)
    assert "&lt;img src=x onerror=y&gt;" in dataset._repr_html_()
    for shown in (dataset._repr_html_(), repr(dataset)):
        assert not set(shown) & set("\x1b\u202e")
    assert "<img" not in dataset._repr_html_()


def test_an_unknown_article_is_an_error() -> None:
    with pytest.raises(CivicActorsError, match="no article"):
        show(_dataset(), "b")
