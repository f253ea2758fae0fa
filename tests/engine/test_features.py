import numpy as np

from engine.features import FEATURES, compute


def test_every_feature_at_a_point_by_hand() -> None:
    table = compute(FEATURES.names, np.array([[2.0, -3.0]]))
    assert table[:, 0].tolist() == [2.0, -3.0, 4.0, 9.0, -6.0, np.sin(2.0), np.sin(-3.0)]


def test_table_has_a_row_a_feature_in_the_order_asked_for() -> None:
    points = np.random.default_rng(0).normal(size=(5, 2))
    table = compute(("x2", "x1"), points)
    assert table.shape == (2, 5)
    assert table.flags.c_contiguous
    np.testing.assert_array_equal(table, points.T[::-1])
