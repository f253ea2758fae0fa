"""The jitter brush: shakes points out of place."""

import numpy as np

from app.painting.falloff import falloff
from engine.datasets.dataset import Array


def jittered(
    points: Array, center: tuple[float, float], radius: float, strength: float, random: np.random.Generator
) -> Array:
    """Return ``points`` (n, 2), those under the brush moved at random.

    Args:
        points: in plane units.
        center: the middle of the brush.
        radius: of the brush; points beyond it stay where they are, bit for bit.
        strength: the standard deviation, in plane units, of each coordinate's move at the center; toward the rim it
            goes to 0.
        random: draws the moves; the same state gives the same ones.
    """
    weight = falloff(points, center, radius)
    under = np.flatnonzero(weight)
    shaken = points.copy()
    shaken[under] += strength * weight[under, None] * random.standard_normal((len(under), 2))
    return shaken
