"""The pairs or triplets by which the loss of an embedding is measured, as lines between samples."""

import numpy as np
from numpy.typing import NDArray

from app.frame import Array
from engine.datasets import groups
from engine.datasets.dataset import Dataset
from engine.losses import LOSSES

# So many groups are drawn at most: more would be a tangle.
MOST_GROUPS = 60

Ends = NDArray[np.intp]


def links_of(dataset: Dataset, loss: str, seed: int) -> tuple[Ends, Array]:
    """Return some links between training samples: the numbers of both ends (n, 2), and what each should do (n,).

    1.0 stands for samples that should meet, 0.0 for those that should part. A triplet is two links from one sample.
    """
    labels, numbers = dataset.targets[dataset.is_train], np.flatnonzero(dataset.is_train)
    if len(labels) < 2:
        return np.empty((0, 2), dtype=np.intp), np.empty(0)
    chosen = np.linspace(0, len(labels) - 1, min(MOST_GROUPS, len(labels))).astype(np.intp)
    if takes_triplets(loss):
        partners = groups.triplets(labels, seed)
        wanted = np.broadcast_to(np.array([[1.0], [0.0]]), partners.shape)
    else:
        partners, same = groups.pairs(labels, seed)
        wanted = same[None, :]
    own = np.broadcast_to(numbers, partners.shape)
    ends = np.stack((own, numbers[partners]), axis=-1)[:, chosen].reshape(-1, 2)
    return ends, wanted[:, chosen].reshape(-1).astype(np.float64)


def takes_triplets(loss: str) -> bool:
    """Return whether ``loss`` compares three samples at a time instead of two."""
    return LOSSES[loss].members == 3
