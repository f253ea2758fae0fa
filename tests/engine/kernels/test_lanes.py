"""Lane values: loads, stores, arithmetic and sums."""

import numpy as np
import pytest
from numba import njit

from engine.kernels.lanes import lane_sum, lane_sums, make_load, make_splat, make_store


def test_arithmetic_with_lanes_and_numbers() -> None:
    load, store = make_load(8), make_store(8)

    @njit(error_model="numpy")
    def run(x, y, result):
        total = load(x, 0) * 2.0 - load(y, 0) / 3
        total += 1 - load(x, 0)
        store(result, 0, total)

    x, y = np.random.default_rng(2).normal(size=(2, 8))
    result = np.zeros(8)
    run(x, y, result)
    np.testing.assert_allclose(result, x * 2.0 - y / 3.0 + (1.0 - x), rtol=1e-14, atol=1e-15)


@pytest.mark.parametrize("width", [8, 16])
def test_sums_of_lanes(width: int) -> None:
    load, store = make_load(width), make_store(8)

    @njit
    def run(x, sums):
        total = lane_sum(load(x, 0))
        v = load(x, 0), load(x, width), load(x, 2 * width), load(x, 3 * width)
        store(sums, 0, lane_sums(v[0], v[1], v[2], v[3], v[0], v[1], v[2], v[3]))
        return total

    x = np.random.default_rng(0).normal(size=4 * width)
    sums = np.zeros(8)
    assert run(x, sums) == pytest.approx(x[:width].sum())
    np.testing.assert_allclose(sums, np.tile(x.reshape(4, width).sum(axis=1), 2))


def test_float32_arrays_take_lanes_rounded() -> None:
    load, store, splat = make_load(8), make_store(8), make_splat(8)

    @njit
    def run(x, result):
        store(result, 0, load(x, 0) + splat(1.0))

    result = np.zeros(8, dtype=np.float32)
    run(np.full(8, np.pi), result)
    np.testing.assert_array_equal(result, np.full(8, np.pi + 1.0).astype(np.float32))
