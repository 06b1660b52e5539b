"""The variants' configuration, and that whole trainings are kept and broken ones done again."""

from pathlib import Path

import pytest

from pipeline.errors import CivicActorsError
from pipeline.training import variants
from pipeline.training.inputs import Corpora


def test_the_plain_network_has_the_lexical_features_and_all_else_of_the_shipped_one(tmp_path: Path) -> None:
    config = variants.variant_config(tmp_path, steps=7)
    model = config["components"]["ner"]["model"]
    assert model["tok2vec"]["embed"] == {
        "@architectures": "spacy.MultiHashEmbed.v2",
        "width": 96,
        "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE"],
        "rows": [5000, 1000, 2500, 2500],
        "include_static_vectors": False,
    }
    encode = model["tok2vec"]["encode"]
    assert (encode["width"], encode["depth"], encode["window_size"], encode["maxout_pieces"]) == (96, 4, 1, 3)
    assert (model["hidden_width"], model["maxout_pieces"]) == (64, 2)
    assert (config["training"]["max_steps"], config["training"]["dropout"]) == (7, 0.1)
    assert config["paths"]["train"] == str(tmp_path / "train.spacy")


def test_without_the_data_of_the_stage_the_error_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(CivicActorsError, match="civic-actors train"):
        variants.train_variants(Corpora(tmp_path, tmp_path), tmp_path)


def test_a_whole_training_is_kept_and_a_broken_one_done_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / "mixed"
    data.mkdir()
    for name in ("train.spacy", "dev.spacy"):
        (data / name).touch()
    done: list[str] = []

    def train(nlp: object, folder: Path) -> None:
        assert not (folder / "left over").exists()
        (folder / "model-best").mkdir()
        done.append(folder.name)

    def tune(mixed: Path, corpora: Corpora, folder: Path) -> Path:
        assert mixed == tmp_path / "variants" / "plain" / "model-best"
        (folder / "final" / "model-best").mkdir(parents=True)
        done.append(folder.name)
        return folder

    monkeypatch.setattr(variants, "train_loop", train)
    monkeypatch.setattr(variants, "init_nlp", lambda config: None)
    monkeypatch.setattr(variants, "train_final", tune)
    broken = tmp_path / "variants" / "plain.part"
    (broken / "left over").mkdir(parents=True)
    corpora = Corpora(tmp_path, tmp_path)
    folders = variants.train_variants(corpora, tmp_path)
    assert list(folders) == ["plain", "without_morfeusz"]
    assert all(folder.is_dir() for folder in folders.values())
    assert variants.train_variants(corpora, tmp_path) == folders
    assert variants.trained_steps(tmp_path) == variants.STEPS
    assert done == ["plain.part", "without_morfeusz.part"]
    assert variants.has_same_data(tmp_path)
    (data / "train.spacy").write_bytes(b"other")
    assert not variants.has_same_data(tmp_path)
