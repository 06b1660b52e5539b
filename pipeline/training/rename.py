"""Other names for the people of a text, one for one, each word in the case of the old one.

Names are drawn from the register of given names and from the surnames of NKJP1M; Morfeusz inflects them. A word
that Morfeusz does not know as a name in that form stays.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from pipeline.morphology import CASES, Analysis, inflect
from pipeline.tables import load_table
from pipeline.training.corpora import LabelledText, Span
from pipeline.training.gold import GoldArticle

_FIRST, _SURNAME = "imię", "nazwisko"


@dataclass(frozen=True, slots=True)
class NamedForm:
    """One name in a text: its place, its words, and the same words in the nominative."""

    start: int
    end: int
    words: tuple[str, ...]
    lemmas: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Old:
    """How a word of the old name is read: as a given name or surname, and in which cases it may stand."""

    kind: str
    reading: Analysis
    cases: frozenset[str]


def find_names(article: GoldArticle) -> list[NamedForm]:
    """Return the names of people in a gold article, in reading order."""
    return [
        NamedForm(one.start, one.end, tuple(one.text.split()), tuple(one.lemma.split()))
        for one in sorted(article.mentions, key=lambda mention: mention.start)
        if one.label == "person"
    ]


def draw_names(names: Sequence[NamedForm], draw: random.Random) -> list[str]:
    """Return another name for each; whoever has the same nominative gets the same new name."""
    chosen: dict[tuple[str, str], str] = {}
    return [_rename(name, chosen, draw) for name in names]


def put_names(text: str, names: Sequence[NamedForm], new: Sequence[str]) -> str:
    """Return the text with the new names in the places of the old ones, which are in reading order."""
    pieces, last = [], 0
    for name, other in zip(names, new, strict=True):
        pieces += [text[last : name.start], other]
        last = name.end
    return "".join([*pieces, text[last:]])


def rename_article(article: GoldArticle, draw: random.Random) -> LabelledText:
    """Return a gold article's text under other names, its spans moved with the words."""
    names = find_names(article)
    new = draw_names(names, draw)
    grown = [(name.end, len(other) - (name.end - name.start)) for name, other in zip(names, new, strict=True)]
    spans = (
        Span(_move(mention.start, grown), _move(mention.end, grown), mention.label)
        for mention in article.mentions
    )
    return LabelledText(put_names(article.text, names, new), tuple(sorted(spans)), "gold")


def _move(place: int, grown: Sequence[tuple[int, int]]) -> int:
    return place + sum(by for end, by in grown if end <= place)


def _rename(name: NamedForm, chosen: dict[tuple[str, str], str], draw: random.Random) -> str:
    if len(name.words) != len(name.lemmas):
        return " ".join(name.words)
    readings = [_read_name(*pair) for pair in zip(name.words, name.lemmas, strict=True)]
    cases = _shared_cases(readings)
    kinds = [*[_FIRST] * (len(readings) - 1), _SURNAME]
    return " ".join(
        _replace(word, lemma, _choose(read, kind, cases), chosen, draw)
        for word, lemma, read, kind in zip(name.words, name.lemmas, readings, kinds, strict=True)
    )


def _replace(
    word: str, lemma: str, old: Old | None, chosen: dict[tuple[str, str], str], draw: random.Random
) -> str:
    if old is None:
        return word
    gender = "f" if "f" in old.reading.genders else "m"
    new = chosen.setdefault((lemma, gender), draw.choice(_stock()[old.kind, gender]))
    forms = (one.form for one in inflect(new) if one.is_name(old.kind) and _agree(one, old))
    return next(forms, word)


def _read_name(word: str, lemma: str) -> list[Analysis]:
    return [one for one in inflect(lemma) if one.form == word and one.is_name(_FIRST, _SURNAME)]


def _shared_cases(words: Sequence[Sequence[Analysis]]) -> frozenset[str]:
    """Return the cases that all words of a name can stand in: `Jana` says which of its cases `Gąsienicy` has."""
    possible = [frozenset(case for one in readings for case in one.cases) for readings in words if readings]
    return frozenset(CASES).intersection(*possible)


def _choose(readings: Sequence[Analysis], likely: str, cases: frozenset[str]) -> Old | None:
    """Return the reading of a form as a name: of the likely kind, of one person rather than a family."""
    best = min(
        readings,
        key=lambda one: (
            not one.is_name(likely),
            "sg" not in one.numbers,
            one.cases.isdisjoint(cases),
            one.tag,
        ),
        default=None,
    )
    if best is None:
        return None
    kind = likely if best.is_name(likely) else _FIRST if best.is_name(_FIRST) else _SURNAME
    return Old(kind, best, best.cases & cases or best.cases)


def _agree(new: Analysis, old: Old) -> bool:
    same = new.genders == old.reading.genders and new.numbers == old.reading.numbers
    return same and not new.cases.isdisjoint(old.cases)


@cache
def _stock() -> Mapping[tuple[str, str], tuple[str, ...]]:
    """Names to draw from, by kind and gender: those of the tables that Morfeusz inflects."""
    first = {
        gender: [
            row["name"]
            for row in load_table("given_names")
            if row["gender"] == gender and int(row["count"]) >= 1000
        ]
        for gender in ("f", "m")
    }
    surnames = [row["surname"] for row in load_table("surnames")]
    offered: dict[tuple[str, str], list[str]] = {(_FIRST, gender): names for gender, names in first.items()}
    offered[_SURNAME, "m"] = surnames
    offered[_SURNAME, "f"] = [name for name in surnames if not name.endswith(("ski", "cki"))]
    return {key: tuple(name for name in names if _inflects(name, *key)) for key, names in offered.items()}


def _inflects(name: str, kind: str, gender: str) -> bool:
    return any(
        one.form == name and one.is_name(kind) and gender in {tag[0] for tag in one.genders}
        for one in inflect(name)
    )
