"""Pixels of an image task as colors: plain arrays in, 0xFFRRGGBB out."""

import numpy as np
from numpy.typing import NDArray

from app.frame import Array
from app.theme import Theme

Pixels = NDArray[np.uint32]

# Errors of this size have the full color.
LARGEST_ERROR = 0.5


def words(colors: Array) -> Pixels:
    """Return colors (…, 3) from 0 to 255 as opaque pixels."""
    red, green, blue = np.moveaxis(np.clip(np.rint(np.nan_to_num(colors)), 0.0, 255.0), -1, 0).astype(np.uint32)
    return np.asarray(np.uint32(0xFF000000) | red << np.uint32(16) | green << np.uint32(8) | blue)


def gray(values: Array) -> Pixels:
    """Return gray values from 0 (black) to 1 (white)."""
    return words(np.repeat(255.0 * np.asarray(values)[..., None], 3, axis=-1))


def parts(theme: Theme, numbers: Array) -> Pixels:
    """Return the colors of class numbers."""
    return words(np.array(theme.classes, dtype=np.float64)[np.asarray(numbers, dtype=np.intp)])


def sure_parts(theme: Theme, outputs: Array) -> Pixels:
    """Return the color of the largest of the outputs (classes, …), fainter where it is little above an equal share."""
    with np.errstate(invalid="ignore", over="ignore"):
        best = np.nan_to_num(outputs, nan=-1.0)
        share = (best.max(axis=0) * len(outputs) - 1.0) / max(len(outputs) - 1.0, 1.0)
    sure = np.clip(share, 0.0, 1.0)[..., None]
    zero = np.array(theme.zero, dtype=np.float64)
    full = np.array(theme.classes, dtype=np.float64)[best.argmax(axis=0)]
    return words(zero + (full - zero) * sure)


def wrong_parts(theme: Theme, outputs: Array, targets: Array) -> Pixels:
    """Return the color of trouble where the largest output is not that of the target, and the ground elsewhere."""
    return words(
        np.where(is_wrong(outputs, targets)[..., None], np.array(theme.problem), np.array(theme.zero)).astype(
            np.float64
        )
    )


def is_wrong(outputs: Array, targets: Array) -> NDArray[np.bool_]:
    """Return where the largest output is not that of the target; one that is not a number is wrong."""
    wrong = np.nan_to_num(outputs, nan=-1.0).argmax(axis=0) != targets
    return np.asarray(wrong | np.isnan(outputs).any(axis=0))


def errors(theme: Theme, values: Array, targets: Array) -> Pixels:
    """Return how far ``values`` lie above (positive color) or below (negative color) ``targets``."""
    with np.errstate(invalid="ignore", over="ignore"):
        return theme.colors_of((values - targets).astype(np.float32), -LARGEST_ERROR, LARGEST_ERROR)
