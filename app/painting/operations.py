"""What the signs and functions of a formula do with whole arrays; NaN where there is no value."""

from collections.abc import Callable, Mapping

import numpy as np

from engine.datasets.dataset import Array


def _without_infinity(operation: Callable[..., Array]) -> Callable[..., Array]:
    """Return ``operation`` without the infinity that NumPy gives where there is no value: 1/0, ln 0, 0⁻¹."""

    def defined(*values: Array) -> Array:
        result = operation(*values)
        finite = np.logical_and.reduce(np.broadcast_arrays(*(np.isfinite(value) for value in values)))
        return np.where(np.isinf(result) & finite, np.nan, result)

    return defined


def _power(base: Array, exponent: Array) -> Array:
    """A power: none of 0 to a negative one; what grows too large is infinite."""
    return np.where((base == 0.0) & (exponent < 0.0), np.nan, np.power(base, exponent))


OPERATIONS: Mapping[str, Callable[..., Array]] = {
    "add": np.add,
    "subtract": np.subtract,
    "multiply": np.multiply,
    "divide": _without_infinity(np.divide),
    "power": _power,
    "negative": np.negative,
    "exp": np.exp,
    "sqrt": np.sqrt,
    "ln": _without_infinity(np.log),
    "log": _without_infinity(np.log),
    "tanh": np.tanh,
    "sin": np.sin,
    "cos": np.cos,
    "tan": np.tan,
    "abs": np.abs,
}
