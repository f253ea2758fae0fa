"""The eraser takes what lies under its disk, along the whole way, and nothing else."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from app.painting.eraser import Erasure, kept


def test_a_disk_takes_what_lies_in_it() -> None:
    points = np.array([[0.0, 0.0], [0.5, 0.0], [0.51, 0.0], [0.4, 0.4]])
    np.testing.assert_array_equal(kept(points, 0.0, 0.0, 0.5), [False, False, True, True])


def test_erasing_nothing_keeps_nothing() -> None:
    assert kept(np.empty((0, 2)), 0.0, 0.0, 1.0).shape == (0,)


@given(st.floats(-6.0, 6.0), st.floats(0.2, 2.0))
def test_a_fast_movement_leaves_no_point_standing_on_its_way(place: float, radius: float) -> None:
    erasure = Erasure(radius, -6.0, 1.0)
    centers = np.concatenate((erasure.start(), erasure.move(6.0, 1.0)))
    point = np.array([[place, 1.0]])
    assert not all(kept(point, x1, x2, erasure.radius)[0] for x1, x2 in centers)
