"""Claims taken a part at a time give the people of all at once."""

import json
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import CivicActorsError
from pipeline.records import GivenId
from pipeline.resolve import claim_files
from pipeline.resolve.claim_files import read_batches, resolve_files
from pipeline.resolve.claim_store import _share_out, find_bucket
from pipeline.resolve.claims import resolve_table
from pipeline.training.populations import make_population

GIVEN = ("Jan", "Janina", "Kasia", "Katarzyna", "Ola", "Aleksandra", "A.", "K.", "")
SURNAMES = ("Nowak", "Nowak-Lis", "Lis", "Novak", "Nowakówna", "Lisowska", "Lisowski")
ROWS = st.lists(
    st.tuples(
        st.sampled_from(GIVEN),
        st.sampled_from(SURNAMES),
        st.sampled_from(("160907", "160901", "246401", "")),
        st.sampled_from(("mayor", "councillor", "")),
        st.sampled_from(("a1", "a2", "a3", "")),
    ),
    min_size=1,
    max_size=40,
)


def table_of(rows: list[tuple[str, str, str, str, str]]) -> pd.DataFrame:
    names = [f"{given} {surname}".strip() for given, surname, *_ in rows]
    return pd.DataFrame(
        {
            "claim_id": [f"c{number:03}" for number in range(len(rows))],
            "name": names,
            "municipality_teryt": [row[2] for row in rows],
            "role_code": [row[3] for row in rows],
            "article_id": [row[4] for row in rows],
        }
    )


def both_ways(table: pd.DataFrame, folder: Path, **options: object) -> tuple[list[object], list[object]]:
    path, out = folder / "claims.parquet", folder / "out"
    table.to_parquet(path)
    resolve_files(path, out, **options)  # type: ignore[arg-type]
    whole = resolve_table(table)
    streamed = pd.read_parquet(out / "clusters.parquet")
    rows = [(row.claim_id, row.actor_id, row.score, row.reason) for row in whole.rows]
    return rows, list(streamed.itertuples(index=False, name=None))


@settings(max_examples=60)
@given(rows=ROWS, part=st.integers(1, 12))
def test_any_size_of_part_gives_the_people_of_all_at_once(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str, str, str, str]], part: int
) -> None:
    whole, streamed = both_ways(table_of(rows), tmp_path_factory.mktemp("claims"), part=part)
    assert streamed == whole


def test_a_population_in_many_parts_and_buckets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(claim_files, "_ROWS", 700)
    table = make_population(4_000, seed=11).drop(columns="person_id")
    whole, streamed = both_ways(table, tmp_path, part=60)
    assert streamed == whole
    assert len({row[1] for row in streamed}) < len(streamed)  # type: ignore[index]


def test_judgements_join_across_parts(tmp_path: Path) -> None:
    table = table_of([("Jan", "Lis", "160907", "mayor", "a1"), ("Ola", "Nowak", "246401", "", "a2")] * 3)
    table.to_parquet(tmp_path / "claims.parquet")
    judgements = tmp_path / "judgements.jsonl"
    line = {"left": "c000", "right": "c001", "verdict": "same", "who": "x", "when": "2026-01-01", "why": ""}
    judgements.write_text(json.dumps(line), encoding="utf-8")
    judged = claim_files.judged_pairs(claim_files.load_judgements(judgements))
    assert judged == {("c000", "c001"): "same"}
    resolve_files(tmp_path / "claims.parquet", tmp_path / "out", judgements=judgements, part=1)
    streamed = pd.read_parquet(tmp_path / "out" / "clusters.parquet")
    whole = resolve_table(table, judged=judged)
    assert list(streamed["actor_id"]) == [row.actor_id for row in whole.rows]
    assert streamed["actor_id"][0] == streamed["actor_id"][1]


def test_a_list_and_earlier_ids(tmp_path: Path) -> None:
    table = make_population(600, seed=3).drop(columns="person_id")
    known = table.head(40).assign(actor_id=[f"k{number}" for number in range(40)]).drop(columns="claim_id")
    table.to_csv(tmp_path / "claims.csv", index=False)
    known.to_csv(tmp_path / "known.csv", index=False)
    before = resolve_table(table.head(300))
    pd.DataFrame([(row.mention_id, row.actor_id, row.run) for row in before.history]).set_axis(
        ["mention_id", "actor_id", "run"], axis=1
    ).to_parquet(tmp_path / "ids.parquet")
    found = resolve_files(
        tmp_path / "claims.csv",
        tmp_path / "out",
        known=tmp_path / "known.csv",
        ids=tmp_path / "ids.parquet",
        part=20,
    )
    claims = pd.read_csv(tmp_path / "claims.csv", dtype=str, keep_default_na=False)
    listed = pd.read_csv(tmp_path / "known.csv", dtype=str, keep_default_na=False)
    whole = resolve_table(claims, known=listed, history=before.history)
    streamed = pd.read_parquet(tmp_path / "out" / "clusters.parquet")
    assert list(streamed["actor_id"]) == [row.actor_id for row in whole.rows]
    history = pd.read_parquet(tmp_path / "out" / "ids.parquet").itertuples(index=False, name=None)
    assert [GivenId(*row) for row in history] == list(whole.history)
    assert found.n_claims == 600
    assert found.n_actors == streamed["actor_id"].nunique()


def test_nothing_is_left_beside_the_result(tmp_path: Path) -> None:
    table_of([("Jan", "Lis", "160907", "mayor", "a1")]).to_parquet(tmp_path / "claims.parquet")
    resolve_files(tmp_path / "claims.parquet", tmp_path / "out")
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert names == ["clusters.parquet", "ids.parquet", "redirects.parquet"]


def test_an_id_that_comes_back_in_another_batch_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(claim_files, "_ROWS", 2)
    table = table_of([("Jan", "Lis", "160907", "mayor", "a1")] * 5)
    table["claim_id"] = ["1", "2", "3", "4", "1"]
    table.to_parquet(tmp_path / "claims.parquet")
    with pytest.raises(CivicActorsError, match="claim_id"):
        resolve_files(tmp_path / "claims.parquet", tmp_path / "out")
    assert not (tmp_path / "out" / "clusters.parquet").exists()


def test_whole_numbers_are_read_alike_in_every_batch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(claim_files, "_ROWS", 2)
    table = pd.DataFrame({"claim_id": ["1", "2", "3"], "name": "Jan Lis", "article_id": [12, 12, None]})
    table["article_id"] = table["article_id"].astype("Int64")
    table.to_parquet(tmp_path / "claims.parquet")
    cells = [str(cell) for batch in read_batches(tmp_path / "claims.parquet") for cell in batch["article_id"]]
    assert cells[:2] == ["12", "12"]


def test_tied_prefixes_share_a_part() -> None:
    parts = _share_out({"jan": 5, "ola": 5, "ale": 5, "kas": 5}, [("ola", "ale")], 5)
    assert parts["ola"] == parts["ale"]
    assert len(set(parts.values())) == 3


def test_a_bucket_is_of_the_whole_surname() -> None:
    assert find_bucket("Lisowska", 1_000) == find_bucket("Lisowski", 1_000)
    assert find_bucket("Lis", 1) == 0
