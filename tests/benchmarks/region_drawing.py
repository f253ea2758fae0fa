"""What class regions and contour lines cost: ``python -m tests.benchmarks.region_drawing``, all in one run.

Draws the fields of a trained network at the sizes that the window asks for: the regions of 3 and of 8 classes, the
lines of equal score, and, to compare with, the plain colors of one output. Beside each stands what the same picture
takes with NumPy alone, and how far the two lie apart at most, in steps of a color from 0 to 255.
"""

import time
from collections.abc import Callable
from statistics import median

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from app.theme import DARK
from app.views.decision.class_raster import region_colors, region_image
from app.views.decision.contours import CLOSEST, HALF_WIDTH, add_lines, round_step
from app.views.decision.field_image import field_pixels
from app.views.decision.pictures import INK_ON_COLORS, LINES
from app.window import OUTPUT_FIELD_SIZE
from engine.compose import compose
from engine.trainer import Trainer

Fields = NDArray[np.float32]
Pixels = NDArray[np.uint32]

SIZES = (OUTPUT_FIELD_SIZE // 2, OUTPUT_FIELD_SIZE, 2 * OUTPUT_FIELD_SIZE)
ROUNDS = 40


def outputs_of(task: str, size: int, classes: int) -> Fields:
    """Return what a network of 2-8-8 puts out after two hundred epochs, (outputs, size, size)."""
    chosen = {"classes": classes} if task == "classes" else {}
    trainer = Trainer(compose(task=task, hidden=(8, 8), optimizer="adam", **chosen))
    trainer.run(60.0, steps=200 * trainer.steps_per_epoch)
    return np.ascontiguousarray(trainer.output_fields(size))


def milliseconds(draw: Callable[[], object]) -> float:
    """Return the median time of one call, after a first one that may compile."""
    draw()
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        draw()
        times.append(1e3 * (time.perf_counter() - start))
    return median(times)


def regions_by_numpy(fields: Fields) -> Pixels:
    """Return the regions of shares that add up to 1, by whole arrays."""
    count = len(fields)
    best = fields.argmax(axis=0)
    sure = np.clip((fields.max(axis=0) * count - 1.0) / (count - 1.0), 0.0, 1.0)[..., None]
    zero = np.array(DARK.zero, dtype=np.float32)
    return packed(zero + (region_colors(DARK)[best] - zero) * sure)


def lines_by_numpy(colors: Pixels, values: Fields, spacing: float) -> Pixels:
    """Return ``colors`` with the lines of ``values``, by whole arrays."""
    up, across = np.gradient(values / spacing)
    slope = np.hypot(up, across)
    place = values / spacing
    half = HALF_WIDTH * max(values.shape[0] / 256.0, 0.5)
    drawn = (slope > 1e-7) & (slope < CLOSEST)
    cover = np.clip(half + 0.5 - np.abs(place - np.floor(place + 0.5)) / np.where(drawn, slope, 1.0), 0.0, 1.0)
    share = (np.where(drawn, cover, 0.0) * INK_ON_COLORS * np.minimum(1.0, 2.0 * (1.0 - slope / CLOSEST)))[..., None]
    old = channels(colors)
    return packed(old + (np.array(DARK.text) - old) * share)


def channels(pixels: Pixels) -> NDArray[np.float64]:
    """Return red, green and blue of each pixel, (rows, columns, 3)."""
    return np.stack([(pixels >> shift) & 255 for shift in (16, 8, 0)], axis=-1).astype(np.float64)


def packed(colors: NDArray[np.floating]) -> Pixels:
    """Return opaque pixels 0xFFRRGGBB."""
    red, green, blue = np.moveaxis((colors + 0.5).astype(np.uint32), -1, 0)
    return np.asarray(np.uint32(0xFF000000) | (red << 16) | (green << 8) | blue, dtype=np.uint32)


def apart(first: Pixels, second: Pixels) -> int:
    """Return how far two pictures lie apart at most, in steps of a color."""
    return int(np.abs(channels(first) - channels(second)).max())


def report(name: str, size: int, plain: float, drawing: Callable[[], object], numpy: Callable[[], Pixels]) -> None:
    """Print what a picture takes, in milliseconds and beside the plain colors and NumPy."""
    took, by_numpy = milliseconds(drawing), milliseconds(numpy)
    print(
        f"{size:4} × {size:<4} {name:<22} {took:6.2f} ms, ×{took / plain:4.1f} of plain colors; "
        f"NumPy {by_numpy:6.2f} ms (×{by_numpy / took:.1f})"
    )


def main() -> None:
    """Measure and print."""
    for size in SIZES:
        score = outputs_of("ranking", size, 0)[0]
        low, high = float(score.min()), float(score.max())
        spacing = round_step(high - low, LINES)
        colors = field_pixels(score, DARK, low, high)
        plain = milliseconds(lambda score=score, low=low, high=high: field_pixels(score, DARK, low, high))
        print(f"{size:4} × {size:<4} {'plain colors':<22} {plain:6.2f} ms")

        def lines(colors: Pixels = colors, score: Fields = score, spacing: float = spacing) -> Pixels:
            pixels = colors.copy()
            add_lines(pixels, score, spacing, DARK.text, INK_ON_COLORS)
            return pixels

        by_numpy = lines_by_numpy(colors, score, spacing)
        report("contour lines", size, plain, lines, lambda c=colors, s=score, d=spacing: lines_by_numpy(c, s, d))
        print(f"{'':12} at most {apart(lines(), by_numpy)} of 255 apart")
        for classes in (3, 8):
            fields = outputs_of("classes", size, classes)

            def regions(fields: Fields = fields) -> QImage:
                return region_image(fields, DARK, shares=True, flat=False)

            report(f"regions of {classes} classes", size, plain, regions, lambda f=fields: regions_by_numpy(f))
            image = regions()
            drawn = np.frombuffer(image.constBits(), dtype=np.uint32).reshape(size, size)
            print(f"{'':12} at most {apart(drawn, regions_by_numpy(fields))} of 255 apart")


if __name__ == "__main__":
    main()
