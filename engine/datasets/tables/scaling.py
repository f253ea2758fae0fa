"""Stretching and moving columns so that they lie in the plane, and saying so."""

from typing import NamedTuple

import numpy as np

from engine.datasets.dataset import Array
from engine.datasets.tables.table import figure, quoted

# Standard: two units of the plane for one standard deviation, so that its edge is at three.
DEVIATION = 2.0
# Min–max: a little less than the picture, which ends at 6.
REACH = 5.0
# Columns that vary less do not vary: stretched to the plane they would leave the range of numbers.
SMALLEST = 1e-90


class Scaled(NamedTuple):
    """``values`` = ``weight`` · original + ``shift``; ``remark`` says it in a sentence, empty if nothing was done."""

    values: Array
    weight: float
    shift: float
    remark: str


def scaled(values: Array, name: str, kind: str, normalization: str) -> Scaled:
    """Return one input column, shape (n,), as a coordinate of the plane; ``kind`` is the coordinate's name."""
    if normalization == "none":
        return Scaled(values, 1.0, 0.0, "")
    if normalization == "standard":
        center, size, reach = float(values.mean()), float(values.std()), DEVIATION
    else:
        low, high = float(values.min()), float(values.max())
        center, size, reach = low + (high - low) / 2.0, (high - low) / 2.0, REACH
    if abs(center) <= 1e-12 * size:
        # What rounding left of a zero.
        center = 0.0
    if size < SMALLEST:
        return Scaled(np.zeros(len(values)), 0.0, 0.0, f"{name} is {figure(center)} in every row, which says nothing.")
    weight = reach / size
    how = f"its mean is {figure(center)}, its standard deviation {figure(size)}"
    if normalization != "standard":
        how = f"it goes from {figure(low)} to {figure(high)}"
    return Scaled(
        (values - center) * weight, weight, -center * weight, f"{kind} = {_said(name, center, weight)}: {how}."
    )


def target_scaled(values: Array, name: str, normalization: str) -> Scaled:
    """Return a target that is a value, shape (n,), between −1 and 1, for which colors and curves are made."""
    low, high = float(values.min()), float(values.max())
    if normalization == "none" or (low >= -1.0 and high <= 1.0):
        return Scaled(values, 1.0, 0.0, "")
    center, half = low + (high - low) / 2.0, (high - low) / 2.0
    weight = 1.0 / half
    remark = f"The target is {_said(quoted(name), center, weight)}: it goes from {figure(low)} to {figure(high)}."
    return Scaled((values - center) * weight, weight, -center * weight, remark)


def _said(name: str, center: float, weight: float) -> str:
    """Return (``name`` − ``center``) · ``weight`` as people write it."""
    sign = "−" if center > 0.0 else "+"
    moved = f"({name} {sign} {figure(abs(center))})" if center else name
    return f"{moved} · {figure(weight)}"
