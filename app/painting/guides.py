"""Guides for drawing: a grid to snap to, symmetry, and how far one may draw."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.datasets.dataset import DOMAIN, Array

MOST_TURNS = 12
LARGEST_GRID = 3.0
# Copies closer than this are the same place, but for rounding.
SAME = 1e-9


@dataclass(frozen=True)
class Guides:
    """What every tool obeys.

    Attributes:
        grid: the distance of the grid's lines, in plane units; 0 for no grid.
        mirror_x1: whether all that is drawn is drawn again left of the x₂ axis for right of it, and the reverse.
        mirror_x2: the same above and below the x₁ axis.
        turns: how many times around the origin it is drawn; 1 for once.
        limits: the lowest and highest coordinate, in both directions.
        axes: whether the lines x₁ = 0 and x₂ = 0 are seen; they change nothing that is drawn.
    """

    grid: float = 0.0
    mirror_x1: bool = False
    mirror_x2: bool = False
    turns: int = 1
    limits: tuple[float, float] = DOMAIN
    axes: bool = False

    def __post_init__(self) -> None:
        if not 0.0 <= self.grid <= LARGEST_GRID:
            raise ValueError(f"grid must lie between 0 and {LARGEST_GRID:g}, not {self.grid}.")
        if not 1 <= self.turns <= MOST_TURNS:
            raise ValueError(f"turns must lie between 1 and {MOST_TURNS}, not {self.turns}.")
        low, high = self.limits
        if not DOMAIN[0] <= low < high <= DOMAIN[1]:
            raise ValueError(f"limits must lie between {DOMAIN[0]:g} and {DOMAIN[1]:g}, the lower one first.")

    @property
    def symmetries(self) -> Array:
        """Return the matrices of all copies, shape (k, 2, 2), the first of which changes nothing.

        Both mirrors together turn by a half; so the copies are those of a group, and each comes once.
        """
        turns = math.lcm(self.turns, 2) if self.mirror_x1 and self.mirror_x2 else self.turns
        angles = 2.0 * np.pi * np.arange(turns) / turns
        c, s = np.cos(angles), np.sin(angles)
        rotations = np.stack((np.stack((c, -s), axis=1), np.stack((s, c), axis=1)), axis=1)
        # Quarter turns are exact, so that what was drawn on the grid stays on it.
        rotations = np.where(np.abs(rotations - np.rint(rotations)) < SAME, np.rint(rotations), rotations)
        if not (self.mirror_x1 or self.mirror_x2):
            return rotations
        mirror = np.diag((-1.0, 1.0) if self.mirror_x1 else (1.0, -1.0))
        return np.concatenate((rotations, rotations @ mirror))

    def snapped(self, points: Array) -> Array:
        """Return ``points`` (n, 2), each at the nearest crossing of the grid's lines."""
        return np.rint(points / self.grid) * self.grid if self.grid else points

    def repeated(self, points: Array) -> Array:
        """Return ``points`` (n, 2) and all their copies, shape (k·n, 2): all of one copy, then all of the next."""
        return self._copies(points).reshape(-1, 2)

    def inside(self, points: Array) -> NDArray[np.bool_]:
        """Return which of ``points`` (n, 2) lie within the limits."""
        low, high = self.limits
        return np.asarray(np.all((points >= low) & (points <= high), axis=1))

    def held(self, points: Array) -> Array:
        """Return ``points`` (n, 2), those beyond the limits put onto the edge."""
        return np.asarray(np.clip(points, *self.limits))

    def apply(self, points: Array) -> Array:
        """Return what is really drawn for ``points`` (n, 2): snapped, repeated, and only what lies within the limits.

        Copies that fall onto each other, as those of a point on a mirror do, are drawn once.
        """
        copies = self._copies(self.snapped(points))
        drawn = np.ones(copies.shape[:2], dtype=np.bool_)
        for later in range(1, len(copies)):
            apart = np.abs(copies[:later] - copies[later]).max(axis=2)
            drawn[later] = np.all(apart > SAME, axis=0)
        kept = copies[drawn]
        return kept[self.inside(kept)]

    def _copies(self, points: Array) -> Array:
        """Return the copies, shape (k, n, 2)."""
        return np.asarray(np.einsum("kij,nj->kni", self.symmetries, points.reshape(-1, 2)))


NO_GUIDES = Guides()
