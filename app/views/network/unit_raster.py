"""Units drawn into a pixel buffer by compiled kernels: thumbnails of fields in rounded frames, and bias dots."""

import numpy as np
from numpy.typing import NDArray

from engine.kernels.compilation import kernel

Pixels = NDArray[np.uint32]
Floats = NDArray[np.float64]
Fields = NDArray[np.float32]
Integers = NDArray[np.intp]


@kernel
def largest_magnitudes(fields: Fields, which: Integers, result: Floats) -> None:
    """Fill ``result`` with the largest finite magnitude of each field in ``which``."""
    for place in range(which.size):
        field = fields[which[place]]
        largest = 0.0
        for row in range(field.shape[0]):
            for column in range(field.shape[1]):
                size = abs(field[row, column])
                if size > largest and size < np.inf:
                    largest = size
        result[place] = largest


@kernel
def draw_thumbnails(
    pixels: Pixels,
    fields: Fields,
    which: Integers,
    x: Floats,
    y: Floats,
    size: Floats,
    scale: Floats,
    table: Pixels,
    frame: int,
    frame_width: float,
) -> None:
    """Draw each field in ``which`` as a square with round corners around (x, y).

    A field runs from −scale to +scale over the 256 colors of ``table``; not-a-number is the middle. Positions and sizes
    are in pixels of the buffer.
    """
    rows, columns = pixels.shape
    field_rows, field_columns = fields.shape[1], fields.shape[2]
    for place in range(which.size):
        field = fields[which[place]]
        half = size[place] / 2.0
        radius = 0.2 * size[place]
        border = min(frame_width, 0.12 * size[place])
        gain = 127.5 / scale[place] if scale[place] > 0.0 else 0.0
        left, top = x[place] - half, y[place] - half
        # A small thumbnail averages the field instead of picking from it.
        step = max(1, int(field_rows / size[place]))
        for row in range(max(0, int(top)), min(rows, int(y[place] + half) + 1)):
            dy = abs(row + 0.5 - y[place]) - half + radius
            v = min(max(int((row + 0.5 - top) / size[place] * field_rows), 0), field_rows - 1)
            for column in range(max(0, int(left)), min(columns, int(x[place] + half) + 1)):
                dx = abs(column + 0.5 - x[place]) - half + radius
                if dx > 0.0 and dy > 0.0:
                    outside = np.sqrt(dx * dx + dy * dy) - radius
                else:
                    outside = max(dx, dy) - radius
                coverage = min(0.5 - outside, 1.0)
                if coverage <= 0.0:
                    continue
                u = min(max(int((column + 0.5 - left) / size[place] * field_columns), 0), field_columns - 1)
                total, count = 0.0, 0
                for i in range(v - step // 2, v - step // 2 + step):
                    for j in range(u - step // 2, u - step // 2 + step):
                        total += field[min(max(i, 0), field_rows - 1), min(max(j, 0), field_columns - 1)]
                        count += 1
                value = total / count * gain + 127.5
                index = 128 if value != value else int(min(max(value + 0.5, 0.0), 255.0))
                color = np.int64(table[index])
                r, g, b = color >> 16 & 255, color >> 8 & 255, color & 255
                share = np.int64(256.0 * min(max(outside + border + 0.5, 0.0), 1.0))
                r += ((frame >> 16 & 255) - r) * share >> 8
                g += ((frame >> 8 & 255) - g) * share >> 8
                b += ((frame & 255) - b) * share >> 8
                if coverage < 1.0:
                    old = np.int64(pixels[row, column])
                    share = np.int64(256.0 * (1.0 - coverage))
                    r += ((old >> 16 & 255) - r) * share >> 8
                    g += ((old >> 8 & 255) - g) * share >> 8
                    b += ((old & 255) - b) * share >> 8
                pixels[row, column] = np.uint32(0xFF000000 | r << 16 | g << 8 | b)


@kernel
def draw_dots(
    pixels: Pixels, x: Floats, y: Floats, radius: Floats, colors: Pixels, ring: int, ring_width: float
) -> None:
    """Draw a disk around each (x, y) with a ring of the color ``ring`` around it."""
    rows, columns = pixels.shape
    for place in range(x.size):
        color = np.int64(colors[place])
        reach = radius[place] + ring_width + 0.5
        for row in range(max(0, int(y[place] - reach)), min(rows, int(y[place] + reach) + 1)):
            for column in range(max(0, int(x[place] - reach)), min(columns, int(x[place] + reach) + 1)):
                dx, dy = column + 0.5 - x[place], row + 0.5 - y[place]
                distance = np.sqrt(dx * dx + dy * dy) - radius[place]
                coverage = min(ring_width + 0.5 - distance, 1.0)
                if coverage <= 0.0:
                    continue
                r, g, b = color >> 16 & 255, color >> 8 & 255, color & 255
                share = np.int64(256.0 * min(max(distance + 0.5, 0.0), 1.0))
                r += ((ring >> 16 & 255) - r) * share >> 8
                g += ((ring >> 8 & 255) - g) * share >> 8
                b += ((ring & 255) - b) * share >> 8
                old = np.int64(pixels[row, column])
                share = np.int64(256.0 * (1.0 - coverage))
                r += ((old >> 16 & 255) - r) * share >> 8
                g += ((old >> 8 & 255) - g) * share >> 8
                b += ((old & 255) - b) * share >> 8
                pixels[row, column] = np.uint32(0xFF000000 | r << 16 | g << 8 | b)


def warm_up() -> None:
    """Compile the kernels of this file."""
    pixels = np.zeros((4, 8), dtype=np.uint32)
    colors = np.zeros(256, dtype=np.uint32)
    ones, which = np.ones(1), np.zeros(1, dtype=np.intp)
    fields = np.zeros((1, 2, 2), dtype=np.float32)
    # Fields of a frame are read-only, which is a type of its own to the compiler.
    read_only = fields.copy()
    read_only.flags.writeable = False
    for variant in (fields, read_only):
        largest_magnitudes(variant, which, ones.copy())
        draw_thumbnails(pixels, variant, which, ones, ones, ones, ones, colors, 0xFF000000, 1.0)
    draw_dots(pixels, ones, ones, ones, colors, 0xFF000000, 1.0)
