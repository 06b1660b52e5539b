"""What articles say of people, added up: one affiliation per (actor, role code, body, place)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from pipeline.normalise.role_codes import expand_role_code
from pipeline.records import STATUSES, Affiliation, Evidence, Reading
from pipeline.resolve.guesses import find_body, withdraw_guesses
from pipeline.resolve.keys import fold, make_id
from pipeline.resolve.local import Held
from pipeline.resolve.same_places import find_places
from pipeline.resolve.things import Things

Key = tuple[str, str | None, str | None, str | None]
_STEM = 4  # letters that the cases of a place's name share
_DEPUTY = "deputy"
_CLEARLY_MORE = 2  # times as many articles as the next


def join_affiliations(
    held: Sequence[Held], readings: Iterable[Reading], things: Things, known: Iterable[Affiliation] = ()
) -> tuple[list[Affiliation], list[Evidence]]:
    """Return affiliations sorted by id, and the evidence of each, sorted.

    Args:
        held: What is said of people.
        readings: The articles that say so.
        things: Bodies and places of all articles.
        known: Affiliations of other people, joined earlier; returned too, with their conflicts found anew.
    """
    kept = withdraw_guesses(held, things)
    places = find_places(kept, things)
    groups: dict[Key, list[Held]] = defaultdict(list)
    seats = {body.institution_id: body.location_id for body in things.institutions}
    for item, place in zip(kept, places, strict=True):
        body = find_body(item, things)
        groups[item.actor_id, item.statement.role_code, body, place or seats.get(body or "")].append(item)
    groups = _drop_vaguer(groups)
    affiliations = [_make_affiliation(key, group) for key, group in groups.items()]
    affiliations += [replace(one, conflict=False) if one.conflict else one for one in known]
    said: dict[str, list[tuple[str, Held]]] = defaultdict(list)
    for key, group in groups.items():
        for item in group:
            said[item.person.article_id].append((make_id("affiliation", *key), item))
    evidence = [
        _make_evidence(affiliation_id, item, reading)
        for reading in readings
        for affiliation_id, item in said.get(reading.document.article_id, ())
    ]
    singles = _single_holders(affiliations)
    return (
        sorted(
            (_flag_conflict(affiliation, singles) for affiliation in affiliations),
            key=lambda affiliation: affiliation.affiliation_id,
        ),
        sorted(dict.fromkeys(evidence), key=_order),
    )


def _order(row: Evidence) -> tuple[str, str, int, str, str, int]:
    """Sort statements as the text has them; rows alike in all this keep their order."""
    return (row.affiliation_id, row.article_id, row.start, row.person_text, row.role_text or "", row.end)


def _drop_vaguer(groups: Mapping[Key, list[Held]]) -> dict[Key, list[Held]]:
    """Let an affiliation that leaves parts open join the fuller one that it fits, when one stands out."""
    kept: dict[Key, list[Held]] = {key: list(group) for key, group in groups.items()}
    by_actor: dict[str, list[Key]] = defaultdict(list)
    for key in kept:
        by_actor[key[0]].append(key)
    for keys in by_actor.values():
        for key in sorted(keys, key=lambda key: (sum(part is not None for part in key), _sortable(key))):
            fuller = [other for other in keys if other in kept and other != key and _fits(key, other)]
            chosen = _standing_out(key, fuller, groups)
            if chosen is not None:
                kept[chosen] += kept.pop(key)
    return kept


def _standing_out(vague: Key, fuller: Sequence[Key], groups: Mapping[Key, list[Held]]) -> Key | None:
    """Return the one fuller affiliation, or the one that clearly more articles state than any other.

    Of a bare membership it says nothing new which office in the same body it joins.
    """
    ranked = sorted(fuller, key=lambda key: (-_n_articles(groups[key]), _sortable(key)))
    if not ranked:
        return None
    is_membership = vague[1] is None and vague[2] is not None
    if len(ranked) == 1 or is_membership:
        return ranked[0]
    first, second = (_n_articles(groups[key]) for key in ranked[:2])
    return ranked[0] if first >= _CLEARLY_MORE * second else None


def _n_articles(group: Sequence[Held]) -> int:
    return len({item.person.article_id for item in group})


def _fits(vague: Key, full: Key) -> bool:
    """Say whether nothing that the vague key says differs; a bare deputy may be the deputy of anything."""
    is_deputy = vague[1] == _DEPUTY and (full[1] or "").startswith(f"{_DEPUTY}_")
    parts = list(zip(vague, full, strict=True))
    return all(
        part is None or part == other for part, other in (parts[:1] + parts[2:] if is_deputy else parts)
    )


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
    """Return the role that says most, rather without `były` and without the name of the place."""
    said = [(item.statement.role.nominative, item.statement.place) for item in group if item.statement.role]
    return min(said, key=lambda role: _rank_role(*role))[0] if said else None


def _rank_role(role: str, place: str | None) -> tuple[bool, bool, int, str]:
    has_place = place is not None and fold(place)[:_STEM] in fold(role)
    return (bool(expand_role_code(role).flags & set(STATUSES)), has_place, -len(role.split()), role)


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
