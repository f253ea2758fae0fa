"""A field of values as a picture: colors, bands, and the range that the colors stand for."""

import math

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from app.theme import Theme
from engine.activations import ACTIVATIONS
from engine.features import FEATURES
from engine.parameters import Layout

Field = NDArray[np.float32]

CLASS_BANDS, VALUE_BANDS = 2, 10


def field_image(values: Field, theme: Theme, low: float, high: float, bands: int = 0) -> QImage:
    """Return ``values`` as an opaque picture of the same shape; not-a-number is drawn in the middle color.

    The picture keeps its pixels alive and they are its own: nobody writes to them later.
    """
    if bands:
        values = banded(values, low, high, bands)
    colors = np.ascontiguousarray(theme.colors_of(values, low, high))
    rows, columns = colors.shape
    return QImage(colors.data, columns, rows, 4 * columns, QImage.Format.Format_RGB32)


def banded(values: Field, low: float, high: float, bands: int) -> Field:
    """Return ``values`` rounded to ``bands`` values spread evenly from ``low`` to ``high``, the ends included."""
    if not high > low:
        return values
    with np.errstate(invalid="ignore", over="ignore"):
        band = np.clip(np.floor((values - np.float32(low)) * np.float32(bands / (high - low))), 0, bands - 1)
    return np.asarray(np.float32(low) + band * np.float32((high - low) / (bands - 1)), dtype=np.float32)


def unit_range(shape: Layout, unit: int, values: Field) -> tuple[float, float]:
    """Return the values drawn in full negative and full positive color for the field of ``unit``.

    A bounded activation brings its own range; otherwise the largest magnitude counts, the same to both sides of zero.
    """
    activation = activation_of(shape, unit)
    if activation is not None:
        low, high = ACTIVATIONS[activation].low, ACTIVATIONS[activation].high
        if math.isfinite(low) and math.isfinite(high):
            return low, high
    finite = values[np.isfinite(values)]
    largest = float(np.abs(finite).max()) if finite.size else 0.0
    largest = largest or 1.0
    return -largest, largest


def activation_of(shape: Layout, unit: int) -> str | None:
    """Return the name of the activation of ``unit``, or None for an input feature."""
    place = _place(shape, unit)
    return None if place is None else shape.layers[place[0]].activation


def unit_name(shape: Layout, unit: int) -> str:
    """Return what ``unit`` is called: “Input x₁”, “Layer 2, unit 3”, “Output unit”."""
    place = _place(shape, unit)
    if place is None:
        return f"Input {FEATURES[shape.features[unit]].label}"
    layer, number = place
    if layer == len(shape.layers) - 1:
        return "Output unit"
    return f"Layer {layer + 1}, unit {number + 1}"


def _place(shape: Layout, unit: int) -> tuple[int, int] | None:
    """Return layer and place in it of ``unit``; None for an input feature."""
    number = unit - len(shape.features)
    if number < 0:
        return None
    for layer, size in enumerate(shape.layers):
        if number < size.outputs:
            return layer, number
        number -= size.outputs
    raise IndexError(f"There is no unit {unit}.")
