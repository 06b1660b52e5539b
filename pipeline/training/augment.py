"""Copies of labelled texts under other names, and as careless pages have them: capitals, lost diacritics, typos.

A careless change keeps the number of characters, so that spans stay where they are.
"""

import random
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from pipeline.training.benchmarks import label_article
from pipeline.training.corpora import LabelledText
from pipeline.training.gold import GoldArticle
from pipeline.training.rename import rename_article

Change = Callable[[str, random.Random], str]
_WORD = re.compile(r"[^\W\d_]{5,}")


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


def with_loud_lines(text: str, rng: random.Random) -> str:
    """Return the text with one line in three in capitals, as headings stand."""
    lines = text.split("\n")
    return "\n".join(in_capitals(line, rng) if rng.random() < 1 / 3 else line for line in lines)


def with_strange_names(labelled: LabelledText, rng: random.Random) -> str:
    """Return the text with people's names made such as no dictionary knows: letters swapped, endings kept."""
    letters = list(labelled.text)
    for span in labelled.spans:
        if span.label == "person":
            for word in _WORD.finditer(labelled.text, span.start, span.end):
                place = rng.randrange(word.start() + 1, word.end() - 2)
                letters[place], letters[place + 1] = letters[place + 1], letters[place]
    return "".join(letters)


CHANGES: tuple[tuple[float, Change], ...] = (
    (0.08, in_capitals),
    (0.04, with_loud_lines),
    (0.06, without_diacritics),
    (0.05, with_line_breaks),
    (0.06, with_typos),
)
_STRANGE = 0.06
# Of 0, 0.4 and 0.8 the best on the gold's dev part.
RENAMED = 0.4


def augment(
    articles: Iterable[GoldArticle], *, seed: int, copies: int = 1, renamed: float = RENAMED
) -> Iterator[LabelledText]:
    """Yield each article `copies` times; the first as it is, the others changed in one way or left alone.

    Args:
        articles: Of the gold.
        seed: Of the changes.
        copies: At least one.
        renamed: Share of the other copies in which everybody has another name, changed or not.
    """
    rng = random.Random(seed)
    for article in articles:
        plain = label_article(article)
        yield plain
        for _ in range(copies - 1):
            yield _change(rename_article(article, rng) if rng.random() < renamed else plain, rng, rate=1)


def roughen(texts: Iterable[LabelledText], *, seed: int, rate: float = 0.5) -> Iterator[LabelledText]:
    """Yield each text once, changed in one way or left alone.

    Args:
        texts: Texts of corpora big enough without copies.
        seed: Of the changes.
        rate: How often each change comes, as a share of its usual frequency.
    """
    rng = random.Random(seed)
    for labelled in texts:
        yield _change(labelled, rng, rate=rate)


def _change(labelled: LabelledText, rng: random.Random, *, rate: float) -> LabelledText:
    drawn = rng.random()
    for share, change in CHANGES:
        if drawn < share * rate:
            return replace(labelled, text=change(labelled.text, rng))
        drawn -= share * rate
    return replace(labelled, text=with_strange_names(labelled, rng)) if drawn < _STRANGE * rate else labelled


def _plain(letter: str) -> str:
    if letter in "łŁ":
        return "l" if letter == "ł" else "L"
    base = unicodedata.normalize("NFD", letter)[0]
    return base if base.isascii() else letter
