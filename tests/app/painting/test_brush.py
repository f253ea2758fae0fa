"""The brush keeps its promises: inside its disk, inside the domain, evenly spread."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.painting.brush import SHAPES, Brush, Shape, scatter

coordinates = st.floats(-6.0, 6.0)


@given(
    st.lists(st.tuples(coordinates, coordinates), max_size=30),
    st.floats(0.0, 2.0), st.integers(0, 99), st.sampled_from(SHAPES),
)  # fmt: skip
def test_points_stay_in_the_disk_and_in_the_domain(
    centers: list[tuple[float, float]], radius: float, seed: int, shape: Shape
) -> None:
    places = np.array(centers).reshape(-1, 2)
    points = scatter(np.random.default_rng(seed), places, radius, shape)
    assert points.shape == places.shape
    assert np.all(np.abs(points) <= 6.0)
    assert np.all(np.hypot(*(points - places).T) <= radius + 1e-9)


def test_the_disk_is_filled_evenly() -> None:
    points = scatter(np.random.default_rng(1), np.zeros((20_000, 2)), 2.0)
    # Half of the radius holds a quarter of the area.
    assert np.mean(np.hypot(*points.T) < 1.0) == pytest.approx(0.25, abs=0.02)


def test_a_gaussian_brush_is_dense_in_the_middle() -> None:
    points = scatter(np.random.default_rng(1), np.zeros((20_000, 2)), 2.0, "gaussian")
    # Of a normal distribution cut off at two deviations, (1 − e^(−1/2)) / (1 − e^(−2)) lies within one.
    assert np.mean(np.hypot(*points.T) < 1.0) == pytest.approx(0.455, abs=0.015)
    np.testing.assert_allclose(points.mean(axis=0), 0.0, atol=0.02)


def test_a_brush_of_an_unknown_shape_is_refused() -> None:
    with pytest.raises(ValueError, match="uniform or gaussian"):
        Brush(shape="square")  # type: ignore[arg-type]


def test_the_edge_of_the_domain_collects_no_row_of_points() -> None:
    points = scatter(np.random.default_rng(1), np.full((1_000, 2), 6.0), 1.0)
    assert np.count_nonzero(points == 6.0) == 0


def test_a_brush_of_no_width_paints_exactly_on_the_way() -> None:
    centers = np.array([[1.0, 2.0], [-3.0, 4.0]])
    np.testing.assert_array_equal(scatter(np.random.default_rng(1), centers, 0.0), centers)


@pytest.mark.parametrize(("radius", "density"), [(-0.1, 4.0), (9.0, 4.0), (0.4, 0.0), (0.4, 1e6), (float("nan"), 4.0)])
def test_an_impossible_brush_is_refused(radius: float, density: float) -> None:
    with pytest.raises(ValueError, match="must lie between"):
        Brush(radius, density)
