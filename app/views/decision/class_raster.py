"""Regions of several classes as pixels: the color of the largest output, fainter where it is not sure."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from app.pixels import image_of
from app.theme import Theme
from engine.kernels.compilation import kernel

Fields = NDArray[np.float32]

# How strong a region is where the network is sure: a little less than its points, which must show on it.
STRENGTH = 0.8


@kernel  # type: ignore[untyped-decorator]
def draw_regions(
    fields: Fields, colors: NDArray[np.float32], zero: NDArray[np.float32], shares: bool, flat: bool,
    pixels: NDArray[np.uint32],
) -> None:  # fmt: skip
    """Fill ``pixels`` (rows, columns) with 0xFFRRGGBB from the outputs ``fields`` (classes, rows, columns).

    How sure a pixel is, from 0 to 1, mixes the class's color into ``zero``. For ``shares``, which add up to 1, it is
    how far the largest lies above an equal share, for other outputs how far it lies above the second. ``flat`` colors
    are always full. A pixel with an output that is not a number gets ``zero``.
    """
    count = fields.shape[0]
    for row in range(pixels.shape[0]):
        for column in range(pixels.shape[1]):
            best, first, second = 0, fields[0, row, column], np.float32(-np.inf)
            valid = first == first
            for number in range(1, count):
                value = fields[number, row, column]
                valid = valid and value == value
                if value > first:
                    best, first, second = number, value, first
                elif value > second:
                    second = value
            if not valid:
                sure = np.float32(0.0)
            elif flat:
                sure = np.float32(1.0)
            elif shares:
                sure = (first * count - np.float32(1.0)) / max(np.float32(count - 1.0), np.float32(1.0))
            else:
                sure = first - second
            sure = min(max(sure, np.float32(0.0)), np.float32(1.0))
            word = np.uint32(0xFF)
            for channel in range(3):
                mixed = zero[channel] + (colors[best, channel] - zero[channel]) * sure
                word = (word << np.uint32(8)) | np.uint32(mixed + np.float32(0.5))
            pixels[row, column] = word


def region_image(fields: Fields, theme: Theme, *, shares: bool, flat: bool) -> QImage:
    """Return the regions of all classes as an opaque picture of its own."""
    pixels = np.empty(fields.shape[1:], dtype=np.uint32)
    draw_regions(
        np.ascontiguousarray(fields), region_colors(theme), np.array(theme.zero, dtype=np.float32), shares, flat, pixels
    )
    return image_of(pixels)


def region_colors(theme: Theme) -> NDArray[np.float32]:
    """Return the colors of regions where the network is sure, (8, 3)."""
    zero, full = np.array(theme.zero, dtype=np.float64), np.array(theme.classes, dtype=np.float64)
    return np.rint(zero + (full - zero) * STRENGTH).astype(np.float32)


def warm_up() -> None:
    """Compile the kernel, or load it from the cache."""
    draw_regions(
        np.zeros((1, 1, 1), np.float32),
        np.zeros((1, 3), np.float32),
        np.zeros(3, np.float32),
        True,
        False,
        np.zeros((1, 1), np.uint32),
    )
