import numpy as np

from engine.datasets.soft_targets import by_distance, smoothed


def test_smoothing_by_hand() -> None:
    np.testing.assert_allclose(smoothed(np.array([2.0]), 4, 0.2), [[0.05, 0.05, 0.85, 0.05]])


def test_distance_by_hand() -> None:
    points = np.array([[-1.0, 0.0], [1.0, 0.0], [0.0, 0.0]])
    shares = by_distance(points, np.array([0.0, 1.0, 1.0]), 2, 1.0)
    # The centers are (−1, 0) and (½, 0); from the first point they are 0 and 1½ away.
    np.testing.assert_allclose(shares[0], np.array([1.0, np.exp(-1.125)]) / (1.0 + np.exp(-1.125)))
    np.testing.assert_allclose(shares.sum(axis=1), 1.0)


def test_a_class_without_points_has_no_probability_and_far_points_stay_finite() -> None:
    shares = by_distance(np.array([[0.0, 0.0], [1e6, 0.0]]), np.array([0.0, 2.0]), 3, 0.01)
    np.testing.assert_array_equal(shares, [[1.0, 0.0, 0.0], [0.0, 0.0, 1.0]])


def test_no_points_at_all() -> None:
    assert by_distance(np.zeros((0, 2)), np.zeros(0), 3, 1.0).shape == (0, 3)
