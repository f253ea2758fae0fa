"""Soft targets: instead of its class, each sample has a probability for every class."""

import numpy as np

from engine.datasets.dataset import Array


def smoothed(targets: Array, classes: int, epsilon: float) -> Array:
    """Return 1 − ε on each sample's own class plus ε/k on all, shape (n, classes).

    Source: Szegedy et al., Rethinking the Inception architecture for computer vision, 2016: label smoothing.
    """
    own = targets[:, None] == np.arange(classes)[None, :]
    return np.asarray((1.0 - epsilon) * own + epsilon / classes)


def by_distance(points: Array, targets: Array, classes: int, temperature: float) -> Array:
    """Return how near each sample lies to the center of every class, as probabilities, shape (n, classes).

    p = softmax(−d²/(2τ²)) of the distances d to the means of the given points of each class; a class without points has
    probability 0. ``temperature`` τ is a distance: at a much smaller one, all goes to the nearest center.
    """
    present = [number for number in range(classes) if np.any(targets == number)]
    shares = np.zeros((len(points), classes))
    if not present:
        return shares
    centers = np.array([points[targets == number].mean(axis=0) for number in present])
    squares = np.sum((points[:, None, :] - centers[None, :, :]) ** 2, axis=2) / (2.0 * temperature**2)
    nearness = np.exp(squares.min(axis=1, keepdims=True) - squares)
    shares[:, present] = nearness / nearness.sum(axis=1, keepdims=True)
    return shares
