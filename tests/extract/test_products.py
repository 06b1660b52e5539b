import numpy as np
import pytest

from pipeline.extract.products import DoubleProducts


def _matrix(rows: int, columns: int, seed: int) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=(rows, columns)).astype(np.float32)


@pytest.mark.parametrize(("trans1", "trans2"), [(False, False), (False, True), (True, False), (True, True)])
def test_product_is_numpys_in_single_floats(trans1: bool, trans2: bool) -> None:
    left, right = _matrix(7, 5, 1), _matrix(5, 3, 2)
    out = np.zeros((7, 3), dtype=np.float32)
    given = (left.T.copy() if trans1 else left, right.T.copy() if trans2 else right)
    product = DoubleProducts().gemm(*given, trans1=trans1, trans2=trans2)
    assert product.dtype == np.float32
    assert np.allclose(product, left @ right, atol=1e-5)
    assert DoubleProducts().gemm(*given, out=out, trans1=trans1, trans2=trans2) is out
    assert np.array_equal(out, product)


def test_a_row_does_not_depend_on_the_rows_beside_it() -> None:
    ops, rows, weights = DoubleProducts(), _matrix(200, 864, 3), _matrix(288, 864, 4)
    together = ops.gemm(rows, weights, trans2=True)
    for start, end in ((0, 1), (3, 10), (17, 150), (199, 200)):
        assert np.array_equal(ops.gemm(rows[start:end], weights, trans2=True), together[start:end])


def test_the_threads_of_others_come_back() -> None:
    from threadpoolctl import threadpool_info, threadpool_limits

    with threadpool_limits(2, user_api="blas"):
        DoubleProducts().gemm(_matrix(4, 4, 5), _matrix(4, 4, 6))
        pools = [pool for pool in threadpool_info() if pool["internal_api"] == "openblas"]
        assert {pool["num_threads"] for pool in pools} == {2}
