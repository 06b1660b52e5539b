"""Popolo, the open government data specification: one JSON object."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from pipeline.export.content import Content, Written
from pipeline.export.links import articles_of, group, web_address
from pipeline.export.rows import Row
from pipeline.files import write_json
from pipeline.resolve.keys import make_id

FILE = "popolo.json"

_GENDERS = {"f": "female", "m": "male", None: None}
Item = dict[str, Any]


def write(content: Content, folder: Path) -> Written:
    """Write `popolo.json`: persons, organizations, areas, posts and memberships."""
    write_json(folder / FILE, make_popolo(content))
    return Written((folder / FILE,))


def make_popolo(content: Content) -> dict[str, list[Item]]:
    """Return the dataset as Popolo's classes; an empty property is left out."""
    named, articles = articles_of(content), content.index("articles", "article_id")
    sources = {entity: _sources([articles[one] for one in ids]) for entity, ids in named.items()}
    return {
        "persons": [_person(row, sources.get(row["actor_id"], [])) for row in content["actors"]],
        "organizations": [
            _organization(row, sources.get(row["institution_id"], [])) for row in content["institutions"]
        ],
        "areas": [_area(row, sources.get(row["location_id"], [])) for row in content["locations"]],
        "posts": list(_posts(content)),
        "memberships": list(_memberships(content)),
    }


def _person(row: Row, sources: list[Item]) -> Item:
    names = [{"name": alias} for alias in row["aliases"]]
    if row["birth_name"]:
        names.append({"name": row["birth_name"], "note": "Birth name"})
    return _filled(
        id=row["actor_id"],
        name=row["name"],
        given_name=row["given_names"],
        family_name=row["surname"],
        sort_name=", ".join(filter(None, (row["surname"], row["given_names"]))),
        honorific_prefix=row["title"],
        gender=_GENDERS[row["gender"]],
        summary=row["headline"],
        other_names=names,
        sources=sources,
    )


def _organization(row: Row, sources: list[Item]) -> Item:
    names = [{"name": alias} for alias in row["aliases"]]
    if row["acronym"]:
        names.append({"name": row["acronym"], "note": "Acronym"})
    return _filled(
        id=row["institution_id"],
        name=row["name"],
        classification=row["kind"],
        parent_id=row["parent_id"],
        area_id=row["location_id"],
        other_names=names,
        sources=sources,
    )


def _area(row: Row, sources: list[Item]) -> Item:
    """Return a place; `identifier` is its own number: SIMC of a locality, TERC of a unit."""
    schemes = (("SIMC", row["simc"]), ("TERC", row["teryt"]))
    return _filled(
        id=row["location_id"],
        name=row["name"],
        classification=row["kind"],
        identifier=row["simc"] or row["teryt"],
        identifiers=[{"scheme": scheme, "identifier": code} for scheme, code in schemes if code],
        sources=sources,
    )


def _posts(content: Content) -> Iterator[Item]:
    """Yield each office once, whoever holds it: a role in a body, or of a place."""
    bodies = content.index("institutions", "institution_id")
    places = content.index("locations", "location_id")
    seen: set[str] = set()
    for row in content["affiliations"]:
        post_id = _post_id(row)
        if post_id is None or post_id in seen:
            continue
        seen.add(post_id)
        body, place = bodies.get(row["institution_id"]), places.get(row["location_id"])
        parts = (row["role"], body and body["name"], place and place["name"])
        yield _filled(
            id=post_id,
            label=", ".join(part for part in parts if part),
            role=row["role"],
            organization_id=row["institution_id"],
            area_id=row["location_id"],
        )


def _post_id(row: Row) -> str | None:
    if row["role_code"] is None or (row["institution_id"] is None and row["location_id"] is None):
        return None
    return make_id("post", row["role_code"], row["institution_id"] or "", row["location_id"] or "")


def _memberships(content: Content) -> Iterator[Item]:
    articles = content.index("articles", "article_id")
    said = group(content["evidence"], "affiliation_id")
    for row in content["affiliations"]:
        ids = sorted({line["article_id"] for line in said.get(row["affiliation_id"], [])})
        yield _filled(
            id=row["affiliation_id"],
            label=row["status"],
            role=row["role"],
            person_id=row["actor_id"],
            organization_id=row["institution_id"],
            post_id=_post_id(row),
            area_id=row["location_id"],
            start_date=row["since"],
            end_date=row["until"],
            sources=_sources([articles[one] for one in ids]),
        )


def _sources(articles: Sequence[Row]) -> list[Item]:
    found = ((web_address(article), article["title"]) for article in articles)
    return [_filled(url=address, note=title) for address, title in found if address]


def _filled(**properties: object) -> Item:
    return {name: value for name, value in properties.items() if value not in (None, "", [])}
