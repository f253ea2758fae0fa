"""Many columns on a plane: principal components."""

from typing import NamedTuple

import numpy as np

from engine.datasets.dataset import Array
from engine.datasets.tables.scaling import SMALLEST


class Projection(NamedTuple):
    """Two coordinates for every row, shape (n, 2) = ``weights`` (2, k) · row + ``shifts`` (2,).

    ``share`` is how much of the variance of the standardized columns they keep.
    """

    values: Array
    weights: Array
    shifts: Array
    share: float


def principal_components(matrix: Array) -> Projection:
    """Return the two directions in which ``matrix`` (n, k) varies most, after every column was standardized.

    The singular vectors of the correlation matrix, each turned so that its largest entry is positive.
    Source: Pearson, On lines and planes of closest fit to systems of points in space, 1901.
    """
    mean, deviation = matrix.mean(axis=0), matrix.std(axis=0)
    # A column that is the same everywhere has no part in it.
    varies = deviation > np.maximum(1e-12 * np.abs(mean), SMALLEST)
    unit = np.divide(1.0, deviation, out=np.zeros_like(deviation), where=varies)
    standard = matrix - mean
    standard *= unit
    _, variances, directions = np.linalg.svd(standard.T @ standard / len(matrix))
    first = directions[:2]
    largest = np.argmax(np.abs(first), axis=1)
    first = first * np.where(first[np.arange(2), largest] < 0.0, -1.0, 1.0)[:, None]
    total = float(variances.sum())
    weights = first * unit
    return Projection(
        values=standard @ first.T,
        weights=weights,
        shifts=-weights @ mean,
        share=float(variances[:2].sum()) / total if total else 1.0,
    )
