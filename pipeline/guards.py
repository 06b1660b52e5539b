"""Neutralise text of articles before it reaches a spreadsheet, XML, a link, a terminal or a file name.

SQL needs no function here: statements take values as parameters only. HTML text goes through
`html.escape`, which also covers quoted attributes.
"""

import hashlib
import re
import unicodedata
from typing import Any
from urllib.parse import urlsplit

# What a spreadsheet takes for a formula; full-width forms are read as the ASCII ones by some. Apostrophes before one
# count too: so the guard below can be told from them and taken off again.
_FORMULA = re.compile("'*(?:[\t\r\n]|[\\s\ufeff\u200b-\u200f\u2060]*[=+\\-@|%\uff1d\uff0b\uff0d\uff20])")
_GUARD = "'"

# XML 1.0, section 2.2: everything else is an error even when escaped.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
# Characters that change the order or hide what follows: CVE-2021-42574, and tags that carry hidden text.
_REORDERING = re.compile(
    "[\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_SURROGATES = re.compile("[\ud800-\udfff]")

_SCHEMES = ("http", "https")
_UNSAFE_URL = re.compile(r"[\x00-\x20\x7f-\xa0\"'<>`\\^{}|]")

_NOT_IN_NAME = re.compile(r'[\x00-\x1f\x7f-\x9f/\\:*?"<>|\s]+')
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")
_MAX_NAME_BYTES = 120


def spreadsheet_cell(value: Any) -> Any:
    """Return a cell that no spreadsheet runs as a formula; what is no text stays as it is.

    Text that starts like a formula gets an apostrophe before it, which spreadsheets show as nothing.

    >>> spreadsheet_cell("=1+1")
    "'=1+1"
    """
    if not isinstance(value, str):
        return value
    text = value.replace("\x00", "")
    return _GUARD + text if _FORMULA.match(text) else text


def bare_cell(cell: str) -> str:
    """Return the text that `spreadsheet_cell` made this cell of.

    >>> bare_cell("'=1+1")
    '=1+1'
    """
    return cell[1:] if cell.startswith(_GUARD) and _FORMULA.match(cell, 1) else cell


def xml_text(value: str) -> str:
    r"""Return text that XML 1.0 can hold: other characters become U+FFFD. The writer still escapes it.

    >>> xml_text("a\x00b")
    'a�b'
    """
    return _NOT_XML.sub("\ufffd", value)


def safe_url(value: object) -> str | None:
    """Return a web address fit for `href`, or None for any other scheme and for what is no address.

    >>> safe_url("javascript:alert(1)") is None
    True
    """
    if not isinstance(value, str) or _UNSAFE_URL.search(value) or _REORDERING.search(value):
        return None
    try:
        parts = urlsplit(value)
        host = parts.hostname
    except ValueError:
        return None
    return value if parts.scheme.lower() in _SCHEMES and host and "@" not in parts.netloc else None


def terminal_text(value: str) -> str:
    r"""Return text that cannot move the cursor, colour, retitle or reorder what a terminal shows.

    Line ends and tabs stay; escape sequences lose their first character and show as plain text.

    >>> terminal_text("\x1b[31mred")
    '[31mred'
    """
    return _SURROGATES.sub("\ufffd", _REORDERING.sub("", _CONTROLS.sub("", value)))


def terminal_line(value: str) -> str:
    """Return `terminal_text` in one line, for names of files and people."""
    return " ".join(terminal_text(value).split())


def file_name(value: str) -> str:
    """Return a name for one file, made from any text: never a path, hidden, reserved or too long.

    Different texts that would give one name get different ones, by eight digits of their hash.

    >>> file_name("Rada Miejska")
    'Rada_Miejska'
    """
    text = unicodedata.normalize("NFC", _SURROGATES.sub("\ufffd", _REORDERING.sub("", value)))
    name = _NOT_IN_NAME.sub("_", text).strip("._ ")
    short = name.encode()[:_MAX_NAME_BYTES].decode(errors="ignore")
    if short and short == text.replace(" ", "_") and not _RESERVED.fullmatch(short):
        return short
    digits = hashlib.sha256(value.encode(errors="surrogatepass")).hexdigest()[:8]
    return f"{short}_{digits}" if short and not _RESERVED.fullmatch(short) else f"_{digits}"
