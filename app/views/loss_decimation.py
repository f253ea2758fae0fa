"""Long curves made short enough to draw: by leaving points out, never by inventing any."""

import numpy as np
from numpy.typing import NDArray

from app.frame import Array

MAXIMUM_POINTS = 1_000


def decimate(epochs: Array, losses: Array, pixels: int) -> tuple[Array, Array]:
    """Return at most about ``MAXIMUM_POINTS`` of the points, in order, that look the same ``pixels`` wide.

    Of each stretch of epochs the lowest and the highest point stay, so no peak is lost; so do the first and the last
    point. Where non-finite losses lie between two finite ones, one of them stays: the gap stays a gap.

    Args:
        epochs: ascending, shape (n,).
        losses: shape (n,).
        pixels: how wide the drawing is; more stretches than pixels show nothing more.
    """
    count = len(epochs)
    stretches = max(min(pixels, (MAXIMUM_POINTS - 2) // 2), 1)
    if count <= 2 * stretches + 2:
        return epochs, losses
    finite = np.isfinite(losses)
    gaps = np.flatnonzero(~finite)
    if len(gaps):
        # Room for the points that keep the gaps.
        stretches = max(min(pixels, (MAXIMUM_POINTS - 2) // 4), 1)
    starts = _starts(epochs, stretches)
    keep = np.union1d(_extremes(losses, finite, starts), (0, count - 1))
    if len(gaps):
        following = np.searchsorted(gaps, keep[:-1], side="right")
        # The first non-finite point after each kept one, if it lies before the next kept one.
        candidates = gaps[np.minimum(following, len(gaps) - 1)]
        between = (following < len(gaps)) & (candidates < keep[1:])
        keep = np.union1d(keep, candidates[between])
    return epochs[keep], losses[keep]


def _starts(epochs: Array, stretches: int) -> NDArray[np.intp]:
    """Return where each stretch that holds points begins."""
    edges = np.linspace(epochs[0], epochs[-1], stretches + 1)[:-1]
    return np.unique(np.searchsorted(epochs, edges, side="left"))


def _extremes(losses: Array, finite: NDArray[np.bool_], starts: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return the places of the first lowest and the first highest finite loss of each stretch."""
    lengths = np.diff(np.append(starts, len(losses)))
    stretch = np.repeat(np.arange(len(starts)), lengths)
    kept = []
    for extreme, other in ((np.minimum, np.inf), (np.maximum, -np.inf)):
        known = np.where(finite, losses, other)
        reached = np.flatnonzero(finite & (known == extreme.reduceat(known, starts)[stretch]))
        kept.append(reached[np.unique(stretch[reached], return_index=True)[1]])
    return np.union1d(*kept)
