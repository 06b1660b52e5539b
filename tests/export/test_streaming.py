"""Tables are written as their rows come."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipeline.export import table_files
from pipeline.export.dataset import Summary, write_dataset
from pipeline.records import Document, Mention, Municipality, Name, Reading, Resolution

NOTHING = Resolution((), (), (), (), (), (), {"b:0": "p1"})


class _Once:
    """Readings that may be gone through a single time."""

    def __init__(self, readings: list[Reading]) -> None:
        self._readings = readings

    def __iter__(self) -> Iterator[Reading]:
        readings, self._readings = self._readings, []
        return iter(readings)


def _reading(article_id: str) -> Reading:
    mentions = tuple(Mention(article_id, start, start + 3, "Lis", "person") for start in (0, 4))
    names = (Name("Lis", "Lis", "person"),) * 2
    document = Document(article_id, f"{article_id}.txt", "Lis Lis")
    return Reading(document, mentions, names, (), (), Municipality(None, 0.0))


@pytest.mark.parametrize("group", [1, 3, 100])
def test_readings_are_gone_through_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, group: int) -> None:
    monkeypatch.setattr(table_files, "ROW_GROUP", group)
    write_dataset(
        tmp_path,
        manifest={},
        readings=_Once([_reading("a"), _reading("b")]),
        copies=[(Document("c", "c.txt", "Lis"), "a")],
        refused=[],
        resolution=NOTHING,
        rejects=[],
        summary=Summary(tmp_path, *[0] * 9),
    )
    articles, mentions = (pq.read_table(tmp_path / f"{name}.parquet") for name in ("articles", "mentions"))
    assert articles["article_id"].to_pylist() == ["a", "b", "c"]
    assert mentions["mention_id"].to_pylist() == ["a:0", "a:4", "b:0", "b:4"]
    assert mentions["entity_id"].to_pylist() == [None, None, "p1", None]
    assert pq.read_metadata(tmp_path / "mentions.parquet").num_row_groups == -(-4 // group)
