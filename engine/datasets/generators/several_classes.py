"""Data sets of 2 to 8 classes."""

import numpy as np

from engine.datasets.dataset import Array
from engine.datasets.generators.generator import Drawn, Generator, gap_share, polar
from engine.settings import Setting

ANY = (2, 8)
TASKS = ("classes", "soft-classes", "embedding")


def blobs(random: np.random.Generator, targets: Array, classes: int, distance: float, spread: float) -> Drawn:
    count = len(targets)
    centers = polar(np.full(count, distance), 2.0 * np.pi * (targets / classes + 0.125))
    # The more there are, the smaller, so that they just touch.
    width = spread * min(1.1, 4.2 / classes)
    return np.clip(centers + random.normal(0.0, width, (count, 2)), -6.0, 6.0), targets


def rings(random: np.random.Generator, targets: Array, classes: int, gap: float) -> Drawn:
    count = len(targets)
    width = 5.6 / classes
    radius = width * (targets + random.uniform(gap / 2.0, 1.0 - gap / 2.0, count))
    return polar(radius, random.uniform(0.0, 2.0 * np.pi, count)), targets


def arms(random: np.random.Generator, targets: Array, classes: int, turns: float, width: float) -> Drawn:
    count = len(targets)
    share = random.uniform(0.0, 1.0, count)
    angle = 2.0 * np.pi * (turns * share + targets / classes)
    return polar(0.4 + 4.9 * share, angle + random.normal(0.0, width / classes, count)), targets


def sectors(random: np.random.Generator, targets: Array, classes: int, gap: float, hole: float) -> Drawn:
    count = len(targets)
    # Close to the center all sectors meet, so nothing lies there.
    angle = 2.0 * np.pi * (targets + random.uniform(gap / 2.0, 1.0 - gap / 2.0, count)) / classes
    return polar(np.sqrt(random.uniform(hole**2, 5.6**2, count)), angle), targets


def stripes(random: np.random.Generator, targets: Array, classes: int, each: int, gap: float) -> Drawn:
    count = len(targets)
    x2 = random.uniform(-5.5, 5.5, count)
    # With two stripes of each class, none is the space between two straight lines.
    stripe = targets + classes * random.integers(0, each, count)
    width = 11.0 / (each * classes)
    x1 = -5.5 + width * (stripe + random.uniform(gap / 2.0, 1.0 - gap / 2.0, count))
    return np.column_stack((x1, x2)), targets


SEVERAL_CLASSES = (
    Generator(
        "blobs",
        "Blobs",
        TASKS,
        blobs,
        "Round clouds that just touch: straight borders are enough.",
        ANY,
        settings=(
            Setting("distance", "Distance", 3.6, 0.5, 5.0, "How far the centers of the clouds are from the middle."),
            Setting("spread", "Spread", 1.0, 0.1, 2.5, "How wide the clouds are; at 1 they just touch."),
        ),
    ),
    Generator(
        "rings",
        "Rings",
        ("embedding", "classes", "soft-classes"),
        rings,
        "One ring inside the other: what is near in the plane need not belong together.",
        ANY,
        ("circles",),
        gap_share(0.2, "How much of a ring's width stays empty between it and the next."),
    ),
    Generator(
        "arms",
        "Spiral arms",
        TASKS,
        arms,
        "Arms of one spiral: the borders must wind with them.",
        ANY,
        settings=(
            Setting("turns", "Turns", 0.9, 0.0, 3.0, "How often an arm winds around the center."),
            Setting("width", "Width", 0.5, 0.0, 1.5, "How wide an arm is; wide ones mix with their neighbors."),
        ),
    ),
    Generator(
        "sectors",
        "Sectors",
        TASKS,
        sectors,
        "Slices of a cake: straight borders that all meet.",
        ANY,
        settings=(
            *gap_share(0.12, "How much of a slice's angle stays empty between it and the next."),
            Setting("hole", "Hole", 0.9, 0.0, 4.5, "How far the slices stay away from the center, where all meet."),
        ),
    ),
    Generator(
        "stripes",
        "Stripes",
        TASKS,
        stripes,
        "Each class has two stripes with all the others between.",
        ANY,
        settings=(
            Setting("each", "Of each", 2.0, 1.0, 4.0, "How many stripes each class has.", integer=True),
            *gap_share(0.16, "How much of a stripe's width stays empty between it and the next."),
        ),
    ),
)
