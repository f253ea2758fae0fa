"""Metrics: how well a network does, in a number people understand.

Targets have shape (n,), outputs (k, n). A prediction that is not a number is wrong.
"""

import numpy as np
from numpy.typing import NDArray

from engine.datasets.dataset import Array

# Samples that are looked at where every one is compared with every other.
MOST_COMPARED = 1_000
NEIGHBORS = 5
GOLDEN_RATIO = 0.5 * (1.0 + 5.0**0.5)


def accuracy(wanted: Array, predicted: Array, targets: tuple[float, float]) -> float:
    """Return the share of samples on the right side of the middle between both class targets (NaN if there are none).

    A prediction exactly in the middle counts for the first class; one that is not a number is wrong.
    """
    if not wanted.size:
        return float("nan")
    middle = 0.5 * (targets[0] + targets[1])
    right = ((predicted > middle) == (wanted > middle)) & np.isfinite(predicted)
    return float(np.mean(right))


def predicted_classes(outputs: Array) -> NDArray[np.int64]:
    """Return the number of the largest of the outputs (k, n) of each sample; −1 where one is not a number."""
    if not outputs.size:
        return np.zeros(outputs.shape[1], dtype=np.int64)
    return np.where(np.isnan(outputs).any(axis=0), -1, np.argmax(outputs, axis=0)).astype(np.int64)


def class_accuracy(targets: Array, outputs: Array) -> float:
    """Return the share of samples whose largest output is that of their class (NaN if there are none)."""
    if not targets.size:
        return float("nan")
    return float(np.mean(predicted_classes(outputs) == targets))


def confusion_matrix(actual: Array, predicted: NDArray[np.int64], classes: int) -> NDArray[np.int64]:
    """Return how many samples of each class (rows) were taken for each class (columns), shape (classes, classes).

    Those taken for no class (−1) are left out.
    """
    known = (predicted >= 0) & (predicted < classes)
    places = actual[known].astype(np.int64) * classes + predicted[known]
    return np.bincount(places, minlength=classes * classes).reshape(classes, classes)


def precision_and_recall(confusion: NDArray[np.int64]) -> tuple[Array, Array]:
    """Return for each class the share of right ones among those taken for it, and among those that are it.

    NaN where nothing was taken for it, or nothing is it.
    """
    right = np.diag(confusion).astype(np.float64)
    with np.errstate(invalid="ignore"):
        return right / confusion.sum(axis=0), right / confusion.sum(axis=1)


def f1_scores(confusion: NDArray[np.int64]) -> Array:
    """Return for each class 2 · right / (taken for it + being it), the harmonic mean of precision and recall.

    NaN where nothing is it and nothing was taken for it.
    """
    with np.errstate(invalid="ignore"):
        return np.asarray(2.0 * np.diag(confusion) / (confusion.sum(axis=0) + confusion.sum(axis=1)))


def intersection_over_union(confusion: NDArray[np.int64]) -> float:
    """Return the mean over the classes present of right / (taken for it or being it); NaN without samples."""
    right = np.diag(confusion).astype(np.float64)
    union = confusion.sum(axis=0) + confusion.sum(axis=1) - right
    present = union > 0.0
    return float(np.mean(right[present] / union[present])) if present.any() else float("nan")


def r_squared(wanted: Array, predicted: Array, targets: tuple[float, float] = (0.0, 1.0)) -> float:
    """Return 1 − Σ(y − ŷ)² / Σ(y − ȳ)²: 1 is perfect, 0 no better than the mean (NaN if all targets are equal)."""
    if not wanted.size:
        return float("nan")
    spread = float(np.sum((wanted - wanted.mean()) ** 2))
    if spread == 0.0:
        return float("nan")
    with np.errstate(over="ignore"):  # shortly before a run diverges: −∞ is the right answer then
        return 1.0 - float(np.sum((wanted - predicted) ** 2)) / spread


def psnr(wanted: Array, predicted: Array) -> float:
    """Return the peak signal-to-noise ratio −10 log₁₀ of the mean squared error, in decibels, for values up to 1.

    Infinite where every value is exact, NaN without samples. A value that is not a number is wrong by the peak.
    """
    if not wanted.size:
        return float("nan")
    error = np.where(np.isnan(predicted), 1.0, wanted - predicted)
    with np.errstate(over="ignore", divide="ignore"):
        return float(-10.0 * np.log10(np.mean(error**2)))


def nearest_neighbor_accuracy(embedding: Array, targets: Array) -> float:
    """Return how often the 5 nearest other samples of the embedding (d, n) vote for a sample's own class.

    The nearest decides a tie. A sample without a place (not a number) has no neighbors and is nobody's neighbor. At
    most 1,000 samples, evenly chosen, are looked at; NaN for fewer than two.
    """
    chosen = _evenly(len(targets))
    points, labels = embedding[:, chosen], targets[chosen]
    if len(labels) < 2:
        return float("nan")
    with np.errstate(over="ignore", invalid="ignore"):
        squares = np.sum(points * points, axis=0)
        distances = squares[:, None] + squares[None, :] - 2.0 * (points.T @ points)
    np.fill_diagonal(distances, np.inf)
    distances = np.where(np.isnan(distances), np.inf, distances)
    count = min(NEIGHBORS, len(labels) - 1)
    nearest = np.argpartition(distances, count - 1, axis=1)[:, :count]
    order = np.take_along_axis(nearest, np.argsort(np.take_along_axis(distances, nearest, axis=1), axis=1), axis=1)
    has_place = np.isfinite(np.take_along_axis(distances, order, axis=1))
    # Nearer neighbors count a little more, which decides ties and nothing else.
    weights = (1.0 + 1e-3 / np.arange(1, count + 1)) * has_place
    kinds = np.unique(labels)
    votes = np.array([np.sum(weights * (labels[order] == kind), axis=1) for kind in kinds])
    return float(np.mean((kinds[np.argmax(votes, axis=0)] == labels) & has_place.any(axis=1)))


def ordered_share(scores: Array, predicted: Array) -> float:
    """Return the share of pairs of different scores that the predictions order alike; a tie counts half.

    At most 1,000 samples, evenly chosen, are compared with each other; NaN if no two scores differ.
    """
    agreement = _agreement(scores, predicted)
    return float("nan") if agreement is None else 0.5 * (agreement[0] / agreement[1] + 1.0)


def kendall_tau(scores: Array, predicted: Array) -> float:
    """Return Kendall's τ-b: 1 if all pairs are ordered alike, −1 if the other way round (Kendall, 1945).

    Compares as ``ordered_share`` does; NaN if no two scores or no two predictions differ.
    """
    agreement = _agreement(scores, predicted)
    if agreement is None or not agreement[2]:
        return float("nan")
    return agreement[0] / float(np.sqrt(agreement[1] * agreement[2]))


def _agreement(scores: Array, predicted: Array) -> tuple[float, float, float] | None:
    """Return concordant minus discordant pairs, pairs of different scores and pairs of different predictions."""
    chosen = _evenly(len(scores))
    wanted = np.sign(scores[chosen][:, None] - scores[chosen][None, :])
    with np.errstate(over="ignore", invalid="ignore"):
        given = np.sign(predicted[chosen][:, None] - predicted[chosen][None, :])
    # Whoever is not a number is on the wrong side of everybody.
    given = np.where(np.isnan(given), -wanted, given)
    different = float(np.count_nonzero(wanted)) / 2.0
    if not different:
        return None
    return float(np.sum(wanted * given)) / 2.0, different, float(np.count_nonzero(given)) / 2.0


def _evenly(count: int) -> NDArray[np.int64]:
    """Return up to MOST_COMPARED of ``count`` numbers, evenly spread, in increasing order.

    Equal steps would fall in with classes that take turns and find the same one again and again. So each number lies
    somewhere else within its own stretch: at the fractional part of the multiples of the golden ratio, which are spread
    evenly themselves.
    """
    if count <= MOST_COMPARED:
        return np.arange(count, dtype=np.int64)
    stretch = np.arange(MOST_COMPARED)
    return np.unique(((stretch + (stretch * GOLDEN_RATIO) % 1.0) * (count / MOST_COMPARED)).astype(np.int64))
