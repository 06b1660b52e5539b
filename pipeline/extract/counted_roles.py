"""Drop what looks like a role but does not count as one: the component `civic_counted_roles`.

The network sees four words to each side; whether somebody is named further on in the sentence, which a
collective (`wójtowie okolicznych gmin`) needs, it cannot see.

Source: data/gold/README.md, `Decided conventions`; data/tables/uncounted_roles.tsv.
"""

from functools import cache

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from pipeline.extract.roles import token_lemmas
from pipeline.morphology import analyse
from pipeline.tables import load_table


@Language.component("civic_counted_roles", assigns=["doc.ents"], requires=["doc.ents", "token.is_sent_start"])
def drop_uncounted_roles(doc: Doc) -> Doc:
    """Keep every entity but the roles that do not count."""
    doc.set_ents([span for span in doc.ents if span.label_ != "role" or _counts(span)])
    return doc


def _counts(role: Span) -> bool:
    head = _find_head(role)
    if head is None:
        return True
    kinds = {_uncounted()[lemma] for lemma in token_lemmas(head) if lemma in _uncounted()}
    if "never" in kinds:
        return False
    if _is_plural(head):
        return _names_somebody(role) and _has_holders(role)
    return "named" not in kinds or _names_somebody(role)


def _find_head(role: Span) -> Token | None:
    """Return the first noun of a role; None when no dictionary knows one."""
    return next((token for token in role if _nouns(token)), None)


def _nouns(token: Token) -> list[frozenset[str]]:
    """Return the numbers of each reading as a noun; as a name (`Wójtowie` of `Wójtów`) only where none other is."""
    nouns = [reading for reading in analyse(token.text) if reading.pos in ("subst", "depr")]
    common = [reading for reading in nouns if not reading.names or reading.is_name("nazwa_pospolita")]
    return [reading.numbers for reading in common or nouns]


def _is_plural(head: Token) -> bool:
    return all(numbers == {"pl"} for numbers in _nouns(head))


def _names_somebody(role: Span) -> bool:
    """Say whether the role's sentence names a person, or announces a list."""
    sentence = role.sent
    return sentence.text.rstrip().endswith(":") or any(span.label_ == "person" for span in sentence.ents)


def _has_holders(role: Span) -> bool:
    """Say whether a plural role has named holders: after it, or before it and not merely beside it.

    `radni gminy wraz z wójtem Janem Stecem` and `Jan Stec oraz radni` name no councillor, nor does `starosta
    Jan Stec, wójtowie gmin`; `Jan Stec i Anna Lis zostali radnymi` names two. Where the sentence
    announces a list, they follow.
    """
    sentence = role.sent
    if sentence.text.rstrip().endswith(":"):
        return True
    others = [span for span in sentence.ents if span.label_ in ("person", "role")]
    after = next((span for span in others if span.start >= role.end), None)
    if after is not None and (after.label_ == "person" or _is_said_of(role, after)):
        return True
    before = [span.label_ for span in others if span.end <= role.start][-2:]
    return before in (["person"], ["person", "person"]) and not _is_joined(role.doc[role.start - 1])


def _is_said_of(role: Span, after: Span) -> bool:
    """Say whether a plural role may be said of what follows: `jurorami byli sołtys ...`, `jurorzy (sołtys ...`."""
    between = role.doc[role.end : after.start]
    return any(
        token.text == "(" or any(reading.pos in ("praet", "fin") for reading in analyse(token.text))
        for token in between
    )


def _is_joined(word: Token) -> bool:
    """Say whether a word before a role joins it to what stands before: `oraz`, `z`, `wraz z`."""
    readings = analyse(word.text)
    return bool(readings) and any(reading.pos in ("conj", "prep") for reading in readings)


@cache
def _uncounted() -> dict[str, str]:
    return {row["lemma"]: row["counts"] for row in load_table("uncounted_roles")}
