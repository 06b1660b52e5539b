"""The shipped model holds its floors on the gold's test part."""

import pytest

from pipeline.tables import data_folder
from pipeline.training.evaluate import evaluate
from pipeline.training.floors import check_floors

pytestmark = pytest.mark.model


def test_the_shipped_model_holds_its_floors() -> None:
    gold = data_folder() / "gold"
    assert check_floors(evaluate(gold, split="test"), gold / "floors.json") == []
