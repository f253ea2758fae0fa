"""The pairs or triplets by which the loss of an embedding is measured, as lines between samples."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.frame import Array
from engine.datasets import groups
from engine.datasets.dataset import Dataset
from engine.kernels.groups import CANDIDATES
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
    chosen = _anchors(len(labels))
    if takes_triplets(loss):
        partners = groups.triplets(labels, seed)
        wanted = np.broadcast_to(np.array([[1.0], [0.0]]), partners.shape)
    else:
        partners, same = groups.pairs(labels, seed)
        wanted = same[None, :]
    own = np.broadcast_to(numbers, partners.shape)
    ends = np.stack((own, numbers[partners]), axis=-1)[:, chosen].reshape(-1, 2)
    return ends, wanted[:, chosen].reshape(-1).astype(np.float64)


@dataclass(frozen=True, eq=False)
class Candidates:
    """A few partners for each of some training samples, of which the hardest is learned from.

    Attributes:
        anchors: the samples (n,), by their numbers in the data set.
        few: their candidates (n, few).
        wanted: whether an anchor should meet its partner (1.0) or part from it (0.0), (n,).
    """

    anchors: Ends
    few: Ends
    wanted: Array

    def hardest(self, outputs: Array) -> tuple[Ends, Array]:
        """Return the links to the farthest of those to meet, and to the nearest of those to part from.

        Args:
            outputs: where the network puts all samples, (dimensions, samples).
        """
        apart = np.sum((outputs[:, self.few] - outputs[:, self.anchors, None]) ** 2, axis=0)
        place = np.where(self.wanted == 1.0, apart.argmax(axis=1), apart.argmin(axis=1))
        return np.column_stack((self.anchors, self.few[np.arange(len(place)), place])), self.wanted


def candidates_of(dataset: Dataset, loss: str, seed: int) -> Candidates:
    """Return candidates for links as training would draw them: the same for a seed, so that links do not flicker."""
    labels, numbers = dataset.targets[dataset.is_train], np.flatnonzero(dataset.is_train)
    random = np.random.default_rng((seed, 5))
    anchors, few, wanted = [], [], []
    for anchor in _anchors(len(labels)).tolist() if len(labels) > 1 else []:
        first = float(random.integers(0, 2))
        for meets in (1.0, 0.0) if takes_triplets(loss) else (first, 1.0 - first):
            others = np.flatnonzero((labels == labels[anchor]) == bool(meets))
            others = others[others != anchor]
            if others.size:
                anchors.append(numbers[anchor])
                few.append(numbers[random.choice(others, CANDIDATES)])
                wanted.append(meets)
                if not takes_triplets(loss):
                    break
    return Candidates(
        np.array(anchors, dtype=np.intp), np.array(few, dtype=np.intp).reshape(-1, CANDIDATES), np.array(wanted)
    )


def _anchors(count: int) -> Ends:
    return np.linspace(0, count - 1, min(MOST_GROUPS, count)).astype(np.intp)


def takes_triplets(loss: str) -> bool:
    """Return whether ``loss`` compares three samples at a time instead of two."""
    return LOSSES[loss].members == 3
