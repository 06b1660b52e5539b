"""Mask contact data in the text of articles: `█` one for one, so that offsets hold.

Masked are telephone numbers (an office's too: it is no actor), e-mail addresses, PESEL numbers, and the
house number after a street's name; the street itself stays. Left as they are: dates, amounts, file
signatures, and numbers of firms (NIP, REGON, KRS) and of accounts, which are public or an organisation's.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from pipeline.masks import Span, mask_spans
from pipeline.tables import load_table

_GAP = "[ \u00a0\u202f\t-]"
_EMAIL = re.compile(
    r"[\w.+%-]{1,64}\s?(?:@|[\[(]\s?(?:at|małpa)\s?[\])])\s?[\w-]{1,63}(?:(?:\.|[\[(]\s?(?:dot|kropka)\s?[\])])[\w-]{1,63}){1,5}",
    re.IGNORECASE,
)
_PESEL = re.compile(r"(?<!\d)\d{11}(?!\d)")
_PESEL_WEIGHTS = (1, 3, 7, 9, 1, 3, 7, 9, 1, 3)

# A number with the prefix of Poland or in the usual groups tells itself; any other needs a word before it.
_PREFIXED = re.compile(rf"(?<![\d+])(?:\(?\+|00)\s?48\)?{_GAP}?\(?\d(?:{_GAP}?\)?\d){{8}}(?!\d)")
_GROUPED = re.compile(
    rf"(?<![\d,.:/-])(?<!\d[ \u00a0])(?:\(?0?-?(?P<a>\d{{2}})\)?{_GAP}{{1,2}}\d{{3}}{_GAP}\d{{2}}{_GAP}\d{{2}}"
    rf"|\(?0?-?(?P<b>\d{{2}})\)?{_GAP}{{1,2}}\d{{2}}{_GAP}\d{{2}}{_GAP}\d{{3}}|\(0?(?P<d>\d{{2}})\){_GAP}?\d{{7}}"
    rf"|(?P<c>\d{{2}})\d(?P<gap>{_GAP})\d{{3}}(?P=gap)\d{{3}})(?![\d/])(?!{_GAP}\d)(?![.,]\d)"
)
_RUN = re.compile(r"(?<![\d/])[(+]?\d(?:[ \u00a0().-]{0,2}\d){4,12}(?![\d/])")
_REACH = 30
_WORDS = re.compile(r"[^\s\d,;()]+")
_NEXT_WORD = re.compile(r"\s?([^\W\d_]+[²2]?\.?|%)")

_UPPER = "A-ZĄĆĘŁŃÓŚŹŻ"
_NUMBER = r"\d{1,3}(?:[a-zA-Z]| [A-H])?(?![^\W_])"
_HOUSE = rf"(?:nr )?(?P<number>{_NUMBER}(?: ?[/–-] ?{_NUMBER})*(?: ?(?:m\.|lok\.) ?\d{{1,3}})?)"


def mask_contacts(text: str) -> str:
    """Return the text with contact data as `█`, of the same length.

    >>> mask_contacts("ul. Lipowa 5/3, tel. 77 461 00 00")
    'ul. Lipowa ███, tel. ████████████'
    """
    return mask_spans(text, find_contacts(text))


def find_contacts(text: str) -> list[Span]:
    """Return where contact data stands in a text, in any order; spans may overlap."""
    return [*_find_emails(text), *_find_pesel(text), *_find_phones(text), *_find_houses(text)]


def is_pesel(digits: str) -> bool:
    """Say whether eleven digits are a PESEL number: a day of the calendar and the right check digit."""
    month, day = int(digits[2:4]) % 20, int(digits[4:6])
    total = sum(weight * int(digit) for weight, digit in zip(_PESEL_WEIGHTS, digits, strict=False))
    return 1 <= month <= 12 and 1 <= day <= 31 and (10 - total % 10) % 10 == int(digits[10])


def _find_emails(text: str) -> Iterator[Span]:
    if "@" in text or "(" in text or "[" in text:
        yield from (match.span() for match in _EMAIL.finditer(text))


def _find_pesel(text: str) -> Iterator[Span]:
    for match in _PESEL.finditer(text):
        # A mistyped number of a person is still one, when the text calls it so.
        if is_pesel(match[0]) or _is_called(text, match.start(), "pesel"):
            yield match.span()


def _find_phones(text: str) -> Iterator[Span]:
    yield from (match.span() for match in _PREFIXED.finditer(text))
    starts = _words("area") | _words("mobile")
    for match in _GROUPED.finditer(text):
        code = match["a"] or match["b"] or match["c"] or match["d"]
        if (
            code in starts
            and not _is_quantity(text, match.end())
            and not _is_called(text, match.start(), "register")
        ):
            yield match.span()
    for match in _RUN.finditer(text):
        if (
            _is_called(text, match.start(), "phone")
            and not _is_called(text, match.start(), "register")
            and not _is_quantity(text, match.end())
            and not _looks_like_date(match[0])
        ):
            yield match.span()


def _find_houses(text: str) -> Iterator[Span]:
    for match in _address_pattern().finditer(text):
        if not _is_quantity(text, match.end()) and not re.match(
            r"[.,:]\d", text[match.end() : match.end() + 2]
        ):
            yield match.span("number")


def _is_called(text: str, start: int, kind: str) -> bool:
    """Say whether a word of a kind stands shortly before a number, in the same line."""
    before = text[max(0, start - _REACH) : start].rpartition("\n")[2].lower()
    words = {word.rstrip(":") for word in _WORDS.findall(before)}
    return not words.isdisjoint(_words(kind)) or any(" " in cue and cue in before for cue in _words(kind))


def _is_quantity(text: str, end: int) -> bool:
    word = _NEXT_WORD.match(text, end)
    if word is None:
        return False
    found = word[1].lower()
    return found == "%" or found in _units() or found.rstrip(".") in _units()


def _looks_like_date(run: str) -> bool:
    return (
        re.fullmatch(r"\d{1,2}[.-]\d{1,2}[.-](?:19|20)\d\d|(?:19|20)\d\d[.-]\d\d?[.-]\d\d?", run) is not None
    )


@cache
def _units() -> frozenset[str]:
    months = {row["form"].lower() for row in load_table("months")}
    return _words("unit") | months


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(row["word"] for row in load_table("contact_words") if row["kind"] == kind)


@cache
def _address_pattern() -> re.Pattern[str]:
    heads = _either(_words("street") | _words("living"))
    inner = _either(_words("name_word"))
    # A full stop ends the name, unless it is that of an initial or a rank: `ul. gen. J. Bema 3`.
    word = rf"[{_UPPER}„\"](?:[^\W\d_]{{0,3}}\.)*[^\s.,;:!?()]*"
    number = r"(?:\d{1,4}(?:-lecia|\.)?\s)?"
    name = rf"(?:{inner}[ \u00a0]){{0,2}}{number}{word}(?:[ \u00a0](?:{word}|{inner}(?=\s))){{0,4}}"
    return re.compile(rf"(?<!\w)(?i:{heads}):?\s?(?:(?:w|we)\s)?{name}(?<![,;:])[ \u00a0]{_HOUSE}")


def _either(words: Iterable[str]) -> str:
    return (
        "(?:" + "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word))) + ")"
    )
