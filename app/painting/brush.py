"""The brush: how wide it sprays and how many points it leaves along its way."""

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np

from engine.datasets.dataset import DOMAIN, Array

SMALLEST_RADIUS, LARGEST_RADIUS = 0.0, 2.0
LOWEST_DENSITY, HIGHEST_DENSITY = 0.5, 20.0
# How points lie around the way: evenly over the disk, or dense in the middle as under a bell.
Shape = Literal["uniform", "gaussian"]
SHAPES: tuple[Shape, ...] = get_args(Shape)
# The radius of a gaussian brush in standard deviations; beyond it nothing lands.
DEVIATIONS = 2.0


@dataclass(frozen=True)
class Brush:
    """A brush.

    Attributes:
        radius: how far from the way of the mouse points may land, in plane units.
        density: points per plane unit of the way.
        shape: how points lie around the way.
    """

    radius: float = 0.4
    density: float = 4.0
    shape: Shape = "uniform"

    def __post_init__(self) -> None:
        if not SMALLEST_RADIUS <= self.radius <= LARGEST_RADIUS:
            raise ValueError(f"radius must lie between {SMALLEST_RADIUS:g} and {LARGEST_RADIUS:g}, not {self.radius}.")
        if not LOWEST_DENSITY <= self.density <= HIGHEST_DENSITY:
            raise ValueError(
                f"density must lie between {LOWEST_DENSITY:g} and {HIGHEST_DENSITY:g}, not {self.density}."
            )
        if self.shape not in SHAPES:
            raise ValueError(f"shape must be {' or '.join(SHAPES)}, not {self.shape}.")

    @property
    def spacing(self) -> float:
        """The way from one point to the next, in plane units."""
        return 1.0 / self.density


def scatter(random: np.random.Generator, centers: Array, radius: float, shape: Shape = "uniform") -> Array:
    """Return one point for each of ``centers`` (n, 2), somewhere in the disk of ``radius`` around it.

    It is spread evenly, or as a normal distribution with the standard deviation radius / 2 that ends at the radius.
    What would land beyond the edge of the domain is mirrored back: so it stays inside the disk, and the edge
    collects no row of points as clipping would make it.
    """
    count = len(centers)
    share = random.uniform(0.0, 1.0, count)
    if shape == "gaussian":
        # The share of a normal distribution in the plane within r deviations is 1 − exp(−r²/2), solved for r.
        within = -np.expm1(-0.5 * DEVIATIONS**2)
        distance = radius / DEVIATIONS * np.sqrt(-2.0 * np.log1p(-share * within))
    else:
        distance = radius * np.sqrt(share)
    angle = random.uniform(0.0, 2.0 * np.pi, count)
    points = centers + distance[:, None] * np.column_stack((np.cos(angle), np.sin(angle)))
    low, high = DOMAIN
    points = np.where(points > high, 2.0 * high - points, points)
    points = np.where(points < low, 2.0 * low - points, points)
    return np.asarray(np.clip(points, low, high))
