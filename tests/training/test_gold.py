from pathlib import Path

import pytest

from pipeline.errors import CivicActorsError
from pipeline.tables import data_folder
from pipeline.training import gold
from pipeline.training.gold import find_gold


def test_the_folder_asked_for_is_taken_and_else_the_own_one(tmp_path: Path) -> None:
    assert find_gold(tmp_path / "ours") == tmp_path / "ours"
    assert find_gold() == data_folder() / "gold"


def test_a_package_without_gold_says_what_to_give(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gold, "data_folder", lambda: tmp_path)
    assert find_gold(tmp_path / "ours") == tmp_path / "ours"
    with pytest.raises(CivicActorsError, match="train --gold FOLDER"):
        find_gold()
