"""Facts and fragments of HTML."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ingest.markup import declared_encoding, page_facts, visible_text


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (b'<meta charset="windows-1250">', "windows-1250"),
        (b"<META http-equiv=Content-Type content='text/html; charset=iso-8859-2'>", "iso-8859-2"),
        (b'<?xml version="1.0" encoding="UTF-8"?><html>', "UTF-8"),
        (b"<html><body>charset=nic", None),
        (b" " * 5000 + b'<meta charset="utf-8">', None),
    ],
)
def test_the_declared_encoding_is_found(data: bytes, encoding: str | None) -> None:
    assert declared_encoding(data) == encoding


@pytest.mark.parametrize(
    ("fragment", "text"),
    [
        ("<p>Jan <b>Kos</b></p><p>Ewa</p>", "Jan Kos\n\nEwa"),
        ("a<br>b<!-- <p>nic</p> -->c", "a\nbc"),
        ("x<script>if (a<b) alert('p')</script>y<style>p{}</style>", "xy"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a | b\n\n| c"),
        ("1 < 2 &amp; 3 &lt; 4", "1 < 2 & 3 < 4"),
        ("a<!-- bez końca", "a"),
        ("a<script>bez końca", "a"),
    ],
)
def test_a_reader_sees(fragment: str, text: str) -> None:
    assert visible_text(fragment) == text


def test_the_canonical_link_goes_before_og_url() -> None:
    head = '<meta property="og:url" content="https://b.pl"><link href="https://a.pl" rel="canonical">'
    assert page_facts(head).url == "https://a.pl"
    assert page_facts('<meta content="https://b.pl" property=og:url>').url == "https://b.pl"
    assert page_facts("<a href=x>").url is None


@pytest.mark.parametrize(
    ("page", "first"),
    [
        (
            "<time datetime='2020-01-01'></time><meta property='article:published_time' content='2025-05-17'>",
            "2025-05-17",
        ),
        (
            '<script type="application/ld+json">{"datePublished": "2025-05-17T10:00"}</script>',
            "2025-05-17T10:00",
        ),
        ('<time datetime="2025-05-17">x</time>', "2025-05-17"),
        ("<time>17 maja 2025</time>", "17 maja 2025"),
        ('<span class="news-date">17.05.2025</span>', "17.05.2025"),
        ('<div class="data_publikacji big"> 17 maja 2025 r.</div>', "17 maja 2025 r."),
    ],
)
def test_dates_are_candidates_the_surest_first(page: str, first: str) -> None:
    assert page_facts(page).dates[0] == first


def test_a_class_about_updates_is_no_date() -> None:
    assert page_facts('<div class="update candidate">17.05.2025</div>').dates == ()


@given(st.text(alphabet=st.sampled_from(list("<>/!-abscript=\"' \n&;#x1")), max_size=150))
def test_any_fragment_is_survived(fragment: str) -> None:
    assert isinstance(visible_text(fragment), str)
    assert page_facts(fragment).dates is not None


@pytest.mark.parametrize("unit", ["<a ", "<!--", "<", "<a b='", "<script>", "&", "<br>", " ", "<meta x=y "])
def test_hostile_repetition_takes_linear_time(unit: str) -> None:
    start = time.process_time()
    visible_text("a" + unit * 60_000 + "b")
    page_facts("a" + unit * 60_000)
    assert time.process_time() - start < 5
