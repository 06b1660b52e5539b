"""People of the dataset and what they hold, from who was joined: made anew where anything of them has changed."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import TypeVar

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.records import Actor, Affiliation, Evidence
from pipeline.resolve.actors import make_actor
from pipeline.resolve.affiliations import join_affiliations
from pipeline.resolve.corrections import (
    Fixes,
    correct_actor,
    correct_people,
    corrected_places,
    corrections_of,
)
from pipeline.resolve.facts import Facts, Source, find_persons
from pipeline.resolve.local import Held, Person
from pipeline.resolve.memory import Memory, set_column, sighted_from
from pipeline.resolve.things import Things, join_things

_Record = TypeVar("_Record", Actor, Affiliation, Evidence)


@dataclass(frozen=True, slots=True)
class Before:
    """A dataset that grows: what its resolution left, and its tables by name."""

    memory: Memory
    tables: Mapping[str, pa.Table]


@dataclass(frozen=True, slots=True)
class Settled:
    """People and what they hold; `table_of_things` is as of `memory.THINGS`, with what each became."""

    actors: tuple[Actor, ...]
    affiliations: tuple[Affiliation, ...]
    evidence: tuple[Evidence, ...]
    things: Things
    table_of_things: pa.Table
    entity_of: dict[str, str]
    n_settled: int


def settle_people(
    facts: Facts,
    actor_ids: Sequence[str],
    people: pa.Table,
    source: Source,
    *,
    before: Before | None,
    fixes: Fixes,
) -> Settled:
    """Return the people of the dataset.

    Args:
        facts: What the articles say.
        actor_ids: Of each row of `people`.
        people: As of `memory.PEOPLE`, `actor_id` as it was before.
        source: The articles.
        before: The dataset that grows; with corrections nothing of it is taken over.
        fixes: What people have put right, by mention.
    """
    entity_of = {
        mention: actor_id
        for actor_id, mentions in zip(actor_ids, people["mentions"].to_pylist(), strict=True)
        for mention in mentions
    }
    corrected = {entity_of[mention] for mention in fixes if mention in entity_of}
    misplaced = _find_cast(facts, actor_ids, source, corrected) if corrected else {}
    fixed = [corrections_of(cluster, fixes) for cluster in misplaced.values()]
    wrong = [correct_people(cluster, own) for cluster, own in zip(misplaced.values(), fixed, strict=True)]
    things = join_things([sighted_from(facts.things)], corrected_places(wrong, fixed))
    entity_of |= things.entity_of
    table = _with_entities(facts.things, things)
    wanted, kept = set(actor_ids), _Kept()
    if before is not None and not fixes:
        wanted = _find_changed(people, actor_ids, before, things, table)
        kept = _keep(before.tables, set(actor_ids) - wanted)
    cast = _find_cast(facts, actor_ids, source, wanted)
    actors, affiliations, evidence = _make_tables(cast, fixes, source, things, kept)
    return Settled(actors, affiliations, evidence, things, table, entity_of, len(wanted))


@dataclass(frozen=True, slots=True)
class _Kept:
    """What is taken over from the dataset that grows."""

    actors: tuple[Actor, ...] = ()
    affiliations: tuple[Affiliation, ...] = ()
    evidence: tuple[Evidence, ...] = ()


def _make_tables(
    cast: Mapping[str, list[Person]], fixes: Fixes, source: Source, things: Things, kept: _Kept
) -> tuple[tuple[Actor, ...], tuple[Affiliation, ...], tuple[Evidence, ...]]:
    """Return actors, affiliations and evidence: those of the people of `cast`, and what was kept."""
    fixed = {actor_id: corrections_of(cluster, fixes) for actor_id, cluster in cast.items()}
    clusters = {actor_id: correct_people(cluster, fixed[actor_id]) for actor_id, cluster in cast.items()}
    held = [
        Held(actor_id, person, statement)
        for actor_id, cluster in clusters.items()
        for person in cluster
        for statement in person.statements
    ]
    articles = {item.person.article_id for item in held}
    affiliations, evidence = join_affiliations(held, source.only(articles), things, kept.affiliations)
    headlines = things.make_headlines(one for one in affiliations if one.actor_id in clusters)
    actors = [
        correct_actor(make_actor(actor_id, cluster, headlines), fixed[actor_id])
        for actor_id, cluster in clusters.items()
    ]
    return (
        tuple(sorted([*actors, *kept.actors], key=lambda actor: actor.actor_id)),
        tuple(affiliations),
        tuple(sorted([*evidence, *kept.evidence], key=lambda row: row.affiliation_id)),
    )


def _find_cast(
    facts: Facts, actor_ids: Sequence[str], source: Source, wanted: Collection[str]
) -> dict[str, list[Person]]:
    """Return what the articles say of some people of the dataset, by actor, in the order of their claims."""
    ids, articles = (facts.people[name].to_pylist() for name in ("claim_id", "article_id"))
    rows = [row for row, actor_id in enumerate(actor_ids) if actor_id in wanted]
    unread = {articles[row] for row in rows if ids[row] not in facts.told}
    again = {
        person.person_id: person
        for reading in (source.only(unread) if unread else ())
        for person in find_persons(reading)
    }
    cast: dict[str, list[Person]] = {}
    for row in rows:
        cast.setdefault(actor_ids[row], []).append(facts.told.get(ids[row]) or again[ids[row]])
    return cast


def _with_entities(table: pa.Table, things: Things) -> pa.Table:
    """Return the table of things with the id that each mention got."""
    columns = (table[name].to_pylist() for name in ("article_id", "start", "kind"))
    return set_column(
        table,
        "entity_id",
        (
            None if kind == "named" else things.entity_of[f"{article_id}:{start}"]
            for article_id, start, kind in zip(*columns, strict=True)
        ),
    )


def _find_changed(
    people: pa.Table, actor_ids: Sequence[str], before: Before, things: Things, table: pa.Table
) -> set[str]:
    """Return the people of the dataset of whom anything may have changed."""
    old_ids = people["actor_id"].to_pylist()
    sizes = Counter(before.memory.people["actor_id"].to_pylist())
    now = Counter(actor_ids)
    changed = {new for new, old in zip(actor_ids, old_ids, strict=True) if new != old}
    changed |= {actor_id for actor_id, size in now.items() if sizes[actor_id] != size}
    places = _changed_places(before, things)
    bodies = _changed_bodies(before, things, table, places)
    said = (people[name].to_pylist() for name in ("bodies", "places"))
    return changed | {
        actor_id
        for actor_id, own, where in zip(actor_ids, *said, strict=True)
        if not (bodies.isdisjoint(own) and places.isdisjoint(where))
    }


def _changed_places(before: Before, things: Things) -> set[str]:
    """Return the ids of places of which anything has changed that people are described with."""
    names = ("location_id", "name", "kind", "teryt")
    old = set(zip(*(before.tables["locations"][name].to_pylist() for name in names), strict=True))
    return {
        place.location_id
        for place in things.locations
        if (place.location_id, place.name, place.kind, place.teryt) not in old
    }


def _changed_bodies(before: Before, things: Things, table: pa.Table, places: Collection[str]) -> set[str]:
    """Return the mentions of bodies that became another, or one whose name or seat has changed."""
    names = ("institution_id", "name", "location_id")
    known = set(zip(*(before.tables["institutions"][name].to_pylist() for name in names), strict=True))
    same = {
        body.institution_id
        for body in things.institutions
        if (body.institution_id, body.name, body.location_id) in known and body.location_id not in places
    }
    was = dict(_bodies(before.memory.things))
    return {mention for mention, body in _bodies(table) if body not in same or was.get(mention) != body}


def _bodies(table: pa.Table) -> Iterator[tuple[str, str]]:
    """Yield the mentions of bodies, each with the body's id."""
    bodies = table.filter(pc.equal(table["kind"], "body"))
    columns = (bodies[name].to_pylist() for name in ("article_id", "start", "entity_id"))
    return ((f"{article_id}:{start}", body) for article_id, start, body in zip(*columns, strict=True))


def _keep(tables: Mapping[str, pa.Table], actor_ids: Collection[str]) -> _Kept:
    """Return the rows of the people who are as they were."""
    wanted = pa.array(sorted(actor_ids), pa.string())
    actors, affiliations = (
        table.filter(pc.is_in(table["actor_id"], wanted))
        for table in (tables["actors"], tables["affiliations"])
    )
    said = tables["evidence"]
    evidence = said.filter(pc.is_in(said["affiliation_id"], affiliations["affiliation_id"].combine_chunks()))
    return _Kept(_records(Actor, actors), _records(Affiliation, affiliations), _records(Evidence, evidence))


def _records(kind: type[_Record], table: pa.Table) -> tuple[_Record, ...]:
    """Return the rows of a table as records, made from whole columns: they are most of the dataset."""
    columns = (_values(table[one.name]) for one in fields(kind))
    return tuple(map(kind, *columns))


def _values(column: pa.ChunkedArray) -> Iterable[object]:
    values = column.to_pylist()
    return map(tuple, values) if pa.types.is_list(column.type) else values
