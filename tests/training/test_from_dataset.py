"""A dataset made from gold texts measures like the model that made it."""

import json

import pytest

import pipeline
from pipeline.errors import CivicActorsError
from pipeline.tables import data_folder
from pipeline.training.evaluate import evaluate, evaluate_dataset
from pipeline.training.gold import load_gold

pytestmark = pytest.mark.model

GOLD = data_folder() / "gold"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> pipeline.Dataset:
    folder = tmp_path_factory.mktemp("gold")
    rows = (
        json.dumps({"text": article.text, "date": article.published.isoformat()}, ensure_ascii=False)
        for article in load_gold(GOLD, "dev")
    )
    (folder / "dev.jsonl").write_text("\n".join(rows), encoding="utf-8")
    pipeline.run([folder / "dev.jsonl"], folder / "out")
    return pipeline.load_dataset(folder / "out")


def test_the_figures_are_those_of_the_model(made: pipeline.Dataset) -> None:
    by_dataset = evaluate_dataset(GOLD, made, split="dev").figures
    by_model = evaluate(GOLD, split="dev").figures
    for name in ("mentions.strict.role", "mentions.strict.institution", "nominative.exact.role"):
        assert by_dataset[name].f == pytest.approx(by_model[name].f, abs=1e-6), name
    for name in ("links.end_to_end.role", "links.end_to_end.institution", "people.exact.person"):
        assert by_dataset[name].f == pytest.approx(by_model[name].f, abs=0.02), name


def test_a_dataset_of_other_articles_is_refused(made: pipeline.Dataset) -> None:
    with pytest.raises(CivicActorsError, match="lacks the text of 100 gold articles"):
        evaluate_dataset(GOLD, made, split="test")
