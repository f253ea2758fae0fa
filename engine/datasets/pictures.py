"""A user's own picture: its pixels as points, to be learned by gray value or by part."""

import numpy as np

from engine.datasets.dataset import Array, frozen
from engine.datasets.generators.drawings import pixels
from engine.datasets.tables import Imported, TableError
from engine.experiment import Points

# How much red, green and blue add to the brightness of a color (ITU-R BT.709).
LUMINANCE = (0.2126, 0.7152, 0.0722)
# So often the means of the colors are found anew at most; far fewer are enough.
ROUNDS = 50


def brightness(colors: Array) -> Array:
    """Return how bright ``colors`` (rows, columns, 3) are, from 0 to 1, shape (rows, columns)."""
    return np.asarray(colors @ np.array(LUMINANCE))


def by_gray(colors: Array) -> Imported:
    """Return the pixels of a square picture (side, side, 3), colors from 0 to 1, to be learned by gray value.

    Raises:
        TableError: it has no pixels, or all of one gray.
    """
    gray = brightness(_checked(colors))
    low, high = float(gray.min()), float(gray.max())
    if low == high:
        raise TableError("Every pixel has the same gray: there is nothing to learn.")
    remark = f"{_counted(colors)}, from {low:.0%} to {high:.0%} bright."
    return Imported(_points(gray.ravel(), colors), "reconstruction", 2, (remark,))


def by_threshold(colors: Array, threshold: float) -> Imported:
    """Return the pixels of a square picture as two classes: those darker than ``threshold`` (0 … 1), and the others.

    Raises:
        TableError: it has no pixels, or all are on one side.
    """
    is_bright = brightness(_checked(colors)) >= threshold
    bright = int(np.count_nonzero(is_bright))
    if bright in (0, is_bright.size):
        raise TableError(
            f"Every pixel is {'brighter' if bright else 'darker'} than {threshold:.0%}: move the threshold."
        )
    remark = f"{_counted(colors)}: {is_bright.size - bright:,} darker than {threshold:.0%}, {bright:,} brighter."
    return Imported(_points(is_bright.ravel().astype(np.float64), colors), "segmentation", 2, (remark,))


def by_color(colors: Array, count: int) -> Imported:
    """Return the pixels of a square picture as up to ``count`` classes of like colors, the darkest first.

    Raises:
        TableError: it has no pixels, or all of one color.
    """
    numbers, means = clusters(_checked(colors).reshape(-1, 3), count)
    if len(means) < 2:
        raise TableError("Every pixel has the same color: there is nothing to learn.")
    sizes = np.bincount(numbers, minlength=len(means))
    fewer = "" if len(means) == count else f" There are no more than {len(means)} colors."
    parts = " · ".join(f"{size:,}" for size in sizes)
    remark = f"{_counted(colors)} in {len(means)} parts: {parts}.{fewer}"
    return Imported(_points(numbers.astype(np.float64), colors), "segmentation", len(means), (remark,))


def natural_threshold(colors: Array) -> float:
    """Return the brightness that parts dark from bright best: the one with the largest variance between both.

    Source: Otsu, A threshold selection method from gray-level histograms, 1979.
    """
    counts, edges = np.histogram(brightness(_checked(colors)), bins=256, range=(0.0, 1.0))
    middles = 0.5 * (edges[:-1] + edges[1:])
    dark, sums = np.cumsum(counts).astype(np.float64), np.cumsum(counts * middles)
    bright = dark[-1] - dark
    with np.errstate(divide="ignore", invalid="ignore"):
        between = np.nan_to_num(dark * bright * (sums / dark - (sums[-1] - sums) / bright) ** 2)
    # Between two peaks it is the same for a while: the middle of that stretch.
    best = np.flatnonzero(between >= between.max() * (1.0 - 1e-12))
    return float(edges[1 + (best[0] + best[-1]) // 2])


def clusters(colors: Array, count: int) -> tuple[np.ndarray[tuple[int], np.dtype[np.int64]], Array]:
    """Return for each of ``colors`` (n, 3) its cluster, and the mean color of each, the darkest first.

    k-means from the brightest color and, one after the other, the color that is farthest from all so far; the same
    colors always give the same clusters.
    Source: Lloyd, Least squares quantization in PCM, 1982.
    """
    different, place, weights = np.unique(colors, axis=0, return_inverse=True, return_counts=True)
    means = different[[int(np.argmax(different @ np.array(LUMINANCE)))]]
    while len(means) < min(count, len(different)):
        nearest = np.min(_squares(different, means), axis=1)
        means = np.concatenate((means, different[[int(np.argmax(nearest))]]))
    numbers = np.argmin(_squares(different, means), axis=1)
    for _ in range(ROUNDS):
        sums = np.stack([np.bincount(numbers, weights * channel, len(means)) for channel in different.T], axis=1)
        sizes = np.bincount(numbers, weights, len(means))
        # One that lost all its colors stays where it is.
        means = np.where(sizes[:, None] > 0.0, sums / np.maximum(sizes, 1.0)[:, None], means)
        moved = np.argmin(_squares(different, means), axis=1)
        if np.array_equal(moved, numbers):
            break
        numbers = moved
    present = np.unique(numbers)
    order = present[np.argsort(means[present] @ np.array(LUMINANCE), kind="stable")]
    rank = np.zeros(len(means), dtype=np.int64)
    rank[order] = np.arange(len(order))
    return rank[numbers][place.reshape(-1)], means[order]


def _squares(colors: Array, means: Array) -> Array:
    """Return the squared distances of ``colors`` (n, 3) to ``means`` (k, 3), shape (n, k)."""
    return np.stack([np.sum((colors - mean) ** 2, axis=1) for mean in means], axis=1)


def _points(targets: Array, colors: Array) -> Points:
    side = len(colors)
    return Points(inputs=frozen(pixels(side)), targets=frozen(targets), shape=(side, side))


def _checked(colors: Array) -> Array:
    if colors.size == 0:
        raise TableError("This picture has no pixels.")
    return colors


def _counted(colors: Array) -> str:
    return f"{len(colors)} × {len(colors)} pixels"
