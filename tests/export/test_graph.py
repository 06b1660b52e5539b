"""GEXF and GraphML: read back by networkx, and checked against what the articles say."""

from collections import Counter
from datetime import date
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

import pipeline
from pipeline.export.content import read_content
from pipeline.export.dataset import Dataset
from pipeline.export.graph import first_day, last_day, make_graph

GEXF = "{http://www.gexf.net/1.2draft}"


def test_offices_seats_and_company_are_edges(small: Dataset) -> None:
    graph = make_graph(read_content(small, all_people=True))
    edges = {(*sorted((one, other)), told["kind"]) for one, other, told in graph.edges(data=True)}
    assert edges == {
        ("l1", "p1", "affiliation"),
        ("i1", "p2", "affiliation"),
        ("l1", "p3", "affiliation"),
        ("i1", "l1", "seat"),
        ("p1", "p2", "cooccurrence"),
        ("p1", "p3", "cooccurrence"),
        ("p2", "p3", "cooccurrence"),
    }
    (office,) = (told for told in graph.get_edge_data("p2", "i1").values() if told["kind"] == "affiliation")
    assert (office["role"], office["status"], office["since"]) == ("prezes", "former", "2021-05")
    assert (office["start"], office["end"]) == ("2021-05-01", "2024-02-29")
    assert graph.nodes["i1"] | {} == {
        "label": "OSP Kije",
        "kind": "institution",
        "category": "fire_brigade",
        "acronym": "OSP",
        "teryt": "2604032",
        "n_articles": 1,
        "n_mentions": 1,
    }


@pytest.mark.model
@pytest.mark.parametrize(("to", "read"), [("gexf", nx.read_gexf), ("graphml", nx.read_graphml)])
def test_networkx_reads_back_the_whole_graph(demo: Path, tmp_path: Path, to: str, read) -> None:
    (path,) = pipeline.export(demo, to=to, out=tmp_path).files
    wanted, found = make_graph(read_content(pipeline.load_dataset(demo))), read(path)
    assert set(found.nodes) == set(wanted.nodes)
    assert found.number_of_edges() == wanted.number_of_edges() > 500
    for node, told in wanted.nodes(data=True):
        assert found.nodes[node]["label"] == told["label"]
        assert found.nodes[node]["kind"] == told["kind"]
    kinds = Counter(told["kind"] for _, _, told in wanted.edges(data=True))
    assert Counter(told["kind"] for _, _, told in found.edges(data=True)) == kinds


@pytest.mark.model
def test_company_counts_the_articles_that_name_both(demo: Path) -> None:
    ds = pipeline.load_dataset(demo)
    people = ds.mentions[ds.mentions["label"] == "person"].groupby("article_id")["entity_id"].unique()
    wanted = Counter(pair for named in people for pair in combinations(sorted(named), 2))
    graph = make_graph(read_content(ds, all_people=True))
    found = {
        tuple(sorted((one, other))): told["weight"]
        for one, other, told in graph.edges(data=True)
        if told["kind"] == "cooccurrence"
    }
    assert found == dict(wanted)


@pytest.mark.model
def test_gephi_gets_days_in_order(demo: Path, tmp_path: Path) -> None:
    (path,) = pipeline.export(demo, to="gexf", out=tmp_path).files
    root = ElementTree.parse(path).getroot()
    graph = root.find(f"{GEXF}graph")
    assert (graph.get("mode"), graph.get("timeformat")) == ("dynamic", "date")
    dated = [one for one in graph.iter() if one.get("start") or one.get("end")]
    assert len(dated) > 100
    for one in dated:
        days = [date.fromisoformat(one.get(end)) for end in ("start", "end") if one.get(end)]
        assert days == sorted(days)


@pytest.mark.parametrize("to", ["gexf", "graphml"])
def test_control_characters_are_gone(rows, write_small, tmp_path: Path, to: str) -> None:
    rows["actors"][0]["name"] = "An\x00na\x0b ]]> <b>&amp;"
    (path,) = pipeline.export(write_small(tmp_path / "h", rows), to=to, out=tmp_path / "o").files
    ElementTree.parse(path)
    read = nx.read_gexf if to == "gexf" else nx.read_graphml
    assert read(path).nodes["p1"]["label"] == "Anna ]]> <b>&amp;"


@given(st.dates(min_value=date(1800, 1, 1), max_value=date(2200, 1, 1)), st.sampled_from([4, 7, 10]))
def test_a_day_lies_inside_the_part_of_it_that_is_known(day: date, length: int) -> None:
    known = day.isoformat()[:length]
    first, last = first_day(known), last_day(known)
    assert first <= day <= last
    assert first.isoformat()[:length] == last.isoformat()[:length] == known


def test_a_day_that_no_calendar_has_is_unknown() -> None:
    assert first_day("2023-02-30") is None
    assert last_day("2023-13") is None
    assert first_day(None) is None
