"""The dataset as a graph: people, bodies and places; offices, seats and who appears with whom."""

import calendar
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import combinations
from typing import Any

import networkx as nx  # type: ignore[import-untyped]

from pipeline.export.content import Content
from pipeline.export.rows import Row

_KINDS = {"actors": "person", "institutions": "institution", "locations": "place"}
_KEYS = {"actors": "actor_id", "institutions": "institution_id", "locations": "location_id"}
_NODE = ("gender", "headline", "kind", "acronym", "teryt", "simc", "n_articles", "n_mentions")
_EDGE = ("role", "role_code", "status", "since", "until", "confidence", "n_articles")
_ENDED = ("former", "deceased")


def make_graph(content: Content) -> nx.MultiGraph:
    """Return the graph of a dataset.

    Nodes have `label`, `kind` (person, institution, place) and, for bodies and places, `category`.
    Edges have `kind`: `affiliation` (person to body, or to the place when no body is known; role, status,
    since, until), `seat` (body to place), `part_of` (body to body), `cooccurrence` (two people; `weight`
    is the number of articles that name both). `start` and `end` are days, for a timeline.
    """
    graph = nx.MultiGraph()
    for table, kind in _KINDS.items():
        for row in content[table]:
            graph.add_node(row[_KEYS[table]], **_node(row, kind))
    edges = [*_affiliations(content), *_seats(content), *_cooccurrences(content)]
    for number, (source, target, attributes) in enumerate(edges):
        graph.add_edge(source, target, key=number, **attributes)
    return graph


def first_day(text: str | None) -> date | None:
    """Return the first day of a year, month or day.

    >>> first_day("2024-05")
    datetime.date(2024, 5, 1)
    """
    return None if text is None else _day(text, last=False)


def last_day(text: str | None) -> date | None:
    """Return the last day of a year, month or day.

    >>> last_day("2024-02")
    datetime.date(2024, 2, 29)
    """
    return None if text is None else _day(text, last=True)


def _day(text: str, *, last: bool) -> date | None:
    """Return a day of a partial date; None for one that no calendar has."""
    year, *rest = (int(part) for part in text.split("-"))
    month = rest[0] if rest else 12 if last else 1
    try:
        day = rest[1] if len(rest) > 1 else calendar.monthrange(year, month)[1] if last else 1
        return date(year, month, day)
    except ValueError:
        return None


def _node(row: Row, kind: str) -> dict[str, Any]:
    told = {name: row.get(name) for name in _NODE}
    told |= {"label": row["name"], "category": told["kind"], "kind": kind}
    return _filled(told | _span(row.get("first_seen"), row.get("last_seen")))


def _affiliations(content: Content) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for row in content["affiliations"]:
        target = row["institution_id"] or row["location_id"]
        if target is None:
            continue
        ended = row["until"] is not None or row["status"] in _ENDED
        start = first_day(row["since"]) or (None if ended else row["first_seen"])
        end = last_day(row["until"]) or (row["last_seen"] if ended else None)
        told = {name: row[name] for name in _EDGE} | {"kind": "affiliation", "label": row["role"]}
        told |= {"weight": row["n_articles"], "affiliation_id": row["affiliation_id"]}
        yield row["actor_id"], target, _filled(told | _span(start, end))


def _seats(content: Content) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for row in content["institutions"]:
        for kind, target in (("seat", row["location_id"]), ("part_of", row["parent_id"])):
            if target is not None:
                yield row["institution_id"], target, {"kind": kind, "weight": 1}


def _cooccurrences(content: Content) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield an edge for each pair of people whom one article names."""
    people: dict[str, set[str]] = defaultdict(set)
    for row in content["mentions"]:
        if row["label"] == "person" and row["entity_id"] is not None:
            people[row["article_id"]].add(row["entity_id"])
    published = {row["article_id"]: row["published"] for row in content["articles"]}
    together: dict[tuple[str, str], list[date | None]] = defaultdict(list)
    for article_id, named in sorted(people.items()):
        for pair in combinations(sorted(named), 2):
            together[pair].append(published.get(article_id))
    for (one, other), days in sorted(together.items()):
        known = sorted(day for day in days if day is not None)
        span = _span(known[0], None) if known else {}
        yield one, other, {"kind": "cooccurrence", "weight": len(days)} | span


def _span(start: date | None, end: date | None) -> dict[str, str]:
    """Return the ends that are known; both only when they are in order, which Gephi insists on."""
    if start is not None and end is not None and end < start:
        start = None
    days = {"start": start, "end": end}
    return {name: day.isoformat() for name, day in days.items() if day is not None}


def _filled(told: dict[str, Any]) -> dict[str, Any]:
    """Return what is known, without the marks of characters that could not be written."""
    cleaned = {
        name: value.replace("\ufffd", "") if isinstance(value, str) else value for name, value in told.items()
    }
    return {name: value for name, value in cleaned.items() if value is not None}
