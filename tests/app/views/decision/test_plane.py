"""Places in the plane and in the widget belong together."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF

from app.views.decision.plane import Plane, plane_in, value_at


@given(st.integers(150, 2_000), st.integers(120, 1_500), st.floats(-6.0, 6.0), st.floats(-6.0, 6.0))
def test_there_and_back(width: int, height: int, x1: float, x2: float) -> None:
    plane = plane_in(width, height, 1.0)
    assert plane.to_plane(plane.to_pixel(x1, x2)) == pytest.approx((x1, x2), abs=1e-9)
    pixel = plane.to_pixel(x1, x2)
    np.testing.assert_allclose(plane.to_pixels(np.array([[x1, x2]])), [[pixel.x(), pixel.y()]])


def test_up_is_up() -> None:
    plane = Plane(10.0, 20.0, 120.0)
    assert plane.to_pixel(-6.0, 6.0) == QPointF(10.0, 20.0)
    assert plane.to_pixel(6.0, -6.0) == QPointF(130.0, 140.0)


@given(st.integers(1, 2_000), st.integers(1, 1_500), st.floats(0.8, 2.0))
def test_the_picture_is_square_and_never_vanishes(width: int, height: int, text_scale: float) -> None:
    rect = plane_in(width, height, text_scale).rect
    assert rect.width() == rect.height() >= 40


def test_the_nearest_cell_is_read_out() -> None:
    field = np.arange(16.0).reshape(4, 4)
    assert value_at(field, -5.9, 5.9) == 0.0
    assert value_at(field, 5.9, 5.9) == 3.0
    assert value_at(field, 6.0, -6.0) == 15.0
    assert value_at(field, 0.1, -0.1) == 10.0
