"""Titles before a name: ranks, degrees, clergy; honorifics (`pan`, `druh`) are recognised and dropped.

Source: data/tables/titles.tsv.
"""

import re
from functools import cache

from pipeline.morphology import analyse, inflect
from pipeline.tables import Row, load_table

_WORD = re.compile(r"\S+")
_LONGEST = 4
_DROPPED = "honorific"


def titles_of(text: str) -> tuple[str, ...]:
    """Return the recordable titles of the text before a name, in order.

    Abbreviations come as written, words in the nominative, honorifics not at all.
    """
    return tuple(title for title, kind, _ in _find_titles(text) if kind != _DROPPED)


def split_titles(text: str) -> tuple[tuple[str, ...], str]:
    """Split leading titles off a name; a title that would leave no name stays in the name."""
    found = _find_titles(text)
    while found and not text[found[-1][2] :].strip():
        found.pop()
    end = found[-1][2] if found else 0
    return tuple(title for title, kind, _ in found if kind != _DROPPED), text[end:].strip()


def _find_titles(text: str) -> list[tuple[str, str, int]]:
    """Return (title, kind, end) of the titles at the text's start, one after another."""
    words = list(_WORD.finditer(text))
    found: list[tuple[str, str, int]] = []
    place = 0
    while place < len(words):
        for length in range(min(_LONGEST, len(words) - place), 0, -1):
            chosen = words[place : place + length]
            if title := _title(" ".join(word[0] for word in chosen)):
                found.append((*title, chosen[-1].end()))
                place += length
                break
        else:
            return found
    return found


def _title(words: str) -> tuple[str, str] | None:
    phrase = words.strip(",;:()").strip()
    row = _titles().get(phrase) or _titles().get(phrase.lower() if len(phrase) > 2 else "")
    if row:
        return (row["form"] if row["inflects"] == "yes" else phrase), row["kind"]
    if " " in phrase or "." in phrase or phrase[:1].isupper() and not phrase.islower() and len(phrase) < 3:
        return None
    # Most first words of names are no form of a title: the dictionary need not be asked about them.
    for analysis in analyse(phrase.lower()) if phrase.lower() in _inflected_forms() else ():
        row = _titles().get(analysis.lemma.lower())
        if row and analysis.pos == "subst" and row["inflects"] == "yes":
            return row["form"], row["kind"]
    return None


@cache
def _inflected_forms() -> frozenset[str]:
    """Return every form, in small letters, of the titles of one word that inflect."""
    words = {
        row["form"] for row in load_table("titles") if row["inflects"] == "yes" and " " not in row["form"]
    }
    return frozenset(form.form.lower() for word in sorted(words) for form in inflect(word))


@cache
def _titles() -> dict[str, Row]:
    rows = load_table("titles")
    return {row["form"].lower(): row for row in rows} | {row["form"]: row for row in rows}
