"""The frozen records that cross from one stage to the next.

Offsets are `[start, end)` in code points of `Document.text`.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from pipeline.quick import quickly_made

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


@quickly_made
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


@quickly_made
@dataclass(frozen=True, slots=True)
class Link:
    """One statement of the text: this person, this role, this body, this place.

    `person`, `role`, `institution` and `place` are indices into the article's mentions; `start` and
    `end` bound the sentence that says so. `inferred` names the parts that stand outside the phrase.
    """

    person: int
    role: int | None
    institution: int | None
    place: int | None
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


@quickly_made
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

    `places[i]` is the nominative of link i's place: its place mention, or the seat inside its
    institution's name, or the article's municipality when the office needs one; or None.
    """

    document: Document
    mentions: tuple[Mention, ...]
    names: tuple[Name, ...]
    links: tuple[Link, ...]
    places: tuple[str | None, ...]
    municipality: "Municipality"


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


@dataclass(frozen=True, slots=True)
class Actor:
    """One person across articles; the columns are those of the `actors` table."""

    actor_id: str
    name: str
    given_names: str
    surname: str
    birth_name: str | None
    gender: Gender | None
    title: str | None
    headline: str | None
    is_public: bool
    aliases: tuple[str, ...]
    n_articles: int
    n_mentions: int
    first_seen: date | None
    last_seen: date | None


@dataclass(frozen=True, slots=True)
class Institution:
    """One body across articles; the columns are those of the `institutions` table."""

    institution_id: str
    name: str
    kind: str | None
    acronym: str | None
    parent_id: str | None
    location_id: str | None
    teryt: str | None
    aliases: tuple[str, ...]
    n_articles: int
    n_mentions: int


@dataclass(frozen=True, slots=True)
class Location:
    """One place across articles; the columns are those of the `locations` table."""

    location_id: str
    name: str
    kind: str | None
    teryt: str | None
    simc: str | None
    n_articles: int
    n_mentions: int


@dataclass(frozen=True, slots=True)
class Affiliation:
    """What the evidence of one (actor, role_code, institution, location) adds up to."""

    affiliation_id: str
    actor_id: str
    role: str | None
    role_code: str | None
    institution_id: str | None
    location_id: str | None
    status: Status
    since: str | None
    until: str | None
    inferred: bool
    conflict: bool
    first_seen: date | None
    last_seen: date | None
    n_articles: int
    confidence: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """One statement of one article for one affiliation, in the nominative of its own words."""

    affiliation_id: str
    article_id: str
    start: int
    end: int
    sentence: str
    person_text: str
    role_text: str | None
    role_lemma: str | None
    institution_lemma: str | None
    place_lemma: str | None
    status: Status
    since: str | None
    until: str | None
    inferred: bool
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Redirect:
    """An id of an earlier run and its heir."""

    old_id: str
    new_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class GivenId:
    """The id that a run gave to the person of one mention; runs are counted from 1."""

    mention_id: str
    actor_id: str
    run: int


@dataclass(frozen=True, slots=True)
class Municipality:
    """The gmina that an article is about: TERC, and how sure that is, 0..1."""

    teryt: str | None
    confidence: float


@dataclass(frozen=True, slots=True)
class Resolution:
    """Everything that a set of articles says, joined: `entity_of` maps mention ids to entity ids."""

    actors: tuple[Actor, ...]
    institutions: tuple[Institution, ...]
    locations: tuple[Location, ...]
    affiliations: tuple[Affiliation, ...]
    evidence: tuple[Evidence, ...]
    redirects: tuple[Redirect, ...]
    entity_of: dict[str, str]
    ids: tuple[GivenId, ...] = ()


def fields_of(record: Any) -> dict[str, Any]:
    """Return a record's fields by name; no value is copied, as `dataclasses.asdict` copies every one.

    >>> fields_of(Municipality("1609045", 0.9))
    {'teryt': '1609045', 'confidence': 0.9}
    """
    return {name: getattr(record, name) for name in record.__slots__}
