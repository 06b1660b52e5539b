"""Long pages are parsed in a process of their own: the same result, and an end when it takes too long."""

from pathlib import Path

import pytest

from pipeline.errors import UnreadableInput
from pipeline.ingest import Limits, apart, ingest_documents
from pipeline.ingest.apart import parse_html, parse_markdown
from pipeline.ingest.html import read_page
from pipeline.ingest.markdown import markdown_to_text
from pipeline.records import Document, Reject

WORDS = "Wójt gminy otworzył wczoraj nową świetlicę. \ud800 ź\u2028"
PAGE = f"""<html><head><title>Świetlica</title><meta property="og:url" content="https://gmina.example/1">
<meta property="article:published_time" content="2024-05-07"></head><body><p>{WORDS * 9}</p></body></html>"""
# Each of its attributes is compared with all before: minutes.
HOSTILE = "<p " + " ".join(f"a{number}=b" for number in range(180_000)) + ">" + WORDS * 9


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "LONG", 10)


@pytest.mark.parametrize("page", [PAGE, PAGE.replace("2024-05-07", ""), "<p></p>" * 4])
def test_a_page_parsed_apart_is_the_same_page(page: str, short: None) -> None:
    assert parse_html(page, seconds=600) == read_page(page)
    assert (read_page(page) is None) == (page == "<p></p>" * 4)


def test_markdown_parsed_apart_is_the_same_text(short: None) -> None:
    source = f"# Świetlica\n\n**{WORDS}**\n\n- jeden\n- dwa\n"
    assert parse_markdown(source, seconds=600) == markdown_to_text(source)


def test_a_page_that_takes_too_long_is_a_reject_and_the_others_go_on(tmp_path: Path) -> None:
    assert len(HOSTILE) > apart.LONG
    (tmp_path / "a.html").write_text(HOSTILE, encoding="utf-8", errors="replace")
    (tmp_path / "b.html").write_text(PAGE, encoding="utf-8", errors="replace")
    first, second = ingest_documents([tmp_path], limits=Limits(parse_seconds=2))
    assert isinstance(first, Reject) and isinstance(second, Document)
    assert first.reason == "took longer than 2 s to parse; raise parse_seconds"


def test_a_parser_that_dies_takes_nothing_with_it(short: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "_CHILD", "import os; os._exit(9)")
    with pytest.raises(UnreadableInput, match=r"ended the process that parsed it \(9\)"):
        parse_markdown(WORDS, seconds=600)
