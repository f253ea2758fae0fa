"""Regularizers: a penalty on large weights (never on biases), added to the loss with a rate λ.

Value and slope of one weight are written once and serve reference and kernels alike.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from engine.activations import Value
from engine.family import Family


@dataclass(frozen=True)
class Regularizer:
    """One penalty: λ · Σ value(w) over all weights."""

    name: str
    label: str
    formula: str
    value: Callable[[Value], Value]
    slope: Callable[[Value], Value]
    remark: str
    source: str
    aliases: tuple[str, ...] = ()


def absolute(w: Value) -> Value:
    return np.abs(w)


def absolute_slope(w: Value) -> Value:
    return np.where(w > 0.0, 1.0, np.where(w < 0.0, -1.0, 0.0))


def half_square(w: Value) -> Value:
    return 0.5 * w * w


def half_square_slope(w: Value) -> Value:
    return w


REGULARIZERS = Family(
    "regularizer",
    (
        Regularizer(
            name="l1",
            label="L1",
            formula=r"\lambda \sum |w|",
            value=absolute,
            slope=absolute_slope,
            remark="Pulls every weight toward zero with the same force, so that useless ones vanish.",
            source="Tibshirani, Regression shrinkage and selection via the lasso, 1996.",
            aliases=("lasso",),
        ),
        Regularizer(
            name="l2",
            label="L2",
            formula=r"\frac{\lambda}{2} \sum w^2",
            value=half_square,
            slope=half_square_slope,
            remark="Pulls large weights hardest, so that the boundary stays smooth.",
            source="Hoerl and Kennard, Ridge regression, 1970; Krogh and Hertz, 1992.",
            aliases=("ridge", "weight-decay"),
        ),
    ),
)
