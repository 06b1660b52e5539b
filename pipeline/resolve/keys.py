"""Keys under which names are compared: letter case, diacritics and gender endings folded away."""

import hashlib
import unicodedata
from functools import cache, lru_cache

from pipeline.tables import load_table

_LETTERS = str.maketrans({"ł": "l", "Ł": "l", "ß": "ss", "ø": "o", "đ": "d", "-": " ", "–": " ", "—": " "})
_CACHE_SIZE = 400_000


@lru_cache(maxsize=_CACHE_SIZE)
def fold(text: str) -> str:
    """Return the text in lower case, without diacritics, quotes and double spaces.

    >>> fold("Żółć–Łąka")
    'zolc laka'
    """
    plain = unicodedata.normalize("NFD", text.translate(_LETTERS))
    kept = "".join(character for character in plain if character.isalnum() or character in " .")
    return " ".join(kept.casefold().split())


@lru_cache(maxsize=_CACHE_SIZE)
def surname_key(surname: str) -> str:
    """Return the surname folded, `-ska` as `-ski`: the same for husband and wife.

    >>> surname_key("Porębska")
    'porebski'
    """
    return " ".join(surname_parts(surname))


@lru_cache(maxsize=_CACHE_SIZE)
def surname_parts(surname: str) -> tuple[str, ...]:
    """Return the key of each part of a surname.

    >>> surname_parts("Nowak-Kowalska")
    ('nowak', 'kowalski')
    """
    return tuple(_masculine(part) for part in fold(surname).split())


@lru_cache(maxsize=_CACHE_SIZE)
def sound_key(part: str) -> str:
    """Return how one part of a surname, its diacritics kept, is heard.

    >>> sound_key("Górzyński") == sound_key("Gużyński")
    True
    """
    heard = unicodedata.normalize("NFC", part).casefold()
    for letters, sound in _sounds():
        heard = heard.replace(letters, sound)
    heard = _masculine(fold(heard))
    return "".join(letter for letter, before in zip(heard, " " + heard, strict=False) if letter != before)


@lru_cache(maxsize=_CACHE_SIZE)
def older_forms(part: str) -> frozenset[str]:
    """Return the plain surnames of which a folded part may be a wife's or daughter's form.

    >>> sorted(older_forms("nowakowna"))
    ['nowak', 'nowako']
    """
    return frozenset(
        part.removesuffix(feminine) + masculine
        for feminine, masculine, kind in _forms()
        if kind != "regular" and part.endswith(feminine) and len(part) > len(feminine) + 2
    )


def _masculine(part: str) -> str:
    for feminine, masculine, kind in _forms():
        if kind == "regular" and part.endswith(feminine) and len(part) > len(feminine) + 1:
            return part.removesuffix(feminine) + masculine
    return part


@cache
def _forms() -> tuple[tuple[str, str, str], ...]:
    return tuple((row["feminine"], row["masculine"], row["kind"]) for row in load_table("surname_forms"))


@cache
def _sounds() -> tuple[tuple[str, str], ...]:
    """Return letters and their sound, the longest first."""
    rows = [(row["letters"], row["sound"]) for row in load_table("surname_sounds")]
    return tuple(sorted(rows, key=lambda row: (-len(row[0]), row)))


def make_id(*parts: str | None) -> str:
    """Return 16 hex digits of the SHA-256 of the parts."""
    joined = "\x1f".join("" if part is None else part for part in parts)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:16]
