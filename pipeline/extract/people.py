"""People named again by surname alone: the component `civic_people`, a second look at the whole article.

A surname seen once with its given name is known from then on: `Anna Sum ... Sum wygrała proces`.
"""

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from pipeline.extract.roles import role_heads, token_lemmas
from pipeline.extract.words import read_words
from pipeline.morphology import analyse
from pipeline.remembered import PHRASES
from pipeline.tables import load_table


@Language.component("civic_people", assigns=["doc.ents"], requires=["doc.ents", "token.is_sent_start"])
def add_repeated_people(doc: Doc) -> Doc:
    """Add the surnames that stand alone and belong to somebody named in full."""
    spans = doc.ents
    known = _known_surnames(spans)
    if known and (repeated := list(_find_repeated(doc, known))):
        doc.set_ents([*spans, *repeated])
    return doc


def _known_surnames(spans: Sequence[Span]) -> frozenset[str]:
    """Return the lemmas of the last words of all people named in full."""
    names = [span for span in spans if span.label_ == "person" and len(span) > 1]
    return frozenset(lemma for span in names for lemma in surname_lemmas(span[-1].text))


def is_nobody(span: Span) -> bool:
    """Say whether a single word read as a person names no actor: `Tak mi dopomóż Bóg`."""
    return (
        span.label_ == "person" and len(span) == 1 and not surname_lemmas(span.text).isdisjoint(_nobodies())
    )


@cache
def _nobodies() -> frozenset[str]:
    return frozenset(
        form.lower()
        for row in load_table("never_people")
        for form in (row["lemma"], *row["forms"].split("|"))
    )


def _find_repeated(doc: Doc, known: frozenset[str]) -> Iterator[Span]:
    words = read_words(doc)
    repeated = {text for text in set(words.texts) if _is_capitalised(text) and surname_lemmas(text) & known}
    for place, text in enumerate(words.texts):
        if text in repeated and not words.named[place] and _stands_as_name(doc[place]):
            yield Span(doc, place, place + 1, label="person")


def _is_capitalised(text: str) -> bool:
    return text[0].isupper() and not text.isupper() and len(text) >= 3


def _stands_as_name(token: Token) -> bool:
    """Say whether a capital stands where only a name has one.

    At a start any word may, but a word that is somebody's surname in the same article is that surname
    there, in 31 of 34 places of the gold's train and dev parts; a word that is an office is not.
    """
    starts = token.is_sent_start or (token.i > 0 and token.nbor(-1).text in '„”"–-—:•')
    return not (starts and token_lemmas(token) & role_heads()) and not _touches_name(token)


def _touches_name(token: Token) -> bool:
    """Say whether a capitalised word or an entity stands right beside: part of a name that is not a person's."""
    before = token.nbor(-1) if token.i else None
    if before is not None and before.text == "-" and not before.whitespace_:
        return True
    after = token.nbor(1) if token.i + 1 < len(token.doc) else None
    return any(
        other is not None
        and (other.ent_type_ not in ("", "role") or (other.is_title and not other.is_sent_start))
        for other in (before, after)
    )


@lru_cache(maxsize=PHRASES)
def surname_lemmas(form: str) -> frozenset[str]:
    """Return what a form can be as a surname, lower-case; the form itself when no dictionary knows it."""
    readings = [reading for reading in analyse(form) if reading.is_name("nazwisko")]
    return frozenset({form.lower(), *(reading.lemma.lower() for reading in readings)})
