"""Natural letter case: `PAWLAKA` -> `Pawlaka`, `NOWAK-LIS` -> `Nowak-Lis`; numerals and initials stay."""

import re

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_VOWEL = re.compile(r"[AEIOUYÓĄĘ]")
_NUMERAL = re.compile(r"[IVX]{1,5}")


def natural_case(name: str) -> str:
    """Return the name with words in capitals, or a name all in small letters, made `Like This`.

    A Roman numeral after the first word (`JAN PAWEŁ II`) and initials (`JB`) stay.
    """
    words = _WORD.findall(name)
    if words and name == name.lower() and len(words) > 1:
        return _WORD.sub(lambda match: match[0].capitalize(), name)
    return _WORD.sub(lambda match: _natural_word(match[0], first=match.start() == 0), name)


def _natural_word(word: str, *, first: bool) -> str:
    if len(word) < 2 or not word.isupper() or (not first and _NUMERAL.fullmatch(word)):
        return word
    if len(word) < 4 and not _VOWEL.search(word):
        return word
    return word.capitalize()
