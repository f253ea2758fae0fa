"""Fixed pairs and triplets, by which losses on groups are measured: the same for the same samples and seed."""

import numpy as np
from numpy.typing import NDArray

from engine.datasets.dataset import Array

Partners = NDArray[np.int64]
# How often another score is looked for.
TRIES = 16


def pairs(targets: Array, seed: int) -> tuple[Partners, Array]:
    """Return a partner for every sample, (1, n), and whether it is of the same class (1.0) or of another (0.0), (n,).

    Either is as likely as far as there is a choice; a sample that is alone in the world is its own partner.
    """
    random = np.random.default_rng((seed, 2))
    wants_same = random.uniform(size=len(targets)) < 0.5
    same, other = _drawn(random, targets, same=True), _drawn(random, targets, same=False)
    is_same = np.where(wants_same, same >= 0, other < 0)
    partner = np.where(is_same, same, other)
    alone = partner < 0
    partner = np.where(alone, np.arange(len(targets)), partner)
    return partner[None, :].astype(np.int64), (is_same | alone).astype(np.float64)


def triplets(targets: Array, seed: int) -> Partners:
    """Return a positive and a negative for every sample, (2, n); the sample itself where there is none."""
    random = np.random.default_rng((seed, 3))
    own = np.arange(len(targets))
    drawn = (_drawn(random, targets, same=same) for same in (True, False))
    return np.array([np.where(each < 0, own, each) for each in drawn], dtype=np.int64).reshape(2, len(own))


def ordered_pairs(scores: Array, seed: int) -> tuple[Partners, Array]:
    """Return a partner for every sample, (1, n), and +1 if the sample's score is higher, −1 if lower, (n,).

    Where no other score is found in 16 tries it is 0.
    """
    random = np.random.default_rng((seed, 4))
    count = len(scores)
    partner = np.arange(count)
    for _ in range(TRIES):
        tied = np.flatnonzero(scores == scores[partner])
        if not tied.size:
            break
        partner[tied] = random.integers(0, count, tied.size)
    return partner[None, :].astype(np.int64), np.sign(scores - scores[partner])


def _drawn(random: np.random.Generator, targets: Array, *, same: bool) -> Partners:
    """Return for each sample another of the same class, or one of another class; −1 where there is none."""
    count = len(targets)
    by_class = np.argsort(targets, kind="stable")
    _, number, sizes = np.unique(targets, return_inverse=True, return_counts=True)
    starts = np.concatenate(([0], np.cumsum(sizes)))[number]
    size = sizes[number]
    place = np.empty(count, dtype=np.int64)
    place[by_class] = np.arange(count)
    room = size - 1 if same else count - size
    drawn = np.floor(random.uniform(size=count) * np.maximum(room, 1)).astype(np.int64)
    if same:
        # The sample's own place is left out: those from there on move up by one.
        chosen = starts + drawn
        chosen = chosen + (chosen >= place)
    else:
        chosen = np.where(drawn >= starts, drawn + size, drawn)
    found = by_class[np.minimum(chosen, max(count - 1, 0))] if count else np.zeros(0, dtype=np.int64)
    return np.asarray(np.where(room > 0, found, -1))
