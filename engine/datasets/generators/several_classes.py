"""Data sets of 2 to 8 classes."""

import numpy as np

from engine.datasets.generators.generator import Drawn, Generator, alternating, polar

ANY = (2, 8)
TASKS = ("classes", "soft-classes", "embedding")


def blobs(random: np.random.Generator, count: int, classes: int) -> Drawn:
    targets = alternating(count, classes)
    centers = polar(np.full(count, 3.6), 2.0 * np.pi * (targets / classes + 0.125))
    # The more there are, the smaller, so that they just touch.
    spread = min(1.1, 4.2 / classes)
    return np.clip(centers + random.normal(0.0, spread, (count, 2)), -6.0, 6.0), targets


def rings(random: np.random.Generator, count: int, classes: int) -> Drawn:
    targets = alternating(count, classes)
    width = 5.6 / classes
    # A gap of a fifth of a ring lies between neighbors.
    radius = width * (targets + random.uniform(0.1, 0.9, count))
    return polar(radius, random.uniform(0.0, 2.0 * np.pi, count)), targets


def arms(random: np.random.Generator, count: int, classes: int) -> Drawn:
    targets = alternating(count, classes)
    share = random.uniform(0.0, 1.0, count)
    angle = 2.0 * np.pi * (0.9 * share + targets / classes)
    return polar(0.4 + 4.9 * share, angle + random.normal(0.0, 0.5 / classes, count)), targets


def sectors(random: np.random.Generator, count: int, classes: int) -> Drawn:
    targets = alternating(count, classes)
    # Close to the center all sectors meet, so nothing lies there.
    angle = 2.0 * np.pi * (targets + random.uniform(0.06, 0.94, count)) / classes
    return polar(np.sqrt(random.uniform(0.9**2, 5.6**2, count)), angle), targets


def stripes(random: np.random.Generator, count: int, classes: int) -> Drawn:
    targets = alternating(count, classes)
    x2 = random.uniform(-5.5, 5.5, count)
    # Each class has two stripes, so that none is the space between two straight lines.
    stripe = targets + classes * random.integers(0, 2, count)
    width = 11.0 / (2 * classes)
    x1 = -5.5 + width * (stripe + random.uniform(0.08, 0.92, count))
    return np.column_stack((x1, x2)), targets


SEVERAL_CLASSES = (
    Generator("blobs", "Blobs", TASKS, blobs, "Round clouds that just touch: straight borders are enough.", ANY),
    Generator(
        "rings",
        "Rings",
        ("embedding", "classes", "soft-classes"),
        rings,
        "One ring inside the other: what is near in the plane need not belong together.",
        ANY,
        ("circles",),
    ),
    Generator("arms", "Spiral arms", TASKS, arms, "Arms of one spiral: the borders must wind with them.", ANY),
    Generator("sectors", "Sectors", TASKS, sectors, "Slices of a cake: straight borders that all meet.", ANY),
    Generator("stripes", "Stripes", TASKS, stripes, "Each class has two stripes with all the others between.", ANY),
)
