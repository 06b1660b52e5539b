"""Morfeusz 2 (SGJP) behind a small, cached, typed face: analyses of a form, forms of a lemma.

Source: Morfeusz 2 with the SGJP dictionary, BSD licence, https://morfeusz.sgjp.pl.
"""

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Protocol

import morfeusz2

CASES = ("nom", "gen", "dat", "acc", "inst", "loc", "voc")

_CACHE_SIZE = 200_000


class _Morfeusz(Protocol):
    def analyse(self, text: str) -> list[tuple[int, int, tuple[str, str, str, list[str], list[str]]]]: ...
    def generate(self, lemma: str) -> list[tuple[str, str, str, list[str], list[str]]]: ...


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


@lru_cache(maxsize=_CACHE_SIZE)
def analyse(form: str) -> tuple[Analysis, ...]:
    """Return every reading of one token; empty when the dictionary does not know it.

    A form in capitals or at a sentence's start also gets the readings of its other letter cases.

    Args:
        form: One token without whitespace, NFC.
    """
    if not form.isprintable():
        return ()
    edges = _morfeusz().analyse(form)
    if not edges or any((start, end) != (0, 1) for start, end, _ in edges):
        return ()
    return tuple(
        _make_analysis(form, lexeme, tag, names)
        for _, _, (_, lexeme, tag, names, _) in edges
        if not tag.startswith("ign")
    )


@lru_cache(maxsize=_CACHE_SIZE)
def inflect(lexeme: str) -> tuple[Analysis, ...]:
    """Return every form of one lemma or lexeme; empty when the dictionary does not know it."""
    if not lexeme or not lexeme.isprintable() or " " in lexeme:
        return ()
    return tuple(
        _make_analysis(form, lemma, tag, names)
        for form, lemma, tag, names, _ in _morfeusz().generate(lexeme)
        if tag != "ign"
    )


@cache
def _morfeusz() -> _Morfeusz:
    engine: _Morfeusz = morfeusz2.Morfeusz(expand_tags=False)
    return engine


def _make_analysis(form: str, lexeme: str, tag: str, names: list[str]) -> Analysis:
    pos, numbers, cases, genders = _read_tag(tag)
    return Analysis(
        form=form,
        lemma=lexeme.split(":", 1)[0] if len(lexeme) > 1 else lexeme,
        lexeme=lexeme,
        pos=pos,
        numbers=numbers,
        cases=cases,
        genders=genders,
        names=frozenset(names),
        tag=tag,
    )


@cache
def _read_tag(tag: str) -> tuple[str, frozenset[str], frozenset[str], frozenset[str]]:
    """Return part of speech, numbers, cases and genders; the tagset has about a thousand tags."""
    pos, *parts = tag.split(":")
    values = [frozenset(part.split(".")) for part in parts]
    numbers, cases = _pick(values, {"sg", "pl"}), _pick(values, set(CASES))
    return pos, numbers, cases, _pick(values, {"m1", "m2", "m3", "f", "n"})


def _pick(values: list[frozenset[str]], known: set[str]) -> frozenset[str]:
    return next((value for value in values if value <= known and value), frozenset())
