"""Rectangle and lasso take what lies inside, by the plain definition."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from app.painting.selecting import in_lasso, in_rectangle

# Whole halves meet edges and corners often, which is where a lasso goes wrong.
halves = st.integers(-6, 6).map(lambda whole: whole / 2.0)
places = st.lists(st.tuples(halves, halves), max_size=30).map(lambda pairs: np.array(pairs, float).reshape(-1, 2))


def crossings_are_odd(x: float, y: float, polygon: np.ndarray) -> bool:
    """The definition for one place: count the edges that a ray to the right crosses."""
    count = 0
    for (x1, y1), (x2, y2) in zip(polygon, np.roll(polygon, -1, axis=0), strict=True):
        if (y1 <= y) != (y2 <= y) and x < x1 + (y - y1) * ((x2 - x1) / (y2 - y1)):
            count += 1
    return count % 2 == 1


@given(places, st.tuples(halves, halves), st.tuples(halves, halves))
def test_a_rectangle_is_the_same_from_every_corner(
    points: np.ndarray, corner: tuple[float, float], opposite: tuple[float, float]
) -> None:
    (x1, y1), (x2, y2) = corner, opposite
    inside = in_rectangle(points, corner, opposite)
    wanted = [min(x1, x2) <= x <= max(x1, x2) and min(y1, y2) <= y <= max(y1, y2) for x, y in points]
    assert inside.tolist() == wanted
    np.testing.assert_array_equal(inside, in_rectangle(points, (x1, y2), (x2, y1)))


@given(places, places)
def test_a_lasso_agrees_with_counting_the_crossings_of_a_ray(points: np.ndarray, polygon: np.ndarray) -> None:
    inside = in_lasso(points, polygon)
    wanted = [len(polygon) >= 3 and crossings_are_odd(x, y, polygon) for x, y in points]
    assert inside.tolist() == wanted


def test_a_lasso_with_a_dent_leaves_the_dent_out() -> None:
    polygon = np.array([(0, 0), (4, 0), (4, 4), (2, 1), (0, 4)], float)
    points = np.array([(2, 0.5), (2, 3), (0.5, 2), (3.5, 2), (5, 1)], float)
    assert in_lasso(points, polygon).tolist() == [True, False, True, True, False]


def test_where_a_lasso_has_gone_around_twice_it_is_outside() -> None:
    square = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)], float)
    twice = np.concatenate((3.0 * square, square))
    assert in_lasso(np.array([(0.0, 0.0), (2.0, 2.0)]), 3.0 * square).all()
    assert not in_lasso(np.zeros((1, 2)), np.concatenate((square, square))).any()
    assert in_lasso(np.array([(2.5, -2.0)]), twice).all()


def test_many_points_and_many_corners_agree_with_the_disk_they_outline() -> None:
    points = np.random.default_rng(3).uniform(-6.0, 6.0, (100_000, 2))
    angles = np.linspace(0.0, 2.0 * np.pi, 500, endpoint=False)
    inside = in_lasso(points, 4.0 * np.column_stack((np.cos(angles), np.sin(angles))))
    distance = np.hypot(*points.T)
    # Between its corners the polygon lies inside the circle by less than 4·(1 − cos(π/500)).
    sure = (distance < 4.0 - 1e-4) | (distance > 4.0)
    np.testing.assert_array_equal(inside[sure], (distance < 4.0)[sure])


def test_nothing_lies_in_a_lasso_of_nothing() -> None:
    assert not in_lasso(np.zeros((3, 2)), np.empty((0, 2))).any()
    assert in_lasso(np.empty((0, 2)), np.array([(0, 0), (1, 0), (0, 1)], float)).shape == (0,)


def test_what_is_not_finite_is_never_inside() -> None:
    points = np.array([(np.nan, 0.1), (0.1, np.inf), (0.1, 0.1)])
    assert in_lasso(points, np.array([(0, 0), (1, 0), (0, 1)], float)).tolist() == [False, False, True]
