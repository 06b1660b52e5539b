"""Sentence bounds by rule: the component `civic_sentences`.

A municipal page breaks lines between headings, bullets and table cells, and abbreviates ranks and degrees
before names; a bound stands at an end mark that no abbreviation or initial explains, and at a line break.
"""

from functools import cache

import numpy as np
from spacy.attrs import SENT_START
from spacy.language import Language
from spacy.tokens import Doc, Token

from pipeline.tables import load_table

_END_MARKS = frozenset({".", "!", "?", "…", "...", "?!", "!?"})
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
    marks = np.full((len(doc), 1), _INSIDE, dtype=np.uint64)
    starts = True
    for token in doc:
        inside_name = token.ent_iob_ == "I"
        if starts and not inside_name:
            marks[token.i] = _START
        still = starts and not inside_name and (token.is_space or token.text in _CLOSERS)
        starts = still or _ends_sentence(token)
    return doc.from_array([SENT_START], marks)  # type: ignore[arg-type]


def _ends_sentence(token: Token) -> bool:
    if token.is_space:
        return "\n" in token.text
    closes = token.text in _CLOSERS
    if not (token.i > 0 and _is_end_mark(token.nbor(-1)) if closes else _is_end_mark(token)):
        return False
    after = _next_word(token)
    return after is not None and (closes or after.text not in _CLOSERS) and _may_start(after)


def _is_end_mark(token: Token) -> bool:
    if token.text != ".":
        return token.text in _END_MARKS
    if token.i == 0 or token.nbor(-1).whitespace_:
        return True
    before = token.nbor(-1).text
    return not (len(before) == 1 and before.isalpha()) and before.lower() not in load_abbreviations()


def _next_word(token: Token) -> Token | None:
    doc = token.doc
    places = range(token.i + 1, len(doc))
    return next((doc[place] for place in places if not doc[place].is_space), None)


def _may_start(token: Token) -> bool:
    return not token.text[0].islower() and token.text not in {",", ";", ":", ")"}
