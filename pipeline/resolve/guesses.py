"""Inherited parts that other articles contradict: what is stated anywhere outweighs what was inferred."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace

from pipeline.resolve.local import Held, Statement
from pipeline.resolve.things import Things

Part = Callable[[Held], str | None]


def withdraw_guesses(held: Sequence[Held], things: Things) -> list[Held]:
    """Return the statements, inferred places and bodies left out where the same office is stated elsewhere.

    `Burmistrz Jan Lis` in an article about the neighbouring town inherits that town; where another article
    says `burmistrz Ozimka Jan Lis`, the guess is withdrawn and the statement joins the fuller one.
    """
    places = _stated(held, "place", lambda item: find_place(item, things))
    bodies = _stated(held, "institution", lambda item: find_body(item, things))
    return [_withdraw(item, things, places, bodies) for item in held]


def find_place(item: Held, things: Things) -> str | None:
    """Return the id of a statement's place."""
    near = (item.person.municipality,) if item.person.municipality else ()
    if not item.statement.place:
        return None
    return things.find_place(item.statement.place, near, role_code=item.statement.role_code)


def find_body(item: Held, things: Things) -> str | None:
    """Return the id of a statement's body."""
    return things.entity_of.get(item.statement.institution_mention or "")


def _stated(held: Sequence[Held], part: str, find: Part) -> dict[tuple[str, str | None], set[str]]:
    stated: dict[tuple[str, str | None], set[str]] = defaultdict(set)
    for item in held:
        if part not in item.statement.link.inferred and (found := find(item)):
            stated[item.actor_id, item.statement.role_code].add(found)
    return stated


def _withdraw(
    item: Held,
    things: Things,
    places: dict[tuple[str, str | None], set[str]],
    bodies: dict[tuple[str, str | None], set[str]],
) -> Held:
    office = (item.actor_id, item.statement.role_code)
    statement = item.statement
    if statement.role_code is None:
        return item
    if _is_contradicted(statement, "place", find_place(item, things), places.get(office)):
        statement = _without(replace(statement, place=None), "place")
    if _is_contradicted(statement, "institution", find_body(item, things), bodies.get(office)):
        statement = _without(replace(statement, institution=None, institution_mention=None), "institution")
    return replace(item, statement=statement)


def _is_contradicted(statement: Statement, part: str, guess: str | None, stated: set[str] | None) -> bool:
    return part in statement.link.inferred and bool(stated) and guess not in (stated or set())


def _without(statement: Statement, part: str) -> Statement:
    kept = tuple(name for name in statement.link.inferred if name != part)
    return replace(statement, link=replace(statement.link, inferred=kept))
