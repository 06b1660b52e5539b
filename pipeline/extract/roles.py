"""Roles by table, for pipelines that were not taught any: the component `civic_roles`."""

from collections.abc import Iterator
from functools import cache, lru_cache

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from pipeline.morphology import analyse
from pipeline.remembered import PHRASES
from pipeline.tables import load_table

_COMPLEMENT = frozenset({"ds", "ds."})


@Language.component("civic_roles", assigns=["doc.ents"], requires=["doc.ents"])
def add_roles(doc: Doc) -> Doc:
    """Add role entities where no other entity stands."""
    doc.set_ents([*doc.ents, *find_roles(doc)])
    return doc


def find_roles(doc: Doc) -> Iterator[Span]:
    """Yield the roles that the table knows: head, what agrees with it, and the complement it carries."""
    position = last = 0
    while position < len(doc):
        end = _match_role(doc, position)
        if end is None:
            position += 1
            continue
        yield Span(doc, _widen_left(doc, position, last), end, label="role")
        position = last = end


def _match_role(doc: Doc, start: int) -> int | None:
    token = doc[start]
    if token.ent_type_ or not token_lemmas(token) & _phrases().keys():
        return None
    best = start + 1
    for lemma in sorted(token_lemmas(token) & _phrases().keys()):
        for phrase in _phrases()[lemma]:
            stop = start + 1 + len(phrase)
            if stop > best and stop <= len(doc) and _matches(doc, start + 1, phrase):
                best = stop
    return _widen_right(doc, best)


def _matches(doc: Doc, start: int, phrase: tuple[str, ...]) -> bool:
    return all(
        not doc[start + offset].ent_type_
        and (word in token_lemmas(doc[start + offset]) or doc[start + offset].lower_ == word)
        for offset, word in enumerate(phrase)
    )


def _widen_right(doc: Doc, end: int) -> int:
    """Take in the adjectives that follow and a complement with `ds.`."""
    while end < len(doc) and not doc[end].ent_type_ and _is_office_adjective(doc[end]):
        end += 1
    if end < len(doc) and doc[end].lower_ in _COMPLEMENT:
        while end < len(doc) and not doc[end].ent_type_ and not _stops_complement(doc[end]):
            end += 1
    return end


def _stops_complement(token: Token) -> bool:
    return (
        token.is_space or (token.is_punct and token.text != ".") or token.lower_ in {"oraz", "który", "która"}
    )


def _is_office_adjective(token: Token) -> bool:
    """Say whether a word is an adjective such as offices carry: `powiatowy`, `nyska`, `miejskiej`."""
    adjectives = [reading for reading in analyse(token.text) if reading.pos == "adj"]
    regional = any(reading.lemma.endswith(("ski", "cki", "dzki")) for reading in adjectives)
    only = len(adjectives) == len(analyse(token.text)) > 0
    return regional or (only and any(reading.lemma.endswith(("ny", "owy")) for reading in adjectives))


def _widen_left(doc: Doc, start: int, least: int) -> int:
    """Take in `p.o.`, `były`, `honorowy` and other modifiers that stay inside a role, down to `least`."""
    for size in (4, 3, 2, 1):
        before = doc[max(least, start - size) : start]
        free = len(before) == size and not any(token.ent_type_ for token in before)
        if free and before.text.lower() in _modifiers():
            return start - size
    if start > least and not doc[start - 1].ent_type_ and token_lemmas(doc[start - 1]) & _modifiers():
        return start - 1
    return start


def token_lemmas(token: Token) -> set[str]:
    """Return what a token can be a form of, lower-case, and the form itself."""
    return {reading.lemma.lower() for reading in analyse(token.text)} | {token.lower_}


@lru_cache(maxsize=PHRASES)
def names_office(form: str) -> bool:
    """Say whether a form can be the genitive of an office, as what another office or a bureau is called after."""
    readings = analyse(form)
    offices = [reading for reading in readings if reading.lemma.lower() in role_heads()]
    is_adjective = any(reading.pos == "adj" for reading in readings)
    return not is_adjective and any(item.pos == "subst" and "gen" in item.cases for item in offices)


@cache
def role_heads() -> frozenset[str]:
    """Return the first word of every role phrase that the table knows, lower-case."""
    return frozenset(_phrases())


@cache
def _phrases() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Role phrases by their first word; the rest of each phrase, in table form."""
    phrases: dict[str, set[tuple[str, ...]]] = {}
    for row in load_table("roles"):
        for form in (row["lemma"], *filter(None, row["feminine"].split("|"))):
            first, *rest = form.lower().split()
            phrases.setdefault(first, set()).add(tuple(rest))
    return {first: tuple(sorted(rests)) for first, rests in phrases.items()}


@cache
def _modifiers() -> frozenset[str]:
    return frozenset(row["form"] for row in load_table("role_modifiers") if row["position"] == "before")
