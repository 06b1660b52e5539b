"""FollowTheMoney entities for Aleph and OpenAleph: JSON lines, an entity a line."""

import json
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import CivicActorsError
from pipeline.export.content import Content, Written
from pipeline.export.links import articles_of, group, web_address, web_host
from pipeline.export.rows import Row
from pipeline.files import write_text
from pipeline.resolve.keys import make_id
from pipeline.tables import load_table

if TYPE_CHECKING:
    from followthemoney.proxy import EntityProxy

FILE = "civic-actors.ftm.json"
COUNTRY = "pl"

_EXTRA = (
    "--to ftm needs FollowTheMoney: pip install 'civic-actors[ftm]'; its PyICU builds against ICU, on Debian "
    "and Ubuntu: apt-get install libicu-dev pkg-config"
)
# The ends of each tie: whose it is, and what it leads to.
_ENDS = {
    "Occupancy": ("holder", "post"),
    "Membership": ("member", "organization"),
    "Employment": ("employee", "employer"),
}


def write(content: Content, folder: Path) -> Written:
    """Write `civic-actors.ftm.json`, each entity valid under the package's own model.

    Raises:
        CivicActorsError: The extra `civic-actors[ftm]` is not installed.
    """
    entities = sorted(make_entities(content), key=lambda proxy: (proxy.schema.name, str(proxy.id)))
    write_text(folder / FILE, "".join(_line(proxy) for proxy in entities))
    return Written((folder / FILE,))


def _line(proxy: "EntityProxy") -> str:
    properties = {name: sorted(values) for name, values in proxy.to_dict()["properties"].items()}
    entity = {"id": proxy.id, "schema": proxy.schema.name, "properties": properties}
    return json.dumps(entity, ensure_ascii=False, sort_keys=True) + "\n"


def make_entities(content: Content) -> Iterator["EntityProxy"]:
    """Yield the dataset as entities: people, bodies, articles, offices, ties and mentions.

    A public office in a public body, or of a place, is an Occupancy of a Position; another role is a
    Membership of an organization or an Employment elsewhere. Ids are those of the dataset.
    """
    named, articles = articles_of(content), content.index("articles", "article_id")
    sources = {entity: [articles[one] for one in ids] for entity, ids in named.items()}
    for row in content["articles"]:
        yield _article(row)
    for row in content["institutions"]:
        yield _institution(row, sources.get(row["institution_id"], []))
    people = {row["actor_id"]: _person(row, sources.get(row["actor_id"], [])) for row in content["actors"]}
    yield from _ties(content, people)
    yield from people.values()
    schemata = {row["institution_id"]: _schema(row) for row in content["institutions"]}
    schemata |= dict.fromkeys(people, "Person")
    for row in content["mentions"]:
        if row["entity_id"] in schemata:
            yield _mention(row, schemata[row["entity_id"]])


def _entity(schema: str, entity_id: str, /, **properties: object) -> "EntityProxy":
    """Return an entity; the package drops values that its types refuse."""
    try:
        from followthemoney import model
    except ImportError as error:
        raise CivicActorsError(_EXTRA) from error
    proxy = model.make_entity(schema)
    proxy.id = entity_id.replace(":", "-")
    for name, value in properties.items():
        proxy.add(name, value, quiet=True)  # type: ignore[arg-type]
    return proxy


def _named(schema: str, entity_id: str, /, **properties: object) -> "EntityProxy":
    """Return an entity that must have a name: its id where the package refuses the name."""
    proxy = _entity(schema, entity_id, **properties)
    if not proxy.has("name"):
        proxy.add("name", entity_id)
    return proxy


def _article(row: Row) -> "EntityProxy":
    address = web_address(row)
    return _entity(
        "Article",
        row["article_id"],
        title=row["title"] or row["source"],
        publishedAt=row["published"],
        sourceUrl=address,
        publisher=web_host(address) if address else None,
        fileName=None if address else row["source"],
        language="pol",
        country=COUNTRY,
    )


def _person(row: Row, sources: Iterable[Row]) -> "EntityProxy":
    return _named(
        "Person",
        row["actor_id"],
        name=row["name"],
        alias=row["aliases"],
        firstName=row["given_names"],
        lastName=row["surname"],
        previousName=row["birth_name"],
        gender=row["gender"],
        title=row["title"],
        summary=row["headline"],
        country=COUNTRY,
        **_provenance(sources),
    )


def _institution(row: Row, sources: Iterable[Row]) -> "EntityProxy":
    return _named(
        _schema(row),
        row["institution_id"],
        name=row["name"],
        alias=row["aliases"],
        abbreviation=row["acronym"],
        classification=row["kind"],
        parent=row["parent_id"],
        country=COUNTRY,
        **_provenance(sources),
    )


def _schema(row: Row) -> str:
    return _schemata().get(row["kind"], "Organization")


@cache
def _schemata() -> dict[str, str]:
    return {row["kind"]: row["schema"] for row in load_table("ftm_schemas")}


@cache
def _public_roles() -> frozenset[str]:
    return frozenset(row["code"] for row in load_table("roles") if row["public"] == "yes")


def _ties(content: Content, people: dict[str, "EntityProxy"]) -> Iterator["EntityProxy"]:
    """Yield offices and ties; a role with neither body nor place stays a word of its person."""
    articles = content.index("articles", "article_id")
    bodies = content.index("institutions", "institution_id")
    places = content.index("locations", "location_id")
    said = group(content["evidence"], "affiliation_id")
    positions: dict[str, EntityProxy] = {}
    for row in content["affiliations"]:
        body, place = bodies.get(row["institution_id"]), places.get(row["location_id"])
        if row["role"]:
            people[row["actor_id"]].add("position", row["role"])
        kind = _tie_kind(row, body, place)
        if kind is None:
            continue
        target = row["institution_id"]
        if kind == "Occupancy":
            position = _position(row, body, place)
            target = str(positions.setdefault(str(position.id), position).id)
        yield _tie(kind, row, target, said.get(row["affiliation_id"], []), articles)
    yield from positions.values()


def _tie_kind(row: Row, body: Row | None, place: Row | None) -> str | None:
    is_office = row["role_code"] in _public_roles()
    if body is None:
        return "Occupancy" if is_office and place is not None else None
    schema = _schema(body)
    if schema == "PublicBody" and is_office:
        return "Occupancy"
    return "Membership" if schema == "Organization" else "Employment"


def _position(row: Row, body: Row | None, place: Row | None) -> "EntityProxy":
    parts = (row["role"], body and body["name"], place and place["name"])
    return _named(
        "Position",
        make_id("position", row["role_code"], row["institution_id"], row["location_id"]),
        name=", ".join(part for part in parts if part),
        country=COUNTRY,
        subnationalArea=place and place["name"],
        organization=row["institution_id"],
    )


def _tie(kind: str, row: Row, target: str, said: list[Row], articles: dict[str, Row]) -> "EntityProxy":
    whose, what = _ENDS[kind]
    sources = [articles[line["article_id"]] for line in said]
    told: dict[str, object] = {whose: row["actor_id"], what: target}
    if kind != "Occupancy":
        told["role"] = row["role"]
    return _entity(
        kind,
        row["affiliation_id"],
        startDate=row["since"],
        endDate=row["until"],
        date=[source["published"] for source in sources],
        status=row["status"],
        description=[line["sentence"] for line in said],
        recordId=row["affiliation_id"],
        **told,
        **_provenance(sources),
    )


def _mention(row: Row, schema: str) -> "EntityProxy":
    return _named(
        "Mention",
        row["mention_id"],
        name=row["text"],
        document=row["article_id"],
        resolved=row["entity_id"],
        detectedSchema=schema,
        contextCountry=COUNTRY,
    )


def _provenance(sources: Iterable[Row]) -> dict[str, object]:
    """Return where a thing is said: addresses, their hosts, and the articles as proof."""
    rows = list(sources)
    addresses = [address for row in rows if (address := web_address(row))]
    return {
        "sourceUrl": addresses,
        "publisher": [web_host(address) for address in addresses],
        "proof": [row["article_id"] for row in rows],
    }
