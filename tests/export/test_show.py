"""An article as HTML, whatever it says."""

import pandas as pd
import pytest

from pipeline.errors import CivicActorsError
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


def test_an_unknown_article_is_an_error() -> None:
    with pytest.raises(CivicActorsError, match="no article"):
        show(_dataset(), "b")
