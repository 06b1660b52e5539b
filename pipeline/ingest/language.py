"""Is a text Polish? By evidence: frequent words that carry no topic, and letters.

Names, capitals and missing diacritics leave little evidence, so doubt speaks for the text: only one that is
clearly something else is refused.
"""

import re
import unicodedata
from collections import Counter
from functools import cache

from pipeline.morphology import analyse
from pipeline.tables import load_table

_SAMPLE_CHARS = 10_000
_WORD = re.compile(r"[^\W\d_]+")
_POLISH_LETTERS = frozenset("ąćęłńśźż")  # not `ó`, which a dozen languages have
_ALIEN_LETTER = re.compile(r"[^\W\d_a-ząćęłńóśźż]")

_MIN_FOREIGN_WORDS = 3
_MIN_FOREIGN_SHARE = 0.12
# What is in no table (Latin names, Finnish ...) is judged by the Polish dictionary, given enough words.
_MIN_UNKNOWN_WORDS = 40
_MIN_POLISH_SHARE = 0.06
_MIN_DICTIONARY_SHARE = 0.4
_DICTIONARY_SAMPLE = 200


def foreign_language(text: str) -> str | None:
    """Return what language a text is in, or None when it is, or may be, Polish.

    Returns:
        A code of `function_words.tsv` such as `cs`; `another script` or `an unknown language`
        when that table does not tell; None for Polish, and for texts too short to tell.

    Source: data/tables/function_words.tsv.
    """
    words = _sample_words(text)
    if not words:
        return None
    scores = _score_languages(words)
    marked = [word for word in words if not word.isascii()]
    polish = scores.pop("pl", 0) + sum(1 for word in marked if not _POLISH_LETTERS.isdisjoint(word))
    best = max(sorted(scores), key=lambda language: scores[language], default="")
    if sum(1 for word in marked if not _is_latin(word)) * 2 > len(words):
        return best if scores.get(best, 0) and not _is_latin(_example(best)) else "another script"
    foreign = scores.get(best, 0) + sum(1 for word in marked if _ALIEN_LETTER.search(word))
    if foreign > 2 * polish and _count_distinct(words, best) >= _MIN_FOREIGN_WORDS:
        return best if foreign >= _MIN_FOREIGN_SHARE * len(words) else None
    if len(words) >= _MIN_UNKNOWN_WORDS and polish < _MIN_POLISH_SHARE * len(words):
        return None if _dictionary_share(words) >= _MIN_DICTIONARY_SHARE else "an unknown language"
    return None


def _sample_words(text: str) -> list[str]:
    sample = unicodedata.normalize("NFKC", text[:_SAMPLE_CHARS].replace("\xad", ""))
    return _WORD.findall(sample.lower())


def _score_languages(words: list[str]) -> Counter[str]:
    table = _languages_of_words()
    return Counter(language for word in words for language in table.get(word, ()))


def _count_distinct(words: list[str], language: str) -> int:
    return sum(1 for word in set(words) if language in _languages_of_words().get(word, ()))


@cache
def _languages_of_words() -> dict[str, frozenset[str]]:
    """Return the languages of each word; Polish words also stand without their diacritics."""
    languages: dict[str, set[str]] = {}
    for row in load_table("function_words"):
        languages.setdefault(row["word"], set()).add(row["language"])
        if row["language"] == "pl":
            languages.setdefault(_strip_diacritics(row["word"]), set()).add("pl")
    return {word: frozenset(codes) for word, codes in languages.items()}


@cache
def _example(language: str) -> str:
    return next((row["word"] for row in load_table("function_words") if row["language"] == language), "a")


def _strip_diacritics(word: str) -> str:
    plain = unicodedata.normalize("NFD", word.replace("ł", "l"))
    return "".join(character for character in plain if not unicodedata.combining(character))


def _is_latin(word: str) -> bool:
    return word[0] < "\u0250" or "\u1e00" <= word[0] < "\u1f00"


def _dictionary_share(words: list[str]) -> float:
    """Return the share of words that the Polish dictionary knows; names are in it too."""
    longer = sorted({word for word in words if len(word) > 3})[:_DICTIONARY_SAMPLE]
    known = sum(1 for word in longer if analyse(word) or analyse(word.title()))
    return known / len(longer) if longer else 1.0
