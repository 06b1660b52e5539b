"""One article with its mentions marked, for a notebook."""

from html import escape

import pandas as pd

from pipeline.errors import CivicActorsError
from pipeline.export.dataset import Dataset
from pipeline.guards import terminal_text

_COLOURS = {"person": "#ffe08a", "role": "#c5e8b7", "institution": "#bcd9f5", "location": "#f5c6c0"}
_STYLE = "line-height:1.9;max-width:46em;font-family:sans-serif;white-space:pre-wrap"


class MarkedArticle:
    """An article as HTML; a notebook shows it, `str()` gives the HTML."""

    def __init__(self, html: str) -> None:
        self.html = html

    def _repr_html_(self) -> str:
        return self.html

    def __str__(self) -> str:
        """Return the HTML."""
        return self.html


def show(dataset: Dataset, article_id: str) -> MarkedArticle:
    """Return one article of a dataset with its mentions marked; the nominative shows on pointing at one.

    Raises:
        CivicActorsError: The dataset has no such article.
    """
    articles = dataset.articles[dataset.articles["article_id"] == article_id]
    if articles.empty:
        raise CivicActorsError(f"no article {article_id!r}; ids are in dataset.articles['article_id']")
    text = str(articles.iloc[0]["text"])
    mentions = dataset.mentions[dataset.mentions["article_id"] == article_id].sort_values("start")
    legend = " ".join(_mark(label, label, label) for label in _COLOURS)
    return MarkedArticle(f'<div style="{_STYLE}"><p>{legend}</p>{_mark_all(text, mentions)}</div>')


def _mark_all(text: str, mentions: pd.DataFrame) -> str:
    parts, last = [], 0
    for row in mentions.to_dict("records"):
        start, end = int(row["start"]), int(row["end"])
        parts += [_inert(text[last:start]), _mark(text[start:end], str(row["label"]), str(row["lemma"]))]
        last = end
    return "".join([*parts, _inert(text[last:])])


def _mark(text: str, label: str, title: str) -> str:
    style = f"background:{_COLOURS[label]};color:#111;border-radius:3px;padding:0 2px"
    return f'<mark style="{style}" title="{_inert(label)}: {_inert(title)}">{_inert(text)}</mark>'


def _inert(text: str) -> str:
    """Return text as HTML that runs nothing and turns no words around."""
    return escape(terminal_text(text))
