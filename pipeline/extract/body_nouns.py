"""Put the common noun before a body's name on its right side: the component `civic_body_nouns`.

`właścicielka piekarni | Złoty Kłos` becomes `właścicielka | piekarni Złoty Kłos`; `zespół Wrzos` loses
`zespół`, and `szef hurtowni | Wrzos` its `hurtowni`.

Source: data/gold/README.md, `Decided conventions`; data/tables/body_nouns.tsv.
"""

from functools import cache

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from pipeline.extract.roles import token_lemmas
from pipeline.tables import load_table

_OPENING, _CLOSING = frozenset("„“«\"'‚"), frozenset("”“»\"'’")


@Language.component("civic_body_nouns", assigns=["doc.ents"], requires=["doc.ents"])
def place_body_nouns(doc: Doc) -> Doc:
    """Move the bounds of institutions, and of roles that end where one starts."""
    placed: list[Span] = []
    for span in doc.ents:
        body = _narrow(_widen(span)) if span.label_ == "institution" else span
        if body.label_ == "institution" and placed and placed[-1].label_ == "role":
            placed[-1] = _end_before(placed[-1], body)
        if not placed or placed[-1].end <= body.start:
            placed.append(body)
    doc.set_ents(placed)
    return doc


def _widen(body: Span) -> Span:
    """Take in a noun that belongs to the name after it, and the quotes around that name."""
    start, end, doc = body.start, body.end, body.doc
    quoted = start > 0 and doc[start - 1].text in _OPENING and end < len(doc) and doc[end].text in _CLOSING
    noun = start - 1 - quoted
    if noun < 0 or doc[noun].ent_type_ not in ("", "role") or _side(doc[noun]) != "inside":
        return body
    return Span(doc, noun, end + quoted, label=body.label)


def _narrow(body: Span) -> Span:
    """Leave out a noun that does not belong to the name after it."""
    if len(body) > 1 and _side(body[0]) == "outside" and (body[1].text[0].isupper() or body[1].is_quote):
        return Span(body.doc, body.start + 1, body.end, label=body.label)
    return body


def _end_before(role: Span, body: Span) -> Span:
    """Let a role end before the body, and before a noun that only says what the body is."""
    end = min(role.end, body.start)
    if end == body.start and end - role.start > 1 and _side(role.doc[end - 1]) == "outside":
        end -= 1
    return Span(role.doc, role.start, end, label=role.label) if role.start < end < role.end else role


def _side(token: Token) -> str:
    """Return on which side of a name's bound a common noun stands; empty for any other word."""
    if not token.text.islower():
        return ""
    return next((_sides()[lemma] for lemma in sorted(token_lemmas(token)) if lemma in _sides()), "")


@cache
def _sides() -> dict[str, str]:
    return {row["noun"]: row["side"] for row in load_table("body_nouns")}
