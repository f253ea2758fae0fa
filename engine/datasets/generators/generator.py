"""What a generator is, and what several of them use."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from engine.datasets.dataset import Array

Drawn = tuple[Array, Array]


@dataclass(frozen=True)
class Generator:
    """One generator of samples.

    Attributes:
        name: the name in files.
        label: the name people read.
        tasks: names of the tasks it suits, the natural one first.
        draw: (random, count, classes) → points (n, 2) and targets (n,); an image has the largest square of pixels that
            ``count`` allows.
        remark: one sentence that teaches.
        classes: the least and the largest number of classes it can have; (0, 0) where targets are values.
        aliases: other names.
    """

    name: str
    label: str
    tasks: tuple[str, ...]
    draw: Callable[[np.random.Generator, int, int], Drawn]
    remark: str
    classes: tuple[int, int] = (0, 0)
    aliases: tuple[str, ...] = ()


def alternating(count: int, classes: int) -> Array:
    """Return the classes 0, 1 … in turn, so that they come out balanced to one sample."""
    return (np.arange(count) % classes).astype(np.float64)


def polar(radius: Array, angle: Array) -> Array:
    """Return points (n, 2) at ``radius`` from the origin, in the direction ``angle``."""
    return np.column_stack((radius * np.cos(angle), radius * np.sin(angle)))
