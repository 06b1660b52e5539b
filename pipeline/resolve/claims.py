"""Resolve any table of claims about people: the library's `resolve_claims`, on its own."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from math import exp
from typing import Any

import pandas as pd

from pipeline.errors import CivicActorsError
from pipeline.normalise.role_codes import expand_role_code
from pipeline.records import Gender, GivenId, Name, Reason, Redirect
from pipeline.resolve.cluster import cluster_claims
from pipeline.resolve.compare import Claim, score, sorted_features
from pipeline.resolve.garbage import paused_collection
from pipeline.resolve.ids import assign_ids
from pipeline.resolve.keys import fold
from pipeline.resolve.matcher import Matcher, Pair
from pipeline.resolve.profiles import Profile
from pipeline.resolve.rarity import Rarity, count_surnames
from pipeline.resolve.whole_names import gender_of, split_name, split_plain, split_short

REQUIRED = ("claim_id", "name")
OPTIONAL = (
    *("article_id", "published", "given_names", "surname", "gender", "title", "role", "role_code"),
    *("institution", "municipality_teryt", "source"),
)
CLUSTERS = ("claim_id", "actor_id", "score", "reason")
_REASONS = 4
_GMINA = 6
_NOBODY: frozenset[str] = frozenset()
BAD_IDS = "every claim_id must be given and be there once"
_ALONE = "no other claim is of this person"


@dataclass(frozen=True, slots=True)
class Joined:
    """One claim in its cluster: how sure that it belongs there, 0..1, and why."""

    claim_id: str
    actor_id: str
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class ResolvedClaims:
    """Every claim with its actor, the ids that lead elsewhere, and every id ever given."""

    rows: tuple[Joined, ...]
    redirects: tuple[Redirect, ...]
    history: tuple[GivenId, ...]


def resolve_claims(
    table: pd.DataFrame,
    *,
    known: pd.DataFrame | None = None,
    judged: Mapping[Pair, str] | None = None,
    history: Iterable[GivenId] = (),
) -> pd.DataFrame:
    """Say which rows of a table are of one person.

    Args:
        table: Columns claim_id and name, and any of `OPTIONAL`; other columns are left alone.
        known: People listed with ids of their own in the column `actor_id`, otherwise like `table`.
        judged: `same` or `different` for pairs of claim ids, the smaller first.
        history: Ids that an earlier call gave.

    Returns:
        A row a claim in the table's order: claim_id, actor_id, score (0..1), reason.

    Raises:
        CivicActorsError: A column is missing, or an id is missing or repeated.

    >>> resolve_claims(pd.DataFrame({"claim_id": ["1", "2"], "name": ["Jan Lis", "LIS Jan"],
    ...     "municipality_teryt": "160907"}))["actor_id"].nunique()
    1
    """
    resolved = resolve_table(table, known=known, judged=judged, history=history)
    rows = [(row.claim_id, row.actor_id, row.score, row.reason) for row in resolved.rows]
    return pd.DataFrame(rows, columns=list(CLUSTERS))


def resolve_table(
    table: pd.DataFrame,
    *,
    known: pd.DataFrame | None = None,
    judged: Mapping[Pair, str] | None = None,
    history: Iterable[GivenId] = (),
) -> ResolvedClaims:
    """Do what `resolve_claims` does, and return the ids given and redirected too."""
    with paused_collection():
        return _resolve_table(table, known, judged or {}, history)


def _resolve_table(
    table: pd.DataFrame,
    known: pd.DataFrame | None,
    judged: Mapping[Pair, str],
    history: Iterable[GivenId],
) -> ResolvedClaims:
    claims = make_table_claims(table)
    listed = [] if known is None else list_claims(known)
    matcher = Matcher(count_names([*claims, *listed]), judged)
    clusters = cluster_claims([*claims, *listed], matcher)
    seen = [cluster for cluster in clusters if _own_ids(cluster)]
    assigned = assign_ids([_own_ids(cluster) for cluster in seen], history)
    joined = {
        row.claim_id: row
        for actor_id, cluster in zip(assigned.actor_ids, seen, strict=True)
        for row in explain_cluster(actor_id, cluster, matcher)
    }
    return ResolvedClaims(
        tuple(joined[claim.claim_id] for claim in claims), assigned.redirects, assigned.history
    )


def _own_ids(cluster: Sequence[Profile]) -> list[str]:
    """Return the ids of a cluster's claims, those of the given list left out."""
    return [claim.claim_id for profile in cluster for claim in profile.members if not claim.known_id]


def make_table_claims(table: pd.DataFrame) -> list[Claim]:
    """Return the claims of a table, in its order.

    Raises:
        CivicActorsError: A column is missing, or an id is missing or repeated.
    """
    columns = _read_columns(table)
    if len(set(columns["claim_id"])) < len(table):
        raise CivicActorsError(BAD_IDS)
    names = _read_names(columns, plain_surnames(columns["name"], columns["gender"], columns["surname"]))
    company = _find_company(columns["article_id"], names)
    return _make_claims(columns, names, company)


def make_batch_claims(table: pd.DataFrame, surnames: Collection[str]) -> list[Claim]:
    """Return the claims of some rows of a table, without the company of their articles.

    Args:
        table: The rows.
        surnames: What `read_surnames` found in all rows.

    Raises:
        CivicActorsError: A column is missing, or an id.
    """
    columns = _read_columns(table)
    return _make_claims(columns, _read_names(columns, surnames), {})


def read_surnames(table: pd.DataFrame) -> set[str]:
    """Return the folded surnames of names that stand plainly: they tell how short names are to be read.

    Raises:
        CivicActorsError: A column is missing, or an id.
    """
    columns = _read_columns(table)
    return plain_surnames(columns["name"], columns["gender"], columns["surname"])


def _read_columns(table: pd.DataFrame) -> dict[str, list[Any]]:
    check_columns(table, REQUIRED)
    if table["claim_id"].isna().any():
        raise CivicActorsError(BAD_IDS)
    return {name: _cells(table, name) for name in (*REQUIRED, *OPTIONAL)}


def _make_claims(
    columns: Mapping[str, Sequence[Any]], names: Sequence[Name], company: Mapping[str, frozenset[str]]
) -> list[Claim]:
    rows = (dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True))
    return [_make_claim(row, name, company) for row, name in zip(rows, names, strict=True)]


def check_columns(table: pd.DataFrame, needed: Iterable[str]) -> None:
    """Raise when a table lacks a column.

    Raises:
        CivicActorsError: The message names the columns that are missing and those that are there.
    """
    if missing := [name for name in needed if name not in table.columns]:
        there = ", ".join(map(str, table.columns))
        raise CivicActorsError(f"the table lacks {', '.join(missing)}; it has {there}")


def _cells(table: pd.DataFrame, column: str) -> list[Any]:
    if column not in table.columns:
        return [""] * len(table)
    if column == "published":
        days = pd.to_datetime(table[column], errors="coerce", format="ISO8601")
        return [None if pd.isna(day) else day.date() for day in days]
    cells = table[column]
    return list(cells.astype(object).where(cells.notna(), "").astype(str).str.strip())


def _make_claim(row: Mapping[str, Any], name: Name, company: Mapping[str, frozenset[str]]) -> Claim:
    codes = row["role_code"] or (expand_role_code(row["role"]).code if row["role"] else "")
    municipality = _municipality(row["municipality_teryt"])
    published: date | None = row["published"] or None
    return Claim(
        claim_id=str(row["claim_id"]),
        given_names=name.given_names,
        surname=name.surname,
        gender=_gender(row["gender"]) or name.gender,
        titles=_words(" ".join([row["title"], *name.titles])),
        role_codes=_only(codes),
        institutions=_only(fold(row["institution"])),
        municipalities=_only(municipality),
        is_placed=bool(codes),
        articles=_only(row["article_id"]),
        first=published,
        last=published,
        company=company.get(row["article_id"], _NOBODY) - {_full_name(name)},
        sources=_only(row["source"]),
    )


def _read_names(columns: Mapping[str, Sequence[Any]], surnames: Collection[str]) -> list[Name]:
    """Return the names' parts: first as they stand plainly, then as the surnames of others tell."""
    genders = [_gender(cell) for cell in columns["gender"]]
    parts = zip(columns["given_names"], columns["surname"], strict=True)
    return [
        (_own_parts(given, surname) if surname else split_plain(whole, gender))
        or split_short(whole, gender, surnames)
        or split_name(whole, gender)
        for whole, gender, (given, surname) in zip(columns["name"], genders, parts, strict=True)
    ]


def plain_surnames(names: Iterable[str], genders: Iterable[str], surnames: Iterable[str]) -> set[str]:
    """Return the folded surnames of rows: their own, or else those of names that stand plainly."""
    found = set()
    for whole, gender, surname in zip(names, genders, surnames, strict=True):
        name = None if surname else split_plain(whole, _gender(gender))
        if surname or name:
            found.add(fold(name.surname if name else surname))
    return found


def _own_parts(given: str, surname: str) -> Name:
    whole = f"{given} {surname}".strip()
    return Name(whole, whole, "person", gender_of(given), given, surname)


@lru_cache(maxsize=200_000)
def _only(value: str) -> frozenset[str]:
    """Return a set of one value, or of none; one object for all claims that share it."""
    return frozenset([value]) if value else _NOBODY


@lru_cache(maxsize=200_000)
def _words(text: str) -> frozenset[str]:
    return frozenset(fold(text).split())


def _municipality(code: str) -> str:
    """Return the first six digits of a gmina's code; a code that lost its first nought gets it back."""
    digits = code.removesuffix(".0")
    if digits.isdigit() and len(digits) in (5, 6, 7):
        return digits.zfill(_GMINA)[:_GMINA] if len(digits) < 7 else digits[:_GMINA]
    return ""


def _gender(text: str) -> Gender | None:
    letter = text[:1].lower()
    return "f" if letter in ("f", "k") else "m" if letter == "m" else None


def _find_company(articles: Sequence[str], names: Sequence[Name]) -> dict[str, frozenset[str]]:
    """Return the folded full names of everybody in each article."""
    named: dict[str, set[str]] = defaultdict(set)
    for article, name in zip(articles, names, strict=True):
        if article and name.given_names and name.surname:
            named[article].add(_full_name(name))
    return {article: frozenset(people) for article, people in named.items()}


def _full_name(name: Name) -> str:
    return fold(f"{name.given_names} {name.surname}".strip())


def count_names(claims: Iterable[Claim]) -> Rarity:
    """Return how frequent each surname is among the claims."""
    return count_surnames((claim.given_names, claim.surname) for claim in claims)


def list_claims(known: pd.DataFrame) -> list[Claim]:
    """Return the people of a list as claims that are never joined with each other."""
    check_columns(known, ("actor_id", "name"))
    claims = make_table_claims(known.assign(claim_id=[f"\x00{number:09}" for number in range(len(known))]))
    ids = _cells(known, "actor_id")
    return [replace(claim, known_id=actor_id) for claim, actor_id in zip(claims, ids, strict=True)]


def explain_cluster(actor_id: str, cluster: Sequence[Profile], matcher: Matcher) -> list[Joined]:
    """Return a row for each claim of one person: the id, how sure, and what speaks for it most.

    Args:
        actor_id: The person's id, unless a given list has one.
        cluster: The person.
        matcher: What joined them.
    """
    known = min((profile.claim.known_id for profile in cluster if profile.claim.known_id), default="")
    rows = []
    for profile in cluster:
        if not profile.claim.known_id:
            value, reasons = _best_link(profile, cluster, matcher)
            reason = "; ".join(reason.sentence for reason in reasons) or _ALONE
            rows += [Joined(claim.claim_id, known or actor_id, value, reason) for claim in profile.members]
    return rows


def _best_link(profile: Profile, cluster: Sequence[Profile], matcher: Matcher) -> tuple[float, list[Reason]]:
    """Return the probability and the main reasons of a profile's strongest pair."""
    if len(profile.members) > 1:
        best = matcher.explain(profile.members[0], profile.members[1])
    else:
        others = [other.claim for other in cluster if other is not profile]
        if not others:
            return 1.0, []
        nearest = max(others, key=lambda other: (matcher.score(profile.claim, other), other.claim_id))
        best = matcher.explain(profile.claim, nearest)
    value = 1.0 / (1.0 + exp(-max(-30.0, min(30.0, score(best)))))
    speaking = [
        reason for reason in sorted_features(best) if reason.weight > 0 and reason.feature != "any_pair"
    ]
    return round(value, 4), speaking[:_REASONS]
