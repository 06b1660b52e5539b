"""The main text of a web page, with its title, day of publication and address; nothing is fetched."""

import logging
import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import trafilatura

from pipeline.ingest.dates import parse_date
from pipeline.ingest.markup import page_facts

# Fixed, since the library's own bound is today: the same page must give the same date next year.
_DATES = {
    "original_date": True,
    "extensive_search": False,
    "min_date": "1990-01-01",
    "max_date": "2100-12-31",
}
_LOGGERS = ("trafilatura", "htmldate", "courlan", "justext", "readability")
_BLOCKS = {"p", "head", "quote", "list", "table", "code"}
# Gaps are marked by characters that no parsed page holds: neighbours ask for the same gap twice.
_LINE, _PARAGRAPH = "\x00", "\x01"
_GAPS = re.compile(r"[ \n]*[\x00\x01][\x00\x01 \n]*")
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_WHOLE_PAGE = re.compile(r"<(?:html|body)\b", re.I)
# Two names set in bold beside each other; editors also cut one word into bold pieces, which stay joined.
_GLUED_BOLD = re.compile(r"(?<=[a-ząćęłńóśźż.,;:])(</(b|strong|i|em)>)(?=<(?:b|strong|i|em)>[A-ZĄĆĘŁŃÓŚŹŻ])")


@dataclass(frozen=True, slots=True)
class Page:
    """What a reader sees of one page, and what the page says of itself."""

    text: str
    title: str | None
    published: date | None
    url: str | None


def read_page(source: str) -> Page | None:
    """Return the main text of a page, or None when it has none.

    Args:
        source: HTML, decoded; a fragment will do.
    """
    source = _GLUED_BOLD.sub(r"\1 ", _XML_DECLARATION.sub("", source))
    if not _WHOLE_PAGE.search(source):
        source = f"<html><body>{source}</body></html>"
    extracted = _extract(source)
    if extracted is None:
        return None
    text = _body_text(extracted.body)
    facts = page_facts(source)
    days = (parse_date(value) for value in (*facts.dates, extracted.date))
    return Page(text, extracted.title, next((day for day in days if day), None), facts.url) if text else None


def _extract(source: str) -> Any:
    _quieten()
    return trafilatura.bare_extraction(
        source,
        favor_recall=True,
        include_comments=False,
        include_tables=True,
        with_metadata=True,
        date_extraction_params=_DATES,
    )


@cache
def _quieten() -> None:
    # Without a handler of their own these loggers would write to the terminal.
    for name in _LOGGERS:
        logging.getLogger(name).addHandler(logging.NullHandler())


def _body_text(body: Any) -> str:
    """Return blocks apart by a blank line, list items and table rows by a line end, cells by ` | `."""
    # Long runs first: otherwise each pattern would try every character of them again.
    text = re.sub(r"(?: ?\n){3,}", "\n\n", re.sub(r" {2,}", " ", _render(body, _PARAGRAPH)))
    text = _GAPS.sub(lambda match: "\n\n" if _PARAGRAPH in match[0] else "\n", text)
    return re.sub(r" ?\n ?", "\n", text).strip("\n ")


def _render(element: Any, gap: str) -> str:
    """Return the text of an element; `gap` parts its blocks: a paragraph, a line, or a space in a cell."""
    tag = element.tag
    line = " " if gap == " " else _LINE
    if tag == "lb":
        return " " if gap == " " else "\n"
    if tag == "row":
        return line + " | ".join(_render(cell, " ").strip() for cell in element.iterchildren("cell")) + line
    within = line if tag in ("item", "table") else gap
    parts = [_squeeze(element.text, keeps_lines=tag in ("quote", "code"))]
    for child in element:
        parts += [_render(child, within) if isinstance(child.tag, str) else "", _squeeze(child.tail)]
    around = line if tag == "item" else gap if tag in _BLOCKS else ""
    return around + "".join(parts) + around


def _squeeze(text: str | None, *, keeps_lines: bool = False) -> str:
    return re.sub(r"[ \t]+" if keeps_lines else r"[ \t\r\n]+", " ", text or "")
