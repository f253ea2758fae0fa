"""The value brushes: they change what is wanted at points, for regression and ranking."""

import numpy as np

from app.painting.falloff import falloff
from engine.datasets.dataset import Array

LOWEST_VALUE, HIGHEST_VALUE = -1.0, 1.0


def raised(points: Array, targets: Array, center: tuple[float, float], radius: float, amount: float) -> Array:
    """Return ``targets`` (n,), those of the ``points`` (n, 2) under the brush raised.

    Args:
        points: in plane units.
        targets: the value wanted at each.
        center, radius: of the brush, in plane units; beyond it targets stay as they are, bit for bit.
        amount: how much at the center; toward the rim it goes to 0. Negative lowers.

    A raised value ends at 1 and a lowered one at −1; what lay beyond already, as a table's values may, stays there.
    """
    change = amount * falloff(points, center, radius)
    return np.where(
        change > 0.0,
        np.maximum(np.minimum(targets + change, HIGHEST_VALUE), targets),
        np.where(change < 0.0, np.minimum(np.maximum(targets + change, LOWEST_VALUE), targets), targets),
    )


def drawn_to(
    points: Array, targets: Array, center: tuple[float, float], radius: float, value: float, share: float = 1.0
) -> Array:
    """Return ``targets`` (n,), those of the ``points`` (n, 2) under the brush drawn toward ``value``.

    At the center they go ``share`` (from 0 to 1) of the way; toward the rim this falls to 0. The rest is as in
    ``raised``.
    """
    weight = share * falloff(points, center, radius)
    # Written so that the full weight gives the value itself, and none leaves the target as it is.
    return np.where(weight > 0.0, targets * (1.0 - weight) + value * weight, targets)
