"""Generators: data sets drawn from a formula.

Each draws ``count`` samples inside the domain from a random generator and returns points (n, 2) and targets (n,);
classes come out balanced to one sample. Noise is added afterwards, by moving the points.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from engine.datasets.dataset import Array
from engine.family import Family

Drawn = tuple[Array, Array]


@dataclass(frozen=True)
class Generator:
    """One generator of samples: ``draw(random, count)`` returns points (n, 2) and targets (n,)."""

    name: str
    label: str
    task: str
    draw: Callable[[np.random.Generator, int], Drawn]
    remark: str
    aliases: tuple[str, ...] = ()


def _classes(count: int) -> Array:
    """Return alternating classes 0, 1, 0, 1 …"""
    return (np.arange(count) % 2).astype(np.float64)


def _polar(radius: Array, angle: Array) -> Array:
    return np.column_stack((radius * np.cos(angle), radius * np.sin(angle)))


def circle(random: np.random.Generator, count: int) -> Drawn:
    inside = _classes(count)
    # The root spreads the points evenly over the area.
    share = random.uniform(0.0, 1.0, count)
    radius = np.where(inside == 1.0, 2.5 * np.sqrt(share), np.sqrt(3.5**2 + share * (5.0**2 - 3.5**2)))
    return _polar(radius, random.uniform(0.0, 2.0 * np.pi, count)), inside


def xor(random: np.random.Generator, count: int) -> Drawn:
    targets = _classes(count)
    # A gap of 0.3 on each side of the axes keeps the classes apart.
    points = random.uniform(0.3, 5.0, (count, 2))
    points[:, 0] *= np.where(random.uniform(size=count) < 0.5, -1.0, 1.0)
    points[:, 1] *= np.sign(points[:, 0]) * np.where(targets == 1.0, 1.0, -1.0)
    return points, targets


def gaussians(random: np.random.Generator, count: int) -> Drawn:
    targets = _classes(count)
    center = np.where(targets == 1.0, 2.0, -2.0)
    return np.clip(random.normal(center[:, None], 1.0, (count, 2)), -6.0, 6.0), targets


def spiral(random: np.random.Generator, count: int) -> Drawn:
    targets = _classes(count)
    share = random.uniform(0.0, 1.0, count)
    angle = 1.75 * 2.0 * np.pi * share + np.where(targets == 1.0, 0.0, np.pi)
    # From the center both arms look alike, so they start a little off it.
    return _polar(0.25 + 4.75 * share, angle), targets


def moons(random: np.random.Generator, count: int) -> Drawn:
    targets = _classes(count)
    angle = random.uniform(0.0, np.pi, count)
    sign = np.where(targets == 1.0, -1.0, 1.0)
    x1 = sign * (3.0 * np.cos(angle) - 1.5)
    x2 = sign * (3.0 * np.sin(angle) - 0.75)
    return np.column_stack((x1, x2)) + random.normal(0.0, 0.25, (count, 2)), targets


def plane(random: np.random.Generator, count: int) -> Drawn:
    points = random.uniform(-6.0, 6.0, (count, 2))
    return points, (points[:, 0] + points[:, 1]) / 12.0


BUMPS = np.array(
    [[-4.0, 2.5, 1.0], [0.0, 2.5, -1.0], [4.0, 2.5, 1.0], [-4.0, -2.5, -1.0], [0.0, -2.5, 1.0], [4.0, -2.5, -1.0]]
)


def bumps(random: np.random.Generator, count: int) -> Drawn:
    points = random.uniform(-6.0, 6.0, (count, 2))
    offset = points[:, None, :] - BUMPS[None, :, :2]
    return points, np.exp(-np.sum(offset * offset, axis=2) / (2.0 * 1.2**2)) @ BUMPS[:, 2]


GENERATORS = Family(
    "data set",
    (
        Generator("circle", "Circle", "two-classes", circle, "A disk inside a ring: no straight line can part them."),
        Generator("xor", "XOR", "two-classes", xor, "Opposite quadrants belong together: one layer is not enough."),
        Generator(
            "gaussians",
            "Two Gaussians",
            "two-classes",
            gaussians,
            "Two clouds that a straight line parts almost perfectly.",
            ("two-gaussians", "gaussian", "gauss", "blobs"),
        ),
        Generator("spiral", "Spiral", "two-classes", spiral, "Two arms wound around each other: the hard one."),
        Generator("moons", "Moons", "two-classes", moons, "Two half moons that reach into each other.", ("two-moons",)),
        Generator("plane", "Plane", "regression", plane, "A tilted plane: a single linear unit fits it exactly."),
        Generator(
            "bumps",
            "Gaussian bumps",
            "regression",
            bumps,
            "Hills and hollows in turn: a smooth surface that needs hidden units.",
            ("gaussian-bumps",),
        ),
    ),
)
