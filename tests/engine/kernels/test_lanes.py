"""Lane values against NumPy: the same function text on arrays and compiled for lanes."""

import numpy as np
import pytest
from numba import njit

from engine.kernels import lane_math  # noqa: F401  (registers exp, tanh … on lanes)
from engine.kernels.lanes import lane_sum, lane_sums, make_load, make_splat, make_store

SPECIAL = [
    0.0,
    -0.0,
    np.nan,
    np.inf,
    -np.inf,
    1.0,
    -1.0,
    5e-324,
    1e-300,
    -1e-300,
    1e-10,
    -1e-10,
    700.0,
    -700.0,
    1e4,
    -1e4,
]


def on_lanes(function, width: int, *arrays: np.ndarray) -> np.ndarray:
    """Apply ``function`` of one or two arguments to ``arrays``, ``width`` numbers at a time."""
    load, store = make_load(width), make_store(width)
    inner = njit(function)

    if len(arrays) == 1:

        @njit(error_model="numpy")
        def run(x, result):
            for i in range(0, x.size, width):
                store(result, i, inner(load(x, i)))

    else:

        @njit(error_model="numpy")
        def run(x, y, result):
            for i in range(0, x.size, width):
                store(result, i, inner(load(x, i), load(y, i)))

    result = np.empty_like(arrays[0])
    run(*arrays, result)
    return result


def numbers(low: float, high: float) -> np.ndarray:
    random = np.random.default_rng(0)
    wide = random.uniform(low, high, 8000)
    small = random.uniform(low, high, 8000) * 10.0 ** random.uniform(-12.0, 0.0, 8000)
    return np.concatenate((SPECIAL, wide, small))


@pytest.mark.parametrize("width", [8, 16])
@pytest.mark.parametrize(
    ("function", "low", "high"),
    [
        (lambda x: np.exp(x), -700.0, 709.0),
        (lambda x: np.expm1(x), -50.0, 700.0),
        (lambda x: np.tanh(x), -25.0, 25.0),
        (lambda x: np.log(x), 0.0, 1e6),
        (lambda x: np.log1p(x), -0.999, 100.0),
    ],
    ids=["exp", "expm1", "tanh", "log", "log1p"],
)
def test_functions_agree_with_numpy_to_four_units_in_the_last_place(function, low, high, width) -> None:
    x = numbers(low, high)
    with np.errstate(all="ignore"):
        expected = function(x)
    np.testing.assert_allclose(on_lanes(function, width, x), expected, rtol=1e-15 * 4, atol=1e-307)


@pytest.mark.parametrize(
    "function",
    [
        lambda x, y: x + 2.0 * y,
        lambda x, y: -x - y / 3,
        lambda x, y: 1 - x * y,
        lambda x, y: np.where(x > y, x, 0.0),
        lambda x, y: np.where(x <= 0.0, np.where(y >= 1, 1.0, -1.0), y),
        lambda x, y: np.maximum(x, y) + np.minimum(x, 0.5),
        lambda x, y: np.sqrt(np.abs(x)) * y,
    ],
    ids=["add", "negate", "multiply", "where", "nested-where", "maximum", "sqrt"],
)
def test_arithmetic_agrees_with_numpy(function) -> None:
    random = np.random.default_rng(2)
    x, y = random.normal(size=(2, 64))
    np.testing.assert_allclose(on_lanes(function, 8, x, y), function(x, y), rtol=1e-15, atol=1e-15)


@pytest.mark.parametrize("function", [np.maximum, np.minimum])
def test_not_a_number_passes_through_maximum_and_minimum(function) -> None:
    x = np.array([np.nan, 1.0] * 4)
    y = np.array([1.0, np.nan] * 4)

    def plain(a, b):
        return function(a, b)

    assert np.isnan(on_lanes(plain, 8, x, y)).all()


def test_not_a_number_is_never_lost() -> None:
    x = np.full(8, np.nan)
    for function in (lambda x: np.exp(x), lambda x: np.tanh(x), lambda x: 0.0 * x, lambda x: x - x, lambda x: x / x):
        assert np.isnan(on_lanes(function, 8, x)).all()


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
