"""Matrix products of the embedding while articles are read: as quick as numpy's, the same whatever stands beside.

A tuned product of single floats rounds a row's last digit by its place among the rows, so a form would differ with
the forms that happen to be met with it; thinc's BLIS does not, but runs at a quarter of the speed. In double floats
that difference lies far below what a single float keeps, and the product still takes half the time of BLIS.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import cast

import numpy as np
from thinc.api import NumpyOps
from thinc.types import Floats2d
from threadpoolctl import ThreadpoolController


class DoubleProducts(NumpyOps):  # type: ignore[misc]  # thinc is compiled: mypy sees Any
    """Numpy's operations, but products of matrices are made in double floats on one thread."""

    def gemm(
        self,
        x: Floats2d,
        y: Floats2d,
        out: Floats2d | None = None,
        trans1: bool = False,
        trans2: bool = False,
    ) -> Floats2d:
        """Return the product of two matrices of single floats, each of them turned where asked.

        Args:
            x: The left one.
            y: The right one.
            out: Gets the product too.
            trans1: Turn the left one.
            trans2: Turn the right one.
        """
        left, right = (np.asarray(matrix, dtype=np.float64) for matrix in (x, y))
        with one_thread():
            product = (left.T if trans1 else left) @ (right.T if trans2 else right)
        rounded = cast(Floats2d, product.astype(np.float32))
        if out is None:
            return rounded
        out[:] = rounded
        return out


@contextmanager
def one_thread() -> Iterator[None]:
    """Multiply matrices on one thread inside; a block inside another has nothing left to tell the libraries.

    To tell them takes as long as a small product.
    """
    if getattr(_told, "once", False):
        yield
        return
    with _thread_pools().limit(limits=1, user_api="blas"):
        _told.once = True
        try:
            yield
        finally:
            _told.once = False


_told = threading.local()


@cache
def _thread_pools() -> ThreadpoolController:
    """Return the thread pools of this process's libraries; finding them takes a while."""
    return ThreadpoolController()
