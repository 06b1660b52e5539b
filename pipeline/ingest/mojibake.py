"""Undo text that was decoded with the wrong encoding before it came to us.

Two accidents are undone. UTF-8 read as a single-byte encoding, once or several times over, leaves pairs
such as `Ä…` for `ą`; they are mended one by one, so a page that is only partly broken is mended too. A
single-byte encoding read as another one leaves `¹` or `±` for `ą`; there the whole text is mended or none.
A repair is kept only when the text then holds more Polish letters, or fewer alien ones.
"""

import re
from collections.abc import Iterator
from functools import cache, partial

_POLISH = "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ"
_LETTER = rf"[A-Za-z{_POLISH}]"

_GAINS = re.compile(rf"(?<={_LETTER})[{_POLISH}]|[{_POLISH}](?={_LETTER})")
# Letters that Polish does not have, and signs that stand where a letter should.
_ALIEN = re.compile(rf"[^\W\d_\x00-\x7f\xb2\xb3\xb9\xbc-\xbe{_POLISH}]|[\x80-\x9f\ufffd\xac\xa6]")
_INSIDE = re.compile(
    rf"(?<={_LETTER})[\xa1-\xa9\xab\xae-\xbf\u02c7\u02d8\u02db\u02dd](?={_LETTER})"
    rf"|[\xb1\xb6](?={_LETTER})|(?<={_LETTER})[\xb1\xb6]"
)

_MISREAD_AS = ("cp1250", "cp1252", "iso-8859-2", "iso-8859-1")
# What was meant, what it was read as, and a sign that no sound text of any language has: `³` (Polish `ł`)
# inside a word keeps Spanish `ñ` and French `ê` as they are, a control character keeps Czech `š`.
_SWAPS = (
    ("iso-8859-2", "cp1252", re.compile(r"(?<=[A-Za-z])\xb3(?=[A-Za-z])")),
    ("cp1250", "cp1252", re.compile(r"(?<=[A-Za-z])\xb3(?=[A-Za-z])")),
    ("cp1250", "iso-8859-1", re.compile(r"(?<=[A-Za-z])\xb3(?=[A-Za-z])")),
    ("iso-8859-2", "cp1250", re.compile(r"[\xb1\xb6](?=[a-z])|(?<=[a-z])[\xb1\xb6]")),
    ("cp1250", "iso-8859-2", re.compile(r"[\x8c\x8f\x9c\x9f]")),
)
_SWAP_SIGNS = re.compile("[\x80-\x9f\xb1\xb3\xb6]")
_SURE_OF_SWAP = 5  # about two letters mended, so that one `³` or `±` decides nothing
_MAX_PASSES = 3

# First bytes of what Polish pages hold in UTF-8: Latin letters (C2 to C5), spacing and combining accents
# (CB, CC), punctuation and signs (E2), ligatures and the BOM (EF), emoji (F0 9F).
_TWO = (0xC2, 0xC3, 0xC4, 0xC5, 0xC6, 0xCB, 0xCC)
_THREE = (0xE2, 0xEF)

_C1 = re.compile("[\x80-\x9f]")


def repair_text(text: str) -> tuple[str, str]:
    """Return the text with wrong decodings undone, and what was done.

    Returns:
        The text, and the steps to add to the name of an encoding: empty when nothing was wrong,
        otherwise such as `+mojibake:cp1250` or `+mojibake:cp1250-as-cp1252`.
    """
    if text.isascii():
        return text, ""
    steps = ""
    for mend in (*(_mend_utf8,) * _MAX_PASSES, _mend_swap, _mend_c1):
        text, step = mend(text)
        steps += step
    return text, steps


def polish_evidence(text: str) -> int:
    """Return how much a decoding looks like Polish: 2 for a Polish letter in a word, -1 for an alien sign."""
    return 2 * _count(_GAINS, text) - _count(_ALIEN, text) - _count(_INSIDE, text)


def decode_leniently(data: bytes, encoding: str) -> str:
    """Decode a single-byte encoding; bytes that it does not define become control characters."""
    return data.decode("iso-8859-1").translate(_as_read(encoding))


def _mend_utf8(text: str) -> tuple[str, str]:
    if not _any_lead().search(text):
        return text, ""
    before = _weigh(text)
    best, best_step = text, ""
    for encoding in _MISREAD_AS:
        pairs, to_byte = _pairs(encoding)
        mended = pairs.sub(partial(_mend_pair, to_byte), text)
        if mended != text and (after := _weigh(mended)) > before:
            best, best_step, before = mended, f"+mojibake:{encoding}", after
    return best, best_step


def _weigh(text: str) -> int:
    # A misread byte order mark ends in `ż` in cp1250, which would speak for keeping it.
    body = _misread_mark().sub("", text, count=1)
    return polish_evidence(body) - (body != text)


def _mend_pair(to_byte: dict[str, int], match: re.Match[str]) -> str:
    return bytes(to_byte[character] for character in match[0]).decode("utf-8", "replace")


def _mend_swap(text: str) -> tuple[str, str]:
    if not _SWAP_SIGNS.search(text):
        return text, ""
    swaps = [(true, misread) for true, misread, sign in _SWAPS if sign.search(text)]
    if not swaps:
        return text, ""
    before = polish_evidence(text) + _SURE_OF_SWAP
    best, best_step = text, ""
    for true, misread in swaps:
        mended = text.translate(_swap_table(true, misread))
        if (after := polish_evidence(mended)) > before:
            best, best_step, before = mended, f"+mojibake:{true}-as-{misread}", after
    return best, best_step


def _mend_c1(text: str) -> tuple[str, str]:
    # Control characters of this range are never meant: they are the quotes and dashes of cp1250.
    if not _C1.search(text):
        return text, ""
    mended = text.translate({byte: _as_read("cp1250")[byte] for byte in range(0x80, 0xA0)})
    return (mended, "+c1:cp1250") if mended != text else (text, "")


def _count(pattern: re.Pattern[str], text: str) -> int:
    return sum(1 for _ in pattern.finditer(text))


@cache
def _as_read(encoding: str) -> dict[int, str]:
    """Return what each byte from 0x80 becomes, those undefined staying control characters."""
    read = {byte: bytes([byte]).decode(encoding, "ignore") for byte in range(0x80, 0x100)}
    return {byte: character or chr(byte) for byte, character in read.items()}


@cache
def _swap_table(true: str, misread: str) -> dict[int, str]:
    return {ord(_as_read(misread)[byte]): _as_read(true)[byte] for byte in range(0x80, 0x100)}


@cache
def _pairs(encoding: str) -> tuple[re.Pattern[str], dict[str, int]]:
    """Return what finds UTF-8 sequences misread as `encoding`, and the byte of each character."""
    read = _as_read(encoding)
    follow = _char_class(read[byte] for byte in range(0x80, 0xC0))
    two = _char_class(read[byte] for byte in _TWO if read[byte] not in _POLISH)
    three = _char_class(read[byte] for byte in _THREE)
    emoji = re.escape(read[0xF0]) + re.escape(read[0x9F])
    pattern = f"{three}{follow}{{2}}|{two}{follow}|{emoji}{follow}{{2}}"
    return re.compile(pattern), {character: byte for byte, character in read.items()}


@cache
def _misread_mark() -> re.Pattern[str]:
    marks = (decode_leniently("\ufeff".encode(), encoding) for encoding in _MISREAD_AS)
    return re.compile(r"\A(?:" + "|".join(map(re.escape, marks)) + ")")


@cache
def _any_lead() -> re.Pattern[str]:
    """Return what finds a character that a misread sequence can start with; most texts have none."""
    starts = {_as_read(encoding)[byte] for encoding in _MISREAD_AS for byte in (*_TWO, *_THREE, 0xF0)}
    return re.compile(_char_class(iter(starts - set(_POLISH))))


def _char_class(characters: Iterator[str]) -> str:
    return "[" + "".join(re.escape(character) for character in sorted(characters)) + "]"
