"""Heads of turns in minutes: `Przewodniczący Rady Jan Lis: Otwieram obrady.` opens with an office and its holder.

A line that begins with an office in the nominative and whose first name stands right before a colon says who
holds that office, whatever the model makes of the rest. An office inside, such as the mayor's in
`Dyrektor Gabinetu Prezydenta Ewa Lis:`, belongs to the name of the first.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.extract.candidates import Candidate, make_candidate
from pipeline.extract.grammar import phrase_cases, word_class
from pipeline.extract.windows import Unit, Window
from pipeline.records import Mention

HEAD_PATTERN = "office-person:head"
_PARTING = frozenset({",", "-", ":", ";", "¶", "|", "(", ")", "/", "•", "*"})
_PARTING_CLASSES = frozenset({"verb", "conj"})


@dataclass(frozen=True, slots=True)
class TurnHead:
    """An office and its holder at the head of a turn.

    Attributes:
        candidate: Their link.
        inner: Role mentions that stand between as parts of the office's name.
    """

    candidate: Candidate
    inner: tuple[int, ...]


def find_turn_heads(text: str, mentions: Sequence[Mention], window: Window) -> Iterator[TurnHead]:
    """Yield the turn heads of one window."""
    for first, unit in enumerate(window.units):
        if (
            unit.office is None
            or not _opens_line(text, unit)
            or not _is_subject(_first_word(mentions[unit.mention]))
        ):
            continue
        second = _find_holder(mentions, window, first)
        if second is None or not text.startswith(":", window.units[second].end):
            continue
        inner = tuple(other.mention for other in window.units[first + 1 : second] if other.office)
        candidate = make_candidate(mentions, window, first, second)
        yield TurnHead(replace(candidate, pattern=HEAD_PATTERN), inner)


def _opens_line(text: str, unit: Unit) -> bool:
    return not text[text.rfind("\n", 0, unit.start) + 1 : unit.start].strip()


def _first_word(mention: Mention) -> str:
    """Return the word that shows an office's case; those after it may be genitives of their own."""
    return mention.text.split()[0]


def _is_subject(phrase: str) -> bool:
    """Say whether a phrase may be a nominative; one that the dictionary does not know may be any case."""
    cases = phrase_cases(phrase)
    return not cases or "nom" in cases


def _find_holder(mentions: Sequence[Mention], window: Window, first: int) -> int | None:
    """Return the unit of the first person after an office, when nothing but parts of its name stand between."""
    for place in range(first + 1, len(window.units)):
        if any(_parts(token) for token in window.gaps[place - 1].tokens):
            return None
        unit = window.units[place]
        if unit.kind == "person":
            return place if _is_subject(mentions[unit.mention].text) else None
        if unit.office is not None and "gen" not in phrase_cases(mentions[unit.mention].text):
            return None
    return None


def _parts(token: str) -> bool:
    return token in _PARTING or word_class(token) in _PARTING_CLASSES
