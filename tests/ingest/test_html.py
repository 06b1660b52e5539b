"""The main text of saved pages."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.ingest.html import read_page

PAGE = """<!DOCTYPE html><html lang="pl"><head><title>Nowa świetlica - Gmina Łąka</title>
<link rel="canonical" href="https://laka.example/aktualnosci/1">
<meta property="article:published_time" content="2025-05-17T10:00:00+02:00"></head>
<body><nav><a href="/">Start</a> <a href="/k">Kontakt</a></nav>
<article><h1>Nowa świetlica</h1>
<p>W sobotę przyszli <strong>Ewa Kos</strong><strong>Jan Lis</strong> z OSP.<br>Druga linia:
wójt Jan Nowak.</p>
<p>Drugi akapit, <a href="x">Anna Lis</a>, radna, oraz <b>W</b>ielka <b>bur</b><b>mistrz</b>.</p>
<ul><li>Jan Kos - radny</li><li>Ewa Wąs - sołtyska</li></ul>
<table><tr><th>Imię</th><th>Funkcja</th></tr><tr><td>Jan Kos</td><td>prezes</td></tr></table>
<p>Ostatni akapit o świetlicy, która służy mieszkańcom.</p></article>
<div class="comments"><p>Komentarz czytelnika, którego nie chcemy.</p></div>
<footer>Stopka urzędu</footer></body></html>"""


def test_main_text_keeps_its_paragraphs_lists_and_tables() -> None:
    page = read_page(PAGE)
    assert page is not None
    assert page.text == (
        "Nowa świetlica\n\n"
        "W sobotę przyszli Ewa Kos Jan Lis z OSP.\nDruga linia: wójt Jan Nowak.\n\n"
        "Drugi akapit, Anna Lis, radna, oraz Wielka burmistrz.\n\n"
        "Jan Kos - radny\nEwa Wąs - sołtyska\n\n"
        "Imię | Funkcja\nJan Kos | prezes\n\n"
        "Ostatni akapit o świetlicy, która służy mieszkańcom."
    )


def test_title_day_and_address_come_from_the_page() -> None:
    page = read_page(PAGE)
    assert page is not None
    assert (page.title, page.published, page.url) == (
        "Nowa świetlica",
        date(2025, 5, 17),
        "https://laka.example/aktualnosci/1",
    )


def test_a_polish_date_in_the_page_is_read() -> None:
    page = read_page('<div class="date">17 maja 2025 r.</div><p>Wójt otworzył nową świetlicę w Łące.</p>')
    assert page is not None
    assert page.published == date(2025, 5, 17)


def test_a_page_without_facts_has_none() -> None:
    page = read_page("<html><body><p>Wójt Jan Nowak otworzył szkołę.</p></body></html>")
    assert page is not None
    assert page.text == "Wójt Jan Nowak otworzył szkołę."
    assert (page.published, page.url) == (None, None)


def test_fragments_and_xml_declarations_are_read() -> None:
    fragment = read_page("<p>Wójt Jan Nowak otworzył szkołę.</p>")
    declared = read_page(
        '<?xml version="1.0" encoding="iso-8859-2"?><html><body><p>Wójt otworzył szkołę.</p></body></html>'
    )
    assert fragment is not None
    assert fragment.text == "Wójt Jan Nowak otworzył szkołę."
    assert declared is not None
    assert declared.text == "Wójt otworzył szkołę."


@pytest.mark.parametrize(
    "source",
    [
        "",
        "<html></html>",
        "<html><body><script>alert(1)</script></body></html>",
        "<div>" * 20_000 + "głęboko",
        "<table><tr><td>" * 5_000,
        "<!--" * 5_000,
    ],
)
def test_a_page_with_no_main_text_is_none(source: str) -> None:
    assert read_page(source) is None


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet=st.sampled_from(list("<>/pdivbr=\"' \nał&;\x01")), max_size=200))
def test_malformed_pages_are_survived(source: str) -> None:
    page = read_page(source)
    assert page is None or page.text


def test_nothing_is_written_to_the_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    read_page("")
    read_page("<div>" * 1000)
    assert capfd.readouterr() == ("", "")
