"""The brush: how wide it sprays and how many points it leaves along its way."""

from dataclasses import dataclass

import numpy as np

from engine.datasets.dataset import DOMAIN, Array

SMALLEST_RADIUS, LARGEST_RADIUS = 0.0, 2.0
LOWEST_DENSITY, HIGHEST_DENSITY = 0.5, 20.0


@dataclass(frozen=True)
class Brush:
    """A brush.

    Attributes:
        radius: how far from the way of the mouse points may land, in plane units.
        density: points per plane unit of the way.
    """

    radius: float = 0.4
    density: float = 4.0

    def __post_init__(self) -> None:
        if not SMALLEST_RADIUS <= self.radius <= LARGEST_RADIUS:
            raise ValueError(f"radius must lie between {SMALLEST_RADIUS:g} and {LARGEST_RADIUS:g}, not {self.radius}.")
        if not LOWEST_DENSITY <= self.density <= HIGHEST_DENSITY:
            raise ValueError(
                f"density must lie between {LOWEST_DENSITY:g} and {HIGHEST_DENSITY:g}, not {self.density}."
            )

    @property
    def spacing(self) -> float:
        """The way from one point to the next, in plane units."""
        return 1.0 / self.density


def scatter(random: np.random.Generator, centers: Array, radius: float) -> Array:
    """Return one point for each of ``centers`` (n, 2), spread evenly over the disk of ``radius`` around it.

    What would land beyond the edge of the domain is mirrored back: so it stays inside the disk, and the edge
    collects no row of points as clipping would make it.
    """
    count = len(centers)
    distance = radius * np.sqrt(random.uniform(0.0, 1.0, count))
    angle = random.uniform(0.0, 2.0 * np.pi, count)
    points = centers + distance[:, None] * np.column_stack((np.cos(angle), np.sin(angle)))
    low, high = DOMAIN
    points = np.where(points > high, 2.0 * high - points, points)
    points = np.where(points < low, 2.0 * low - points, points)
    return np.asarray(np.clip(points, low, high))
