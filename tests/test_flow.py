"""The whole product on the sample articles: these tests need the shipped model."""

import json
from pathlib import Path

import pandas as pd
import pytest

import pipeline
from pipeline.errors import OutputError
from pipeline.schema import TABLES

ROOT = Path(__file__).parent.parent
ARTICLES = ROOT / "data" / "articles"
SAMPLE_ACTORS = json.loads(
    (Path(__file__).parent / "data" / "sample_actors.json").read_text(encoding="utf-8")
)

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def out(demo: Path) -> Path:
    return demo


@pytest.fixture(scope="module")
def dataset(out: Path) -> pipeline.Dataset:
    return pipeline.load_dataset(out)


def _tables(folder: Path) -> dict[str, bytes]:
    return {table.name: (folder / f"{table.name}.parquet").read_bytes() for table in TABLES}


def test_every_sample_article_is_read(dataset: pipeline.Dataset) -> None:
    assert len(dataset.articles) >= 40
    assert dataset.rejects.empty


def test_bytes_do_not_depend_on_order_or_workers(out: Path, tmp_path: Path) -> None:
    files = sorted((str(path) for path in ARTICLES.rglob("*") if path.is_file()), reverse=True)
    again = tmp_path / "again"
    pipeline.run([str(ARTICLES)], again, workers=2)
    assert _tables(again) == _tables(out)
    backwards = tmp_path / "backwards"
    pipeline.run(files, backwards)
    assert _tables(backwards) == _tables(out)


def test_a_finished_dataset_is_left_alone(out: Path) -> None:
    before = _tables(out)
    assert pipeline.run([ARTICLES], out).was_finished
    assert _tables(out) == before


def test_other_input_into_a_finished_dataset_is_refused(out: Path, tmp_path: Path) -> None:
    other = tmp_path / "inny.txt"
    other.write_text(
        "Wójt gminy Kije Jan Zieliński otworzył wczoraj nową świetlicę we wsi.", encoding="utf-8"
    )
    with pytest.raises(OutputError, match="other input"):
        pipeline.run([other], out)


def test_mentions_are_the_text_at_their_offsets(dataset: pipeline.Dataset) -> None:
    texts = dataset.articles.set_index("article_id")["text"]
    for row in dataset.mentions.itertuples():
        assert texts[row.article_id][row.start : row.end] == row.text
    ordered = dataset.mentions.sort_values(["article_id", "start"])
    overlaps = ordered.groupby("article_id").apply(
        lambda group: (group["end"].shift() > group["start"]).any()
    )
    assert not overlaps.any()


def test_links_between_tables_hold(dataset: pipeline.Dataset) -> None:
    for table in TABLES:
        for column, target in table.links:
            other, _, key = target.partition(".")
            values = getattr(dataset, table.name)[column].dropna()
            assert set(values) <= set(getattr(dataset, other)[key]), (table.name, column)
    entities = {
        *dataset.actors["actor_id"],
        *dataset.institutions["institution_id"],
        *dataset.locations["location_id"],
    }
    assert set(dataset.mentions["entity_id"].dropna()) <= entities
    assert set(dataset.affiliations["affiliation_id"]) == set(dataset.evidence["affiliation_id"])


def _found(dataset: pipeline.Dataset, name: str) -> pd.DataFrame:
    return dataset.actors[dataset.actors["name"] == name]


def test_the_sample_world_is_found(dataset: pipeline.Dataset) -> None:
    once = [
        actor
        for actor in SAMPLE_ACTORS
        if sum(other["name"] == actor["name"] for other in SAMPLE_ACTORS) == 1
    ]
    found = [actor for actor in once if len(_found(dataset, actor["name"])) == 1]
    assert len(found) >= 0.9 * len(once), [actor["name"] for actor in once if actor not in found]
    right = [actor for actor in found if _found(dataset, actor["name"])["gender"].item() == actor["gender"]]
    assert len(right) == len(found)
    counted = [
        actor for actor in found if _found(dataset, actor["name"])["n_articles"].item() == actor["n_articles"]
    ]
    assert len(counted) >= 0.8 * len(found)


def test_people_of_one_name_in_two_gminas_stay_two(dataset: pipeline.Dataset) -> None:
    sources = dataset.articles.set_index("article_id")["source"]
    for name in ("Anna Wójcik", "Andrzej Zając"):
        first, second = (set(actor["articles"]) for actor in SAMPLE_ACTORS if actor["name"] == name)
        assert len(_found(dataset, name)) == 2, name
        for actor_id in _found(dataset, name)["actor_id"]:
            mentions = dataset.mentions[dataset.mentions["entity_id"] == actor_id]
            named = {_relative(sources[article_id]) for article_id in mentions["article_id"]}
            assert not (named & first and named & second), name


def _relative(source: str) -> str:
    return source[source.index("data/articles") :]


def test_bold_run_of_two_people_is_two_people(dataset: pipeline.Dataset) -> None:
    assert len(_found(dataset, "Nina Makarewicz")) == 1
    assert len(_found(dataset, "Wacław Toczko")) == 1


def test_manifest_pins_what_the_dataset_depends_on(dataset: pipeline.Dataset) -> None:
    assert {"input", "model", "tables", "config", "code"} <= set(dataset.manifest)


def test_a_conference_with_every_shape_of_office(tmp_path: Path) -> None:
    pipeline.run([ARTICLES / "suchowola" / "sasiedzi-na-trudny-czas.md"], tmp_path / "out")
    ds = pipeline.load_dataset(tmp_path / "out")
    said = ds.evidence.merge(ds.affiliations[["affiliation_id", "actor_id"]], on="affiliation_id")
    expected = json.loads(
        (Path(__file__).parent / "data" / "sasiedzi.expected.json").read_text(encoding="utf-8")
    )
    assert set(ds.actors["name"]) == {person["name"] for person in expected}
    for person in expected:
        actor = ds.actors[ds.actors["name"] == person["name"]].iloc[0]
        rows = said[said["actor_id"] == actor["actor_id"]]
        parts = rows[["role_lemma", "institution_lemma", "place_lemma"]].astype(object)
        found = {tuple(row) for row in parts.where(parts.notna(), None).itertuples(index=False)}
        assert actor["gender"] == person["gender"], person["name"]
        assert (actor["title"] if isinstance(actor["title"], str) else None) == person["title"], person[
            "name"
        ]
        assert found == {tuple(held) for held in person["affiliations"]}, person["name"]


def test_a_mayor_holds_one_office_in_one_row(dataset: pipeline.Dataset) -> None:
    heads = {"burmistrz": "mayor", "wójt": "wojt"}
    expected = {
        (actor["name"], heads[role["role"]])
        for actor in SAMPLE_ACTORS
        for role in actor["roles"]
        if role["role"] in heads
    }
    rows = dataset.affiliations.merge(dataset.actors, on="actor_id").groupby(["name", "role_code"]).size()
    assert expected
    assert {office: int(rows.get(office, 0)) for office in expected} == dict.fromkeys(expected, 1)


def test_a_public_dataset_holds_no_private_name(tmp_path: Path, dataset: pipeline.Dataset) -> None:
    summary = pipeline.run([ARTICLES / "ujazd"], tmp_path / "out", public_only=True)
    public = pipeline.load_dataset(tmp_path / "out")
    assert public.actors["is_public"].all()
    assert len(public.actors) == summary.n_actors > 10
    texts = " ".join(public.articles["text"])
    named = dataset.mentions[dataset.mentions["label"] == "person"].merge(
        dataset.actors[~dataset.actors["is_public"]], left_on="entity_id", right_on="actor_id"
    )
    masked = named[named["article_id"].isin(public.articles["article_id"]) & named["text"].str.contains(" ")]
    assert len(masked) > 5
    for name in masked["text"]:
        assert name not in texts
