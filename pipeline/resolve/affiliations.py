"""What articles say of people, added up: one affiliation per (actor, role code, body, place)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from pipeline.normalise.role_codes import expand_role_code
from pipeline.records import Affiliation, Evidence, Reading
from pipeline.resolve.guesses import find_body, find_place, withdraw_guesses
from pipeline.resolve.keys import make_id
from pipeline.resolve.local import Held
from pipeline.resolve.things import Things

Key = tuple[str, str | None, str | None, str | None]


def join_affiliations(
    held: Sequence[Held], readings: Sequence[Reading], things: Things
) -> tuple[list[Affiliation], list[Evidence]]:
    """Return affiliations sorted by id, and the evidence of each, sorted."""
    by_article = {reading.document.article_id: reading for reading in readings}
    groups: dict[Key, list[Held]] = defaultdict(list)
    for item in withdraw_guesses(held, things):
        groups[_key(item, things)].append(item)
    groups = _drop_vaguer(groups)
    affiliations = [_make_affiliation(key, group) for key, group in groups.items()]
    evidence = [
        _make_evidence(make_id("affiliation", *key), item, by_article[item.person.article_id])
        for key, group in groups.items()
        for item in group
    ]
    singles = _single_holders(affiliations)
    return (
        sorted(
            (_flag_conflict(affiliation, singles) for affiliation in affiliations),
            key=lambda affiliation: affiliation.affiliation_id,
        ),
        sorted(
            set(evidence), key=lambda row: (row.affiliation_id, row.article_id, row.start, row.person_text)
        ),
    )


def _key(item: Held, things: Things) -> Key:
    return (item.actor_id, item.statement.role_code, find_body(item, things), find_place(item, things))


def _drop_vaguer(groups: Mapping[Key, list[Held]]) -> dict[Key, list[Held]]:
    """Let an affiliation that leaves parts open join the one fuller affiliation that it fits."""
    kept: dict[Key, list[Held]] = {key: list(group) for key, group in groups.items()}
    by_actor: dict[str, list[Key]] = defaultdict(list)
    for key in kept:
        by_actor[key[0]].append(key)
    for keys in by_actor.values():
        for key in sorted(keys, key=lambda key: (sum(part is not None for part in key), _sortable(key))):
            fuller = [other for other in keys if other in kept and other != key and _fits(key, other)]
            if len(fuller) == 1:
                kept[fuller[0]] += kept.pop(key)
    return kept


def _fits(vague: Key, full: Key) -> bool:
    return all(part is None or part == other for part, other in zip(vague, full, strict=True))


def _sortable(key: Key) -> tuple[str, ...]:
    return tuple(part or "" for part in key)


def _make_affiliation(key: Key, group: Sequence[Held]) -> Affiliation:
    actor_id, role_code, body, place = key
    latest = max(group, key=_when)
    days = [item.person.published for item in group if item.person.published]
    links = [item.statement.link for item in group]
    return Affiliation(
        affiliation_id=make_id("affiliation", *key),
        actor_id=actor_id,
        role=_fullest_role(group),
        role_code=role_code,
        institution_id=body,
        location_id=place,
        status=latest.statement.link.status,
        since=_latest_text(group, "since"),
        until=_latest_text(group, "until"),
        inferred=all(link.inferred for link in links),
        conflict=False,
        first_seen=min(days, default=None),
        last_seen=max(days, default=None),
        n_articles=len({item.person.article_id for item in group}),
        confidence=max(link.confidence for link in links),
    )


def _when(item: Held) -> tuple[date, str, int]:
    return (item.person.published or date.min, item.person.article_id, item.statement.link.start)


def _latest_text(group: Sequence[Held], field: str) -> str | None:
    texts = [
        (_when(item), text) for item in group if (text := getattr(item.statement.link, field)) is not None
    ]
    return max(texts)[1] if texts else None


def _fullest_role(group: Sequence[Held]) -> str | None:
    roles = sorted({item.statement.role.nominative for item in group if item.statement.role})
    return max(roles, key=lambda role: len(role.split())) if roles else None


def _single_holders(affiliations: Iterable[Affiliation]) -> dict[tuple[str | None, ...], set[str]]:
    """Return who currently holds each office that a body or place has just one of."""
    holders: dict[tuple[str | None, ...], set[str]] = defaultdict(set)
    for held in affiliations:
        if _is_single(held):
            holders[_office(held)].add(held.actor_id)
    return holders


def _is_single(held: Affiliation) -> bool:
    named = held.institution_id is not None or held.location_id is not None
    return bool(held.role) and held.status == "current" and named and expand_role_code(held.role or "").single


def _office(held: Affiliation) -> tuple[str | None, ...]:
    return (held.role_code, held.institution_id, held.location_id)


def _flag_conflict(held: Affiliation, singles: Mapping[tuple[str | None, ...], set[str]]) -> Affiliation:
    from dataclasses import replace

    if _is_single(held) and len(singles[_office(held)]) > 1:
        return replace(held, conflict=True)
    return held


def _make_evidence(affiliation_id: str, item: Held, reading: Reading) -> Evidence:
    statement, link = item.statement, item.statement.link
    text = reading.document.text
    return Evidence(
        affiliation_id=affiliation_id,
        article_id=reading.document.article_id,
        start=link.start,
        end=link.end,
        sentence=text[link.start : link.end],
        person_text=reading.mentions[link.person].text,
        role_text=None if link.role is None else reading.mentions[link.role].text,
        role_lemma=None if statement.role is None else statement.role.nominative,
        institution_lemma=None if statement.institution is None else statement.institution.nominative,
        place_lemma=statement.place,
        status=link.status,
        since=link.since,
        until=link.until,
        inferred=bool(link.inferred),
        rule=link.rule,
        confidence=link.confidence,
    )
