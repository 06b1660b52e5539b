"""The claims of a table: what stands in its columns, read as names, codes and dates."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any

import pandas as pd

from pipeline.errors import CivicActorsError
from pipeline.normalise.role_codes import expand_role_code
from pipeline.records import Gender, Name
from pipeline.resolve.compare import Claim
from pipeline.resolve.keys import fold
from pipeline.resolve.whole_names import gender_of, split_name, split_plain, split_short

REQUIRED = ("claim_id", "name")
OPTIONAL = (
    *("article_id", "published", "given_names", "surname", "gender", "title", "role", "role_code"),
    *("institution", "municipality_teryt", "source"),
)
_GMINA = 6
_NOBODY: frozenset[str] = frozenset()
BAD_IDS = "every claim_id must be given and be there once"


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


def list_claims(known: pd.DataFrame) -> list[Claim]:
    """Return the people of a list as claims that are never joined with each other."""
    check_columns(known, ("actor_id", "name"))
    claims = make_table_claims(known.assign(claim_id=[f"\x00{number:09}" for number in range(len(known))]))
    ids = _cells(known, "actor_id")
    return [replace(claim, known_id=actor_id) for claim, actor_id in zip(claims, ids, strict=True)]
