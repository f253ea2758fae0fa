"""What a generator is, and what several of them use."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.datasets.dataset import Array
from engine.settings import Setting, complete

Drawn = tuple[Array, Array]
# From a random generator, the classes that are wanted, how many classes there are, and the settings.
Sample = Callable[..., Drawn]
_USUAL: Mapping[str, float] = MappingProxyType({})


@dataclass(frozen=True)
class Generator:
    """One generator of samples.

    Attributes:
        name: the name in files.
        label: the name people read.
        tasks: names of the tasks it suits, the natural one first.
        sample: (random, targets (n,), classes, *settings) → points (n, 2) and targets (n,). ``targets`` are the classes
            that the samples are to have, or zeros where it decides the targets; an image has the largest square of
            pixels that n allows. Whole numbers among the settings come as int.
        remark: one sentence that teaches.
        classes: the least and the largest number of classes it can have; (0, 0) where targets are values.
        aliases: other names.
        settings: the numbers that shape it. With their defaults it lies inside the domain, and with all others, too.
    """

    name: str
    label: str
    tasks: tuple[str, ...]
    sample: Sample
    remark: str
    classes: tuple[int, int] = (0, 0)
    aliases: tuple[str, ...] = ()
    settings: tuple[Setting, ...] = ()

    def draw(
        self,
        random: np.random.Generator,
        count: int,
        classes: int = 0,
        chosen: Mapping[str, float] = _USUAL,
        balance: Sequence[float] = (),
    ) -> Drawn:
        """Return ``count`` samples as points (n, 2) and targets (n,).

        Args:
            random: draws them.
            count: how many; of an image, at most so many pixels.
            classes: how many classes there are; 0 where targets are values.
            chosen: settings that differ from their defaults.
            balance: how many samples each class has in proportion to the others; equal shares if empty.
        """
        values: list[Any] = [
            int(value) if setting.integer else value
            for setting, value in zip(self.settings, complete(self.settings, chosen), strict=True)
        ]
        targets = balanced(count, balance) if balance else alternating(count, max(classes, 1))
        return self.sample(random, targets, classes, *values)


def alternating(count: int, classes: int) -> Array:
    """Return the classes 0, 1 … in turn, so that they come out balanced to one sample."""
    return (np.arange(count) % classes).astype(np.float64)


def balanced(count: int, balance: Sequence[float]) -> Array:
    """Return ``count`` classes, of each as many as its share of ``balance``, well mixed, shape (n,).

    The counts differ from the exact shares by less than one; equal shares come in turn as in ``alternating``.
    """
    if len(set(balance)) == 1:
        return alternating(count, len(balance))
    shares = np.asarray(balance, dtype=np.float64)
    exact = count * shares / shares.sum()
    counts = np.floor(exact).astype(np.int64)
    # The largest remainders get what is left; of equal ones the first.
    counts[np.argsort(counts - exact, kind="stable")[: count - counts.sum()]] += 1
    number = np.repeat(np.arange(len(counts)), counts)
    place = np.concatenate([(np.arange(each) + 0.5) / max(each, 1) for each in counts])
    return number[np.argsort(place, kind="stable")].astype(np.float64)


def turn(targets: Array) -> NDArray[np.int64]:
    """Return for each sample how many of its class come before it, shape (n,)."""
    turns = np.zeros(len(targets), dtype=np.int64)
    for target in np.unique(targets):
        members = np.flatnonzero(targets == target)
        turns[members] = np.arange(len(members))
    return turns


def polar(radius: Array, angle: Array) -> Array:
    """Return points (n, 2) at ``radius`` from the origin, in the direction ``angle``."""
    return np.column_stack((radius * np.cos(angle), radius * np.sin(angle)))


def ring(inner: float, reach: float) -> tuple[float, float]:
    """Return the inner and outer radius of what surrounds something: out to ``reach``, and half a unit at least."""
    return inner, max(reach, inner + 0.5)


def gap_share(default: float, remark: str, high: float = 0.8) -> tuple[Setting, ...]:
    """Return the setting of what stays empty between neighbors, as a share of a neighbor's width."""
    return (Setting("gap", "Gap", default, 0.0, high, remark),)
