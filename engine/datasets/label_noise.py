"""Label noise: samples that are given another class than their own."""

import numpy as np
from numpy.typing import NDArray

from engine.datasets.dataset import Array
from engine.datasets.split import hashed

# Which labels are wrong must have nothing to do with which samples are trained on.
_APART = 0xD1B54A32D192ED03


def mislabeled(
    points: Array, targets: Array, is_train: NDArray[np.bool_], classes: int, share: float, seed: int
) -> Array:
    """Return ``targets`` (n,) with another class in ``share`` of the training samples, exact to one sample.

    The other classes are equally likely. Which samples it strikes and what they become follows from their coordinates
    and ``seed``: a larger share strikes the same ones and more.
    """
    train = np.flatnonzero(is_train)
    value = hashed(points[train], seed + _APART)
    struck = np.argsort(value, kind="stable")[: round(share * train.size)]
    others = 1 + (value[struck] % np.uint64(classes - 1)).astype(np.int64)
    changed = targets.copy()
    changed[train[struck]] = (targets[train[struck]] + others) % classes
    return changed
