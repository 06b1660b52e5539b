"""Keys under which names are compared: letter case, diacritics and gender endings folded away."""

import unicodedata
from functools import lru_cache

_LETTERS = str.maketrans({"ł": "l", "Ł": "l", "ß": "ss", "ø": "o", "đ": "d", "-": " ", "–": " ", "—": " "})
_MASCULINE = (("ska", "ski"), ("cka", "cki"), ("dzka", "dzki"))


@lru_cache(maxsize=200_000)
def fold(text: str) -> str:
    """Return the text in lower case, without diacritics, quotes and double spaces.

    >>> fold("Żółć–Łąka")
    'zolc laka'
    """
    plain = unicodedata.normalize("NFD", text.translate(_LETTERS))
    kept = "".join(character for character in plain if character.isalnum() or character in " .")
    return " ".join(kept.casefold().split())


@lru_cache(maxsize=200_000)
def surname_key(surname: str) -> str:
    """Return the surname folded, `-ska` as `-ski`: the same for husband and wife.

    >>> surname_key("Porowska")
    'porowski'
    """
    return " ".join(_masculine(part) for part in fold(surname).split())


def _masculine(part: str) -> str:
    for feminine, masculine in _MASCULINE:
        if part.endswith(feminine) and len(part) > len(feminine) + 1:
            return part.removesuffix(feminine) + masculine
    return part


def make_id(*parts: str | None) -> str:
    """Return 16 hex digits of the SHA-256 of the parts."""
    import hashlib

    joined = "\x1f".join("" if part is None else part for part in parts)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:16]
