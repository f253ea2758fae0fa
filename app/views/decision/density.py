"""Very many points as one picture: what a pixel holds counts, not the single point."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from app.theme import Theme
from app.views.decision.markers import LEVELS, class_color, columns_of, fill_color

Array = NDArray[np.float64]

TRAIN_OPACITY, TEST_OPACITY = 0.85, 0.45
# Without rims, points need more contrast to a field of their own color.
DEPTH = 0.34


def dot_size(count: int, ratio: float) -> int:
    """Return how many physical pixels wide each point is drawn when there are ``count``."""
    return max(1, round(ratio * (3 if count <= 10_000 else 2 if count <= 60_000 else 1)))


def density_pixels(
    places: Array, targets: Array, is_test: NDArray[np.bool_], *, side: int, dot: int, theme: Theme, classes: int
) -> NDArray[np.uint32]:
    """Return a picture (side, side) of premultiplied colors 0xAARRGGBB.

    Args:
        places: where the points lie in the picture, in its pixels, shape (n, 2); those outside are left out.
        targets: shape (n,): class, or value.
        is_test: shape (n,): test points are fainter.
        side: pixels.
        dot: pixels each point is wide.
        theme: gives the colors.
        classes: how many classes there are; 0 for values.
    """
    cells = np.floor(places - 0.5 * (dot - 1)).astype(np.int64)
    inside = np.all((cells >= 0) & (cells <= side - dot), axis=1)
    flat = cells[inside, 1] * side + cells[inside, 0]
    levels = columns_of(targets[inside], classes=classes)
    tests = is_test[inside]
    count = _spread(np.bincount(flat, minlength=side * side), side, dot)
    trains = _spread(np.bincount(flat[~tests], minlength=side * side), side, dot)
    # Where classes meet in one pixel the majority shows, where values meet their mean.
    if classes:
        each = [_spread(np.bincount(flat[levels == k], minlength=side * side), side, dot) for k in range(classes)]
        # Of two that are as many, the later shows.
        level = classes - 1 - np.argmax(np.array(each[::-1]), axis=0)
    else:
        total = _spread(np.bincount(flat, weights=levels, minlength=side * side), side, dot)
        level = np.rint(total / np.maximum(count, np.float32(1.0))).astype(np.intp)
    kind = (trains > 0.0).astype(np.intp) + (count > 0.0)
    colors: NDArray[np.uint32] = color_table(theme, classes=classes)[kind, level]
    return colors


@lru_cache(maxsize=16)
def color_table(theme: Theme, *, classes: int) -> NDArray[np.uint32]:
    """Return the premultiplied colors of a pixel by what it holds (nothing, test points, train points) and level."""
    if classes:
        colors = np.array([class_color(theme, number, DEPTH) for number in range(classes)])
    else:
        colors = np.array([fill_color(theme, 2.0 * step / (LEVELS - 1) - 1.0, DEPTH) for step in range(LEVELS)])
    rows = []
    for opacity in (0.0, TEST_OPACITY, TRAIN_OPACITY):
        red, green, blue = np.rint(colors * opacity).astype(np.uint32).T
        alpha = np.uint32(round(255.0 * opacity))
        rows.append(alpha << np.uint32(24) | red << np.uint32(16) | green << np.uint32(8) | blue)
    return np.array(rows, dtype=np.uint32)


def _spread(counts: NDArray[np.generic], side: int, dot: int) -> NDArray[np.float32]:
    """Return ``counts`` (side²) with each entry laid over ``dot`` × ``dot`` pixels, shape (side, side)."""
    grid = counts.reshape(side, side).astype(np.float32)
    wide = grid.copy()
    for right in range(1, dot):
        wide[:, right:] += grid[:, : side - right]
    spread = wide.copy()
    for down in range(1, dot):
        spread[down:] += wide[: side - down]
    return spread
