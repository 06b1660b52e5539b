"""Roles: the nominative of an office, in the text's own gender form, and its code."""

from dataclasses import replace
from functools import cache, lru_cache

from pipeline.normalise.phrase_features import Grammar
from pipeline.normalise.phrase_words import Word, read_word
from pipeline.normalise.phrases import (
    Candidate,
    find_candidates,
    make_name,
    prepare,
    rank_candidates,
    ranked_rule,
)
from pipeline.normalise.place_words import guess_places
from pipeline.records import Gender, Name
from pipeline.remembered import PHRASES
from pipeline.tables import Row, load_table

_GENDERS: dict[str, Gender] = {"f": "f", "m1": "m"}


def is_abbreviation(token: str) -> bool:
    """Say whether a token ends in a full stop: `p.o.`, `insp.`."""
    return token.endswith(".") and token[0].isalpha()


@cache
def role_grammar() -> Grammar:
    """Return what roles need from the phrase rules."""
    return Grammar(
        label="role",
        lexicon=read_role_word,
        heads=frozenset(word for row in load_table("roles") for word in _first_words(row)),
        singular=True,
    )


def _first_words(row: Row) -> list[str]:
    """Return the words that may be the head of an office: its first, or the next after adjectives."""
    return [word for part in (row["lemma"], *row["feminine"].split("|")) for word in part.split()[:2]]


@lru_cache(maxsize=PHRASES)
def read_role_word(text: str) -> Word:
    """Return what one token of an office can be; an unknown feminine in -ka is read by its ending."""
    word = read_word(text)
    if word.nouns or word.adjectives or len(text) < 6:
        return word
    guesses = [noun for noun in guess_places(text) if noun.gender == "f" and noun.nominative.endswith("ka")]
    return Word(text, tuple(guesses), (), word.preposition_cases, word.is_conjunction, word.is_transparent)


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
    name = make_name(form, ranked, "role", ranked_rule(ranked[0].candidate, grammar))
    return replace(name, gender=_GENDERS.get(ranked[0].candidate.group.noun.gender))


def role_candidates(form: str, *, left: str = "") -> list[Candidate]:
    """Return every reading of the form, for training."""
    grammar = role_grammar()
    return list(find_candidates(prepare(form, grammar), grammar, left=left))
