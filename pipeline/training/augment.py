"""Copies of labelled texts as carelessly written pages have them: capitals, lost diacritics, line breaks, typos.

Every change keeps the number of characters, so that spans stay where they are.
"""

import random
import unicodedata
from collections.abc import Callable, Iterable, Iterator

from pipeline.training.corpora import LabelledText

Change = Callable[[str, random.Random], str]


def in_capitals(text: str, rng: random.Random) -> str:
    """Return the text in capitals (letters that grow when raised stay)."""
    return "".join(upper if len(upper := letter.upper()) == 1 else letter for letter in text)


def without_diacritics(text: str, rng: random.Random) -> str:
    """Return the text with its Polish letters made plain."""
    return "".join(_plain(letter) for letter in text)


def with_line_breaks(text: str, rng: random.Random) -> str:
    """Return the text with one space in twelve turned into a line break."""
    return "".join("\n" if letter == " " and rng.random() < 1 / 12 else letter for letter in text)


def with_typos(text: str, rng: random.Random) -> str:
    """Return the text with two neighbouring letters in a hundred and fifty swapped."""
    letters = list(text)
    for place in range(len(letters) - 1):
        if letters[place].isalpha() and letters[place + 1].isalpha() and rng.random() < 1 / 150:
            letters[place], letters[place + 1] = letters[place + 1], letters[place]
    return "".join(letters)


CHANGES: tuple[tuple[float, Change], ...] = (
    (0.06, in_capitals),
    (0.06, without_diacritics),
    (0.05, with_line_breaks),
    (0.06, with_typos),
)


def augment(texts: Iterable[LabelledText], *, seed: int, copies: int = 1) -> Iterator[LabelledText]:
    """Yield each text `copies` times; the first as it is, the others changed in one way or left alone."""
    rng = random.Random(seed)
    for labelled in texts:
        for copy in range(copies):
            yield labelled if copy == 0 else _change(labelled, rng)


def _change(labelled: LabelledText, rng: random.Random) -> LabelledText:
    drawn = rng.random()
    for share, change in CHANGES:
        if drawn < share:
            return LabelledText(change(labelled.text, rng), labelled.spans, labelled.source)
        drawn -= share
    return labelled


def _plain(letter: str) -> str:
    if letter in "łŁ":
        return "l" if letter == "ł" else "L"
    base = unicodedata.normalize("NFD", letter)[0]
    return base if base.isascii() else letter
