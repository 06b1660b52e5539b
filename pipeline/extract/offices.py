"""Offices as the text builds them: a role mention with the body and the place that complete it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.extract.gaps import read_gap
from pipeline.morphology import analyse
from pipeline.records import Mention
from pipeline.tables import load_table

_BODY_LINKS = frozenset({"", "na", "w", "z", "przy", "do", ","})
_PLACE_LINKS = frozenset({"", "w", "na", "z"})


@dataclass(frozen=True, slots=True)
class Office:
    """One role with its complements; indices into the article's mentions.

    Attributes:
        is_plural: Whether the role's form can only be plural, so that several people may hold it.
    """

    role: int
    institution: int | None
    place: int | None
    start: int
    end: int
    is_plural: bool

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
    return Office(role, institution, place, start, end, is_plural(mentions[role].text))


def _complement_link(text: str, left: Mention, right: Mention) -> str:
    """Return the one word between a head and its complement; place nouns such as `wieś` are skipped."""
    tokens = [token for token in read_gap(text[left.end : right.start]).tokens if token not in _place_nouns()]
    return tokens[0] if len(tokens) == 1 else "" if not tokens else " ".join(tokens)


@lru_cache(maxsize=1)
def _place_nouns() -> frozenset[str]:
    return frozenset(row["word"] for row in load_table("link_words") if row["kind"] == "place_noun")


@lru_cache(maxsize=20_000)
def is_plural(role: str) -> bool:
    """Say whether the first noun of a role can only be plural (`radni`, `sędziowie torowi`)."""
    for word in role.split():
        readings = [
            reading for reading in analyse(word) if reading.pos in ("subst", "depr", "adj", "ppas", "pact")
        ]
        nouns = [reading for reading in readings if reading.pos in ("subst", "depr")] or readings
        if nouns:
            return all("sg" not in reading.numbers for reading in nouns)
    return False
