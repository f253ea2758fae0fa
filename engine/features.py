"""Input features: what the network sees of a point (x₁, x₂)."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.family import Family

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Feature:
    """One input of the network, ``value(x1, x2)`` on arrays of any shape."""

    name: str
    label: str
    formula: str
    value: Callable[[Array, Array], Array]
    remark: str
    aliases: tuple[str, ...] = ()


FEATURES = Family(
    "feature",
    (
        Feature("x1", "x₁", "x_1", lambda x1, x2: x1, "How far right the point lies."),
        Feature("x2", "x₂", "x_2", lambda x1, x2: x2, "How far up the point lies."),
        Feature("x1^2", "x₁²", "x_1^2", lambda x1, x2: x1 * x1, "Distance from the vertical axis, squared.", ("x1²",)),
        Feature(
            "x2^2", "x₂²", "x_2^2", lambda x1, x2: x2 * x2, "Distance from the horizontal axis, squared.", ("x2²",)
        ),
        Feature("x1*x2", "x₁x₂", "x_1 x_2", lambda x1, x2: x1 * x2, "Positive in two opposite quadrants.", ("x1x2",)),
        Feature("sin(x1)", "sin x₁", r"\sin x_1", lambda x1, x2: np.sin(x1), "A wave from left to right.", ("sinx1",)),
        Feature("sin(x2)", "sin x₂", r"\sin x_2", lambda x1, x2: np.sin(x2), "A wave from bottom to top.", ("sinx2",)),
    ),
)


def compute(names: tuple[str, ...], points: Array) -> Array:
    """Return the features called ``names`` of ``points`` (n, 2), shape (features, n), C-contiguous."""
    x1, x2 = points[:, 0], points[:, 1]
    table = np.empty((len(names), points.shape[0]))
    for row, name in zip(table, names, strict=True):
        row[:] = FEATURES[name].value(x1, x2)
    return table
