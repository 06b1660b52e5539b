import csv
import json
from copy import deepcopy
from pathlib import Path

import pytest

import pipeline
from pipeline.export.content import make_content
from pipeline.export.delta import find_delta


def _delta(old, new) -> dict[str, tuple[int, int, int]]:
    found = find_delta(_content(old), _content(new))
    return {
        one.table.name: (len(one.added), len(one.changed), len(one.withdrawn))
        for one in found
        if one.added or one.changed or one.withdrawn
    }


def _content(rows):
    return make_content({name: tuple(table) for name, table in rows.items()})


def test_a_dataset_does_not_differ_from_itself(rows) -> None:
    assert _delta(rows, deepcopy(rows)) == {}


def test_rows_are_added_changed_and_withdrawn(rows, write_small, tmp_path: Path) -> None:
    new = deepcopy(rows)
    new["actors"][0] |= {"headline": "wójt, Kije", "aliases": ["Lis", "A. Lis"]}
    new["affiliations"][1] |= {"until": "2024-03"}
    new["actors"].append(new["actors"][1] | {"actor_id": "p9", "name": "=Ewa"})
    new["rejects"].append({"source": "x", "stage": "ingest", "reason": "empty"})
    new["evidence"].pop()
    old, later = write_small(tmp_path / "old", rows), write_small(tmp_path / "new", new)
    written = pipeline.export(later, to="delta", since=old.folder, out=tmp_path / "d", all_people=True)
    told = json.loads((tmp_path / "d" / "delta.json").read_text(encoding="utf-8"))["tables"]
    assert told["actors"]["added"][0]["actor_id"] == "p9"
    assert told["actors"]["changed"] == [
        {
            "key": ["p1"],
            "columns": {
                "headline": {"old": "burmistrz, Kije", "new": "wójt, Kije"},
                "aliases": {"old": ["Lis"], "new": ["Lis", "A. Lis"]},
            },
        }
    ]
    assert told["affiliations"]["changed"][0]["columns"] == {"until": {"old": "2024-02", "new": "2024-03"}}
    assert told["evidence"]["withdrawn"][0]["affiliation_id"] == "f3"
    assert "actors: 1 added, 1 changed, 0 withdrawn" in written.notes
    with (tmp_path / "d" / "delta.csv").open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.DictReader(file, delimiter=";"))
    kinds = [(line["table"], line["change"], line["column"]) for line in lines]
    assert kinds == [
        ("actors", "added", ""),
        ("actors", "changed", "headline"),
        ("actors", "changed", "aliases"),
        ("affiliations", "changed", "until"),
        ("evidence", "withdrawn", ""),
        ("rejects", "added", ""),
    ]


def test_people_who_became_one_are_followed_through_redirects(rows) -> None:
    new = deepcopy(rows)
    new["redirects"] = [
        {"old_id": "p2", "new_id": "px", "reason": "merged"},
        {"old_id": "px", "new_id": "p1", "reason": "merged"},
    ]
    new["actors"].pop(1)
    new["mentions"][4]["entity_id"] = "p1"
    # An office's id is hashed from its parts: with a new person it is another, and the same office.
    new["affiliations"][1] |= {"actor_id": "p1", "affiliation_id": "f2new"}
    new["evidence"][1]["affiliation_id"] = "f2new"
    assert _delta(rows, new) == {}
    new["actors"][0]["n_articles"] = 2
    assert _delta(rows, new) == {"actors": (0, 1, 0)}


def test_who_is_private_now_is_not_told_as_withdrawn(rows, write_small, tmp_path: Path) -> None:
    new = deepcopy(rows)
    new["actors"][1] |= {"is_public": False, "actor_id": "px", "name": "Jan Maria Kos"}
    new["redirects"] = [{"old_id": "p2", "new_id": "px", "reason": "merged"}]
    new["mentions"][4]["entity_id"] = "px"
    new["affiliations"][1]["actor_id"] = "px"
    old, later = write_small(tmp_path / "old", rows), write_small(tmp_path / "new", new)
    for everybody in (False, True):
        files = pipeline.export(later, to="delta", since=old, out=tmp_path / "d", all_people=everybody).files
        assert any("Kos" in path.read_text(encoding="utf-8") for path in files) == everybody


@pytest.mark.parametrize("ring", [["p1", "p2"], ["p1"]])
def test_redirects_in_a_ring_end(rows, ring: list[str]) -> None:
    new = deepcopy(rows)
    new["redirects"] = [
        {"old_id": one, "new_id": other, "reason": "odd"}
        for one, other in zip(ring, ring[1:] + ring[:1], strict=True)
    ]
    assert isinstance(_delta(rows, new), dict)


@pytest.mark.model
def test_the_sample_does_not_differ_from_itself(demo: Path, tmp_path: Path) -> None:
    same = pipeline.export(demo, to="delta", since=demo, out=tmp_path / "d")
    assert all(note.endswith(": 0 added, 0 changed, 0 withdrawn") for note in same.notes)
