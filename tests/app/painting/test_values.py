"""The value brushes stay between −1 and 1 and touch only what lies under them."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from app.painting.values import drawn_to, raised

coordinates = st.floats(-6.0, 6.0)
values = st.floats(-1.0, 1.0)
samples = st.lists(st.tuples(coordinates, coordinates, values), min_size=1, max_size=20).map(np.array)
pairs = st.tuples(coordinates, coordinates)


@given(samples, pairs, st.floats(0.1, 3.0), st.floats(-2.0, 2.0))
def test_raising_stays_in_range_and_under_the_brush(
    drawn: np.ndarray, center: tuple[float, float], radius: float, amount: float
) -> None:
    points, targets = drawn[:, :2], drawn[:, 2]
    after = raised(points, targets, center, radius, amount)
    away = np.hypot(*(points - center).T) >= radius
    np.testing.assert_array_equal(after[away], targets[away])
    assert np.all(np.abs(after) <= 1.0)
    assert np.all(after >= targets) if amount >= 0.0 else np.all(after <= targets)


def test_it_raises_by_the_amount_at_the_center_and_by_less_beside_it() -> None:
    points = np.array([(0.0, 0.0), (1.0, 0.0), (0.0, 0.0)])
    after = raised(points, np.array([0.0, 0.0, 0.9]), (0.0, 0.0), 2.0, 0.4)
    np.testing.assert_allclose(after, [0.4, 0.225, 1.0])
    np.testing.assert_allclose(raised(points, np.zeros(3), (0.0, 0.0), 2.0, -0.4), [-0.4, -0.225, -0.4])


def test_a_table_s_value_beyond_the_range_is_not_pulled_back_by_the_other_end() -> None:
    targets = np.array([3.0, -3.0])
    assert raised(np.zeros((2, 2)), targets, (0.0, 0.0), 1.0, 0.5).tolist() == [3.0, -2.5]
    assert raised(np.zeros((2, 2)), targets, (0.0, 0.0), 1.0, -0.5).tolist() == [2.5, -3.0]


@given(samples, pairs, st.floats(0.1, 3.0), values)
def test_drawing_to_a_value_never_overshoots(
    drawn: np.ndarray, center: tuple[float, float], radius: float, value: float
) -> None:
    points, targets = drawn[:, :2], drawn[:, 2]
    after = drawn_to(points, targets, center, radius, value)
    away = np.hypot(*(points - center).T) >= radius
    np.testing.assert_array_equal(after[away], targets[away])
    assert np.all(after >= np.minimum(targets, value) - 1e-12)
    assert np.all(after <= np.maximum(targets, value) + 1e-12)


def test_drawing_to_a_value_gives_it_at_the_center() -> None:
    points = np.array([(0.0, 0.0), (1.0, 0.0), (2.0, 0.0)])
    np.testing.assert_allclose(drawn_to(points, np.zeros(3), (0.0, 0.0), 2.0, -0.8), [-0.8, -0.45, 0.0])
    np.testing.assert_allclose(drawn_to(points, np.zeros(3), (0.0, 0.0), 2.0, -0.8, 0.5), [-0.4, -0.225, 0.0])
