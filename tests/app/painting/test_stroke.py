"""A stroke leaves the same number of points however the mouse reports its way, and never a gap."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.painting.brush import Brush
from app.painting.stroke import Stroke, along


def stroke(brush: Brush, x1: float = 0.0, x2: float = 0.0) -> Stroke:
    return Stroke(brush, np.random.default_rng(3), x1, x2)


def test_a_click_gives_one_point_where_it_is() -> None:
    np.testing.assert_array_equal(stroke(Brush(), 1.5, -2.0).start(), [[1.5, -2.0]])


def test_a_way_of_three_units_at_density_four_gives_twelve_points() -> None:
    assert len(stroke(Brush(density=4.0)).move(3.0, 0.0)) == 12


@given(st.lists(st.floats(0.0, 6.0), min_size=1, max_size=20), st.floats(0.5, 20.0))
def test_how_often_the_mouse_reports_makes_no_difference(stops: list[float], density: float) -> None:
    brush = Brush(density=density)
    walked = stroke(brush)
    way = sorted(stops)
    pieces = sum(len(walked.move(x1, 0.0)) for x1 in way)
    # At a stop that lies exactly on a point, rounding may count it to either side of the end.
    assert abs(pieces - len(stroke(brush).move(way[-1], 0.0))) <= 1


def test_a_fast_movement_leaves_no_gap() -> None:
    points = stroke(Brush(radius=0.0, density=4.0), -6.0, 0.0).move(6.0, 0.0)
    assert np.diff(points[:, 0]) == pytest.approx(0.25)


def test_nothing_is_painted_outside_the_domain() -> None:
    line = stroke(Brush(radius=2.0, density=20.0), 5.0, 5.0)
    points = np.concatenate((line.move(30.0, 5.0), line.move(-30.0, 5.0)))
    assert np.all(np.abs(points) <= 6.0)
    # Back inside, painting goes on.
    assert np.any(points[:, 0] < -5.0)


def test_a_click_on_the_very_edge_stays_inside() -> None:
    np.testing.assert_array_equal(stroke(Brush(), 6.02, -7.0).start(), [[6.0, -6.0]])


def test_standing_still_paints_nothing_more() -> None:
    line = stroke(Brush())
    assert len(line.move(0.0, 0.0)) == 0
    assert len(line.move(0.0, 0.0)) == 0


@given(
    st.tuples(st.floats(-6, 6), st.floats(-6, 6)),
    st.tuples(st.floats(-6, 6), st.floats(-6, 6)),
    st.floats(0.05, 2.0),
    st.floats(0.0, 0.99),
)
def test_places_lie_on_the_way(
    start: tuple[float, float], end: tuple[float, float], spacing: float, share: float
) -> None:
    places, carried = along(start, end, spacing, share * spacing)
    assert 0.0 <= carried <= spacing + 1e-9
    length = np.hypot(end[0] - start[0], end[1] - start[1])
    to_start, to_end = (np.hypot(*(places - np.array(point)).T) for point in (start, end))
    assert to_start + to_end == pytest.approx(np.full(len(places), length), abs=1e-6)
