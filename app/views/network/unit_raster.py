"""Units drawn into a pixel buffer by compiled kernels: thumbnails of fields in rounded frames, and bias dots."""

import numpy as np
from numpy.typing import NDArray

from engine.kernels.compilation import kernel

Pixels = NDArray[np.uint32]
Floats = NDArray[np.float64]
Fields = NDArray[np.float32]
Integers = NDArray[np.intp]


def largest_magnitudes(fields: Fields, which: Integers) -> Floats:
    """Return the largest finite magnitude of each field in ``which``; 1 where there is none."""
    # Every third row and column: fields are smooth, and this is drawn often.
    part = np.abs(fields[which, ::3, ::3]).reshape(len(which), -1)
    largest = np.where(np.isfinite(part), part, 0.0).max(axis=1).astype(np.float64)
    return np.where(largest > 0.0, largest, 1.0)


@kernel  # type: ignore[untyped-decorator]
def draw_thumbnails(
    pixels: Pixels,
    fields: Fields,
    which: Integers,
    x: Floats,
    y: Floats,
    size: Floats,
    middle: Floats,
    scale: Floats,
    table: Pixels,
    frame: int,
    frame_width: float,
) -> None:
    """Draw each field in ``which`` as a square with round corners around (x, y).

    A field runs from middle − scale to middle + scale over the 256 colors of ``table``; not-a-number is the middle.
    Positions and sizes are in pixels of the buffer.
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
        # A thumbnail smaller than its field averages; a larger one interpolates.
        step = max(1, int(field_rows / size[place]))
        per_row, per_column = field_rows / size[place], field_columns / size[place]
        for row in range(max(0, int(top)), min(rows, int(y[place] + half) + 1)):
            dy = abs(row + 0.5 - y[place]) - half + radius
            v = min(max((row + 0.5 - top) * per_row - 0.5, 0.0), field_rows - 1.0)
            i0 = int(v)
            i1, down = min(i0 + 1, field_rows - 1), v - i0
            for column in range(max(0, int(left)), min(columns, int(x[place] + half) + 1)):
                dx = abs(column + 0.5 - x[place]) - half + radius
                outside = np.sqrt(dx * dx + dy * dy) - radius if dx > 0.0 and dy > 0.0 else max(dx, dy) - radius
                coverage = min(0.5 - outside, 1.0)
                if coverage <= 0.0:
                    continue
                u = min(max((column + 0.5 - left) * per_column - 0.5, 0.0), field_columns - 1.0)
                j0 = int(u)
                j1, along = min(j0 + 1, field_columns - 1), u - j0
                if step == 1:
                    upper = field[i0, j0] + (field[i0, j1] - field[i0, j0]) * along
                    lower = field[i1, j0] + (field[i1, j1] - field[i1, j0]) * along
                    mean = upper + (lower - upper) * down
                else:
                    total, count = 0.0, 0
                    for i in range(max(i0 - step // 2, 0), min(i0 - step // 2 + step, field_rows)):
                        for j in range(max(j0 - step // 2, 0), min(j0 - step // 2 + step, field_columns)):
                            total += field[i, j]
                            count += 1
                    mean = total / count
                if mean != mean:
                    # Between infinities there is no mean.
                    mean = float(field[i0, j0])
                value = (mean - middle[place]) * gain + 127.5
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


@kernel  # type: ignore[untyped-decorator]
def draw_dots(
    pixels: Pixels, x: Floats, y: Floats, radius: Floats, colors: Pixels, ring: int, ring_widths: Floats
) -> None:
    """Draw a disk around each (x, y) with a ring of the color ``ring`` around it."""
    rows, columns = pixels.shape
    for place in range(x.size):
        color = np.int64(colors[place])
        ring_width = ring_widths[place]
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
        draw_thumbnails(pixels, variant, which, ones, ones, ones, ones, ones, colors, 0xFF000000, 1.0)
    draw_dots(pixels, ones, ones, ones, colors, 0xFF000000, ones)
