"""Any table of claims in, actors out."""

from pathlib import Path

import pandas as pd
import pytest

import pipeline
from pipeline.errors import CivicActorsError
from pipeline.resolve.claim_files import resolve_files
from pipeline.resolve.claim_rows import make_table_claims

TABLE = pd.DataFrame(
    {
        "claim_id": ["a", "b", "c", "d", "e"],
        "name": ["Jan Wilk", "WILK Jan", "Anna Wilk", "Anna Wilk-Sowa", "Jan Wilk"],
        "role": ["burmistrz", "burmistrz", "radna", "radna", "wójt"],
        "municipality_teryt": ["1609073", "160907", "160907", "160907", "201103"],
        "published": ["2020-01-01", "2021-05-05", "2021-05-05", "2022-01-01", "2021-01-01"],
        "note": ["left", "alone", "", "", ""],
    }
)


def _groups(found: pd.DataFrame) -> list[list[str]]:
    return sorted(group["claim_id"].tolist() for _, group in found.groupby("actor_id"))


def test_a_table_is_resolved_with_reasons() -> None:
    found = pipeline.resolve_claims(TABLE)
    assert list(found.columns) == ["claim_id", "actor_id", "score", "reason"]
    assert list(found["claim_id"]) == list(TABLE["claim_id"])
    assert _groups(found) == [["a", "b"], ["c", "d"], ["e"]]
    assert found["score"].between(0, 1).all()
    assert "160907" in found["reason"][0]


def test_the_order_of_rows_is_without_effect() -> None:
    backwards = pipeline.resolve_claims(TABLE.iloc[::-1]).sort_values("claim_id", ignore_index=True)
    pd.testing.assert_frame_equal(backwards, pipeline.resolve_claims(TABLE))


def test_only_the_required_columns_are_needed() -> None:
    assert len(pipeline.resolve_claims(TABLE[["claim_id", "name"]])) == 5


def test_codes_that_a_spreadsheet_damaged_are_read() -> None:
    table = pd.DataFrame(
        {"claim_id": [1, 2, 3], "name": "Jan Lis", "municipality_teryt": [201011.0, "0201011", "20101"]}
    )
    codes = [claim.municipalities for claim in make_table_claims(table)]
    assert codes == [{"201011"}, {"020101"}, {"020101"}]


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (TABLE.drop(columns="name"), "lacks name"),
        (pd.concat([TABLE, TABLE]), "there once"),
        (TABLE.assign(claim_id=None), "there once"),
    ],
)
def test_a_bad_table_is_refused(table: pd.DataFrame, message: str) -> None:
    with pytest.raises(CivicActorsError, match=message):
        pipeline.resolve_claims(table)


def test_known_people_lend_their_ids_and_are_never_joined() -> None:
    known = pd.DataFrame(
        {
            "actor_id": ["k1", "k2", "k3"],
            "name": ["Jan Wilk", "Jan Wilk", "Ewa Lis"],
            "role": ["burmistrz", "wójt", "radna"],
            "municipality_teryt": ["1609073", "2011032", "1609073"],
        }
    )
    found = pipeline.resolve_claims(TABLE, known=known).set_index("claim_id")["actor_id"]
    assert (found["a"], found["b"], found["e"]) == ("k1", "k1", "k2")
    assert found["c"] == found["d"] not in ("k1", "k2", "k3")


def test_judgements_are_obeyed() -> None:
    found = pipeline.resolve_claims(TABLE, judged={("a", "b"): "different"})
    assert _groups(found) == [["a"], ["b"], ["c", "d"], ["e"]]


def test_files_are_written_and_ids_kept(tmp_path: Path) -> None:
    TABLE.to_csv(tmp_path / "claims.csv", index=False)
    (tmp_path / "known.csv").write_text("actor_id,name,role,municipality_teryt\nk1,Ewa Lis,radna,1609073\n")
    first = resolve_files(tmp_path / "claims.csv", tmp_path / "one", known=tmp_path / "known.csv")
    assert (first.n_claims, first.n_actors, first.n_listed_unseen, first.n_unlisted) == (5, 3, 1, 3)
    TABLE.iloc[1:].to_parquet(tmp_path / "fewer.parquet")
    resolve_files(tmp_path / "fewer.parquet", tmp_path / "two", ids=tmp_path / "one" / "ids.parquet")
    one, two = (
        pd.read_parquet(tmp_path / run / "clusters.parquet").set_index("claim_id") for run in ("one", "two")
    )
    assert one["actor_id"]["b"] == two["actor_id"]["b"]


def test_a_file_that_is_no_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CivicActorsError, match="neither"):
        resolve_files(tmp_path / "claims.xyz", tmp_path / "out")
    with pytest.raises(CivicActorsError, match="cannot read"):
        resolve_files(tmp_path / "gone.csv", tmp_path / "out")
