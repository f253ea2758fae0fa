"""Drawing on a picture: which pixels a pencil meets, and which belong together. Plain arrays."""

import numpy as np

from app.painting.drawing import Drawing, DrawingChange, Indices
from engine.datasets.dataset import Array

LARGEST_PENCIL = 9

Pixel = tuple[int, int]


def tip(shape: Pixel, pixel: Pixel, size: int) -> Indices:
    """Return the pixels under a square pencil, ascending.

    Args:
        shape: rows and columns of the picture, whose pixels are numbered row by row.
        pixel: row and column of the middle; of an even size, of the pixel right below the middle. It may lie outside.
        size: pixels on each side.
    """
    rows, columns = (
        np.arange(max(middle - size // 2, 0), min(middle - size // 2 + size, length))
        for middle, length in zip(pixel, shape, strict=True)
    )
    return np.asarray((rows[:, None] * shape[1] + columns).ravel(), dtype=np.intp)


def line_of_pixels(start: Pixel, end: Pixel) -> list[Pixel]:
    """Return the pixels on the straight way from ``start`` to ``end``, both included; each touches the next one."""
    steps = max(abs(end[0] - start[0]), abs(end[1] - start[1]), 1)
    share = np.linspace(0.0, 1.0, steps + 1)
    # A half rounds up, not to the even number, so that a way looks the same wherever it lies.
    rows, columns = (np.floor(a + (b - a) * share + 0.5).astype(int) for a, b in zip(start, end, strict=True))
    return list(dict.fromkeys(zip(rows.tolist(), columns.tolist(), strict=True)))


def under_pencil(shape: Pixel, start: Pixel, end: Pixel, size: int) -> Indices:
    """Return the pixels that a pencil meets on its way from ``start`` to ``end``, ascending."""
    return np.unique(np.concatenate([tip(shape, pixel, size) for pixel in line_of_pixels(start, end)]))


def region(values: Array, pixel: Pixel, tolerance: float = 0.0) -> Indices:
    """Return the pixels that hang together with ``pixel`` and have its value, ascending.

    Args:
        values: of the picture, shape (rows, columns).
        pixel: row and column, inside.
        tolerance: how much another value may differ from that of ``pixel``.

    Pixels hang together by their sides, not by their corners. The region grows by a rim at a time, so that the time it
    takes is in proportion to its pixels, not to the picture's times the length of its longest way.
    """
    rows, columns = values.shape
    # A margin of pixels that never belong to it: so nothing grows over an edge to the other side.
    free = np.zeros((rows + 2, columns + 2), dtype=np.bool_)
    free[1:-1, 1:-1] = np.abs(values - values[pixel]) <= tolerance
    open_pixels, wide = free.ravel(), columns + 2
    rim = np.array([(pixel[0] + 1) * wide + pixel[1] + 1])
    open_pixels[rim] = False
    found = [rim]
    while len(rim):
        around = np.concatenate((rim - wide, rim - 1, rim + 1, rim + wide))
        rim = np.unique(around[open_pixels[around]])
        open_pixels[rim] = False
        found.append(rim)
    row, column = np.divmod(np.concatenate(found), wide)
    return np.sort((row - 1) * columns + column - 1)


def colored(pixels: Indices, value: float, locked: frozenset[int] = frozenset()) -> DrawingChange:
    """Return the change that gives ``pixels`` the class or gray ``value``, but for those of ``locked`` classes."""

    def change(drawing: Drawing) -> Drawing:
        targets = drawing.targets[pixels]
        changed = targets != value
        if locked:
            changed &= ~np.isin(targets, sorted(locked))
        return drawing.with_targets(pixels[changed], value) if changed.any() else drawing

    return change
