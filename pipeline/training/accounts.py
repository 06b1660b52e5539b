"""What an article says, in one shape for gold and for the system, so that the two can be compared."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from pipeline.records import Link, Mention, Reading
from pipeline.tables import load_table
from pipeline.training.gold import GoldAffiliation, GoldArticle, GoldMention


@dataclass(frozen=True, slots=True)
class Span:
    """One mention.

    Attributes:
        gender: Of a person: f, m, `?` where gold leaves it open; None where the system does.
        person: The fullest nominative in the article of the person meant; None for other labels.
        actor: What tells people of the article apart: gold's id, or the system's group.
    """

    start: int
    end: int
    text: str
    label: str
    lemma: str
    gender: str | None = None
    person: str | None = None
    actor: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """Who holds what, in nominatives; `start` and `end` bound the words that say so.

    Attributes:
        inferred: The parts that stand elsewhere in the article.
    """

    person: str
    role: str | None
    institution: str | None
    place: str | None
    status: str
    since: str | None
    until: str | None
    start: int
    end: int
    inferred: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Account:
    """All that one side says of one article, spans in reading order."""

    article_id: str
    text: str
    spans: tuple[Span, ...]
    claims: tuple[Claim, ...]

    def people(self) -> dict[str, str]:
        """Return the fullest nominative of each person, by what tells people apart."""
        return {span.actor: span.person for span in self.spans if span.actor and span.person}


def fold_case(name: str) -> str:
    """Return a name without letter case and double spaces."""
    return one_space(name).casefold()


def one_space(name: str) -> str:
    """Return a name with one space between words."""
    return " ".join(name.split())


def drop_head(place: str) -> str:
    """Return a folded place without `gmina` or `miasto` before its name.

    Source: data/tables/location_heads.tsv.

    >>> drop_head("gmina kije")
    'kije'
    """
    head, _, rest = place.partition(" ")
    return rest if rest and head in _town_heads() else place


@cache
def _town_heads() -> frozenset[str]:
    return frozenset(row["head"] for row in load_table("location_heads") if row["kind"] in ("gmina", "town"))


def account_of_gold(article: GoldArticle) -> Account:
    """Return what gold says of an article."""
    people = article.actors()
    mentions = sorted(article.mentions, key=lambda mention: mention.start)
    genders = {mention.actor: mention.gender for mention in reversed(mentions) if mention.gender}
    spans = tuple(
        Span(
            mention.start,
            mention.end,
            mention.text,
            mention.label,
            mention.lemma,
            genders.get(mention.actor),
            people.get(mention.actor or ""),
            mention.actor,
        )
        for mention in mentions
    )
    claims = tuple(_gold_claim(line, people[line.actor], mentions) for line in article.affiliations)
    return Account(article.article_id, article.text, spans, claims)


def gold_actors(account: Account) -> list[tuple[str, str] | None]:
    """Return gold's id and fullest nominative of each person's mention; None for other labels."""
    return [(span.actor, span.person) if span.actor and span.person else None for span in account.spans]


def account_of_reading(reading: Reading, actors: Sequence[tuple[str, str] | None]) -> Account:
    """Return what the system says of an article.

    Args:
        reading: What the system read.
        actors: What tells people apart, and the fullest nominative, of each mention; None for other labels.
    """
    spans = tuple(
        Span(
            mention.start,
            mention.end,
            mention.text,
            mention.label,
            name.nominative,
            name.gender,
            actor[1] if actor else None,
            actor[0] if actor else None,
        )
        for mention, name, actor in zip(reading.mentions, reading.names, actors, strict=True)
    )
    claims = tuple(_link_claims(reading, actors))
    return Account(reading.document.article_id, reading.document.text, spans, claims)


def group_people(reading: Reading) -> list[tuple[str, str] | None]:
    """Return the group and the fullest nominative of each mention, as the system joins people."""
    from pipeline.resolve.local import find_people

    groups = {
        mention_id: (person.person_id, person.name.nominative)
        for person in find_people(reading, ())
        for mention_id in person.mentions
    }
    return [
        groups.get(mention.mention_id) if mention.label == "person" else None for mention in reading.mentions
    ]


def _gold_claim(line: GoldAffiliation, person: str, mentions: Sequence[GoldMention]) -> Claim:
    label, lemma = ("role", line.role) if line.role else ("institution", line.institution)
    people = [mention for mention in mentions if mention.actor == line.actor]
    targets = [mention for mention in mentions if mention.label == label and mention.lemma == lemma]
    pairs = [(abs(left.start - right.start), left, right) for left in people for right in targets]
    _, left, right = min(pairs, key=lambda pair: pair[0])
    return Claim(
        person=person,
        role=line.role,
        institution=line.institution,
        place=line.place,
        status=line.status,
        since=line.since,
        until=line.until,
        start=min(left.start, right.start),
        end=max(left.end, right.end),
        inferred=line.inferred,
    )


def _link_claims(reading: Reading, actors: Sequence[tuple[str, str] | None]) -> Iterator[Claim]:
    for link, place in zip(reading.links, reading.places, strict=True):
        actor = actors[link.person]
        if actor is not None:
            yield _link_claim(reading, link, actor[1], place)


def _link_claim(reading: Reading, link: Link, person: str, place: str | None) -> Claim:
    parts: list[Mention] = [
        reading.mentions[part] for part in (link.person, link.role, link.institution) if part is not None
    ]
    return Claim(
        person=person,
        role=None if link.role is None else reading.names[link.role].nominative,
        institution=None if link.institution is None else reading.names[link.institution].nominative,
        place=place,
        status=link.status,
        since=link.since,
        until=link.until,
        start=min(part.start for part in parts),
        end=max(part.end for part in parts),
        inferred=link.inferred,
    )
