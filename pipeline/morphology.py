"""Morfeusz 2 (SGJP) behind a small, cached, typed face: analyses of a form, forms of a lemma.

Source: Morfeusz 2 with the SGJP dictionary, BSD licence, https://morfeusz.sgjp.pl.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Protocol

import morfeusz2

from pipeline.quick import quickly_made
from pipeline.remembered import FORMS, RARE

CASES = ("nom", "gen", "dat", "acc", "inst", "loc", "voc")


@quickly_made
@dataclass(frozen=True, slots=True)
class Analysis:
    """One reading of one form.

    Attributes:
        form: The form read or generated.
        lemma: Dictionary form without Morfeusz' homonym suffix (`Stec`, not `Stec:Sm1`).
        lexeme: The lemma with that suffix: tells `Stec` the man from `Stec` the woman.
        pos: Part of speech of the SGJP tagset: `subst`, `adj`, `prep`, `ign`, ...
        numbers: Out of sg, pl; empty when the part of speech has none.
        cases: Out of `CASES`.
        genders: Out of m1, m2, m3, f, n.
        names: Name classes: imię, nazwisko, nazwa_geograficzna, nazwa_organizacji, ...
        tag: The whole tag, as Morfeusz gives it.
    """

    form: str
    lemma: str
    lexeme: str
    pos: str
    numbers: frozenset[str]
    cases: frozenset[str]
    genders: frozenset[str]
    names: frozenset[str]
    tag: str

    def is_name(self, *classes: str) -> bool:
        """Say whether the reading is of one of the name classes."""
        return not self.names.isdisjoint(classes)


@lru_cache(maxsize=FORMS)
def analyse(form: str) -> tuple[Analysis, ...]:
    """Return every reading of one token; empty when the dictionary does not know it.

    A form in capitals or at a sentence's start also gets the readings of its other letter cases.

    Args:
        form: One token without whitespace, NFC.
    """
    return _dictionary().analyse(form) if form.isprintable() else ()


@lru_cache(maxsize=RARE)
def inflect(lexeme: str) -> tuple[Analysis, ...]:
    """Return every form of one lemma or lexeme; empty when the dictionary does not know it."""
    if not lexeme or not lexeme.isprintable() or " " in lexeme:
        return ()
    return _dictionary().inflect(lexeme)


class _Interpretation(Protocol):
    """A reading as Morfeusz has it; each attribute is a call into C++, without the wrapper's own of the same name."""

    _orth: str
    _lemma: str
    endNode: int
    tagId: int
    nameId: int

    def getTag(self, engine: "_Engine") -> str: ...
    def getName(self, engine: "_Engine") -> list[str]: ...


class _Engine(Protocol):
    def analyse(self, text: str) -> Iterable[_Interpretation]: ...
    def generate(self, lemma: str) -> Iterable[_Interpretation]: ...


class _Dictionary:
    """Morfeusz, of whose readings only what is used is fetched; tags and name classes are spelled out once each."""

    def __init__(self) -> None:
        # The engine inside: what its wrapper makes of the readings takes longer than to find them.
        self._engine: _Engine = morfeusz2.Morfeusz(expand_tags=False)._morfeusz_obj
        self._tags: dict[int, str] = {}
        self._names: dict[int, frozenset[str]] = {}

    def analyse(self, form: str) -> tuple[Analysis, ...]:
        found = list(self._engine.analyse(form))
        if any(one.endNode != 1 for one in found):
            return ()
        return tuple(reading for one in found if (reading := self._read(one, form)).pos != "ign")

    def inflect(self, lexeme: str) -> tuple[Analysis, ...]:
        found = self._engine.generate(lexeme)
        return tuple(reading for one in found if (reading := self._read(one, one._orth)).pos != "ign")

    def _read(self, one: _Interpretation, form: str) -> Analysis:
        tag_id, name_id, lexeme = one.tagId, one.nameId, one._lemma
        if tag_id not in self._tags:
            self._tags[tag_id] = one.getTag(self._engine)
        if name_id not in self._names:
            self._names[name_id] = frozenset(one.getName(self._engine))
        tag = self._tags[tag_id]
        lemma = lexeme.split(":", 1)[0] if len(lexeme) > 1 else lexeme
        return Analysis(form, lemma, lexeme, *_read_tag(tag), self._names[name_id], tag)


@cache
def _dictionary() -> _Dictionary:
    return _Dictionary()


@cache
def _read_tag(tag: str) -> tuple[str, frozenset[str], frozenset[str], frozenset[str]]:
    """Return part of speech, numbers, cases and genders; the tagset has about a thousand tags."""
    pos, *parts = tag.split(":")
    values = [frozenset(part.split(".")) for part in parts]
    numbers, cases = _pick(values, {"sg", "pl"}), _pick(values, set(CASES))
    return pos, numbers, cases, _pick(values, {"m1", "m2", "m3", "f", "n"})


def _pick(values: list[frozenset[str]], known: set[str]) -> frozenset[str]:
    return next((value for value in values if value <= known and value), frozenset())
