"""The dataset's rows as the report needs them: by id, and what belongs to what."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

Row = dict[str, Any]
_LONG_AGO = date.min


@dataclass(frozen=True, slots=True)
class Facts:
    """Rows by id, and lists of them by what they belong to; people by how recently they were seen.

    Attributes:
        held: Affiliations of each actor, institution and location, by its id, newest first.
        said: Evidence of each affiliation, newest first.
        mentions: Those of each article, in reading order.
        articles_of: Ids of the articles that name an actor, institution or location, newest first.
        people_in: Ids of the actors that an article names.
        voivodeship: TERC of the voivodeship where each actor is at home, when anything says it.
    """

    articles: Mapping[str, Row]
    actors: Mapping[str, Row]
    institutions: Mapping[str, Row]
    locations: Mapping[str, Row]
    affiliations: Mapping[str, Row]
    held: Mapping[str, Sequence[Row]]
    said: Mapping[str, Sequence[Row]]
    mentions: Mapping[str, Sequence[Row]]
    articles_of: Mapping[str, Sequence[str]]
    people_in: Mapping[str, Sequence[str]]
    voivodeship: Mapping[str, str]

    def companions(self, actor_id: str) -> list[tuple[str, int]]:
        """Return who is named in the same articles, and in how many, the most frequent first."""
        counts = Counter(
            other
            for article_id in self.articles_of.get(actor_id, ())
            for other in self.people_in[article_id]
            if other != actor_id
        )
        return sorted(counts.items(), key=lambda item: (-item[1], self.actors[item[0]]["name"], item[0]))


def gather_facts(dataset: Any) -> Facts:
    """Read the dataset's tables and join them.

    Args:
        dataset: Any object with the tables as DataFrames, such as `load_dataset(out)`.
    """
    articles = _by_id(dataset.articles[dataset.articles["status"] == "ok"], "article_id")
    actors = _by_id(dataset.actors, "actor_id")
    institutions = _by_id(dataset.institutions, "institution_id")
    locations = _by_id(dataset.locations, "location_id")
    affiliations = {
        key: row
        for key, row in _by_id(dataset.affiliations, "affiliation_id").items()
        if row["actor_id"] in actors
    }
    mentions = _group(
        (row for row in read_rows(dataset.mentions) if row["article_id"] in articles), "article_id"
    )
    for rows in mentions.values():
        rows.sort(key=lambda row: row["start"])
    articles_of = _articles_of(articles, mentions)
    held = _held(affiliations.values())
    return Facts(
        articles=articles,
        actors=actors,
        institutions=institutions,
        locations=locations,
        affiliations=affiliations,
        held=held,
        said=_said(read_rows(dataset.evidence), articles),
        mentions=mentions,
        articles_of=articles_of,
        people_in=_people_in(articles, mentions, actors),
        voivodeship=_voivodeships(actors, articles, articles_of, _Places(held, institutions, locations)),
    )


def read_rows(frame: pd.DataFrame) -> list[Row]:
    """Return a table as dicts, empty cells as None, lists as lists."""
    plain = frame.astype(object).where(frame.notna(), None)
    columns = {str(name): [_plain(cell) for cell in plain[name]] for name in plain}
    return [dict(zip(columns, cells, strict=True)) for cells in zip(*columns.values(), strict=True)]


def _plain(cell: Any) -> Any:
    return cell.tolist() if hasattr(cell, "tolist") else cell


def _by_id(frame: pd.DataFrame, key: str) -> dict[str, Row]:
    return {row[key]: row for row in sorted(read_rows(frame), key=lambda row: str(row[key]))}


def _group(rows: Iterable[Row], key: str) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row[key]].append(row)
    return dict(groups)


def _articles_of(articles: Mapping[str, Row], mentions: Mapping[str, Sequence[Row]]) -> dict[str, list[str]]:
    newest = sorted(articles.values(), key=lambda row: row["article_id"])
    newest.sort(key=lambda row: row["published"] or _LONG_AGO, reverse=True)
    found: dict[str, list[str]] = defaultdict(list)
    for article in newest:
        named = (row["entity_id"] for row in mentions.get(article["article_id"], ()))
        for entity_id in dict.fromkeys(entity_id for entity_id in named if entity_id):
            found[entity_id].append(article["article_id"])
    return dict(found)


def _people_in(
    articles: Mapping[str, Row], mentions: Mapping[str, Sequence[Row]], actors: Mapping[str, Row]
) -> dict[str, list[str]]:
    return {
        article_id: list(
            dict.fromkeys(
                row["entity_id"] for row in mentions.get(article_id, ()) if row["entity_id"] in actors
            )
        )
        for article_id in articles
    }


def _held(affiliations: Iterable[Row]) -> dict[str, list[Row]]:
    held: dict[str, list[Row]] = defaultdict(list)
    for row in sorted(affiliations, key=lambda row: (-row["n_articles"], row["affiliation_id"])):
        for owner in (row["actor_id"], row["institution_id"], row["location_id"]):
            if owner:
                held[owner].append(row)
    for rows in held.values():
        rows.sort(key=lambda row: row["last_seen"] or _LONG_AGO, reverse=True)
    return dict(held)


def _said(evidence: Sequence[Row], articles: Mapping[str, Row]) -> dict[str, list[Row]]:
    known = [row for row in evidence if row["article_id"] in articles]
    known.sort(key=lambda row: (row["article_id"], row["start"], row["person_text"], row["role_text"] or ""))
    known.sort(key=lambda row: articles[row["article_id"]]["published"] or _LONG_AGO, reverse=True)
    return _group(known, "affiliation_id")


@dataclass(frozen=True, slots=True)
class _Places:
    held: Mapping[str, Sequence[Row]]
    institutions: Mapping[str, Row]
    locations: Mapping[str, Row]

    def of(self, affiliation: Row) -> str | None:
        """Return the TERC of an affiliation's place, else of its body's seat."""
        place = self.locations.get(affiliation["location_id"], {}).get("teryt")
        return place or self.institutions.get(affiliation["institution_id"], {}).get("teryt")


def _voivodeships(
    actors: Iterable[str],
    articles: Mapping[str, Row],
    articles_of: Mapping[str, Sequence[str]],
    places: _Places,
) -> dict[str, str]:
    """Take the voivodeship that most offices speak for; without any, most articles."""
    found: dict[str, str] = {}
    for actor_id in actors:
        stated = [places.of(row) for row in places.held.get(actor_id, ())]
        told = [articles[article_id]["municipality_teryt"] for article_id in articles_of.get(actor_id, ())]
        for codes in (stated, told):
            counts = Counter(code[:2] for code in codes if code)
            if counts:
                found[actor_id] = min(counts, key=lambda code: (-counts[code], code))
                break
    return found
