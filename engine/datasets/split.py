"""Which samples are trained on and which are kept for the test."""

import numpy as np
from numpy.typing import NDArray

from engine.datasets.dataset import Array
from engine.datasets.lowest import lowest


def split(points: Array, targets: Array, by_class: bool, share: float, seed: int) -> NDArray[np.bool_]:
    """Return for each sample whether it is trained on, shape (n,).

    The share is exact to one sample in every class (``by_class``) or over all samples. A point keeps its place while
    others are painted or erased: each gets a pseudo-random rank from its own coordinates and ``seed``, and those of
    the lowest rank are trained on, so an added or removed point moves the border by one sample at most.
    At least one sample is trained on wherever there is one.
    """
    rank = _hash(points, seed)
    is_train = np.zeros(len(targets), dtype=np.bool_)
    groups = (
        [np.flatnonzero(targets == target) for target in np.unique(targets)] if by_class else [np.arange(len(rank))]
    )
    for group in groups:
        if group.size:
            count = max(1, round(share * group.size))
            is_train[group[lowest(rank[group], count)]] = True
    return is_train


def _hash(points: Array, seed: int) -> NDArray[np.uint64]:
    """Mix the bits of both coordinates with ``seed``, after SplitMix64 (Steele, Lea and Flood, 2014)."""
    bits = np.ascontiguousarray(points + 0.0).view(np.uint64)  # + 0.0 makes −0.0 equal to 0.0
    value = np.full(len(bits), np.uint64(seed % 2**64) + np.uint64(0x9E3779B97F4A7C15), dtype=np.uint64)
    for column in range(bits.shape[1]):
        value ^= bits[:, column]
        value ^= value >> np.uint64(30)
        value *= np.uint64(0xBF58476D1CE4E5B9)
        value ^= value >> np.uint64(27)
        value *= np.uint64(0x94D049BB133111EB)
        value ^= value >> np.uint64(31)
    return value
