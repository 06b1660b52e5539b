"""Records are written to the same bytes as their rows, in the order of the key."""

from dataclasses import fields
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.export import table_files
from pipeline.export.rows import resolution_records, resolution_rows
from pipeline.export.table_files import write_records, write_table
from pipeline.records import (
    Actor,
    Affiliation,
    Evidence,
    GivenId,
    Institution,
    Location,
    Redirect,
    Resolution,
)
from pipeline.schema import TABLES

COUNTS = st.integers(0, 9)
KINDS = {
    "actors": Actor,
    "institutions": Institution,
    "locations": Location,
    "affiliations": Affiliation,
    "evidence": Evidence,
    "redirects": Redirect,
    "ids": GivenId,
}


def test_a_table_has_the_columns_of_its_records() -> None:
    for table in TABLES:
        if table.name in KINDS:
            assert {one.name for one in fields(KINDS[table.name])} == {one.name for one in table.columns}


def _resolution(evidence: list[Evidence], actors: list[Actor]) -> Resolution:
    return Resolution(tuple(actors), (), (), (), tuple(evidence), (), {}, (GivenId("m1", "b", 1),))


@settings(max_examples=25, deadline=None)
@given(
    actors=st.lists(
        st.builds(
            Actor,
            actor_id=st.text("abc", min_size=1),
            aliases=st.lists(st.text("xy")).map(tuple),
            n_articles=COUNTS,
            n_mentions=COUNTS,
        ),
        unique_by=lambda actor: actor.actor_id,
    ),
    evidence=st.lists(
        st.builds(
            Evidence,
            affiliation_id=st.sampled_from("ab"),
            article_id=st.sampled_from("ab"),
            start=COUNTS,
            end=COUNTS,
        )
    ),
)
def test_records_are_written_as_their_rows_are(
    tmp_path_factory: pytest.TempPathFactory, actors: list[Actor], evidence: list[Evidence]
) -> None:
    folder: Path = tmp_path_factory.mktemp("tables")
    resolution = _resolution(evidence, actors)
    rows = {name: list(made) for name, made in resolution_rows(resolution).items()}
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(table_files, "ROW_GROUP", 2)
        for table in TABLES:
            if table.name in rows:
                write_records(folder / "records", table, resolution_records(resolution)[table.name])
                write_table(folder / "rows", table, rows[table.name])
                assert (folder / "records").read_bytes() == (folder / "rows").read_bytes()
                assert pq.read_table(folder / "rows").num_rows == len(rows[table.name])
