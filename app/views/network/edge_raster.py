"""Curved edges drawn into a pixel buffer by a compiled kernel, many times faster than as painter paths.

The control points of each cubic lie at a third and two thirds of the way, level with its ends. That makes x linear in
t, so the curve is marched pixel column by pixel column: y = y₀ + (y₁ − y₀)(3t² − 2t³). A pixel is covered as far as it
lies within half the width of the curve, measured across it.
"""

import numpy as np
from numpy.typing import NDArray

from app.views.network import unit_raster
from engine.kernels.compilation import kernel

Pixels = NDArray[np.uint32]
Floats = NDArray[np.float64]


@kernel  # type: ignore[untyped-decorator]
def draw_edges(
    pixels: Pixels,
    background: int,
    x0: Floats,
    y0: Floats,
    x1: Floats,
    y1: Floats,
    half_width: Floats,
    colors: Pixels,
    opacity: Floats,
    order: NDArray[np.intp],
) -> None:
    """Fill ``pixels`` (rows, columns; 0xFFRRGGBB) with ``background`` and draw the edges over it in ``order``.

    Positions and half widths are in pixels of the buffer; what lies outside is clipped.
    """
    rows, columns = pixels.shape
    pixels[:] = background
    for place in range(order.size):
        edge = order[place]
        run, rise, half = x1[edge] - x0[edge], y1[edge] - y0[edge], half_width[edge]
        if not (run > 0.0 and half > 0.0):
            continue
        color = np.int64(colors[edge])
        red, green, blue = color >> 16 & 255, color >> 8 & 255, color & 255
        # A line thinner than a pixel covers no pixel fully.
        thinness = min(1.0, 2.0 * half)
        for column in range(max(0, int(x0[edge])), min(columns, int(x1[edge]) + 1)):
            t = min(max((column + 0.5 - x0[edge]) / run, 0.0), 1.0)
            middle = y0[edge] + rise * t * t * (3.0 - 2.0 * t)
            slope = rise * 6.0 * t * (1.0 - t) / run
            across = 1.0 / np.sqrt(1.0 + slope * slope)
            reach = (half + 0.5) / across
            for row in range(max(0, int(middle - reach)), min(rows, int(middle + reach) + 1)):
                coverage = min(half + 0.5 - abs(row + 0.5 - middle) * across, thinness)
                if coverage <= 0.0:
                    continue
                share = np.int64(coverage * opacity[edge] * 256.0)
                old = np.int64(pixels[row, column])
                r, g, b = old >> 16 & 255, old >> 8 & 255, old & 255
                r += (red - r) * share >> 8
                g += (green - g) * share >> 8
                b += (blue - b) * share >> 8
                pixels[row, column] = np.uint32(0xFF000000 | r << 16 | g << 8 | b)


class _State:
    """Whether the kernels are compiled: set once by the worker, read by the view."""

    compiled = False


def is_compiled() -> bool:
    """Return whether drawing may use the kernels; before that, a call would block until they are compiled."""
    return _State.compiled


def warm_up() -> None:
    """Compile this view's kernels (or load them from the cache). Called on the worker's thread, once."""
    ends = np.array([1.0])
    pixels = np.zeros((4, 8), dtype=np.uint32)
    order = np.zeros(1, dtype=np.intp)
    draw_edges(pixels, 0xFF000000, ends, ends, ends + 4.0, ends, ends, np.ones(1, dtype=np.uint32), ends, order)
    unit_raster.warm_up()
    _State.compiled = True
