"""What comes from outside, made harmless: characters, addresses, names of files."""

import hashlib
import json
import re
from pathlib import PurePath
from typing import Any
from urllib.parse import urlsplit

from markupsafe import Markup, escape

_CONTROLS = [
    *range(32),
    *range(127, 160),
    0x061C,
    0x200E,
    0x200F,
    *range(0x202A, 0x202F),
    *range(0x2066, 0x206A),
]
_NO_CONTROLS = {code: None for code in [*_CONTROLS, *range(0xFFF9, 0xFFFC)] if code not in (9, 10)}
_NOT_IN_ADDRESS = "<>\"'\\█"
_MASKED = re.compile("█+")
_SURROGATE = re.compile("[\ud800-\udfff]")
_PLAIN_ID = re.compile(r"[0-9a-z-]{8,64}")
_IN_SCRIPT = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def clean(value: Any) -> Any:
    """Return text without control characters, bidi controls and lone surrogates; else the value itself."""
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    return _SURROGATE.sub("\ufffd", value.translate(_NO_CONTROLS))


def veil(text: str, told: str) -> Markup:
    """Return escaped text in which masked names are dimmed, and told to those who do not see them."""
    hidden = f'<span class="visually-hidden">{escape(told)}</span>'
    return Markup(
        _MASKED.sub(
            lambda match: f'<span class="veil" aria-hidden="true">{match[0]}</span>{hidden}',
            str(escape(clean(text))),
        )
    )


def web_address(url: str | None) -> str | None:
    """Return an address that a reader may follow, or None: http and https with a host, no odd characters.

    A masked address (`█`) leads nowhere.
    """
    if not url or clean(url) != url or any(letter.isspace() or letter in _NOT_IN_ADDRESS for letter in url):
        return None
    try:
        parts = urlsplit(url)
        return url if parts.scheme in ("http", "https") and parts.hostname else None
    except ValueError:
        return None


def source_name(source: str) -> str:
    """Return how a source is named to readers: the host of an address, or a file without its folders."""
    if web_address(source):
        return urlsplit(source).hostname or source
    return PurePath(source.replace("\\", "/")).name or source


def file_id(entity_id: str) -> str:
    """Return an id as part of a file's name: itself when it is plain, else its hash.

    >>> file_id("../../etc/passwd")
    'x0cc81d12b0f0a25e'
    """
    if _PLAIN_ID.fullmatch(entity_id):
        return entity_id
    return "x" + hashlib.sha256(entity_id.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def script_json(value: Any) -> str:
    """Return JSON that is also safe inside a script: no `<`, `>`, `&`, no line separators."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character, escaped in _IN_SCRIPT.items():
        text = text.replace(character, escaped)
    return text
