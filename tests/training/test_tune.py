"""Going on from the shipped model with a few articles, as a newsroom does."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.errors import CivicActorsError, ModelError
from pipeline.extract.nlp import load_nlp
from pipeline.training.tune import tune_model


@pytest.fixture
def ours(write_article, gold_folder: Path) -> Path:
    for split in ("train", "dev"):
        write_article(f"{split}-1", split=split)
    return gold_folder


@pytest.mark.model
def test_a_few_steps_make_another_model_that_reads_articles(ours: Path, tmp_path: Path) -> None:
    called = ["train", "--base", "shipped", "--gold", str(ours), "--work", str(tmp_path / "work")]
    done = CliRunner().invoke(app, [*called, "-o", str(tmp_path / "model"), "--steps", "3"])
    assert done.exit_code == 0, done.output
    nlp = load_nlp(tmp_path / "model")
    found = {(span.text, span.label_) for span in nlp("Burmistrz Ozimka Anna Lis otworzyła szkołę.").ents}
    assert ("Anna Lis", "person") in found
    weights = (Path(tmp_path / "model") / "ner" / "model").read_bytes()
    shipped = Path(__file__).parent.parent.parent / "data" / "model" / "ner" / "model"
    assert weights != shipped.read_bytes()
    words = (tmp_path / "model" / "vocab" / "strings.json").read_text(encoding="utf-8")
    assert "Krasiej" not in words


def test_wrong_calls_say_what_is_missing(ours: Path, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="component ner"):
        tune_model(tmp_path, ours, tmp_path / "w", tmp_path / "o")
    (ours / "dev" / "dev-1.txt").unlink()
    with pytest.raises(CivicActorsError, match="dev holds no article"):
        tune_model(None, ours, tmp_path / "w", tmp_path / "o")
    neither = CliRunner().invoke(app, ["train", "--work", "w"])
    assert neither.exit_code == 2
    assert "--base" in neither.output
