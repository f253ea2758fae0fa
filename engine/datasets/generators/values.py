"""Data sets with a value at every point of the plane: surfaces to learn, and hidden scores to rank by."""

import numpy as np

from engine.datasets.dataset import Array
from engine.datasets.generators.generator import Drawn, Generator
from engine.settings import Setting

# Of so many samples at a time the distances to all bumps are in memory.
PORTION = 65_536


def _spread(random: np.random.Generator, targets: Array) -> Array:
    """Return as many points as ``targets``, evenly over the domain, shape (n, 2)."""
    return random.uniform(-6.0, 6.0, (len(targets), 2))


def plane(random: np.random.Generator, targets: Array, classes: int, direction: float) -> Drawn:
    points = _spread(random, targets)
    upward = np.array([np.cos(np.radians(direction)), np.sin(np.radians(direction))])
    # From −1 to 1 between opposite corners; rounded so that along an axis or diagonal it is nothing else.
    upward = np.round(upward / np.abs(upward).max(), 12)
    return points, (upward[0] * points[:, 0] + upward[1] * points[:, 1]) / (6.0 * np.abs(upward).sum())


def bumps(random: np.random.Generator, targets: Array, classes: int, columns: int, rows: int, width: float) -> Drawn:
    points = _spread(random, targets)
    row, column = np.divmod(np.arange(rows * columns), columns)
    centers = np.column_stack((-6.0 + 12.0 * (column + 0.5) / columns, 5.0 - 10.0 * (row + 0.5) / rows))
    heights = np.where((row + column) % 2 == 0, 1.0, -1.0)
    values = np.empty(len(points))
    for start in range(0, len(points), PORTION):
        offset = points[start : start + PORTION, None, :] - centers[None, :, :]
        distances = np.sum(offset * offset, axis=2)
        values[start : start + PORTION] = np.exp(-distances / (2.0 * width**2)) @ heights
    return points, values


def saddle(random: np.random.Generator, targets: Array, classes: int, direction: float) -> Drawn:
    points = _spread(random, targets)
    across, along = np.cos(np.radians(direction)), np.sin(np.radians(direction))
    first = across * points[:, 0] + along * points[:, 1]
    second = across * points[:, 1] - along * points[:, 0]
    return points, first * second / 36.0


def hill(random: np.random.Generator, targets: Array, classes: int, x1: float, x2: float, width: float) -> Drawn:
    points = _spread(random, targets)
    offset = points - np.array([x1, x2])
    return points, 2.0 * np.exp(-np.sum(offset * offset, axis=1) / (2.0 * width**2)) - 1.0


def ridge(random: np.random.Generator, targets: Array, classes: int, bend: float, width: float) -> Drawn:
    points = _spread(random, targets)
    off = points[:, 1] - bend * points[:, 0] ** 2 + 2.0
    return points, 2.0 / (1.0 + (1.0 / width**2) * off * off) - 1.0


VALUES = (
    Generator(
        "plane",
        "Plane",
        ("regression", "ranking"),
        plane,
        "A tilted plane: a single linear unit fits it exactly.",
        settings=(
            Setting(
                "direction", "Direction", 45.0, 0.0, 360.0,
                "Where it goes up, counted from x₁ against the clock.", unit="°",
            ),
        ),
    ),
    Generator(
        "bumps",
        "Gaussian bumps",
        ("regression", "ranking"),
        bumps,
        "Hills and hollows in turn: a smooth surface that needs hidden units.",
        aliases=("gaussian-bumps",),
        settings=(
            Setting("columns", "Columns", 3.0, 1.0, 5.0, "How many bumps lie side by side.", integer=True),
            Setting("rows", "Rows", 2.0, 1.0, 4.0, "How many bumps lie one above the other.", integer=True),
            Setting("width", "Width", 1.2, 0.4, 2.0, "How wide a bump is: the σ of its bell curve."),
        ),
    ),
    Generator(
        "saddle",
        "Saddle",
        ("regression", "ranking"),
        saddle,
        "Up one diagonal and down the other: the product of both inputs.",
        settings=(
            Setting("direction", "Turned by", 0.0, 0.0, 90.0, "How far it is turned against the clock.", unit="°"),
        ),
    ),
    Generator(
        "hill",
        "Hill",
        ("ranking", "regression"),
        hill,
        "The nearer to one hidden summit, the better.",
        settings=(
            Setting("x1", "Summit x₁", 1.5, -6.0, 6.0, "Where the summit is, from left to right."),
            Setting("x2", "Summit x₂", -1.0, -6.0, 6.0, "Where the summit is, from bottom to top."),
            Setting("width", "Width", 3.0, 1.0, 6.0, "How wide the hill is: the σ of its bell curve."),
        ),
    ),
    Generator(
        "ridge",
        "Ridge",
        ("ranking", "regression"),
        ridge,
        "The best points lie along a bent ridge.",
        settings=(
            Setting("bend", "Bend", 0.15, -0.2, 0.2, "How far the ridge is bent; at 0 it is straight."),
            Setting("width", "Width", 2.0, 0.5, 4.0, "How far from the crest the value is 0, halfway down."),
        ),
    ),
)  # fmt: skip
