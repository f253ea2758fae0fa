"""The magnet brush: draws points together, or drives them apart."""

import numpy as np

from app.painting.falloff import falloff
from engine.datasets.dataset import Array


def attracted(points: Array, center: tuple[float, float], radius: float, strength: float) -> Array:
    """Return ``points`` (n, 2), those under the brush moved toward its center.

    Args:
        points: in plane units.
        center: the middle of the brush.
        radius: of the brush; points beyond it stay where they are, bit for bit.
        strength: from −1 to 1: the share of its distance that a point right beside the center moves toward it;
            negative drives away. Toward the rim it goes to 0.

    No point moves past the center or beyond the rim, and none overtakes another: with u the distance in radii, the new
    one is u·(1 − strength·(1 − u²)²), which grows with u.

    Raises:
        ValueError: strength lies outside of −1 to 1.
    """
    if not -1.0 <= strength <= 1.0:
        raise ValueError(f"strength must lie between −1 and 1, not {strength}.")
    weight = falloff(points, center, radius)
    under = np.flatnonzero(weight)
    drawn = points.copy()
    drawn[under] += strength * weight[under, None] * (np.asarray(center) - points[under])
    return drawn
