"""The encoder of our networks as articles are read with it: `civic.MaxoutWindowEncoder.v1`.

The layers and weights are those of `spacy.MaxoutWindowEncoder.v2`; a network trained with either loads as the
other. Two things differ. The matrix product is numpy's, on one thread: thinc's BLIS does not know the processors
that came after it, and runs at a third of its speed on them. And each article goes through by itself: a tuned
product rounds its last digit by a row's place among the rows, so what is read beside an article must not move it.
And what only training needs is left out while articles are read: the same digits in three quarters of the time.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from spacy.ml.models.tok2vec import MaxoutWindowEncoder
from spacy.util import registry
from thinc.api import Model, NumpyOps
from thinc.types import Floats2d

from pipeline.extract.products import one_thread

ARCHITECTURE = "civic.MaxoutWindowEncoder.v1"
_BATCHED = "spacy.MaxoutWindowEncoder.v2"
_LEAST_SPREAD = 1e-08  # as thinc's layernorm adds
_OURS = "civic.MorfeuszHashEmbed.v2"

Rows = list[Floats2d]
Floats = NDArray[np.float32]


@registry.architectures(ARCHITECTURE)  # type: ignore[untyped-decorator]
def build_window_encoder(width: int, window_size: int, maxout_pieces: int, depth: int) -> Model[Rows, Rows]:
    """Build the encoder: convolutions over the words to each side, article by article.

    Args:
        width: Of its input and output, in floats.
        window_size: Words to each side that a layer sees.
        maxout_pieces: Alternatives of each unit.
        depth: Layers.
    """
    batched = MaxoutWindowEncoder(width, window_size, maxout_pieces, depth)
    model: Model[Rows, Rows] = Model(
        "civic_each_article",
        _forward,
        init=_initialise,
        layers=batched.layers,
        dims={"nI": width, "nO": width},
        attrs={"pad": batched.attrs["pad"]},
    )
    for node in model.walk():
        node.ops = NumpyOps(use_blis=False)
    return model


def prefer_encoder(config: dict[str, Any]) -> dict[str, Any]:
    """Return what to change in a pipeline's config so that networks of ours are read with this encoder."""
    return {
        f"components.{name}.model.tok2vec.encode.@architectures": ARCHITECTURE
        for name, component in config.get("components", {}).items()
        if is_ours(component)
    }


def is_ours(component: dict[str, Any]) -> bool:
    """Say whether a component of a pipeline's config is a network of ours, as it is trained."""
    return _architectures(component) == {"embed": _OURS, "encode": _BATCHED}


def _architectures(component: dict[str, Any]) -> dict[str, str]:
    tok2vec = component.get("model", {}).get("tok2vec", {})
    return {part: tok2vec[part]["@architectures"] for part in ("embed", "encode") if part in tok2vec}


def _forward(model: Model[Rows, Rows], articles: Rows, is_train: bool) -> tuple[Rows, Callable[[Rows], Rows]]:
    if not is_train:
        return _read(model, articles), lambda gradients: gradients
    layer: Model[Floats2d, Floats2d] = model.layers[0]
    pad = model.attrs["pad"]

    def padded(rows: Floats2d) -> Floats2d:
        return model.ops.flatten([rows], pad=pad)

    with one_thread():
        read = [layer(padded(article), is_train) for article in articles]

    def backprop(gradients: Rows) -> Rows:
        with one_thread():
            inner = [step(padded(gradient)) for (_, step), gradient in zip(read, gradients, strict=True)]
        return [rows[pad : len(rows) - pad] for rows in inner]

    return [rows[pad : len(rows) - pad] for rows, _ in read], backprop


def _read(model: Model[Rows, Rows], articles: Rows) -> Rows:
    layers = list(_layers(model))
    with one_thread():
        return [cast(Floats2d, _encode(layers, model.attrs["pad"], np.asarray(rows))) for rows in articles]


@dataclass(frozen=True, slots=True)
class _Layer:
    """One convolution: the weights of a word and those beside it, maxout over pieces, scale and shift after it."""

    weights: Floats
    bias: Floats
    pieces: int
    scale: Floats
    shift: Floats


def _layers(model: Model[Rows, Rows]) -> Iterator[_Layer]:
    named = {
        name: [node for node in model.walk() if node.name == name and not node.layers]
        for name in ("maxout", "layernorm")
    }
    for product, norm in zip(named["maxout"], named["layernorm"], strict=True):
        pieces, inputs = product.get_dim("nP"), product.get_dim("nI")
        weights, bias = (np.asarray(product.get_param(name)) for name in ("W", "b"))
        scale, shift = (np.asarray(norm.get_param(name)) for name in ("G", "b"))
        yield _Layer(weights.reshape(-1, inputs).T, bias.reshape(-1), pieces, scale, shift)


def _encode(layers: Sequence[_Layer], pad: int, words: Floats) -> Floats:
    """Return what the layers make of one article's words; `pad` rows of nothing stand around them."""
    rows = np.pad(words, ((pad, pad), (0, 0)))
    for layer in layers:
        sums = _with_neighbours(rows, layer.weights.shape[0]) @ layer.weights
        sums += layer.bias
        pieces = sums.reshape(len(rows), -1, layer.pieces)
        best = reduce(np.maximum, (pieces[:, :, piece] for piece in range(layer.pieces)))
        spread = best.var(axis=1, keepdims=True) + _LEAST_SPREAD
        best = (best - best.mean(axis=1, keepdims=True)) * spread**-0.5
        best *= layer.scale
        best += layer.shift
        rows = rows + best
    return rows[pad : len(rows) - pad]


def _with_neighbours(rows: Floats, inputs: int) -> Floats:
    """Return each row between those before and after it, as many as make so many inputs; nothing past the ends."""
    width = rows.shape[1]
    size = inputs // width // 2
    beside = np.zeros((len(rows), inputs), dtype=rows.dtype)
    for place in range(2 * size + 1):
        before, after = max(0, size - place), max(0, place - size)
        part = beside[before : len(rows) - after, place * width : (place + 1) * width]
        part[:] = rows[after : len(rows) - before]
    return beside


def _initialise(model: Model[Rows, Rows], X: Rows | None = None, Y: Rows | None = None) -> None:
    first = next((rows for rows in X or () if len(rows)), None)
    model.layers[0].initialize(X=first, Y=first)
