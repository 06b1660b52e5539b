"""Offices as the text builds them: a role mention with the body and the place that complete it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.extract.gaps import read_gap
from pipeline.morphology import analyse
from pipeline.records import Mention
from pipeline.remembered import PHRASES
from pipeline.tables import load_table

_BODY_LINKS = frozenset({"", "na", "w", "z", "przy", "do", ","})
_NOUNS = frozenset({"subst", "depr"})
_ADJECTIVES = frozenset({"adj", "ppas", "pact"})
_PLACE_LINKS = frozenset({"", "w", "na", "z"})


@dataclass(frozen=True, slots=True)
class Office:
    """One role with its complements; indices into the article's mentions.

    Attributes:
        number: `plural` when the role's form can only be plural, so that several people may hold it;
            `either` when it may also be singular (`dyrektorki`, `zastępcy`); else `single`.
    """

    role: int
    institution: int | None
    place: int | None
    start: int
    end: int
    number: str

    def parts(self) -> tuple[int, ...]:
        """Return the indices of the mentions that it covers."""
        return tuple(part for part in (self.role, self.institution, self.place) if part is not None)


def find_offices(text: str, mentions: Sequence[Mention], indices: Sequence[int]) -> list[Office]:
    """Build the offices of one sentence.

    Args:
        text: The whole article.
        mentions: Its mentions.
        indices: Those of the sentence, in reading order.
    """
    offices: list[Office] = []
    for position, index in enumerate(indices):
        if mentions[index].label == "role":
            offices.append(_complete_role(text, mentions, indices, position))
    return offices


def _complete_role(text: str, mentions: Sequence[Mention], indices: Sequence[int], position: int) -> Office:
    role = indices[position]
    institution: int | None = None
    place: int | None = None
    last = mentions[role]
    for index in indices[position + 1 : position + 3]:
        mention = mentions[index]
        link = _complement_link(text, last, mention)
        if (
            mention.label == "institution"
            and institution is None
            and place is None
            and link in _BODY_LINKS - {","}
        ):
            institution = index
        elif mention.label == "location" and place is None and link in _PLACE_LINKS:
            place = index
        else:
            break
        last = mention
    start, end = mentions[role].start, last.end
    return Office(role, institution, place, start, end, grammatical_number(mentions[role].text))


def _complement_link(text: str, left: Mention, right: Mention) -> str:
    """Return the one word between a head and its complement; place nouns such as `wieś` are skipped."""
    tokens = [token for token in read_gap(text[left.end : right.start]).tokens if token not in _place_nouns()]
    return tokens[0] if len(tokens) == 1 else "" if not tokens else " ".join(tokens)


@lru_cache(maxsize=1)
def _place_nouns() -> frozenset[str]:
    return frozenset(row["word"] for row in load_table("link_words") if row["kind"] == "place_noun")


@lru_cache(maxsize=PHRASES)
def grammatical_number(role: str) -> str:
    """Say whether the first noun of a role is plural (`radni`), may be (`dyrektorki`), or is single.

    >>> grammatical_number("sędziowie torowi")
    'plural'
    """
    for word in role.split():
        readings = [reading for reading in analyse(word) if reading.pos in _NOUNS | _ADJECTIVES]
        nouns = [reading for reading in readings if reading.pos in _NOUNS] or readings
        if nouns and all("sg" not in reading.numbers for reading in nouns):
            return "plural"
        if nouns:
            many = any("pl" in reading.numbers and reading.cases & {"nom", "acc"} for reading in nouns)
            return (
                "either"
                if many and not any("nom" in reading.cases and "sg" in reading.numbers for reading in nouns)
                else "single"
            )
    return "single"
