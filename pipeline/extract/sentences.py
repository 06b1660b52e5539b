"""Sentence bounds by rule: the component `civic_sentences`.

A municipal page breaks lines between headings, bullets and table cells, and abbreviates ranks and degrees
before names; a bound stands at an end mark that no abbreviation or initial explains, and at a line break.
"""

from functools import cache

import numpy as np
from spacy.attrs import SENT_START
from spacy.language import Language
from spacy.tokens import Doc

from pipeline.extract.words import Words, read_words
from pipeline.tables import load_table

_END_MARKS = frozenset({".", "!", "?", "…", "...", "?!", "!?"})
_LONGEST_ITEM_NUMBER = 3
_START, _INSIDE = 1, 2**64 - 1
_CLOSERS = frozenset({"”", '"', "'", ")", "]", "’", "»"})


@cache
def load_abbreviations() -> frozenset[str]:
    """Return the abbreviations that end in a period but do not end a sentence, lower-case, no period."""
    shorts = [row["short"] for row in load_table("abbreviations")]
    shorts += [part for row in load_table("titles") for part in row["form"].split()]
    return frozenset(short.lower().removesuffix(".") for short in shorts if short.endswith("."))


@Language.component("civic_sentences", assigns=["token.is_sent_start"])
def mark_sentences(doc: Doc) -> Doc:
    """Mark the first token of each sentence."""
    words = read_words(doc)
    marks = np.full((len(doc), 1), _INSIDE, dtype=np.uint64)
    starts = True
    for place, text in enumerate(words.texts):
        opens = starts and not words.inside[place]
        if opens:
            marks[place] = _START
        if text[0].isalnum():  # as most words do; they end no sentence
            starts = False
        else:
            still = opens and (text.isspace() or text in _CLOSERS)
            starts = still or _ends_sentence(words, place)
    return doc.from_array([SENT_START], marks)  # type: ignore[arg-type]


def _ends_sentence(words: Words, place: int) -> bool:
    text = words.texts[place]
    if text.isspace():
        return "\n" in text
    closes = text in _CLOSERS
    if not (place > 0 and _is_end_mark(words, place - 1) if closes else _is_end_mark(words, place)):
        return False
    after = _next_word(words, place)
    return after is not None and (closes or after not in _CLOSERS) and _may_start(after)


def _is_end_mark(words: Words, place: int) -> bool:
    text = words.texts[place]
    if text != ".":
        return text in _END_MARKS
    if place == 0 or words.spaced[place - 1]:
        return True
    before = words.texts[place - 1]
    if before.isdigit():
        return not (_is_decimal(words, place) or _opens_item(words, place - 1))
    return not (len(before) == 1 and before.isalpha()) and before.lower() not in load_abbreviations()


def _is_decimal(words: Words, place: int) -> bool:
    """Say whether a period parts the digits of one number or hour: `13.05`."""
    follows = words.texts[place + 1 : place + 2]
    return not words.spaced[place] and bool(follows) and follows[0][0].isdigit()


def _opens_item(words: Words, place: int) -> bool:
    """Say whether a number stands first on its line: `1. Jan Nowak`."""
    if len(words.texts[place]) > _LONGEST_ITEM_NUMBER:
        return False
    return place == 0 or "\n" in words.texts[place - 1]


def _next_word(words: Words, place: int) -> str | None:
    places = range(place + 1, len(words.texts))
    return next((words.texts[after] for after in places if not words.texts[after].isspace()), None)


def _may_start(word: str) -> bool:
    return not word[0].islower() and word not in {",", ";", ":", ")"}
