"""Data sets with a value at every point of the plane: surfaces to learn, and hidden scores to rank by."""

import numpy as np

from engine.datasets.generators.generator import Drawn, Generator


def plane(random: np.random.Generator, count: int, classes: int = 0) -> Drawn:
    points = random.uniform(-6.0, 6.0, (count, 2))
    return points, (points[:, 0] + points[:, 1]) / 12.0


BUMPS = np.array(
    [[-4.0, 2.5, 1.0], [0.0, 2.5, -1.0], [4.0, 2.5, 1.0], [-4.0, -2.5, -1.0], [0.0, -2.5, 1.0], [4.0, -2.5, -1.0]]
)


def bumps(random: np.random.Generator, count: int, classes: int = 0) -> Drawn:
    points = random.uniform(-6.0, 6.0, (count, 2))
    offset = points[:, None, :] - BUMPS[None, :, :2]
    return points, np.exp(-np.sum(offset * offset, axis=2) / (2.0 * 1.2**2)) @ BUMPS[:, 2]


def saddle(random: np.random.Generator, count: int, classes: int = 0) -> Drawn:
    points = random.uniform(-6.0, 6.0, (count, 2))
    return points, points[:, 0] * points[:, 1] / 36.0


def hill(random: np.random.Generator, count: int, classes: int = 0) -> Drawn:
    points = random.uniform(-6.0, 6.0, (count, 2))
    offset = points - np.array([1.5, -1.0])
    return points, 2.0 * np.exp(-np.sum(offset * offset, axis=1) / (2.0 * 3.0**2)) - 1.0


def ridge(random: np.random.Generator, count: int, classes: int = 0) -> Drawn:
    points = random.uniform(-6.0, 6.0, (count, 2))
    bend = points[:, 1] - 0.15 * points[:, 0] ** 2 + 2.0
    return points, 2.0 / (1.0 + 0.25 * bend * bend) - 1.0


VALUES = (
    Generator(
        "plane", "Plane", ("regression", "ranking"), plane, "A tilted plane: a single linear unit fits it exactly."
    ),
    Generator(
        "bumps",
        "Gaussian bumps",
        ("regression", "ranking"),
        bumps,
        "Hills and hollows in turn: a smooth surface that needs hidden units.",
        aliases=("gaussian-bumps",),
    ),
    Generator(
        "saddle",
        "Saddle",
        ("regression", "ranking"),
        saddle,
        "Up one diagonal and down the other: the product of both inputs.",
    ),
    Generator("hill", "Hill", ("ranking", "regression"), hill, "The nearer to one hidden summit, the better."),
    Generator("ridge", "Ridge", ("ranking", "regression"), ridge, "The best points lie along a bent ridge."),
)
