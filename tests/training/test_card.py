from pathlib import Path

from pipeline.extract.nlp import model_path
from pipeline.training.card import read_stages


def test_the_shipped_card_tells_the_stages_of_the_shipped_model() -> None:
    assert read_stages(model_path()).startswith("vectors (")


def test_a_model_without_a_card_tells_none(tmp_path: Path) -> None:
    assert read_stages(tmp_path) == ""
