"""How a brush that moves or raises points weakens toward its rim."""

import numpy as np

from engine.datasets.dataset import Array


def falloff(points: Array, center: tuple[float, float], radius: float) -> Array:
    """Return how strongly a brush acts on each of ``points`` (n, 2): 1 at its center, 0 from its rim on, shape (n,).

    With u the distance in radii it is (1 − u²)²: level at the center and at the rim, so that no edge is seen where the
    brush has been. A brush of no width acts on nothing.
    """
    if radius <= 0.0:
        return np.zeros(len(points))
    offset = (points - np.asarray(center)) / radius
    inside: Array = np.maximum(1.0 - np.sum(offset * offset, axis=1), 0.0)
    return inside * inside
