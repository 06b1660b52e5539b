"""The encoder of our networks as articles are read with it: `civic.MaxoutWindowEncoder.v1`.

The layers and weights are those of `spacy.MaxoutWindowEncoder.v2`; a network trained with either loads as the
other. Two things differ. The matrix product is numpy's, on one thread: thinc's BLIS does not know the processors
that came after it, and runs at a third of its speed on them. And each article goes through by itself: a tuned
product rounds its last digit by a row's place among the rows, so what is read beside an article must not move it.
"""

from collections.abc import Callable
from typing import Any

from spacy.ml.models.tok2vec import MaxoutWindowEncoder
from spacy.util import registry
from thinc.api import Model, NumpyOps
from thinc.types import Floats2d

from pipeline.extract.products import one_thread

ARCHITECTURE = "civic.MaxoutWindowEncoder.v1"
_BATCHED = "spacy.MaxoutWindowEncoder.v2"
_OURS = "civic.MorfeuszHashEmbed.v2"

Rows = list[Floats2d]


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


def _initialise(model: Model[Rows, Rows], X: Rows | None = None, Y: Rows | None = None) -> None:
    first = next((rows for rows in X or () if len(rows)), None)
    model.layers[0].initialize(X=first, Y=first)
