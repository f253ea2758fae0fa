"""Lines of equal value, as pixels: thin and smooth whatever the slope, at round values that are easy to read."""

import math

import numpy as np
from numpy.typing import NDArray

from app.theme import RGB
from engine.kernels.compilation import kernel

Fields = NDArray[np.float32]
Pixels = NDArray[np.uint32]

# Half the width of a line, in pixels of the field.
HALF_WIDTH = 0.45
# Beyond so many lines a pixel, they would only be gray noise.
CLOSEST = 0.35


@kernel  # type: ignore[untyped-decorator]
def draw_lines(
    values: Fields, start: float, spacing: float, ink: NDArray[np.float32], opacity: float, half: float, pixels: Pixels
) -> None:
    """Draw lines where ``values`` (rows, columns) pass ``start`` plus a multiple of ``spacing`` into ``pixels``.

    How far a pixel lies from the next line is its value's distance from the line's, over the slope of the field.
    Where a value or a neighbor is not finite, there is no line.
    """
    rows, columns = values.shape
    for row in range(rows):
        above, below = max(row - 1, 0), min(row + 1, rows - 1)
        for column in range(columns):
            left, right = max(column - 1, 0), min(column + 1, columns - 1)
            place = (values[row, column] - start) / spacing
            x = (values[row, right] - values[row, left]) / (spacing * max(right - left, 1))
            y = (values[below, column] - values[above, column]) / (spacing * max(below - above, 1))
            slope = math.sqrt(x * x + y * y)
            # Written so that it is false for what is not a number.
            if not (1e-7 < slope < CLOSEST and abs(place) < 1e9):
                continue
            cover = half + 0.5 - abs(place - math.floor(place + 0.5)) / slope
            if cover <= 0.0:
                continue
            share = min(cover, 1.0) * opacity * min(1.0, 2.0 * (1.0 - slope / CLOSEST))
            old, word = pixels[row, column], np.uint32(0xFF)
            for channel in range(3):
                part = float((old >> np.uint32(16 - 8 * channel)) & np.uint32(255))
                word = (word << np.uint32(8)) | np.uint32(part + (ink[channel] - part) * share + 0.5)
            pixels[row, column] = word


def add_lines(pixels: Pixels, values: Fields, spacing: float, ink: RGB, opacity: float) -> None:
    """Draw the lines of ``values`` at multiples of ``spacing`` > 0 into ``pixels`` of the same shape."""
    # Wider in a finer field, so that a line looks as strong when it is stretched to the picture.
    half = HALF_WIDTH * max(values.shape[0] / 256.0, 0.5)
    draw_lines(np.ascontiguousarray(values), 0.0, spacing, np.array(ink, dtype=np.float32), opacity, half, pixels)


def round_step(span: float, most: int) -> float:
    """Return the smallest of 1, 2 or 5 times a power of ten that divides ``span`` into at most ``most`` parts."""
    if not (math.isfinite(span) and span > 0.0):
        return 1.0
    least = span / most
    power = 10.0 ** math.floor(math.log10(least))
    # The little more lets 0.2 pass as twice 0.1, whatever rounding made of it.
    return next((factor * power for factor in (1.0, 2.0, 5.0) if factor * power * (1.0 + 1e-9) >= least), 10.0 * power)


def warm_up() -> None:
    """Compile the kernel, or load it from the cache."""
    draw_lines(np.zeros((1, 1), np.float32), 0.0, 1.0, np.zeros(3, np.float32), 0.5, 0.5, np.zeros((1, 1), np.uint32))
