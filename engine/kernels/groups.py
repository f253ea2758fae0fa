"""Pairs and triplets for an epoch: every sample is an anchor once, its partners are drawn anew."""

import numpy as np
from numba import uint64

from engine.kernels.compilation import device, rare
from engine.kernels.shuffle import below, next_random

# What a group is: one sample alone, a pair of the same or of two classes, an anchor with a positive and a negative,
# a pair whose order is known.
ALONE, PAIRS, TRIPLETS, ORDERED_PAIRS = range(4)
# Candidates among which hard sampling takes the worst, and how often another score is looked for.
CANDIDATES, TRIES = 8, 16


@device
def candidate(samples, anchor, same, random):
    """Return a random sample of the anchor's class (but not itself) or of another class; −1 if there is none."""
    label = np.int64(samples.labels[anchor])
    first, end = samples.starts[label], samples.starts[label + 1]
    bits = next_random(random) >> uint64(32)
    if same:
        if end - first < 2:
            return -1
        drawn = first + below(bits, end - first - 1)
        # The anchor's own place is left out: those from there on move up by one.
        return samples.by_class[drawn + 1 if drawn >= samples.place[anchor] else drawn]
    others = samples.by_class.size - (end - first)
    if others < 1:
        return -1
    drawn = below(bits, others)
    return samples.by_class[drawn + (end - first) if drawn >= first else drawn]


@device
def distance(embedded, first, second):
    """Return the squared distance of two samples' embeddings."""
    total = 0.0
    for row in range(embedded.shape[0]):
        apart = embedded[row, first] - embedded[row, second]
        total += apart * apart
    return total


@device
def partner(samples, anchor, same, hard, random):
    """Return a partner; a ``hard`` one is the farthest of its class, or the nearest of another, of several drawn."""
    best = candidate(samples, anchor, same, random)
    if hard and best >= 0:
        worst = distance(samples.embedded, anchor, best)
        for _ in range(CANDIDATES - 1):
            other = candidate(samples, anchor, same, random)
            apart = distance(samples.embedded, anchor, other)
            if (apart > worst) == same:
                best, worst = other, apart
    return best


@device
def rival(samples, anchor, hard, random):
    """Return a sample of another score; a ``hard`` one is the most wrongly ordered of several. −1 if there is none."""
    best, worst = -1, 0.0
    found = 0
    for _ in range(TRIES):
        other = below(next_random(random) >> uint64(32), samples.order.size)
        gap = samples.labels[anchor] - samples.labels[other]
        if gap != 0.0:
            if not hard:
                return other
            scored = samples.embedded[0, anchor] - samples.embedded[0, other]
            violation = -scored if gap > 0.0 else scored
            if best < 0 or violation > worst:
                best, worst = other, violation
            found += 1
            if found == CANDIDATES:
                return best
    return best


@rare
def draw_groups(samples, drawing, hard, seed, epoch, random):
    """Fill ``samples.partners`` and, for pairs, ``samples.wanted`` for one epoch; ``hard`` needs ``embedded``."""
    random[0] = uint64(seed) ^ (uint64(epoch) * uint64(0x9E6C63D0876A9A47))
    random[0] = next_random(random)
    for anchor in range(samples.order.size):
        if drawing == PAIRS:
            same = next_random(random) & uint64(1) == uint64(1)
            other = partner(samples, anchor, same, hard, random)
            if other < 0:
                same = not same
                other = partner(samples, anchor, same, hard, random)
            # Alone in the world, a sample is its own partner.
            samples.partners[0, anchor] = other if other >= 0 else anchor
            samples.wanted[0, anchor] = 1.0 if same or other < 0 else 0.0
        elif drawing == TRIPLETS:
            for row in range(2):
                other = partner(samples, anchor, row == 0, hard, random)
                samples.partners[row, anchor] = other if other >= 0 else anchor
        else:
            other = rival(samples, anchor, hard, random)
            samples.partners[0, anchor] = other if other >= 0 else anchor
            gap = samples.labels[anchor] - samples.labels[other] if other >= 0 else 0.0
            samples.wanted[0, anchor] = 1.0 if gap > 0.0 else (-1.0 if gap < 0.0 else 0.0)
