"""A field of values as a picture: colors, bands, and the range that the colors stand for."""

import math

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from app.theme import Theme
from app.views.parameter_text import unit_name, unit_place
from engine.activations import ACTIVATIONS
from engine.features import FEATURES
from engine.parameters import Layout

Field = NDArray[np.float32]

CLASS_BANDS, VALUE_BANDS = 2, 10
# How many lines of equal score are drawn, and how strongly.
CONTOURS, CONTOUR_INK = 11, 0.45


def field_image(values: Field, theme: Theme, low: float, high: float, bands: int = 0) -> QImage:
    """Return ``values`` as an opaque picture of the same shape; not-a-number is drawn in the middle color.

    The picture keeps its pixels alive and they are its own: nobody writes to them later.
    """
    if bands:
        values = banded(values, low, high, bands)
    # Values near the largest number overflow on their way to the end of the scale, where they belong.
    with np.errstate(over="ignore"):
        colors = np.ascontiguousarray(theme.colors_of(values, low, high))
    rows, columns = colors.shape
    return QImage(colors.data, columns, rows, 4 * columns, QImage.Format.Format_RGB32)


def with_contours(values: Field, theme: Theme, low: float, high: float, lines: int) -> QImage:
    """Return the picture of ``values`` with ``lines`` lines of equal value drawn into it."""
    with np.errstate(invalid="ignore", over="ignore"):
        colors = np.ascontiguousarray(theme.colors_of(values, low, high))
        scaled = np.nan_to_num((values - np.float32(low)) * np.float32((lines + 1) / (high - low)), nan=0.0)
        band = np.clip(np.floor(scaled), -1, lines + 1).astype(np.int32)
    border = np.zeros(values.shape, dtype=np.bool_)
    border[:, 1:] |= band[:, 1:] != band[:, :-1]
    border[1:] |= band[1:] != band[:-1]
    old = colors[border]
    mixed = np.full(len(old), 0xFF000000, dtype=np.uint32)
    for shift, ink in zip((16, 8, 0), theme.text, strict=True):
        channel = ((old >> np.uint32(shift)) & np.uint32(255)).astype(np.float32)
        mixed = mixed | (channel + (ink - channel) * CONTOUR_INK).astype(np.uint32) << np.uint32(shift)
    colors[border] = mixed
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
