"""FollowTheMoney: valid by the package's own model, and taken by its command line."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from followthemoney import model

import pipeline
from pipeline.errors import CivicActorsError
from pipeline.export.content import read_content
from pipeline.export.dataset import Dataset
from pipeline.export.to_ftm import make_entities
from pipeline.tables import load_table

pytestmark = pytest.mark.ftm

FTM = Path(sys.executable).with_name("ftm")


@pytest.fixture(scope="module")
def path(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return pipeline.export(demo, to="ftm", out=tmp_path_factory.mktemp("ftm")).files[0]


@pytest.fixture(scope="module")
def entities(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.mark.model
def test_every_entity_is_valid_and_refers_to_one_that_is_there(entities) -> None:
    ids = {entity["id"] for entity in entities}
    assert len(ids) == len(entities)
    for entity in entities:
        proxy = model.get_proxy(entity, cleaned=False)
        assert proxy.to_dict()["properties"] == entity["properties"], entity
        proxy.schema.validate(entity)
        for name in proxy.schema.required:
            assert proxy.has(name), entity
        for prop, value in proxy.itervalues():
            if prop.type.name == "entity":
                assert value in ids, (entity, prop.name)
    found = Counter(entity["schema"] for entity in entities)
    wanted = {"Person", "PublicBody", "Organization", "Article", "Mention"}
    assert wanted | {"Position", "Occupancy", "Membership", "Employment"} <= set(found)


@pytest.mark.model
@pytest.mark.parametrize("command", ["validate", "aggregate"])
def test_its_command_line_takes_every_entity(path: Path, entities, tmp_path: Path, command: str) -> None:
    taken = tmp_path / "taken.json"
    done = subprocess.run(
        [FTM, command, "-i", path, "-o", taken], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "rror" not in done.stderr
    read = [json.loads(line) for line in taken.read_text(encoding="utf-8").splitlines()]
    assert {entity["id"] for entity in read} == {entity["id"] for entity in entities}


def _one(small: Dataset, entity_id: str) -> dict[str, object]:
    (found,) = (proxy for proxy in make_entities(read_content(small)) if proxy.id == entity_id)
    return {"schema": found.schema.name, **found.to_dict()["properties"]}


def test_a_public_office_of_a_place_is_an_occupancy(small: Dataset) -> None:
    office = _one(small, "f1")
    assert (office["schema"], office["holder"], office["startDate"]) == ("Occupancy", ["p1"], ["2018"])
    assert office["proof"] == ["a1"]
    assert office["sourceUrl"] == ["https://gmina.example/1"]
    assert office["publisher"] == ["gmina.example"]
    position = _one(small, office["post"][0])
    assert (position["schema"], position["name"]) == ("Position", ["burmistrz, Kije"])
    assert position["subnationalArea"] == ["Kije"]


def test_a_function_in_an_association_is_a_membership(small: Dataset) -> None:
    tie = _one(small, "f2")
    assert (tie["schema"], tie["organization"], tie["role"]) == ("Membership", ["i1"], ["prezes"])
    assert (tie["startDate"], tie["endDate"]) == (["2021-05"], ["2024-02"])


def test_a_name_that_the_package_refuses_leaves_the_id(rows, write_small, tmp_path: Path) -> None:
    rows["actors"][0]["name"] = "\x00"
    found = _one(write_small(tmp_path / "n", rows), "p1")
    assert found["name"][0]


def test_every_kind_of_body_has_a_schema() -> None:
    schemata = {row["kind"]: row["schema"] for row in load_table("ftm_schemas")}
    assert set(schemata) == {row["kind"] for row in load_table("institution_kinds")}
    assert set(schemata.values()) == {"PublicBody", "Organization", "Company"}
    assert all(model.get(name) is not None for name in schemata.values())


def test_without_the_extra_the_error_says_what_to_install(
    small: Dataset, tmp_path: Path, monkeypatch
) -> None:
    monkeypatch.setitem(sys.modules, "followthemoney", None)
    with pytest.raises(CivicActorsError, match=r"civic-actors\[ftm\].*libicu-dev"):
        pipeline.export(small, to="ftm", out=tmp_path / "o")
