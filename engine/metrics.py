"""Metrics: how well a network does, in a number people understand."""

import numpy as np

from engine.datasets.dataset import Array


def accuracy(wanted: Array, predicted: Array, targets: tuple[float, float]) -> float:
    """Return the share of samples on the right side of the middle between both class targets (NaN if there are none).

    A prediction exactly in the middle counts for the first class; one that is not a number is wrong.
    """
    if not wanted.size:
        return float("nan")
    middle = 0.5 * (targets[0] + targets[1])
    right = ((predicted > middle) == (wanted > middle)) & np.isfinite(predicted)
    return float(np.mean(right))


def r_squared(wanted: Array, predicted: Array, targets: tuple[float, float]) -> float:
    """Return 1 − Σ(y − ŷ)² / Σ(y − ȳ)²: 1 is perfect, 0 no better than the mean (NaN if all targets are equal)."""
    if not wanted.size:
        return float("nan")
    spread = float(np.sum((wanted - wanted.mean()) ** 2))
    if spread == 0.0:
        return float("nan")
    with np.errstate(over="ignore"):  # shortly before a run diverges: −∞ is the right answer then
        return 1.0 - float(np.sum((wanted - predicted) ** 2)) / spread
