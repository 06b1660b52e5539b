"""The frozen records that cross from one stage to the next.

Offsets are `[start, end)` in code points of `Document.text`.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Label = Literal["person", "role", "institution", "location"]
Gender = Literal["f", "m"]
Status = Literal["current", "former", "acting", "candidate", "elect", "deceased"]

LABELS: tuple[Label, ...] = ("person", "role", "institution", "location")
STATUSES: tuple[Status, ...] = ("current", "former", "acting", "candidate", "elect", "deceased")


@dataclass(frozen=True, slots=True)
class Document:
    """One article as a reader sees it, with where it came from.

    Attributes:
        article_id: 16 hex digits, from the url, or from the text where there is none.
        source: Path or URL as given, with `#n` for the n-th row of a table.
        text: The whole text; every offset in the dataset points into it.
        encoding: How the bytes were decoded, such as `utf-8` or `cp1250`.
        municipality_teryt: TERC of the gmina when the caller's list of sources says it.
    """

    article_id: str
    source: str
    text: str
    url: str | None = None
    title: str | None = None
    published: date | None = None
    encoding: str = "utf-8"
    municipality_teryt: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A span of one article that names a person, role, institution or location.

    Attributes:
        title: For a person, what stands before the name: ranks, degrees, honorifics.
        confidence: 0..1.
        rule: The model or rule that found it.
    """

    article_id: str
    start: int
    end: int
    text: str
    label: Label
    confidence: float = 1.0
    rule: str = "model"
    title: str = ""

    @property
    def mention_id(self) -> str:
        """`article_id:start`, unique in a dataset because mentions do not overlap."""
        return f"{self.article_id}:{self.start}"


@dataclass(frozen=True, slots=True)
class Link:
    """One statement of the text: this person, this role, this body, this place.

    `person`, `role`, `institution` and `place` are indices into the article's mentions; `seat` is
    the span of a place that stands inside the institution's or the role's own name.
    """

    person: int
    role: int | None
    institution: int | None
    place: int | None
    seat: tuple[int, int] | None
    start: int
    end: int
    status: Status = "current"
    since: str | None = None
    until: str | None = None
    inferred: tuple[str, ...] = ()
    rule: str = ""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Extraction:
    """What one article says, in its own words: mentions in reading order, and links."""

    document: Document
    mentions: tuple[Mention, ...]
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Name:
    """The nominative of one form, its parts, and the rule that made it.

    Attributes:
        nominative: The form itself when every strategy abstained (`rule` is `unchanged`).
        given_names: Forenames in order, separated by spaces; empty when none is known.
        titles: Ranks, degrees and honorifics, in the order of the text.
        score: 0..1.
        alternatives: Other nominatives that were possible, best first.
    """

    form: str
    nominative: str
    label: Label
    gender: Gender | None = None
    given_names: str = ""
    surname: str = ""
    birth_name: str = ""
    titles: tuple[str, ...] = ()
    rule: str = "unchanged"
    score: float = 0.0
    alternatives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """An extraction with the nominative of each mention (`names[i]` is of `mentions[i]`).

    `seats[i]` is the nominative of the place that link i's `seat` covers, or None.
    """

    document: Document
    mentions: tuple[Mention, ...]
    names: tuple[Name, ...]
    links: tuple[Link, ...]
    seats: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Reject:
    """An input, or a part of one, that could not be used, and why."""

    source: str
    stage: str
    reason: str


@dataclass(frozen=True, slots=True)
class Reason:
    """One named comparison between two records, with its weight and one sentence."""

    feature: str
    weight: float
    sentence: str
