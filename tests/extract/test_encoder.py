from pathlib import Path

import numpy as np
import pytest
import spacy
from spacy.ml.models.tok2vec import MaxoutWindowEncoder
from spacy.tokens import Doc
from spacy.util import load_config

from pipeline.extract import encoder
from pipeline.extract.encoder import ARCHITECTURE, build_window_encoder, prefer_encoder
from pipeline.extract.nlp import load_recogniser, model_path

SHAPE = {"width": 12, "window_size": 1, "maxout_pieces": 3, "depth": 2}
TEXT = "Wójt Anna Lis i dyrektor Jan Nowak ze Szkoły Podstawowej w Ozimku otworzyli halę."


def _rows(*lengths: int) -> list[np.ndarray]:
    random = np.random.default_rng(1)
    return [random.normal(size=(length, 12)).astype(np.float32) for length in lengths]


def _pair():
    ours, theirs = build_window_encoder(**SHAPE), MaxoutWindowEncoder(**SHAPE)
    theirs.initialize(_rows(5), _rows(5))
    ours.from_bytes(theirs.to_bytes())
    return ours, theirs


def test_gives_what_the_encoder_of_spacy_gives_also_for_no_words() -> None:
    ours, theirs = _pair()
    rows = _rows(7, 0, 1, 30)
    for one, other in zip(ours.predict(rows), theirs.predict(rows), strict=True):
        assert one.shape == other.shape
        assert np.allclose(one, other, atol=1e-5)


def test_gradients_are_those_of_the_encoder_of_spacy() -> None:
    ours, theirs = _pair()
    rows, gradients = _rows(7, 1, 30), _rows(7, 1, 30)
    back = [model.begin_update(rows)[1]([row.copy() for row in gradients]) for model in (ours, theirs)]
    for one, other in zip(*back, strict=True):
        assert np.allclose(one, other, atol=1e-4)
    for mine, node in zip(ours.walk(), theirs.walk(), strict=True):
        for name in node.grad_names:
            assert np.allclose(mine.get_grad(name), node.get_grad(name), atol=1e-3)


def test_initialises_by_itself() -> None:
    model = build_window_encoder(**SHAPE)
    model.initialize(_rows(0, 5), _rows(0, 5))
    assert [rows.shape for rows in model.predict(_rows(4))] == [(4, 12)]


def test_what_is_read_beside_an_article_does_not_move_a_digit() -> None:
    model, _ = _pair()
    first, second = _rows(23, 41)
    alone, together = model.predict([second])[0], model.predict([first, second])[1]
    assert np.array_equal(alone, together)


def test_one_thread_multiplies(monkeypatch: pytest.MonkeyPatch) -> None:
    from threadpoolctl import threadpool_info

    model, _ = _pair()
    seen = []

    def watch(layers, pad, rows):
        seen.extend(pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas")
        return rows

    monkeypatch.setattr(encoder, "_encode", watch)
    model.predict(_rows(3))
    assert set(seen) == {1}


@pytest.mark.parametrize("shape", [{}, {"window_size": 2}, {"maxout_pieces": 2, "depth": 1}])
def test_reading_gives_every_digit_that_training_gives(shape: dict[str, int]) -> None:
    model = build_window_encoder(**(SHAPE | shape))
    model.initialize(_rows(5), _rows(5))
    rows = _rows(0, 1, 2, 40)
    for read, trained in zip(model.predict(rows), model.begin_update(rows)[0], strict=True):
        assert np.array_equal(read, trained)


def test_only_networks_of_ours_get_it() -> None:
    config = load_config(model_path() / "config.cfg")
    assert prefer_encoder(config) == {"components.ner.model.tok2vec.encode.@architectures": ARCHITECTURE}
    config["components"]["ner"]["model"]["tok2vec"]["embed"]["@architectures"] = "spacy.MultiHashEmbed.v2"
    assert prefer_encoder(config) == {}
    assert prefer_encoder(spacy.blank("pl").config) == {}


@pytest.mark.model
def test_shipped_model_loads_and_saves_either_way(tmp_path: Path) -> None:
    plain, ours = spacy.load(model_path()), load_recogniser(model_path())
    ours.to_disk(tmp_path / "saved")
    again = load_recogniser(tmp_path / "saved")

    def entities(doc: Doc) -> list[tuple[int, int, str]]:
        return [(span.start, span.end, span.label_) for span in doc.ents]

    assert len(entities(plain(TEXT))) > 3
    assert entities(plain(TEXT)) == entities(ours(TEXT)) == entities(again(TEXT))
