"""Mend the edges of mentions: the component `civic_edges`.

Marks at an edge go, quotes around a whole mention stay outside, a quote opened inside is closed inside.
"""

from spacy.language import Language
from spacy.tokens import Doc, Span

_OPENING = frozenset("„“«\"'‚")
_CLOSING = frozenset("”“»\"'’")
_MARKS = frozenset("-–—,;:•*|/(")


@Language.component("civic_edges", assigns=["doc.ents"], requires=["doc.ents"])
def mend_edges(doc: Doc) -> Doc:
    """Mend the edges of all entities."""
    mended: list[Span] = []
    last = 0
    for span in doc.ents:
        start, end = _mend(doc, span.start, span.end)
        if last <= start < end:
            mended.append(Span(doc, start, end, label=span.label))
            last = end
    doc.set_ents(mended)
    return doc


def _mend(doc: Doc, start: int, end: int) -> tuple[int, int]:
    while start < end and _is_edge_mark(doc, start):
        start += 1
    while end > start and _is_edge_mark(doc, end - 1):
        end -= 1
    if end - start > 2 and doc[start].text in _OPENING and doc[end - 1].text in _CLOSING:
        if not _has_quotes(doc, start + 1, end - 1):
            return start + 1, end - 1
    elif _opens_quote(doc, start, end) and end < len(doc) and doc[end].text in _CLOSING:
        return start, end + 1
    return start, end


def _is_edge_mark(doc: Doc, place: int) -> bool:
    return doc[place].text in _MARKS or doc[place].is_space


def _has_quotes(doc: Doc, start: int, end: int) -> bool:
    return any(token.text in _OPENING | _CLOSING for token in doc[start:end])


def _opens_quote(doc: Doc, start: int, end: int) -> bool:
    """Say whether a quote is opened inside, past the first word, and not closed."""
    quotes = [token.text for token in doc[start + 1 : end] if token.text in _OPENING | _CLOSING]
    return len(quotes) == 1 and quotes[0] in _OPENING
