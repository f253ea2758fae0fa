"""Which units a dropout layer silences: decided by a hash, so that a run needs to remember nothing to be repeated.

The functions work on Python's and Numba's unsigned integers and on NumPy arrays of them alike.
Source of the hash: the two-round “lowbias32” family found by C. Wellons' hash prospector, 2018.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

MASK = np.uint64(0xFFFFFFFF)
_A, _B, _C = np.uint64(0x21F0AAAD), np.uint64(0xD35A2D97), np.uint64(0x9E3779B1)
_16, _15 = np.uint64(16), np.uint64(15)

Unsigned = Any


def hashed(low: Unsigned, high: Unsigned, unit: Unsigned, sample: Unsigned) -> Unsigned:
    """Return 32 random bits for one unit and one sample of a step whose key is (``low``, ``high``)."""
    x = (low ^ (unit * _C + sample)) & MASK
    x = ((x ^ (x >> _16)) * _A) & MASK
    x = ((x ^ high ^ (x >> _15)) * _B) & MASK
    return x ^ (x >> _15)


def step_key(seed: int, step: int) -> tuple[np.uint64, np.uint64]:
    """Return the key of step number ``step`` (from 0): both halves of 64 bits mixed after SplitMix64."""
    value = (seed * 0xD1342543DE82EF95 + (step + 1) * 0x9E3779B97F4A7C15) % 2**64
    value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9 % 2**64
    value = (value ^ (value >> 27)) * 0x94D049BB133111EB % 2**64
    value ^= value >> 31
    return np.uint64(value & 0xFFFFFFFF), np.uint64(value >> 32)


def factors(
    seed: int, step: int, first_unit: int, units: int, samples: int, rate: float, first_sample: int = 0
) -> NDArray[np.float64]:
    """Return what each activation of a layer is multiplied with, shape (units, samples): 0, or 1/(1 − rate).

    Dividing by the share that stays keeps the expected sum, so that evaluation needs no correction.

    Args:
        seed, step: of the experiment, and how many steps were done before this one.
        first_unit: the number of the layer's first unit, as in ``Layout``.
        samples: how many samples.
        rate: the share of units that is silenced.
        first_sample: how many samples of the batch come before these.

    Source: Srivastava et al., Dropout: a simple way to prevent neural networks from overfitting, 2014.
    """
    low, high = step_key(seed, step)
    unit = np.arange(first_unit, first_unit + units, dtype=np.uint64)[:, None]
    sample = np.arange(first_sample, first_sample + samples, dtype=np.uint64)[None, :]
    stays = hashed(low, high, unit, sample) >= threshold(rate)
    return np.where(stays, 1.0 / (1.0 - rate), 0.0)


def threshold(rate: float) -> np.uint64:
    """Return the number below which a hash silences its unit."""
    return np.uint64(rate * 2.0**32)
