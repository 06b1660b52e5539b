"""What a layer of the network makes of each word form, kept while articles are read.

A form's row depends on the form and the weights alone, and most words of an article have been met before.
"""

from collections.abc import Sequence
from operator import is_
from typing import cast

import numpy as np
from spacy.lexeme import Lexeme
from spacy.vocab import Vocab
from thinc.api import Model
from thinc.types import Floats2d, FloatsXd

_MOST = 32_768

ByForm = Model[list[Lexeme], Floats2d]


class KeptForms:
    """The rows of the forms met so far, for as long as the weights stay what they are.

    Weights change in a step of training, after which `forget` must be called, or when others are put in their
    place, which shows.
    """

    def __init__(self) -> None:
        self._weights: list[FloatsXd] = []
        self.forget()

    def forget(self) -> None:
        """Forget all forms."""
        self._places: dict[int, int] = {}
        self._table: Floats2d | None = None

    def look_up(self, layer: ByForm, orths: Sequence[int], vocab: Vocab) -> Floats2d:
        """Return a row for each form; the layer is asked for those not met before.

        Args:
            layer: What makes a row of a form.
            orths: The forms, by spaCy's number of their text, each once.
            vocab: Where the numbers are from.
        """
        if len(orths) > _MOST:
            return layer.predict([vocab[orth] for orth in orths])
        self._check_weights(layer)
        missing = [orth for orth in orths if orth not in self._places]
        if len(self._places) + len(missing) > _MOST:
            self.forget()
            missing = list(orths)
        if missing:
            self._keep(missing, layer.predict([vocab[orth] for orth in missing]))
        assert self._table is not None
        return self._table[[self._places[orth] for orth in orths]]

    def _check_weights(self, layer: ByForm) -> None:
        weights = [node.get_param(name) for node in layer.walk() for name in node.param_names]
        if len(weights) != len(self._weights) or not all(map(is_, weights, self._weights)):
            self.forget()
            self._weights = weights

    def _keep(self, orths: Sequence[int], rows: Floats2d) -> None:
        if self._table is None:  # the system gives memory to the rows of `empty` as they are written
            self._table = cast(Floats2d, np.empty((_MOST, rows.shape[1]), dtype=rows.dtype))
        start = len(self._places)
        self._table[start : start + len(orths)] = rows
        self._places.update(zip(orths, range(start, start + len(orths)), strict=True))
