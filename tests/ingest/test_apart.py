"""Long pages are parsed in a process beside this one: the same result, and an end when one takes too long."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.errors import UnreadableInput
from pipeline.ingest import Limits, apart, ingest_documents
from pipeline.ingest.apart import Parser, parse_html, parse_markdown
from pipeline.ingest.html import read_page
from pipeline.ingest.markdown import markdown_to_text
from pipeline.records import Document, Reject

WORDS = "Wójt gminy otworzył wczoraj nową świetlicę. \ud800 ź\u2028"
PAGE = f"""<html><head><title>Świetlica</title><meta property="og:url" content="https://gmina.example/1">
<meta property="article:published_time" content="2024-05-07"></head><body><p>{WORDS * 9}</p></body></html>"""


def _hostile(attributes: int) -> str:
    """Return a page whose every attribute is compared with all before: 80,000 take a minute."""
    return "<p " + " ".join(f"a{number}=b" for number in range(attributes)) + ">" + WORDS * 9


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "SHORT", 10)


@pytest.fixture
def parser() -> Iterator[Parser]:
    made = Parser()
    yield made
    made.end()


@pytest.mark.parametrize("page", [PAGE, PAGE.replace("2024-05-07", ""), "<p></p>" * 4])
def test_a_page_parsed_apart_is_the_same_page(page: str, short: None) -> None:
    assert parse_html(page, seconds=600) == read_page(page)
    assert (read_page(page) is None) == (page == "<p></p>" * 4)


def test_markdown_parsed_apart_is_the_same_text(short: None) -> None:
    source = f"# Świetlica\n\n**{WORDS}**\n\n- jeden\n- dwa\n"
    assert parse_markdown(source, seconds=600) == markdown_to_text(source)


def test_a_page_that_takes_too_long_is_a_reject_and_the_others_go_on(tmp_path: Path) -> None:
    hostile = _hostile(50_000)
    assert len(hostile) < 500_000
    long = PAGE.replace("</p>", WORDS * 900 + "</p>")
    assert len(long) > apart.SHORT
    for name, page in {"a": hostile, "b": PAGE, "c": hostile + " ", "d": long}.items():
        (tmp_path / f"{name}.html").write_text(page, encoding="utf-8", errors="replace")
    found = list(ingest_documents([tmp_path], limits=Limits(parse_seconds=2)))
    assert [type(one) for one in found] == [Reject, Document, Reject, Document]
    reasons = {one.reason for one in found if isinstance(one, Reject)}
    assert reasons == {"took longer than 2 s to parse; raise parse_seconds"}


@pytest.mark.parametrize(
    "page",
    [
        _hostile(2_000),
        "<div>" * 4_000,
        "<ul><li>" * 2_500,
        "<" * 20_000,
        "&" * 20_000,
        "<table><tr><td>" * 1_300,
    ],
    ids=["attributes", "depth", "lists", "brackets", "ampersands", "tables"],
)
def test_a_short_page_needs_no_limit(page: str) -> None:
    started = time.process_time()
    read_page(page[: apart.SHORT])
    assert time.process_time() - started < 20


@pytest.mark.parametrize(
    "source", ["a\n" * 10_000, "[" * 20_000, "*a **b _c" * 2_200, ">" * 20_000, "- " * 10_000, "`a" * 10_000]
)
def test_short_markdown_needs_no_limit(source: str) -> None:
    started = time.process_time()
    markdown_to_text(source)
    assert time.process_time() - started < 20


def test_one_process_parses_page_after_page_and_is_replaced(parser: Parser) -> None:
    parser = Parser(pages=2)
    numbers = []
    for _ in range(5):
        assert parser.ask("markdown", "**tak**", 600) == "tak"
        numbers.append(parser._process and parser._process.pid)
    parser.end()
    assert numbers[0] and numbers[2] and numbers[4] and numbers[1] is None and numbers[3] is None
    assert len({numbers[0], numbers[2], numbers[4]}) == 3


def test_a_page_that_ends_the_process_takes_no_other_with_it(parser: Parser) -> None:
    assert parser.ask("markdown", "pierwszy", 600) == "pierwszy"
    assert parser._process is not None
    parser._process.kill()
    assert parser.ask("markdown", "drugi", 600) == "drugi"


def test_a_page_that_ends_every_process_is_refused() -> None:
    dying = Parser("print('ready', flush=True); input()")
    with pytest.raises(UnreadableInput, match="ended the process that parsed it"):
        dying.ask("markdown", WORDS, 600)


def test_a_parser_that_raises_gives_its_reason(parser: Parser) -> None:
    with pytest.raises(UnreadableInput, match="unexpected KeyError: 'none'"):
        parser.ask("none", WORDS, 600)
    assert parser.ask("markdown", "dalej", 600) == "dalej"


def test_what_interrupts_an_answer_does_not_leave_it_for_the_next_page(
    parser: Parser, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> bytes:
        raise KeyboardInterrupt

    assert parser.ask("markdown", "pierwszy", 600) == "pierwszy"
    with monkeypatch.context() as patched:
        patched.setattr(apart, "_talk", interrupt)
        with pytest.raises(KeyboardInterrupt):
            parser.ask("markdown", "drugi", 600)
    assert parser.ask("markdown", "trzeci", 600) == "trzeci"
