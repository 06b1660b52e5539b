"""The people and bodies around one person: who is drawn, where, and what joins them."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.export.report.facts import Facts

_MOST_PEOPLE = 9
_MOST_BODIES = 3
_CENTRE = (50.0, 48.0)
_RADII = (37.0, 37.0)
_LINE = 16  # letters of a label's line
_PERSON_LINE = 11  # where a person's label breaks, so that labels keep apart on a phone


@dataclass(frozen=True, slots=True)
class Node:
    """A person or a body; x and y are per cent of the drawing."""

    entity_id: str
    kind: Literal["people", "institutions"]
    name: str
    lines: tuple[str, ...]
    x: float
    y: float

    @property
    def is_cut(self) -> bool:
        """Whether the label leaves a part of the name out."""
        return " ".join(self.lines) != " ".join(self.name.split())


@dataclass(frozen=True, slots=True)
class Edge:
    """A line between two nodes: articles that name both, or 0 where one belongs to the other."""

    x1: float
    y1: float
    x2: float
    y2: float
    n_articles: int
    width: float
    is_near: bool


@dataclass(frozen=True, slots=True)
class Network:
    """What is drawn: the person in the middle comes first among the nodes."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def draw_network(facts: Facts, actor_id: str, companions: Sequence[tuple[str, int]]) -> Network | None:
    """Return the network around one person, laid out in a ring; None when the person stands alone.

    The layout is computed, not simulated: the same dataset gives the same picture.
    """
    people = [other for other, _ in companions[:_MOST_PEOPLE]]
    bodies = _bodies(facts, actor_id)[:_MOST_BODIES]
    if not people and not bodies:
        return None
    ties = _ties(facts, [actor_id, *people], bodies)
    ring = _order_ring([*bodies, *people], ties)
    nodes = [_node(facts, actor_id, _CENTRE)]
    nodes += [_node(facts, entity_id, _on_ring(place, len(ring))) for place, entity_id in enumerate(ring)]
    at = {node.entity_id: node for node in nodes}
    edges = [
        _edge(at[left], at[right], n_articles, is_near=left == actor_id)
        for (left, right), n_articles in sorted(ties.items(), key=lambda tie: (tie[0][0] == actor_id, tie))
    ]
    return Network(tuple(nodes), tuple(edges))


def _bodies(facts: Facts, actor_id: str) -> list[str]:
    found = (row["institution_id"] for row in facts.held.get(actor_id, ()))
    return list(dict.fromkeys(body for body in found if body in facts.institutions))


def _ties(facts: Facts, people: Sequence[str], bodies: Sequence[str]) -> dict[tuple[str, str], int]:
    named_in = {person: set(facts.articles_of.get(person, ())) for person in people}
    ties = {
        (left, right): shared
        for place, left in enumerate(people)
        for right in people[place + 1 :]
        if (shared := len(named_in[left] & named_in[right]))
    }
    for person in people:
        ties |= {(person, body): 0 for body in _bodies(facts, person) if body in bodies}
    return ties


def _order_ring(entities: Sequence[str], ties: dict[tuple[str, str], int]) -> list[str]:
    """Order a ring so that neighbours have much in common: each next one is tied most to the last."""

    def tie(left: str, right: str) -> int:
        found = ties.get((left, right), ties.get((right, left)))
        return -1 if found is None else found + 1

    left_over = list(entities)
    ring = [left_over.pop(0)]
    while left_over:
        following = max(left_over, key=lambda entity: (tie(ring[-1], entity), -left_over.index(entity)))
        left_over.remove(following)
        ring.append(following)
    return ring


def _on_ring(place: int, count: int) -> tuple[float, float]:
    angle = 2 * math.pi * place / count - math.pi / 2
    return (
        round(_CENTRE[0] + _RADII[0] * math.cos(angle), 1),
        round(_CENTRE[1] + _RADII[1] * math.sin(angle), 1),
    )


def _node(facts: Facts, entity_id: str, at: tuple[float, float]) -> Node:
    is_person = entity_id in facts.actors
    name = str((facts.actors if is_person else facts.institutions)[entity_id]["name"])
    if is_person:
        return Node(entity_id, "people", name, label_lines(name, width=_PERSON_LINE), *at)
    return Node(entity_id, "institutions", name, label_lines(name), *at)


def label_lines(name: str, *, width: int = _LINE) -> tuple[str, ...]:
    """Return a name on at most two short lines, the rest cut off.

    Args:
        name: Words separated by spaces.
        width: Letters after which a line breaks where it can; a single word may take a few more.

    >>> label_lines("Gminny Ośrodek Kultury w Korycinie")
    ('Gminny Ośrodek', 'Kultury w…')
    """
    lines = [""]
    for word in name.split():
        longer = f"{lines[-1]} {word}".strip()
        if len(longer) <= width or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    shown = [line if len(line) <= _LINE else line[: _LINE - 1] + "…" for line in lines[:2]]
    if len(lines) > 2 and not shown[1].endswith("…"):
        shown[1] += "…"
    return tuple(shown)


def _edge(left: Node, right: Node, n_articles: int, *, is_near: bool) -> Edge:
    width = round(1 + min(math.sqrt(n_articles), 5), 1)
    return Edge(left.x, left.y, right.x, right.y, n_articles, width, is_near)
