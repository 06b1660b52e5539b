"""Popolo: the classes and properties of the specification, and no reference that leads nowhere.

The rules below restate popoloproject.com/specs (CC BY 4.0) for the properties that the export uses, more
strictly than its own schemas, which let every property be null and allow any other.
"""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import pipeline
from pipeline.export.content import read_content
from pipeline.export.dataset import Dataset
from pipeline.export.to_popolo import make_popolo

TEXT = {"type": "string", "minLength": 1}
DAY = {"type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}){0,2}$"}


def _object(required: tuple[str, ...], /, **properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items, "minItems": 1}


SOURCES = _list(
    _object(("url",), url={"type": "string", "format": "uri", "pattern": "^https?://"}, note=TEXT)
)
OTHER_NAMES = _list(_object(("name",), name=TEXT, note=TEXT))
IDENTIFIERS = _list(_object(("identifier",), scheme={"enum": ["SIMC", "TERC"]}, identifier=TEXT))
PERSON = _object(
    ("id", "name"),
    id=TEXT,
    name=TEXT,
    given_name=TEXT,
    family_name=TEXT,
    sort_name=TEXT,
    honorific_prefix=TEXT,
    gender={"enum": ["female", "male"]},
    summary=TEXT,
    other_names=OTHER_NAMES,
    sources=SOURCES,
)
ORGANIZATION = _object(
    ("id", "name"),
    id=TEXT,
    name=TEXT,
    classification=TEXT,
    parent_id=TEXT,
    area_id=TEXT,
    other_names=OTHER_NAMES,
    sources=SOURCES,
)
AREA = _object(
    ("id", "name"),
    id=TEXT,
    name=TEXT,
    classification=TEXT,
    identifier=TEXT,
    identifiers=IDENTIFIERS,
    sources=SOURCES,
)
POST = _object(("id", "label", "role"), id=TEXT, label=TEXT, role=TEXT, organization_id=TEXT, area_id=TEXT)
MEMBERSHIP = _object(
    ("id", "person_id"),
    id=TEXT,
    label=TEXT,
    role=TEXT,
    person_id=TEXT,
    organization_id=TEXT,
    post_id=TEXT,
    area_id=TEXT,
    start_date=DAY,
    end_date=DAY,
    sources=SOURCES,
)
CLASSES = {
    "persons": PERSON,
    "organizations": ORGANIZATION,
    "areas": AREA,
    "posts": POST,
    "memberships": MEMBERSHIP,
}
SCHEMA = _object(tuple(CLASSES), **{name: {"type": "array", "items": one} for name, one in CLASSES.items()})
REFERENCES = {
    "person_id": "persons",
    "organization_id": "organizations",
    "parent_id": "organizations",
    "post_id": "posts",
    "area_id": "areas",
}


@pytest.fixture(scope="module")
def popolo(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[dict[str, Any]]]:
    (path,) = pipeline.export(demo, to="popolo", out=tmp_path_factory.mktemp("popolo")).files
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.mark.model
def test_every_class_has_the_properties_of_the_specification(popolo) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.validate(popolo, SCHEMA, jsonschema.Draft202012Validator)
    assert all(len(popolo[name]) > 50 for name in CLASSES)


@pytest.mark.model
def test_every_reference_leads_somewhere_and_ids_are_unique(popolo) -> None:
    ids = {name: [one["id"] for one in popolo[name]] for name in CLASSES}
    assert all(len(set(found)) == len(found) for found in ids.values())
    for name in CLASSES:
        for one in popolo[name]:
            for column, target in REFERENCES.items():
                assert one.get(column) in (None, *ids[target]), (name, column)


def test_a_place_has_its_register_numbers_and_an_office_its_dates(small: Dataset) -> None:
    popolo = make_popolo(read_content(small))
    assert popolo["areas"] == [
        {
            "id": "l1",
            "name": "Kije",
            "classification": "locality",
            "identifier": "0248051",
            "identifiers": [
                {"scheme": "SIMC", "identifier": "0248051"},
                {"scheme": "TERC", "identifier": "2604032"},
            ],
            "sources": [{"url": "https://gmina.example/1", "note": "Nagrody"}],
        }
    ]
    former = popolo["memberships"][1]
    assert (former["start_date"], former["end_date"], former["label"]) == ("2021-05", "2024-02", "former")
    assert [post["label"] for post in popolo["posts"]] == ["burmistrz, Kije", "prezes, OSP Kije"]


def test_only_web_addresses_are_sources(rows, write_small, tmp_path: Path) -> None:
    rows["articles"][0] |= {"url": "javascript:alert(1)", "source": "data/a.txt"}
    popolo = make_popolo(read_content(write_small(tmp_path / "s", rows)))
    assert not any("sources" in person for person in popolo["persons"])
