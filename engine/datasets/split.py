"""Which samples are trained on and which are kept for the test."""

from collections.abc import Iterator

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
    rank = hashed(points, seed)
    is_train = np.zeros(len(targets), dtype=np.bool_)
    for _, group in _groups(targets, by_class):
        is_train[group[lowest(rank[group], max(1, round(share * group.size)))]] = True
    return is_train


def folds(points: Array, targets: Array, by_class: bool, count: int, seed: int) -> NDArray[np.int64]:
    """Return for each sample to which of ``count`` folds it belongs, from 1, shape (n,).

    They are equally large to one sample in every class (``by_class``) or over all samples. The ranks are those of
    ``split``: each fold takes its part of them, so an added or removed point moves every border by one sample at most.
    """
    rank = hashed(points, seed)
    fold = np.zeros(len(targets), dtype=np.int64)
    for number, group in _groups(targets, by_class):
        ranked = group[np.argsort(rank[group], kind="stable")]
        # Where there are fewer samples of a class than folds, each class leaves out others.
        fold[ranked] = (np.arange(ranked.size) * count // ranked.size + number) % count + 1
    return fold


def outside(fold: NDArray[np.int64], tested: int) -> NDArray[np.bool_]:
    """Return for each sample whether it is trained on while the fold ``tested`` is the test, shape (n,).

    If nothing were left to train on, all is: a single sample can only be trained on.
    """
    is_train = fold != tested
    return is_train if is_train.any() else np.ones_like(is_train)


def hashed(points: Array, seed: int) -> NDArray[np.uint64]:
    """Mix the bits of both coordinates with ``seed``, after SplitMix64 (Steele, Lea and Flood, 2014)."""
    bits = np.ascontiguousarray(points + 0.0).view(np.uint64)  # + 0.0 makes −0.0 equal to 0.0
    value = np.full(len(bits), np.uint64((seed + 0x9E3779B97F4A7C15) % 2**64))
    for column in range(bits.shape[1]):
        value ^= bits[:, column]
        value ^= value >> np.uint64(30)
        value *= np.uint64(0xBF58476D1CE4E5B9)
        value ^= value >> np.uint64(27)
        value *= np.uint64(0x94D049BB133111EB)
        value ^= value >> np.uint64(31)
    return value


def _groups(targets: Array, by_class: bool) -> Iterator[tuple[int, NDArray[np.intp]]]:
    """Yield each class, or 0 for all, with the indices of its samples; only those that have some."""
    if by_class:
        for target in np.unique(targets):
            yield int(target), np.flatnonzero(targets == target)
    elif targets.size:
        yield 0, np.arange(targets.size)
