"""What each article says on its own, as rows: what is known from an earlier resolution is not worked out again."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.records import Name, Reading
from pipeline.resolve.actors import make_claims, make_statements
from pipeline.resolve.compare import Claim
from pipeline.resolve.links import link_claim
from pipeline.resolve.local import Person, find_people
from pipeline.resolve.memory import (
    ARTICLES,
    PEOPLE,
    THINGS,
    Memory,
    claim_to_json,
    rows_of_things,
    table_of,
)
from pipeline.resolve.things import find_things, place_id, place_key, unit_of_office

Row = dict[str, Any]
_PACKED_AT = 20_000  # rows


class Source(Protocol):
    """Readings that can be gone through by article."""

    def keys(self) -> Mapping[str, str]:
        """Return what was read in each article, by id and sorted by it: the same key, the same reading."""

    def only(self, article_ids: Iterable[str]) -> Iterator[Reading]:
        """Yield the readings of some articles, sorted by id."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What all articles say, each on its own.

    Attributes:
        articles: As of `memory.ARTICLES`.
        people: As of `memory.PEOPLE`, sorted by claim_id; what a resolution fills in is null for new articles.
        things: As of `memory.THINGS`, sorted by article.
        kept: Articles that were known and have not changed.
        gone: Regions of people whose article is no longer there, or has changed.
        told: The people of new articles, by id.
    """

    articles: pa.Table
    people: pa.Table
    things: pa.Table
    kept: frozenset[str]
    gone: frozenset[str]
    told: Mapping[str, Person]


def find_facts(source: Source, known: Memory) -> Facts:
    """Return what all articles of a source say, taking over what is known."""
    keys = source.keys()
    before = dict(
        zip(known.articles["article_id"].to_pylist(), known.articles["key"].to_pylist(), strict=True)
    )
    kept = frozenset(article_id for article_id, key in keys.items() if key and before.get(article_id) == key)
    articles, people, things = _Rows(ARTICLES), _Rows(PEOPLE), _Rows(THINGS)
    told: dict[str, Person] = {}
    shared: dict[Name, Name] = {}
    for reading in _share_names(source.only(keys.keys() - kept), shared):
        article_id = reading.document.article_id
        found = find_persons(reading)
        articles.add([_article_row(reading, keys[article_id])])
        people.add(
            [_person_row(person, claim) for person, claim in zip(found, make_claims(found), strict=True)]
        )
        things.add(rows_of_things(article_id, find_things(reading)))
        told |= {person.person_id: person for person in found}
    old = _of_articles(known.people, kept)
    return Facts(
        articles=_add(_of_articles(known.articles, kept), articles.table(), "article_id"),
        people=_add(old, people.table(), "claim_id"),
        things=_add(_of_articles(known.things, kept), things.table(), "article_id"),
        kept=kept,
        gone=frozenset(_others(known.people, kept)["region"].to_pylist()),
        told=told,
    )


def _share_names(readings: Iterable[Reading], shared: dict[Name, Name]) -> Iterator[Reading]:
    """Yield the readings, names alike as one record: most of the memory of the people that articles tell of."""
    for reading in readings:
        yield replace(reading, names=tuple(shared.setdefault(name, name) for name in reading.names))


class _Rows:
    """Rows on their way to a table: what has come so far is packed now and then, to a third of its memory."""

    def __init__(self, schema: pa.Schema) -> None:
        self._schema = schema
        self._packed: list[pa.Table] = []
        self._rows: list[Row] = []

    def add(self, rows: Iterable[Row]) -> None:
        self._rows += rows
        if len(self._rows) >= _PACKED_AT:
            self._pack()

    def table(self) -> pa.Table:
        self._pack()
        return pa.concat_tables(self._packed)

    def _pack(self) -> None:
        self._packed.append(table_of(self._rows, self._schema))
        self._rows.clear()


def find_persons(reading: Reading) -> list[Person]:
    """Return the people of one article."""
    return find_people(reading, make_statements(reading))


def _of_articles(table: pa.Table, article_ids: Iterable[str]) -> pa.Table:
    return table.filter(pc.is_in(table["article_id"], pa.array(sorted(article_ids), pa.string())))


def _others(table: pa.Table, article_ids: Iterable[str]) -> pa.Table:
    return table.filter(pc.invert(pc.is_in(table["article_id"], pa.array(sorted(article_ids), pa.string()))))


def _add(old: pa.Table, new: pa.Table, by: str) -> pa.Table:
    """Return both tables as one, sorted by a column; rows of one article keep their order."""
    whole = pa.concat_tables([old, new]).combine_chunks()
    order = sorted(range(whole.num_rows), key=whole[by].to_pylist().__getitem__)
    return whole.take(pa.array(order, pa.int64())).combine_chunks()


def _article_row(reading: Reading, key: str) -> Row:
    return {
        "article_id": reading.document.article_id,
        "key": key,
        "has_people": any(mention.label == "person" for mention in reading.mentions),
        "unchanged": sum(name.rule == "unchanged" for name in reading.names),
    }


def _person_row(person: Person, claim: Claim) -> Row:
    links = link_claim(claim)
    return {
        "claim_id": claim.claim_id,
        "article_id": person.article_id,
        "given_names": claim.given_names,
        "surname": claim.surname,
        "mentions": list(person.mentions),
        "bodies": [one.institution_mention for one in person.statements if one.institution_mention],
        "places": sorted(_places(person)),
        "content": links.content,
        "blocks": sorted(links.blocks),
        "met": sorted(links.met),
        "claim": claim_to_json(claim),
    }


def _places(person: Person) -> set[str]:
    near = (person.municipality,) if person.municipality else ()
    return {
        place_id(place_key(one.place, near, kind_hint=unit_of_office(one.role_code)))
        for one in person.statements
        if one.place
    }
