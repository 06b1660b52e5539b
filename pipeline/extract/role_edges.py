"""Mend what belongs to an office: the component `civic_role_edges`.

`byłych | starostów` is one role, `legendarny proboszcz` is not all of it, a rank before a name (`nadbrygadier Jan
Stec`) is a title, a ministry's name goes on past `i`, and a plural office that announces a list is a role even
where the list starts a paragraph later.

Source: data/gold/README.md, `Decided conventions`; data/tables/role_praises.tsv, ministries.tsv, titles.tsv.
"""

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

import numpy as np
from spacy.attrs import ORTH
from spacy.language import Language
from spacy.tokens import Doc, Span

from pipeline.extract.roles import names_office, role_heads
from pipeline.morphology import analyse
from pipeline.remembered import PHRASES
from pipeline.tables import load_table

# Of `były` those that are no form of the verb `być`.
_FORMER = frozenset({"byłego", "byłej", "byłych", "byłym", "byłymi"})


@Language.component("civic_role_edges", assigns=["doc.ents"], requires=["doc.ents"])
def mend_roles(doc: Doc) -> Doc:
    """Mend the bounds of roles, drop ranks, and add the offices that announce a list."""
    mended: list[Span] = []
    last = 0
    for span in doc.ents:
        start, end = span.start, _end_ministry(span)
        if _is_deputys(span, mended):
            mended[-1] = Span(doc, mended[-1].start, end, label=mended[-1].label)
            last = end
            continue
        if span.label_ == "role":
            if _is_rank(span):
                continue
            start = _start_role(doc, start, end, last)
        mended.append(Span(doc, max(start, last), end, label=span.label))
        last = end
    doc.set_ents(mended)
    announced = list(_announced(doc))
    if announced:
        doc.set_ents([*doc.ents, *announced])
    return doc


def _is_deputys(span: Span, before: Sequence[Span]) -> bool:
    """Say whether a word read as a place is the office that the role right before deputises: `zastępca Starosty`."""
    if span.label_ != "location" or len(span) > 1 or not before or before[-1].label_ != "role":
        return False
    deputes = not _noun_lemmas(before[-1][-1].text).isdisjoint(_deputies())
    return deputes and before[-1].end == span.start and names_office(span.text)


@cache
def _deputies() -> frozenset[str]:
    rows = [
        row for row in load_table("role_modifiers") if row["kind"] == "deputy" and row["position"] == "before"
    ]
    return frozenset(row["form"].lower().split()[-1] for row in rows)


def _start_role(doc: Doc, start: int, end: int, last: int) -> int:
    """Return where a role starts: past words of praise, and before the `były` that belongs to it."""
    while end - start > 1 and not praise_lemmas(doc[start].text).isdisjoint(_praises()):
        start += 1
    return start - 1 if start > last and doc[start - 1].lower_ in _FORMER else start


@lru_cache(maxsize=PHRASES)
def praise_lemmas(form: str) -> frozenset[str]:
    """Return the lemmas that a form may have as an adjective; none where it may be a noun."""
    readings = analyse(form)
    if any(reading.pos == "subst" and not reading.names for reading in readings):
        return frozenset()
    return frozenset(reading.lemma.lower() for reading in readings if reading.pos in ("adj", "pact", "ppas"))


@cache
def _praises() -> frozenset[str]:
    return frozenset(row["lemma"] for row in load_table("role_praises"))


def _is_rank(role: Span) -> bool:
    """Say whether a role is a rank and nothing else, with the name right after it."""
    if len(role) > 2 or role.end >= len(role.doc) or role.doc[role.end].ent_type_ != "person":
        return False
    return all(not _noun_lemmas(token.text).isdisjoint(_ranks()) for token in role)


@lru_cache(maxsize=PHRASES)
def _noun_lemmas(form: str) -> frozenset[str]:
    return frozenset({form.lower(), *(reading.lemma.lower() for reading in analyse(form))})


@cache
def _ranks() -> frozenset[str]:
    """The words of ranks, without those that also are offices: `inspektor`."""
    rows = [row for row in load_table("titles") if row["kind"] == "rank" and row["inflects"] == "yes"]
    return frozenset(word for row in rows for word in row["form"].lower().split()) - role_heads()


def _end_ministry(span: Span) -> int:
    """Return where a ministry, or the office of its minister, ends: `spraw wewnętrznych | i administracji`."""
    doc, end = span.doc, span.end
    for words in _ministries().get(doc[end - 1].lower_, ()):
        for size in range(1, len(words)):
            rest = words[size:]
            if (
                words[size - 1] == doc[end - 1].lower_
                and size < len(span)
                and tuple(token.lower_ for token in doc[end - size : end]) == words[:size]
                and tuple(token.lower_ for token in doc[end : end + len(rest)]) == rest
                and not any(token.ent_type_ for token in doc[end : end + len(rest)])
            ):
                return end + len(rest)
    return end


@cache
def _ministries() -> dict[str, tuple[tuple[str, ...], ...]]:
    """The names of ministries as words, longest first, by each word that the rest of one may follow."""
    names = sorted(
        (tuple(row["name"].replace(",", " ,").split()) for row in load_table("ministries")),
        key=lambda words: (-len(words), words),
    )
    inner = {word for words in names for word in words[:-1]}
    return {word: tuple(words for words in names if word in words[:-1]) for word in inner}


def _announced(doc: Doc) -> Iterator[Span]:
    """Yield the plural offices before a colon and a person that nothing has marked yet: `udział wzięli radni:`."""
    colons = np.flatnonzero(doc.to_array(ORTH) == doc.vocab.strings[":"])
    for place in colons.tolist():
        if not 0 < place < len(doc) - 1 or doc[place - 1].ent_type_:
            continue
        after = place + 1
        while after < len(doc) and (doc[after].is_space or not doc[after].text[0].isalpha()):
            after += 1
        if after < len(doc) and doc[after].ent_type_ == "person" and _is_plural_office(doc[place - 1].text):
            yield Span(doc, place - 1, place, label="role")


@lru_cache(maxsize=PHRASES)
def _is_plural_office(form: str) -> bool:
    """Say whether a form is the nominative plural of an office's head, and of no title."""
    return any(
        reading.pos in ("subst", "depr")
        and "pl" in reading.numbers
        and "nom" in reading.cases
        and reading.lemma.lower() in role_heads()
        and reading.lemma.lower() not in _titles()
        for reading in analyse(form)
    )


@cache
def _titles() -> frozenset[str]:
    return frozenset(row["form"].lower() for row in load_table("titles"))
