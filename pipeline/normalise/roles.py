"""Roles: the nominative of an office, in the text's own gender form, and its code."""

from functools import cache

from pipeline.normalise.phrase_words import read_word
from pipeline.normalise.phrases import Grammar, make_name, prepare, find_candidates, rank_candidates, ranked_rule, Candidate
from pipeline.records import Name


def is_abbreviation(token: str) -> bool:
    """Say whether a token ends in a full stop: `p.o.`, `insp.`."""
    return token.endswith(".") and token[0].isalpha()


@cache
def role_grammar() -> Grammar:
    """Return what roles need from the phrase rules."""
    return Grammar(label="role", lexicon=read_word, singular=True)


def nominative_role(form: str, *, left: str = "", right: str = "") -> Name:
    """Return the nominative singular of an office, in its own gender form.

    >>> nominative_role("wokalistki").nominative
    'wokalistka'
    """
    grammar = role_grammar()
    clean = prepare(form, grammar)
    if is_abbreviation(clean.split(" ", 1)[0]):
        # What an abbreviation governs stays as it is: `p.o. dyrektora`, `zast. komendanta`.
        return Name(form=form, nominative=clean, label="role", rule="abbreviation", score=0.9)
    ranked = rank_candidates(clean, grammar, left=left)
    if not ranked:
        return Name(form=form, nominative=clean, label="role")
    return make_name(form, ranked, "role", ranked_rule(ranked[0].candidate))


def role_candidates(form: str, *, left: str = "") -> list[Candidate]:
    """Return every reading of the form, for training."""
    grammar = role_grammar()
    return list(find_candidates(prepare(form, grammar), grammar, left=left))
