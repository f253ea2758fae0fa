"""Traced formulas against NumPy: the same function text on arrays and in compiled code."""

import numpy as np
import pytest
from numba import njit, types
from numba.extending import intrinsic

from engine.kernels.lanes import LanesType, make_load, make_store
from engine.kernels.rows import Rows
from engine.kernels.tracing import COUNT, Traced

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
    load, store, lanes = make_load(width), make_store(width), LanesType(width)

    def generate(context, builder, signature, args):
        return function(*(Traced(builder, arg, width) for arg in args)).value

    if len(arrays) == 1:

        @intrinsic
        def inner(typing_context, x):
            return lanes(x), generate

        @njit(error_model="numpy")
        def run(x, result):
            for i in range(0, x.size, width):
                store(result, i, inner(load(x, i)))

    else:

        @intrinsic
        def inner(typing_context, x, y):
            return lanes(x, y), generate

        @njit(error_model="numpy")
        def run(x, y, result):
            for i in range(0, x.size, width):
                store(result, i, inner(load(x, i), load(y, i)))

    result = np.empty_like(arrays[0])
    run(*arrays, result)
    return result


def on_number(function, x: float) -> float:
    """Apply ``function`` to a plain number in compiled code."""

    @intrinsic
    def inner(typing_context, x):
        def generate(context, builder, signature, args):
            return function(Traced(builder, args[0])).value

        return types.float64(types.float64), generate

    @njit(error_model="numpy")
    def run(x):
        return inner(x)

    return run(x)


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
        (lambda x: x / (1.0 + np.abs(x)), -100.0, 100.0),
        (lambda x: np.sign(x) * np.floor(x), -100.0, 100.0),
    ],
    ids=["exp", "expm1", "tanh", "log", "log1p", "softsign", "sign-floor"],
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


@pytest.mark.parametrize("width", [8, 16])
@pytest.mark.parametrize("function", [np.sin, np.cos], ids=["sin", "cos"])
def test_sine_and_cosine_agree_with_numpy_in_the_range_that_networks_use(function, width: int) -> None:
    random = np.random.default_rng(1)
    x = np.concatenate((random.uniform(-1e4, 1e4, 8000), random.uniform(-7.0, 7.0, 8000), np.arange(16) * np.pi / 4))
    np.testing.assert_allclose(on_lanes(function, width, x), function(x), rtol=0.0, atol=3e-16)


def test_sine_and_cosine_stay_bounded_however_large_the_number() -> None:
    x = 10.0 ** np.linspace(5.0, 300.0, 64) * np.tile([1.0, -1.0], 32)
    for function in (np.sin, np.cos):
        assert (np.abs(on_lanes(function, 8, x)) <= 1.0).all()


@pytest.mark.parametrize("x", [-2.5, 0.0, 0.3, 7.0])
def test_plain_numbers_take_the_same_formulas(x: float) -> None:
    def formula(t):
        return 0.5 * np.cos(np.pi * np.minimum(t, 1.0)) + np.exp(-t * t) + 0.9 ** np.floor(t / 2.0)

    assert on_number(formula, x) == pytest.approx(formula(x), rel=1e-14)


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


def on_rows(function, *tables: np.ndarray) -> np.ndarray:
    """Apply ``function`` of values for all outputs to tables (outputs, 8); it gives such a value, or one a sample."""
    outputs = tables[0].shape[0]
    result = np.zeros_like(tables[0])

    @intrinsic
    def inner(typing_context, count, result, first, second):
        def generate(context, builder, signature, args):
            arrays = zip(signature.args[1:], args[1:], strict=True)
            data = [context.make_array(kind)(context, builder, arg).data for kind, arg in arrays]
            zero = COUNT(0)
            rows = [Rows.of_memory(builder, 8, args[0], pointer, zero) for pointer in data[1:]]
            value = function(*rows[: len(tables)])
            spread = rows[0].each_row(lambda _: value) if isinstance(value, Traced) else value
            spread.store(data[0], zero)
            return context.get_dummy_value()

        return types.void(count, result, first, second), generate

    @njit(error_model="numpy")
    def run(count, result, first, second):
        inner(count, result, first, second)

    run(outputs, result.reshape(-1), tables[0].reshape(-1), tables[-1].reshape(-1))
    return result


@pytest.mark.parametrize("outputs", [1, 3, 8])
@pytest.mark.parametrize(
    "function",
    [
        lambda z: np.exp(z - np.max(z, axis=0)) / np.sum(np.exp(z - np.max(z, axis=0)), axis=0),
        lambda z: np.sum(np.where(z > 0.0, z * z, -z), axis=0),
        lambda z: 1.0 - 2.0 * z + z**2,
        lambda z: np.sum(z * np.log(np.abs(z) + 1.0), axis=0) * np.maximum(z, 0.25),
    ],
    ids=["softmax", "sum-where", "polynomial", "mixed"],
)
def test_formulas_over_all_outputs_agree_with_numpy(function, outputs: int) -> None:
    z = np.random.default_rng(outputs).normal(size=(outputs, 8))
    expected = np.broadcast_to(function(z), z.shape)
    np.testing.assert_allclose(on_rows(function, z), expected, rtol=1e-14, atol=1e-15)


def test_two_values_for_all_outputs_are_taken_output_by_output() -> None:
    y, p = np.random.default_rng(5).normal(size=(2, 4, 8))

    def formula(y, p):
        return np.sum(y * p, axis=0) - p * np.where((y <= p) & (p > 0.0), 1.0, 0.0)

    np.testing.assert_allclose(on_rows(formula, y, p), formula(y, p), rtol=1e-14, atol=1e-15)
