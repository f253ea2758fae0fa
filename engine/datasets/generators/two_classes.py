"""Data sets of two classes; most of them no straight line can part."""

import numpy as np

from engine.datasets.generators.generator import Drawn, Generator, alternating, polar

# What two classes are good for besides telling them apart.
TASKS = ("two-classes", "classes", "embedding", "soft-classes")


def circle(random: np.random.Generator, count: int, classes: int = 2) -> Drawn:
    inside = alternating(count, 2)
    # The root spreads the points evenly over the area.
    share = random.uniform(0.0, 1.0, count)
    radius = np.where(inside == 1.0, 2.5 * np.sqrt(share), np.sqrt(3.5**2 + share * (5.0**2 - 3.5**2)))
    return polar(radius, random.uniform(0.0, 2.0 * np.pi, count)), inside


def xor(random: np.random.Generator, count: int, classes: int = 2) -> Drawn:
    targets = alternating(count, 2)
    # A gap of 0.3 on each side of the axes keeps the classes apart.
    points = random.uniform(0.3, 5.0, (count, 2))
    points[:, 0] *= np.where(random.uniform(size=count) < 0.5, -1.0, 1.0)
    points[:, 1] *= np.sign(points[:, 0]) * np.where(targets == 1.0, 1.0, -1.0)
    return points, targets


def gaussians(random: np.random.Generator, count: int, classes: int = 2) -> Drawn:
    targets = alternating(count, 2)
    center = np.where(targets == 1.0, 2.0, -2.0)
    return np.clip(random.normal(center[:, None], 1.0, (count, 2)), -6.0, 6.0), targets


def spiral(random: np.random.Generator, count: int, classes: int = 2) -> Drawn:
    targets = alternating(count, 2)
    share = random.uniform(0.0, 1.0, count)
    angle = 1.75 * 2.0 * np.pi * share + np.where(targets == 1.0, 0.0, np.pi)
    # From the center both arms look alike, so they start a little off it.
    return polar(0.25 + 4.75 * share, angle), targets


def moons(random: np.random.Generator, count: int, classes: int = 2) -> Drawn:
    targets = alternating(count, 2)
    angle = random.uniform(0.0, np.pi, count)
    sign = np.where(targets == 1.0, -1.0, 1.0)
    x1 = sign * (3.0 * np.cos(angle) - 1.5)
    x2 = sign * (3.0 * np.sin(angle) - 0.75)
    return np.column_stack((x1, x2)) + random.normal(0.0, 0.25, (count, 2)), targets


TWO_CLASSES = (
    Generator("circle", "Circle", TASKS, circle, "A disk inside a ring: no straight line can part them.", (2, 2)),
    Generator("xor", "XOR", TASKS, xor, "Opposite quadrants belong together: one layer is not enough.", (2, 2)),
    Generator(
        "gaussians",
        "Two Gaussians",
        TASKS,
        gaussians,
        "Two clouds that a straight line parts almost perfectly.",
        (2, 2),
        ("two-gaussians", "gaussian", "gauss"),
    ),
    Generator("spiral", "Spiral", TASKS, spiral, "Two arms wound around each other: the hard one.", (2, 2)),
    Generator("moons", "Moons", TASKS, moons, "Two half moons that reach into each other.", (2, 2), ("two-moons",)),
)
