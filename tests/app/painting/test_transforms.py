"""Moving, rotating and scaling: back again gives what there was."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.painting.transforms import bounds, moved, rotated, scaled

coordinates = st.floats(-6.0, 6.0)
pairs = st.tuples(coordinates, coordinates)
clouds = st.lists(pairs, min_size=1, max_size=20).map(np.array)


def test_a_quarter_turn_goes_against_the_clock() -> None:
    np.testing.assert_allclose(rotated(np.array([(3.0, 1.0)]), (2.0, 1.0), math.pi / 2.0), [(2.0, 2.0)], atol=1e-12)


@given(clouds, pairs, st.floats(-7.0, 7.0))
def test_a_rotation_keeps_distances_and_is_undone_by_its_opposite(
    points: np.ndarray, center: tuple[float, float], angle: float
) -> None:
    turned = rotated(points, center, angle)
    np.testing.assert_allclose(np.hypot(*(turned - center).T), np.hypot(*(points - center).T), atol=1e-9)
    np.testing.assert_allclose(rotated(turned, center, -angle), points, atol=1e-9)


@given(clouds, pairs, st.floats(0.1, 5.0), st.floats(0.1, 5.0))
def test_scaling_is_undone_by_the_inverse_factors(
    points: np.ndarray, center: tuple[float, float], fx: float, fy: float
) -> None:
    np.testing.assert_allclose(scaled(scaled(points, center, fx, fy), center, 1.0 / fx, 1.0 / fy), points, atol=1e-9)


def test_a_negative_factor_mirrors_about_the_center() -> None:
    np.testing.assert_array_equal(scaled(np.array([(3.0, 1.0)]), (1.0, 0.0), -1.0, 2.0), [(-1.0, 2.0)])


@given(clouds, coordinates, coordinates)
def test_the_rectangle_around_points_moves_with_them(points: np.ndarray, dx: float, dy: float) -> None:
    box, there = bounds(points), bounds(moved(points, dx, dy))
    np.testing.assert_allclose(there, np.add(box, (dx, dy, dx, dy)))
    assert there.center == pytest.approx((box.center[0] + dx, box.center[1] + dy))
    assert box.left <= points[0, 0] <= box.right
    assert box.bottom <= points[0, 1] <= box.top


def test_there_is_no_rectangle_around_nothing() -> None:
    with pytest.raises(ValueError, match="no points"):
        bounds(np.empty((0, 2)))
