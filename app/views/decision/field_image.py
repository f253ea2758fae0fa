"""A field of values as a picture: colors, bands, and the range that the colors stand for."""

import math

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from app.pixels import image_of
from app.theme import Theme
from app.views.parameter_text import unit_name, unit_place
from engine.activations import ACTIVATIONS
from engine.features import FEATURES
from engine.parameters import Layout

Field = NDArray[np.float32]

CLASS_BANDS, VALUE_BANDS = 2, 10


def field_image(values: Field, theme: Theme, low: float, high: float, bands: int = 0) -> QImage:
    """Return ``values`` as an opaque picture of the same shape; not-a-number is drawn in the middle color.

    The picture keeps its pixels alive and they are its own: nobody writes to them later.
    """
    return image_of(field_pixels(values, theme, low, high, bands))


def field_pixels(values: Field, theme: Theme, low: float, high: float, bands: int = 0) -> NDArray[np.uint32]:
    """Return the colors of ``values`` as new opaque pixels of the same shape."""
    if bands:
        values = banded(values, low, high, bands)
    # Values near the largest number overflow on their way to the end of the scale, where they belong.
    with np.errstate(over="ignore"):
        return np.ascontiguousarray(theme.colors_of(values, low, high))


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
    layer = unit_place(shape, unit).layer
    if layer >= 0:
        activation = ACTIVATIONS[shape.layers[layer].activation]
        low, high = activation.low, activation.high
        if math.isfinite(low) and math.isfinite(high):
            return low, high
    finite = values[np.isfinite(values)]
    largest = float(np.abs(finite).max()) if finite.size else 0.0
    largest = largest or 1.0
    return -largest, largest


def unit_caption(shape: Layout, unit: int) -> str:
    """Return what the field of ``unit`` is: “Unit 3 of layer 2 · Tanh”, “x₁ · how far right the point lies”."""
    layer, number = unit_place(shape, unit)
    name = unit_name(shape, layer, number)
    if layer < 0:
        remark = FEATURES[shape.features[number]].remark.rstrip(".")
        return f"{name} · {remark[:1].lower()}{remark[1:]}"
    return f"{name[:1].upper()}{name[1:]} · {ACTIVATIONS[shape.layers[layer].activation].label}"
