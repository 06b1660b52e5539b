"""Diacritics that a text left out: `Wojt Gminy Pluznica` -> `Wójt Gminy Płużnica`.

Only a word that nothing knows is touched, and only when one known word gives it without its diacritics.
"""

import re
import unicodedata
from collections import defaultdict
from functools import cache, lru_cache

from pipeline.morphology import analyse, inflect
from pipeline.normalise.phrase_words import is_acronym
from pipeline.places import place_changes, place_names
from pipeline.remembered import PHRASES
from pipeline.tables import load_table

_WORD = re.compile(r"[A-Za-z]{4,}")
_LETTERS = re.compile(r"[^\W\d_]{4,}")
_START = 3
_TABLES = (
    ("roles", "lemma"),
    ("roles", "feminine"),
    ("institution_kinds", "head"),
    ("location_heads", "head"),
)


def restore_diacritics(form: str, *, office: bool = False) -> str:
    """Return the form with the diacritics that its unknown words lack.

    Args:
        form: The form on one line.
        office: The form names an office, where a word that is only a surname is unknown.
    """
    if not form.isascii():
        # Whoever writes one letter with its diacritic writes them all.
        return form
    return _WORD.sub(lambda match: _restore_word(match[0], office), form)


def fold_diacritics(text: str) -> str:
    """Return a text in lower case without diacritics."""
    plain = text.lower().replace("ł", "l")
    if plain.isascii():
        return plain
    parted = unicodedata.normalize("NFD", plain)
    return "".join([letter for letter in parted if not unicodedata.combining(letter)])


@lru_cache(maxsize=PHRASES)
def _restore_word(text: str, office: bool) -> str:
    if (text in place_names() and not office) or is_acronym(text) or _is_known(text, office):
        return text
    found = tuple(sorted(_words_like(text.lower())))
    if len(found) != 1 and text[0].isupper():
        found = tuple(sorted(_places_like(text)))
    if len(found) != 1:
        return text
    return found[0].capitalize() if text[0].isupper() else found[0]


def _is_known(text: str, office: bool) -> bool:
    return any(not (office and item.is_name("nazwisko", "imię")) for item in analyse(text))


def _places_like(text: str) -> set[str]:
    """Return the forms of register names that differ from the text in diacritics only."""
    plain, names = text.lower(), _folded_names()
    found: set[str] = set()
    found.update(name for name in names.get(plain, ()))
    for length in range(min(8, len(plain) - 1), 0, -1):
        for change in place_changes().get(plain[-length:], ()):
            kept = len(plain) - change.cut
            for name in names.get(plain[:kept] + fold_diacritics(change.add), ()):
                if name.lower()[:kept] != plain[:kept] and change.cut:
                    found.add(name[:kept] + plain[kept:])
    return found


@cache
def _folded_names() -> dict[str, tuple[str, ...]]:
    names: dict[str, list[str]] = defaultdict(list)
    for name in sorted(place_names()):
        if name.isalpha() and not name.isascii():
            names[fold_diacritics(name)].append(name)
    return {plain: tuple(group) for plain, group in names.items()}


@cache
def _words_by_start() -> dict[str, frozenset[str]]:
    """Return the words of offices and bodies by their first letters without diacritics."""
    words: dict[str, set[str]] = defaultdict(set)
    for table, column in _TABLES:
        for row in load_table(table):
            for word in _LETTERS.findall(row[column].lower()):
                words[fold_diacritics(word)[:_START]].add(word)
    return {start: frozenset(group) for start, group in words.items()}


def _words_like(text: str) -> set[str]:
    """Return the forms of known words that differ from the text in diacritics only."""
    found: set[str] = set()
    for word in _words_by_start().get(text[:_START], ()):
        lexemes = {item.lexeme for item in analyse(word) if item.pos in ("subst", "adj")}
        forms = {item.form for lexeme in lexemes for item in inflect(lexeme)} | {word}
        found |= {form for form in forms if form.islower() and fold_diacritics(form) == text}
    return found
