"""Text that means harm, and any other text."""

import re
import xml.etree.ElementTree as ET
from html import escape
from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.guards import (
    bare_cell,
    file_name,
    safe_url,
    spreadsheet_cell,
    terminal_line,
    terminal_text,
    xml_text,
)

ANY = st.text(alphabet=st.characters())


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "+48",
        "-2+3",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        " =1",
        "\ufeff=1",
        "\u200b=cmd",
        "\uff1d1",
        "|calc",
        '=HYPERLINK("http://x")',
        "=cmd|' /C calc'!A0",
        "\x00=1",
    ],
)
def test_a_formula_gets_an_apostrophe(cell: str) -> None:
    assert spreadsheet_cell(cell).startswith("'")


@pytest.mark.parametrize("cell", ["Jan Nowak", "a=b", "§ 5", "12", None, 3, -1.5, True])
def test_other_cells_stay(cell: object) -> None:
    assert spreadsheet_cell(cell) == cell


@given(ANY)
def test_no_cell_starts_a_formula(text: str) -> None:
    assert not re.match(r"[=+\-@\t\r\n|%]", spreadsheet_cell(text))


@given(ANY | st.from_regex("'*[\\s\u200b]*[=+@-]?[a1]*", fullmatch=True))
def test_a_guarded_cell_reads_back(text: str) -> None:
    assert bare_cell(spreadsheet_cell(text)) == text.replace("\x00", "")


@given(ANY)
def test_xml_can_hold_any_text(text: str) -> None:
    cleaned = xml_text(text)
    assert len(cleaned) == len(text)
    parsed = ET.fromstring(f'<a b="{escape(cleaned)}">{escape(cleaned)}</a>')
    assert parsed.text is None or parsed.text == cleaned.replace("\r\n", "\n").replace("\r", "\n")


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,<script>",
        "vbscript:x",
        "file:///etc/passwd",
        "//evil.pl",
        "/only/path",
        "https://",
        'https://a.pl/"onclick="x',
        "https://a.pl/'x",
        "https://a.pl/<b>",
        "https://bank.pl@evil.pl",
        "http://[::1",
        "https://a.pl/\u202egpj",
        "",
        None,
        5,
    ],
)
def test_an_address_that_is_no_plain_link_is_refused(url: object) -> None:
    assert safe_url(url) is None


def test_a_plain_link_stays() -> None:
    assert safe_url("https://www.ozimek.pl/a?b=c&d=1#x") == "https://www.ozimek.pl/a?b=c&d=1#x"
    assert safe_url("HTTP://ŁÓDŹ.pl/ż") == "HTTP://ŁÓDŹ.pl/ż"


@pytest.mark.parametrize(
    "text",
    ["\x1b]0;title\x07", "\x1b[2J", "\x9b31m", "a\rb", "\u202eabc", "\u2066x\u2069", "\x08\x08", "\ud800"],
)
def test_a_terminal_gets_no_orders(text: str) -> None:
    assert not re.search(
        "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", terminal_text(text)
    )


@given(ANY)
def test_any_text_is_safe_in_one_line(text: str) -> None:
    line = terminal_line(text)
    assert "\x1b" not in line
    assert len(line.splitlines()) <= 1
    line.encode()


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd",
        "..",
        ".",
        "",
        "/",
        "a\nb",
        "CON",
        "nul.txt",
        "C:\\x",
        "a" * 400,
        ".bashrc",
        "ż" * 200,
    ],
)
def test_a_name_of_a_file_stays_in_its_folder(name: str) -> None:
    _check_file_name(file_name(name))


@given(ANY)
def test_any_text_makes_a_file_name(text: str) -> None:
    _check_file_name(file_name(text))


def _check_file_name(made: str) -> None:
    assert made not in ("", ".", "..")
    assert not made.startswith(".")
    assert PurePosixPath(made).name == PureWindowsPath(made).name == made
    assert 0 < len(made.encode()) <= 140
    assert not PureWindowsPath(made).is_reserved()


def test_different_texts_get_different_names() -> None:
    names = ["a/b", "a\\b", "a:b", "a_b", "a\nb", "x" * 300, "x" * 301]
    assert len({file_name(name) for name in names}) == len(names)
