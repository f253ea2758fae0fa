"""Random numbers that depend on the seed and a number alone, and the order of the samples that comes from them."""

import numpy as np
from numba import uint64

from engine.kernels.compilation import device


@device
def next_random(random):
    """Return the next 64 random bits of SplitMix64 (Steele, Lea and Flood, 2014), whose state is ``random[0]``."""
    random[0] += uint64(0x9E3779B97F4A7C15)
    value = random[0]
    value = (value ^ (value >> uint64(30))) * uint64(0xBF58476D1CE4E5B9)
    value = (value ^ (value >> uint64(27))) * uint64(0x94D049BB133111EB)
    return value ^ (value >> uint64(31))


@device
def key_of(seed, number, random):
    """Return the 64 bits of ``engine.dropout.step_key`` for ``seed`` and ``number``; ``random`` is scratch."""
    random[0] = uint64(seed) * uint64(0xD1342543DE82EF95) + uint64(number) * uint64(0x9E3779B97F4A7C15)
    return next_random(random)


@device
def below(bits, count):
    """Return a number from 0 to ``count`` − 1 from 32 random bits, uniform to within count / 2³²."""
    return np.int64((bits * uint64(count)) >> uint64(32))


@device
def shuffle(order, seed, epoch, random):
    """Fill ``order`` with the numbers of all samples in the random order of ``epoch`` (Fisher and Yates).

    The order depends on nothing but the seed and the epoch, so a snapshot of a run need not hold it. ``random``, of
    one number, is scratch. Each 64 random bits serve two places.
    """
    random[0] = uint64(seed) ^ (uint64(epoch) * uint64(0xD1342543DE82EF95))
    # One draw apart, so that neighboring epochs do not start from neighboring states.
    random[0] = next_random(random)
    for i in range(order.size):
        order[i] = i
    i = order.size - 1
    while i > 0:
        bits = next_random(random)
        j = below(bits >> uint64(32), i + 1)
        order[i], order[j] = order[j], order[i]
        i -= 1
        if i > 0:
            j = below(bits & uint64(0xFFFFFFFF), i + 1)
            order[i], order[j] = order[j], order[i]
            i -= 1
