"""Very many points as pixels, by a compiled kernel: ten thousand are drawn anew while the mouse moves on.

The same picture as ``density`` makes of arrays, which draws until the kernels are compiled.
"""

import numpy as np
from numpy.typing import NDArray

from engine.kernels.compilation import kernel

Floats = NDArray[np.float64]
# Points further out lie far beyond the picture, where pixels have no numbers any more.
FAR = 10.0


@kernel  # type: ignore[untyped-decorator]
def count_drawn(points: Floats, is_train: NDArray[np.bool_], show_test: bool) -> int:
    """Return how many of ``points`` (n, 2) are drawn at all."""
    count = 0
    for sample in range(len(points)):
        near = abs(points[sample, 0]) < FAR and abs(points[sample, 1]) < FAR
        if near and (is_train[sample] or show_test):
            count += 1
    return count


@kernel  # type: ignore[untyped-decorator]
def draw_dots(
    points: Floats, targets: Floats, is_train: NDArray[np.bool_], show_test: bool, low: float, high: float,
    scale: float, classes: int, dot: int, table: NDArray[np.uint32], pixels: NDArray[np.uint32],
) -> None:  # fmt: skip
    """Fill ``pixels`` (side, side) with premultiplied colors 0xAARRGGBB.

    Args:
        points, targets, is_train: the data, (n, 2), (n,) and (n,); the class, or a value that counts from −1 to 1.
        show_test: whether test points are drawn, too.
        low, high: the edges of the plane, both ways.
        scale: pixels per plane unit.
        classes: how many classes there are; 0 for values.
        dot: pixels each point is wide.
        table: the colors by what a pixel holds (nothing, test points, train points) and by class or level of the value.
    """
    side, levels = pixels.shape[0], table.shape[1]
    # Of each pixel how many points of each class lie there; or how many, and their levels together.
    counts = np.zeros((side, side, max(classes, 2)), dtype=np.int32)
    trained = np.zeros((side, side), dtype=np.bool_)
    shift, last = 0.5 * (dot - 1), side - dot
    for sample in range(len(points)):
        if not (is_train[sample] or show_test):
            continue
        x, y = points[sample, 0], points[sample, 1]
        if not (abs(x) < FAR and abs(y) < FAR):
            continue
        left, top = np.floor((x - low) * scale - shift), np.floor((high - y) * scale - shift)
        if not (0.0 <= left <= last and 0.0 <= top <= last):
            continue
        target = targets[sample]
        if not np.isfinite(target):
            # As NumPy's nan_to_num has it.
            target = 0.0 if target != target else np.copysign(1e300, target)
        if classes:
            level = int(np.rint(min(max(target, 0.0), classes - 1.0)))
        else:
            level = int(np.rint((min(max(target, -1.0), 1.0) + 1.0) * 0.5 * (levels - 1)))
        for row in range(int(top), int(top) + dot):
            for column in range(int(left), int(left) + dot):
                if classes:
                    counts[row, column, level] += 1
                else:
                    counts[row, column, 0] += 1
                    counts[row, column, 1] += level
                if is_train[sample]:
                    trained[row, column] = True
    for row in range(side):
        for column in range(side):
            held, best = 0, 0
            if classes:
                # Of two that are as many, the later shows.
                for number in range(classes):
                    here = counts[row, column, number]
                    held += here
                    if here >= counts[row, column, best]:
                        best = number
            else:
                held = counts[row, column, 0]
                best = int(np.rint(counts[row, column, 1] / max(held, 1)))
            kind = 0 if held == 0 else 2 if trained[row, column] else 1
            pixels[row, column] = table[kind, best]


class _State:
    """Whether the kernels are compiled: set once by the worker, read by the view."""

    compiled = False


def is_compiled() -> bool:
    """Return whether drawing may use the kernels; before that, a call would block until they are compiled."""
    return _State.compiled


def warm_up() -> None:
    """Compile the kernels (or load them from the cache). Called on the worker's thread, once."""
    points, targets, is_train = np.zeros((1, 2)), np.zeros(1), np.ones(1, dtype=np.bool_)
    # The arrays of a data set are read-only, which is a type of its own to the compiler.
    for array in (points, targets, is_train):
        array.flags.writeable = False
    pixels = np.zeros((2, 2), dtype=np.uint32)
    count_drawn(points, is_train, True)
    draw_dots(points, targets, is_train, True, -6.0, 6.0, 1.0, 2, 1, np.zeros((3, 2), dtype=np.uint32), pixels)
    _State.compiled = True
