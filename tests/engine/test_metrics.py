import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from engine.metrics import (
    accuracy,
    class_accuracy,
    confusion_matrix,
    f1_scores,
    intersection_over_union,
    kendall_tau,
    nearest_neighbor_accuracy,
    ordered_share,
    precision_and_recall,
    predicted_classes,
    psnr,
    r_squared,
)


def test_accuracy_counts_the_right_side_of_the_middle() -> None:
    wanted = np.array([-1.0, -1.0, 1.0, 1.0])
    assert accuracy(wanted, np.array([-0.2, 0.2, 0.3, 5.0]), (-1.0, 1.0)) == 0.75
    assert accuracy(np.array([0.0, 1.0]), np.array([0.4, 0.6]), (0.0, 1.0)) == 1.0


def test_a_prediction_that_is_not_a_number_is_wrong() -> None:
    assert accuracy(np.array([0.0, 1.0]), np.array([math.nan, math.inf]), (0.0, 1.0)) == 0.0


def test_r_squared_by_hand() -> None:
    wanted = np.array([0.0, 2.0])
    assert r_squared(wanted, wanted, (0, 1)) == 1.0
    assert r_squared(wanted, np.array([1.0, 1.0]), (0, 1)) == 0.0
    assert r_squared(wanted, np.array([0.0, 1.0]), (0, 1)) == pytest.approx(0.5)


def test_no_samples_or_no_spread_has_no_number() -> None:
    assert math.isnan(accuracy(np.array([]), np.array([]), (0, 1)))
    assert math.isnan(r_squared(np.array([]), np.array([]), (0, 1)))
    assert math.isnan(r_squared(np.ones(3), np.zeros(3), (0, 1)))


def test_the_largest_output_names_the_class() -> None:
    outputs = np.array([[0.1, 0.7, math.nan], [0.5, 0.2, 0.1], [0.4, 0.1, 0.2]])
    assert predicted_classes(outputs).tolist() == [1, 0, -1]
    assert class_accuracy(np.array([1.0, 1.0, 1.0]), outputs) == pytest.approx(1.0 / 3.0)


def test_confusion_precision_recall_and_overlap_by_hand() -> None:
    actual, predicted = np.array([0.0, 0.0, 0.0, 1.0, 1.0, 2.0]), np.array([0, 0, 1, 1, -1, 0])
    confusion = confusion_matrix(actual, predicted, 4)
    assert confusion.tolist() == [[2, 1, 0, 0], [0, 1, 0, 0], [1, 0, 0, 0], [0, 0, 0, 0]]
    precision, recall = precision_and_recall(confusion)
    np.testing.assert_allclose(precision, [2.0 / 3.0, 0.5, math.nan, math.nan])
    np.testing.assert_allclose(recall, [2.0 / 3.0, 1.0, 0.0, math.nan])
    # The harmonic means: 2·2/(3+3), 2·1/(2+1), and nothing right of the third.
    np.testing.assert_allclose(f1_scores(confusion), [2.0 / 3.0, 2.0 / 3.0, 0.0, math.nan])
    # Overlaps: 2 of 4, 1 of 2, 0 of 1; the fourth class is nowhere.
    assert intersection_over_union(confusion) == pytest.approx((0.5 + 0.5 + 0.0) / 3.0)


def test_signal_to_noise_by_hand() -> None:
    assert psnr(np.zeros(4), np.full(4, 0.1)) == pytest.approx(20.0)
    assert psnr(np.ones(2), np.ones(2)) == math.inf
    assert math.isnan(psnr(np.zeros(0), np.zeros(0)))
    # One of four is not a number: a mean squared error of ¼.
    assert psnr(np.zeros(4), np.array([0.0, 0.0, 0.0, math.nan])) == pytest.approx(10.0 * math.log10(4.0))


def brute_force(scores: np.ndarray, predicted: np.ndarray) -> tuple[float, float]:
    """Return the ordered share and τ-b, pair by pair."""
    right = tied = pairs = other = 0
    for i, j in itertools.combinations(range(len(scores)), 2):
        wanted, given_ = np.sign(scores[i] - scores[j]), np.sign(predicted[i] - predicted[j])
        pairs += wanted != 0
        other += given_ != 0
        right += wanted * given_ > 0
        tied += wanted != 0 and given_ == 0
    wrong = pairs - right - tied
    return (right + 0.5 * tied) / pairs, (right - wrong) / math.sqrt(pairs * other)


@given(
    arrays(np.float64, 12, elements=st.integers(0, 5).map(float)),
    arrays(np.float64, 12, elements=st.integers(0, 5).map(float)),
)
def test_order_is_counted_as_by_brute_force(scores: np.ndarray, predicted: np.ndarray) -> None:
    if len(np.unique(scores)) == 1 or len(np.unique(predicted)) == 1:
        assert math.isnan(kendall_tau(scores, predicted))
        return
    share, tau = brute_force(scores, predicted)
    assert ordered_share(scores, predicted) == pytest.approx(share)
    assert kendall_tau(scores, predicted) == pytest.approx(tau)


def test_a_perfect_and_a_reversed_order() -> None:
    scores = np.arange(2000.0)
    assert ordered_share(scores, scores**3) == 1.0
    assert kendall_tau(scores, -scores) == -1.0


def test_scores_that_are_not_numbers_order_nothing() -> None:
    scores = np.array([1.0, 2.0, 3.0])
    assert ordered_share(scores, np.full(3, math.nan)) == 0.0
    assert kendall_tau(scores, np.full(3, math.nan)) == -1.0
    # Of three pairs, only that of the first two is left to be right.
    assert ordered_share(scores, np.array([5.0, 6.0, math.nan])) == pytest.approx(1.0 / 3.0)


@pytest.mark.parametrize("count", [1001, 1999, 2000, 3000, 4000, 8000, 100_000])
@pytest.mark.parametrize("classes", [2, 3, 4, 8])
def test_classes_that_take_turns_are_all_looked_at(count: int, classes: int) -> None:
    """Where points lie at random, neighbors are right as often as chance, not because one class alone was chosen."""
    embedding = np.random.default_rng(0).normal(size=(2, count))
    assert nearest_neighbor_accuracy(embedding, np.arange(count) % classes * 1.0) < 1.0 / classes + 0.1


def test_a_sample_without_a_place_is_wrong_and_nobodys_neighbor() -> None:
    assert nearest_neighbor_accuracy(np.full((2, 4), math.nan), np.zeros(4)) == 0.0
    embedding = np.array([[0.0, 0.1, math.nan, math.nan, math.inf]])
    assert nearest_neighbor_accuracy(embedding, np.array([1.0, 1.0, 0.0, 0.0, 0.0])) == pytest.approx(2.0 / 5.0)


def test_neighbors_vote_and_the_nearest_decides() -> None:
    # Two tight clouds far apart, and one sample of the second class among the first.
    embedding = np.array([[0.0, 0.1, 0.2, 0.3, 0.4, 0.15, 9.0, 9.1, 9.2, 9.3, 9.4]])
    targets = np.array([0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0])
    assert nearest_neighbor_accuracy(embedding, targets) == pytest.approx(10.0 / 11.0)
    assert math.isnan(nearest_neighbor_accuracy(embedding[:, :1], targets[:1]))
    # With two neighbors of different classes the nearer one wins.
    assert nearest_neighbor_accuracy(np.array([[0.0, 1.0, 3.0]]), np.array([0.0, 0.0, 1.0])) == pytest.approx(2.0 / 3.0)
