"""Data sets of two classes; most of them no straight line can part."""

import numpy as np

from engine.datasets.dataset import Array
from engine.datasets.generators.generator import Drawn, Generator, polar, ring, turn
from engine.settings import Setting

# What two classes are good for besides telling them apart.
TASKS = ("two-classes", "classes", "embedding", "soft-classes")
TWO = (2, 2)


def circle(random: np.random.Generator, targets: Array, classes: int, size: float, gap: float) -> Drawn:
    count = len(targets)
    # The root spreads the points evenly over the area.
    share = random.uniform(0.0, 1.0, count)
    inner, outer = ring(size + gap, 5.0)
    radius = np.where(targets == 1.0, size * np.sqrt(share), np.sqrt(inner**2 + share * (outer**2 - inner**2)))
    return polar(radius, random.uniform(0.0, 2.0 * np.pi, count)), targets


def xor(random: np.random.Generator, targets: Array, classes: int, gap: float) -> Drawn:
    count = len(targets)
    # The gap on each side of the axes keeps the classes apart.
    points = random.uniform(gap, 5.0, (count, 2))
    points[:, 0] *= np.where(random.uniform(size=count) < 0.5, -1.0, 1.0)
    points[:, 1] *= np.sign(points[:, 0]) * np.where(targets == 1.0, 1.0, -1.0)
    return points, targets


def gaussians(
    random: np.random.Generator, targets: Array, classes: int, blobs: int, distance: float, spread: float
) -> Drawn:
    if blobs == 2:
        centers = np.where(targets == 1.0, distance, -distance)[:, None]
    else:
        blob = _alternate(targets, blobs)
        centers = polar(np.full(len(targets), np.sqrt(2.0) * distance), 2.0 * np.pi * (blob / blobs + 0.125))
    points = random.normal(np.broadcast_to(centers, (len(targets), 2)), spread)
    return np.clip(points, -6.0, 6.0), targets


def spiral(random: np.random.Generator, targets: Array, classes: int, turns: float, arms: int) -> Drawn:
    share = random.uniform(0.0, 1.0, len(targets))
    angle = turns * 2.0 * np.pi * share + 2.0 * np.pi * _alternate(targets, arms) / arms
    # From the center all arms look alike, so they start a little off it.
    return polar(0.25 + 4.75 * share, angle), targets


def moons(random: np.random.Generator, targets: Array, classes: int, gap: float, spread: float) -> Drawn:
    angle = random.uniform(0.0, np.pi, len(targets))
    sign = np.where(targets == 1.0, -1.0, 1.0)
    # How far the tips of a moon lie beyond the middle between both: where the other moon already is.
    reach = (3.0 - gap) / 2.0
    x1 = sign * (3.0 * np.cos(angle) - 1.5)
    x2 = sign * (3.0 * np.sin(angle) - reach)
    points = np.column_stack((x1, x2)) + random.normal(0.0, spread, (len(targets), 2))
    return np.clip(points, -6.0, 6.0), targets


def _alternate(targets: Array, count: int) -> Array:
    """Return to which of ``count`` arms or clouds each sample belongs: they alternate between the classes 1 and 0."""
    is_first = targets == 1.0
    own = np.where(is_first, (count + 1) // 2, count // 2)
    return np.asarray(2 * (turn(targets) % own) + np.where(is_first, 0, 1), dtype=np.float64)


TWO_CLASSES = (
    Generator(
        "circle",
        "Circle",
        TASKS,
        circle,
        "A disk inside a ring: no straight line can part them.",
        TWO,
        settings=(
            Setting("radius", "Radius", 2.5, 0.5, 3.5, "How large the disk in the middle is."),
            Setting("gap", "Gap", 1.0, 0.0, 2.0, "How much room is between disk and ring."),
        ),
    ),
    Generator(
        "xor",
        "XOR",
        TASKS,
        xor,
        "Opposite quadrants belong together: one layer is not enough.",
        TWO,
        settings=(Setting("gap", "Gap", 0.3, 0.0, 2.5, "How far the points keep away from the axes."),),
    ),
    Generator(
        "gaussians",
        "Two Gaussians",
        TASKS,
        gaussians,
        "Two clouds that a straight line parts almost perfectly.",
        TWO,
        ("two-gaussians", "gaussian", "gauss"),
        (
            Setting(
                "blobs", "Clouds", 2.0, 2.0, 8.0, "How many clouds there are; the classes take turns.", integer=True
            ),
            Setting("distance", "Distance", 2.0, 0.0, 4.0, "How far from both axes the centers of two clouds lie."),
            Setting("spread", "Spread", 1.0, 0.1, 2.5, "How wide a cloud is: its standard deviation."),
        ),
    ),
    Generator(
        "spiral",
        "Spiral",
        TASKS,
        spiral,
        "Two arms wound around each other: the hard one.",
        TWO,
        settings=(
            Setting("turns", "Turns", 1.75, 0.25, 4.0, "How often an arm winds around the center."),
            Setting("arms", "Arms", 2.0, 2.0, 8.0, "How many arms there are; the classes take turns.", integer=True),
        ),
    ),
    Generator(
        "moons",
        "Moons",
        TASKS,
        moons,
        "Two half moons that reach into each other.",
        TWO,
        ("two-moons",),
        (
            Setting("gap", "Gap", 1.5, 0.0, 5.0, "How far the tip of one moon is from the arc of the other."),
            Setting("spread", "Spread", 0.25, 0.0, 1.0, "How thick the moons are: a standard deviation."),
        ),
    ),
)
