"""The stretch of a sentence around a date: from the end of the one before to its own, a few words at most."""

import re

from pipeline.extract.sentences import load_abbreviations

_STOP = re.compile(r"\n|;|(?P<word>\w*)[.!?](?=\s+[^\W\d_a-ząćęłńóśźż]|\s+[„–-]|\s*$)")


def stretch_around(text: str, start: int, end: int, *, reach: int) -> tuple[int, int]:
    """Return the bounds of the words around `[start, end)` that belong to its sentence.

    Args:
        text: The article.
        start: Of the date.
        end: Of the date.
        reach: How far the stretch may go on either side, in code points.

    >>> text = "Lało. Od 5 maja st. bryg. Jan Lis kieruje strażą. Brawo."
    >>> low, high = stretch_around(text, 9, 15, reach=60)
    >>> text[low:high].strip()
    'Od 5 maja st. bryg. Jan Lis kieruje strażą'
    """
    low, high = max(0, start - reach), min(len(text), end + reach)
    for match in _STOP.finditer(text, low, start):
        if _stops(match):
            low = match.end()
    for match in _STOP.finditer(text, end, high):
        if _stops(match):
            return low, match.end("word") if match["word"] else match.start()
    return low, high


def _stops(match: re.Match[str]) -> bool:
    """Say whether a mark ends a sentence: it follows neither a number, an initial nor an abbreviation.

    The word before a mark is empty after a bracket, a quote, and the date itself.
    """
    word = match["word"]
    if not word:
        return True
    return len(word) > 1 and not word.isdigit() and word.lower() not in load_abbreviations()
