"""The nearest neighbors of a sample in the embedding: those who vote on its class in the k-NN accuracy."""

import numpy as np
from numpy.typing import NDArray

from app.frame import Array
from engine.metrics import NEIGHBORS


def nearest_to(number: int, embedded: Array) -> NDArray[np.intp]:
    """Return the numbers of the (up to 5) samples nearest to sample ``number`` of ``embedded`` (d, n), nearest first.

    Samples without a place are nobody's neighbors.
    """
    with np.errstate(invalid="ignore", over="ignore"):
        apart = np.sum((embedded - embedded[:, number : number + 1]) ** 2, axis=0)
    apart = np.where(np.isfinite(apart), apart, np.inf)
    apart[number] = np.inf
    count = min(NEIGHBORS, int(np.count_nonzero(np.isfinite(apart))))
    # Of the 250 or 100,000 samples only a few are to be in order.
    nearest = np.argpartition(apart, min(count, len(apart) - 1))[:count]
    return np.asarray(nearest[np.argsort(apart[nearest], kind="stable")])
