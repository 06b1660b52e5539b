import json

import pytest

from pipeline.errors import OutputError
from pipeline.export.datapackage import describe_dataset
from pipeline.export.dataset import load_dataset, write_table
from pipeline.export.workspace import is_finished, open_workspace
from pipeline.schema import REDIRECTS, TABLES


def test_every_table_and_column_is_described() -> None:
    described = {
        resource["name"]: resource["schema"]["fields"] for resource in describe_dataset()["resources"]
    }
    assert set(described) == {table.name for table in TABLES}
    for table in TABLES:
        assert [field["name"] for field in described[table.name]] == [column.name for column in table.columns]
        assert all(field["description"].endswith(".") for field in described[table.name])


def test_links_between_tables_lead_to_keys() -> None:
    keys = {f"{table.name}.{column}" for table in TABLES for column in table.key}
    assert all(target in keys for table in TABLES for _, target in table.links)


def test_rows_are_sorted_by_key(tmp_path) -> None:
    rows = [{"old_id": old, "new_id": "n", "reason": "merged"} for old in ("b", "a", "c")]
    write_table(tmp_path / "redirects.parquet", REDIRECTS, rows)
    (tmp_path / "again").mkdir()
    write_table(tmp_path / "again" / "redirects.parquet", REDIRECTS, reversed(rows))
    first = (tmp_path / "redirects.parquet").read_bytes()
    assert first == (tmp_path / "again" / "redirects.parquet").read_bytes()


def test_another_dataset_is_refused_and_the_difference_named(tmp_path) -> None:
    (tmp_path / "manifest.json").write_text(json.dumps({"input": "1", "model": "2"}))
    assert is_finished(tmp_path, {"input": "1", "model": "2"})
    with pytest.raises(OutputError, match="other model"):
        is_finished(tmp_path, {"input": "1", "model": "3"})


def test_a_folder_with_other_files_is_refused(tmp_path) -> None:
    (tmp_path / "diary.txt").write_text("mine")
    with pytest.raises(OutputError, match="other files"), open_workspace(tmp_path):
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["diary.txt"]


def test_a_folder_that_cannot_be_made_is_an_error(tmp_path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(OutputError), open_workspace(tmp_path / "file" / "out"):
        pass


def test_loading_a_folder_without_a_dataset_says_what_to_type(tmp_path) -> None:
    with pytest.raises(OutputError, match="civic-actors run"):
        load_dataset(tmp_path)
