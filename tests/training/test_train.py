"""One stage of the training on two articles: it runs, writes its scores, and is not done again."""

import json
import shutil
from pathlib import Path

import pytest
import spacy
from threadpoolctl import threadpool_info

from pipeline import tables
from pipeline.errors import CivicActorsError, OutputError
from pipeline.tables import data_folder
from pipeline.training import train
from pipeline.training.inputs import Corpora
from pipeline.training.train import train_final, train_model, train_word_vectors, use_numpy_products
from pipeline.training.vectors import OPTIONS, train_vectors

TEXTS = ["Wójt Anna Lis otworzyła drogę.", "Radny Jan Żak\nzapytał o drogę."] * 20


@pytest.fixture
def corpora(tmp_path: Path) -> Corpora:
    for split in ("train", "dev"):
        (tmp_path / "gold" / split).mkdir(parents=True)
        for path in sorted((data_folder() / "gold" / split).glob("*.txt"))[:2]:
            shutil.copy(path, tmp_path / "gold" / split)
    return Corpora(tmp_path, tmp_path / "gold")


@pytest.fixture
def vectors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setitem(OPTIONS, "bucket", 50)
    return train_vectors(TEXTS, tmp_path / "made")


def make_network(vectors: Path, folder: Path) -> Path:
    """Write a pipeline with the shipped architecture that nothing has taught."""
    config = train._config(folder, folder, steps=1)
    config["initialize"]["vectors"] = str(vectors)
    nlp = spacy.util.load_model_from_config(config)
    nlp.vocab.vectors = spacy.load(vectors).vocab.vectors
    nlp.get_pipe("ner").add_label("person")
    nlp.initialize()
    nlp.to_disk(folder)
    return folder


def test_a_stage_runs_from_its_base_and_is_not_done_again(
    corpora: Corpora, vectors: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    base = make_network(vectors, tmp_path / "base")
    best = train_final(base, corpora, tmp_path / "work", steps=1)
    made = (best / "ner" / "model").stat().st_mtime_ns
    assert set(spacy.load(best).get_pipe("ner").labels) == {"person", "role", "institution", "location"}
    scores = (tmp_path / "work" / "final" / "scores.jsonl").read_text(encoding="utf-8")
    assert json.loads(scores.splitlines()[0])["step"] == 0
    assert train_final(base, corpora, tmp_path / "work", steps=1) == best
    assert (best / "ner" / "model").stat().st_mtime_ns == made


def test_what_is_missing_is_named_before_anything_is_trained(corpora: Corpora, tmp_path: Path) -> None:
    with pytest.raises(CivicActorsError, match="nkjp1m.jsonl.xz is missing; --corpora takes the folder"):
        train_model(corpora.corpora, corpora.gold, tmp_path / "work", tmp_path / "model")
    assert not (tmp_path / "work").exists()


def test_products_are_numpys_on_one_thread(vectors: Path, tmp_path: Path) -> None:
    nlp = spacy.load(make_network(vectors, tmp_path / "base"))
    text = "Wójt Anna Lis otworzyła drogę."
    before = nlp.get_pipe("ner").model.get_ref("tok2vec").predict([nlp.make_doc(text)])[0]
    with use_numpy_products(nlp):
        pools = [pool for pool in threadpool_info() if pool["user_api"] == "blas"]
        after = nlp.get_pipe("ner").model.get_ref("tok2vec").predict([nlp.make_doc(text)])[0]
    assert {pool["num_threads"] for pool in pools} <= {1}
    assert not any(node.ops.use_blis for node in nlp.get_pipe("ner").model.walk())
    assert abs(before - after).max() < 1e-4


def test_vectors_are_the_same_each_time_and_know_every_form(
    vectors: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, again = spacy.load(vectors).vocab, spacy.load(train_vectors(TEXTS, tmp_path / "again")).vocab
    assert (first.vectors.data == again.vectors.data).all()
    assert (tmp_path / "made" / "texts.txt").read_text(encoding="utf-8").splitlines()[1] == (
        "radny jan żak zapytał o drogę ."
    )
    assert first.vectors.get_batch(["niewidziane"]).any()


def test_vectors_that_are_there_are_kept(tmp_path: Path) -> None:
    (tmp_path / "vectors").mkdir()
    assert train_word_vectors(Corpora(tmp_path, tmp_path), tmp_path) == tmp_path / "vectors" / "vectors"


def test_the_model_of_an_installed_package_is_not_written_over(
    monkeypatch: pytest.MonkeyPatch, corpora: Corpora, tmp_path: Path
) -> None:
    assert train.own_model() == data_folder() / "model"
    (tmp_path / "model").mkdir()
    monkeypatch.setattr(tables, "_PACKAGED", tmp_path)
    with pytest.raises(OutputError, match="name a folder with -o"):
        train_model(corpora.corpora, corpora.gold, tmp_path / "work")
    assert list((tmp_path / "model").iterdir()) == []
