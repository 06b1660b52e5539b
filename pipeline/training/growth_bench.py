"""Measure what an update costs beside resolving everything, on articles made of a generated population.

    python -m pipeline.training.growth_bench 100000 docs/resolve.json

Every hundredth article is new. The two resolutions are compared: the measure fails when they differ.
"""

import json
import os
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import typer

from pipeline.export.rows import resolution_rows
from pipeline.records import Document, Label, Link, Mention, Municipality, Name, Reading
from pipeline.resolve.growth import Grown, grow_actors
from pipeline.resolve.settle import Before
from pipeline.resolve.whole_names import split_name
from pipeline.schema import TABLES
from pipeline.tables import load_table
from pipeline.training.populations import make_population

SEED = 31
_NEW = 100  # one article out of so many is new


@dataclass(frozen=True, slots=True)
class GrowthCost:
    """What an update cost.

    Attributes:
        full_s: Processor seconds of resolving all articles; update_s with what the old ones left taken over.
        n_joined: People of articles who were joined anew; n_settled people of the dataset who were made anew.
        load: Mean load of the machine over the last minute, at the end.
    """

    articles: int
    new_articles: int
    claims: int
    full_s: float
    update_s: float
    n_joined: int
    n_settled: int
    n_actors: int
    load: float


class Told:
    """Readings in memory that are gone through by article."""

    def __init__(self, readings: Iterable[Reading]) -> None:
        self._readings = {reading.document.article_id: reading for reading in readings}

    def keys(self) -> Mapping[str, str]:
        """Return the articles, each with a key that never changes."""
        return {article_id: article_id for article_id in sorted(self._readings)}

    def only(self, article_ids: Iterable[str]) -> Iterator[Reading]:
        """Yield the readings of some articles, sorted by id."""
        return (self._readings[article_id] for article_id in sorted(article_ids))


def make_readings(n_claims: int, *, seed: int = SEED) -> list[Reading]:
    """Return readings of articles that name the people of a population, sorted by article."""
    table = make_population(n_claims, seed=seed)
    articles: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for cells in table.itertuples(index=False):
        row = dict(zip(table.columns, cells, strict=True))
        articles[row["article_id"]].append(row)
    return [_make_reading(f"a{number:08}", rows) for number, (_, rows) in enumerate(sorted(articles.items()))]


def _make_reading(article_id: str, rows: Sequence[Mapping[str, Any]]) -> Reading:
    mentions: list[Mention] = []
    names: list[Name] = []
    links: list[Link] = []
    text = ""
    for row in rows:
        start, whole = len(text), split_name(row["name"], row["gender"] or None)
        said: list[tuple[Label, Name]] = [("person", whole)]
        if row["role_code"]:
            role = _roles()[row["role_code"]]
            said.append(("role", Name(role, role, "role")))
        if row["institution"]:
            said.append(("institution", Name(row["institution"], row["institution"], "institution")))
        numbers: dict[str, int] = {}
        for label, name in said:
            numbers[label] = len(mentions)
            mentions.append(Mention(article_id, len(text), len(text) + len(name.form), name.form, label))
            names.append(name)
            text += name.form + " "
        if len(said) > 1:
            body = numbers.get("institution")
            links.append(Link(numbers["person"], numbers.get("role"), body, None, start, len(text)))
    day = date.fromisoformat(rows[0]["published"])
    gmina = rows[0]["municipality_teryt"] or None
    return Reading(
        Document(article_id, article_id, text, published=day),
        tuple(mentions),
        tuple(names),
        tuple(links),
        (None,) * len(links),
        Municipality(gmina, 1.0 if gmina else 0.0),
    )


@cache
def _roles() -> dict[str, str]:
    """Return the first lemma of each code."""
    return {row["code"]: row["lemma"] for row in reversed(load_table("roles"))}


def measure_growth(n_claims: int, *, seed: int = SEED) -> GrowthCost:
    """Resolve all articles at once, and again as an update by every hundredth of them.

    Raises:
        AssertionError: The two differ.
    """
    readings = make_readings(n_claims, seed=seed)
    old = [reading for number, reading in enumerate(readings) if number % _NEW]
    first = grow_actors(Told(old))
    before, history = keep_growth(first), first.resolution.ids
    started = time.process_time()
    whole = grow_actors(Told(readings), history=history)
    full_s = time.process_time() - started
    started = time.process_time()
    grown = grow_actors(Told(readings), before=before, history=history)
    update_s = time.process_time() - started
    if grown.resolution != whole.resolution:
        raise AssertionError("an update gave another dataset than resolving everything")
    return GrowthCost(
        articles=len(readings),
        new_articles=len(readings) - len(old),
        claims=grown.memory.people.num_rows,
        full_s=round(full_s, 3),
        update_s=round(update_s, 3),
        n_joined=grown.n_joined,
        n_settled=grown.n_settled,
        n_actors=len(grown.resolution.actors),
        load=round(os.getloadavg()[0], 1),
    )


def keep_growth(grown: Grown) -> Before:
    """Return a resolution as an update finds it."""
    rows = resolution_rows(grown.resolution)
    return Before(
        grown.memory,
        {
            table.name: pa.Table.from_pylist(list(rows[table.name]), schema=table.arrow_schema())
            for table in TABLES
            if table.name in rows
        },
    )


def main(n_claims: int, figures: Path) -> None:
    """Measure an update and add what it cost to the figures of docs/resolve.md."""
    told = json.loads(figures.read_text(encoding="utf-8")) if figures.exists() else {}
    told["growth"] = asdict(measure_growth(n_claims))
    figures.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    typer.echo(json.dumps(told["growth"]))


if __name__ == "__main__":
    typer.run(main)
