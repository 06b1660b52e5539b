"""Populations of claims with the truth known: names by frequency, careers, moves, marriages, mistakes.

python -m pipeline.training.populations 100000 claims.parquet
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import accumulate
from pathlib import Path

import pandas as pd
import typer

from pipeline.resolve.keys import fold
from pipeline.tables import load_table

SEED = 2026
_FIRST_DAY = date(2010, 1, 1)
_DAYS = 16 * 365
_CLAIMS_EACH = 9.0
_SURNAME_RANK = 12
_TAIL = 0.35  # share of people whose surname no corpus has
_GUEST, _MOVED, _MARRIED, _SECOND_NAME = 0.04, 0.03, 0.10, 0.15
_NO_GMINA, _NO_ROLE, _NO_BODY = 0.05, 0.15, 0.6
_MISTAKES = {
    "initial": 0.03,
    "diminutive": 0.01,
    "slip": 0.01,
    "plain": 0.01,
    "capitals": 0.02,
    "alone": 0.015,
}
_FAR = 0.3  # share of guests who come from far
_PRIEST = "parish_priest"
COLUMNS = (
    *("claim_id", "article_id", "published", "name", "gender", "role_code", "institution"),
    *("municipality_teryt", "person_id"),
)


@dataclass(frozen=True, slots=True)
class Post:
    """An office held from one day on."""

    since: date
    code: str
    body: str
    gmina: str


@dataclass(frozen=True, slots=True)
class Someone:
    """One person of a population."""

    person_id: str
    gender: str
    given: str
    second: str
    surname: str
    married: str
    married_on: date
    posts: tuple[Post, ...]


@dataclass(frozen=True, slots=True)
class _Office:
    code: str
    body: str
    share: float


def make_population(n_claims: int, *, seed: int = SEED, claims_each: float = _CLAIMS_EACH) -> pd.DataFrame:
    """Return claims about made-up people, `person_id` the truth.

    Args:
        n_claims: Rows.
        seed: The same seed gives the same claims.
        claims_each: Claims of one person on average, over 1; fewer make more namesakes.
    """
    draw = random.Random(seed)
    rows: list[tuple[object, ...]] = []
    number = 0
    while len(rows) < n_claims:
        someone = _make_someone(f"p{number:08}", draw)
        number += 1
        rows += [_make_row(someone, draw) for _ in range(1 + int(draw.expovariate(1 / (claims_each - 1))))]
    draw.shuffle(rows)
    table = pd.DataFrame(rows[:n_claims], columns=list(COLUMNS[2:]))
    ids = [f"c{index:09}" for index in range(n_claims)]
    table.insert(0, "article_id", _gather_articles(table, draw))
    table.insert(0, "claim_id", ids)
    return table


def _make_someone(person_id: str, draw: random.Random) -> Someone:
    gender = draw.choice("fm")
    given, second = (draw.choices(*_given_names(gender))[0] for _ in range(2))
    surname = _draw_surname(gender, draw)
    married = (
        f"{surname}-{_draw_surname(gender, draw)}" if gender == "f" and draw.random() < _MARRIED else surname
    )
    day = _FIRST_DAY + timedelta(days=draw.randrange(_DAYS))
    second = second if draw.random() < _SECOND_NAME and second != given else ""
    return Someone(person_id, gender, given, second, surname, married, day, tuple(_make_career(gender, draw)))


def _make_career(gender: str, draw: random.Random) -> Iterator[Post]:
    """Yield posts in order: most people keep to one gmina, some move to a neighbour; priests stay priests."""
    codes = _gminas()
    gmina = draw.choices(codes, cum_weights=_gmina_weights())[0]
    since = _FIRST_DAY
    for _ in range(draw.choices((1, 2, 3), (70, 22, 8))[0]):
        office = _draw_office(gender, draw)
        if office.code == _PRIEST and since > _FIRST_DAY:
            return
        yield Post(since, office.code, office.body.format(draw.randint(1, 6), _gmina_name(gmina)), gmina)
        since += timedelta(days=draw.randrange(700, 2500))
        if office.code == _PRIEST:
            return
        if draw.random() < _MOVED:
            gmina = _neighbour(gmina, draw)


def _draw_office(gender: str, draw: random.Random) -> _Office:
    offices = [office for office in _offices() if gender == "m" or office.code != _PRIEST]
    return draw.choices(offices, [office.share for office in offices])[0]


def _make_row(someone: Someone, draw: random.Random) -> tuple[object, ...]:
    day = _FIRST_DAY + timedelta(days=draw.randrange(_DAYS))
    post = [post for post in someone.posts if post.since <= day][-1]
    is_guest = draw.random() < _GUEST
    gmina = _host(post.gmina, draw) if is_guest else post.gmina
    surname = someone.married if day >= someone.married_on else someone.surname
    has_role = not is_guest and draw.random() >= _NO_ROLE
    return (
        day.isoformat(),
        _write_name(someone, surname, draw),
        someone.gender if draw.random() < 0.9 else "",
        post.code if has_role else "",
        post.body if has_role and post.body and draw.random() >= _NO_BODY else "",
        gmina if draw.random() >= _NO_GMINA else "",
        someone.person_id,
    )


def _write_name(someone: Someone, surname: str, draw: random.Random) -> str:
    given = someone.given
    kind = draw.choices([*_MISTAKES, ""], [*_MISTAKES.values(), 1 - sum(_MISTAKES.values())])[0]
    if kind == "alone":
        return surname
    if kind == "initial":
        given = f"{given[0]}."
    elif kind == "diminutive":
        given = draw.choice(_everyday().get(given, (given,)))
    elif kind == "slip":
        surname = _slip(surname, draw)
    elif someone.second and draw.random() < 0.3:
        given = f"{given} {someone.second}"
    name = f"{given} {surname}"
    if kind == "plain":
        return fold(name).title()
    return f"{surname.upper()} {given}" if kind == "capitals" else name


def _slip(surname: str, draw: random.Random) -> str:
    place = draw.randrange(1, max(2, len(surname) - 1))
    if draw.random() < 0.5:
        return surname[:place] + surname[place + 1 :]
    return surname[:place] + surname[place : place + 2][::-1] + surname[place + 2 :]


def _gather_articles(table: pd.DataFrame, draw: random.Random) -> list[str]:
    """Put one to five people of one gmina and half-year into an article; nobody twice."""
    cells: dict[tuple[str, str], list[int]] = {}
    keys = zip(table["municipality_teryt"], table["published"], strict=True)
    for index, (gmina, day) in enumerate(keys):
        half = "a" if day[5:7] < "07" else "b"
        cells.setdefault((gmina, day[:4] + half), []).append(index)
    articles = [""] * len(table)
    people: Sequence[str] = table["person_id"].tolist()
    for (gmina, half), indices in cells.items():
        number, seen, room = 0, set[str](), draw.randint(1, 5)
        for index in indices:
            if len(seen) == room or people[index] in seen:
                number, seen, room = number + 1, set(), draw.randint(1, 5)
            seen.add(people[index])
            articles[index] = f"{gmina or 'none'}-{half}-{number}"
    return articles


@cache
def _given_names(gender: str) -> tuple[list[str], list[int]]:
    rows = [row for row in load_table("given_names") if row["gender"] == gender and int(row["count"]) > 2_000]
    return [row["name"] for row in rows], [int(row["count"]) for row in rows]


@cache
def _everyday() -> dict[str, tuple[str, ...]]:
    forms: dict[str, tuple[str, ...]] = {}
    for row in load_table("given_name_variants"):
        forms[row["name"]] = (*forms.get(row["name"], ()), row["variant"])
    return forms


def _draw_surname(gender: str, draw: random.Random) -> str:
    surname = draw.choices(_surnames(), cum_weights=_surname_weights())[0]
    if draw.random() < _TAIL:
        stem = surname.removesuffix("ski").removesuffix("cki").rstrip("aeiouy")
        surname = stem + draw.choice(
            ("ewicz", "owski", "czyk", "uk", "ak", "ek", "ik", "arz", "ała", "oń", "ewski", "iak")
        )
    if gender == "f" and surname.endswith(("ski", "cki", "dzki")):
        surname = surname[:-1] + "a"
    return surname


@cache
def _surnames() -> list[str]:
    """Return surnames of one part in the masculine, the most frequent first."""
    rows = [
        row
        for row in load_table("surnames")
        if row["surname"].isalpha() and not row["surname"].endswith("ska")
    ]
    return [row["surname"] for row in sorted(rows, key=lambda row: (-int(row["count"]), row["surname"]))]


@cache
def _surname_weights() -> list[float]:
    return list(accumulate(1 / (rank + _SURNAME_RANK) for rank in range(len(_surnames()))))


@cache
def _units() -> dict[str, str]:
    kinds = {"urban", "rural", "mixed"}
    return {row["teryt"]: row["name"] for row in load_table("teryt_units") if row["kind"] in kinds}


def _gmina_name(code: str) -> str:
    return _units()[code]


@cache
def _gminas() -> list[str]:
    return sorted(_units())


@cache
def _gmina_weights() -> list[float]:
    """Return cumulated weights: a city that is a powiat has as many people in the news as ten gminas."""
    return list(accumulate(10.0 if code[2:4] >= "61" else 1.0 for code in _gminas()))


def _host(code: str, draw: random.Random) -> str:
    """Return the gmina of an article that names a guest: mostly a neighbour, sometimes far away."""
    return draw.choice(_gminas()) if draw.random() < _FAR else _neighbour(code, draw)


def _neighbour(code: str, draw: random.Random) -> str:
    near = _powiats()[code[:4]]
    return draw.choice(near)


@cache
def _powiats() -> dict[str, list[str]]:
    powiats: dict[str, list[str]] = {}
    for code in _gminas():
        powiats.setdefault(code[:4], []).append(code)
    return powiats


@cache
def _offices() -> tuple[_Office, ...]:
    return (
        _Office("councillor", "Rada Gminy {1}", 30),
        _Office("mayor", "", 6),
        _Office("soltys", "", 12),
        _Office("director", "Szkoła Podstawowa nr {0} {1}", 12),
        _Office("director", "Gminny Ośrodek Kultury {1}", 4),
        _Office("president", "OSP {1}", 8),
        _Office("treasurer", "Urząd Gminy {1}", 3),
        _Office("secretary", "Urząd Gminy {1}", 3),
        _Office(_PRIEST, "Parafia {1}", 4),
        _Office("teacher", "Szkoła Podstawowa nr {0} {1}", 10),
        _Office("chair", "KGW {1}", 5),
        _Office("starost", "Starostwo Powiatowe", 1),
    )


def main(n_claims: int, out: Path, seed: int = SEED) -> None:
    """Write a population of claims as Parquet."""
    make_population(n_claims, seed=seed).to_parquet(out, index=False)


if __name__ == "__main__":
    typer.run(main)
