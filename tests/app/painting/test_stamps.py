"""Stamps: ways of the right shape and length, and points evenly along them."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.painting.brush import Shape
from app.painting.stamps import circle, line, places_along, polygon, scattered_along, spiral, way_length

coordinates = st.floats(-3.0, 3.0)
pairs = st.tuples(coordinates, coordinates)
radii = st.floats(0.1, 3.0)


@given(pairs, radii)
def test_a_circle_lies_on_its_radius_and_is_closed(center: tuple[float, float], radius: float) -> None:
    way = circle(center, radius)
    np.testing.assert_allclose(np.hypot(*(way - center).T), radius)
    np.testing.assert_allclose(way[0], way[-1], atol=1e-9)
    assert way_length(way) == pytest.approx(2.0 * math.pi * radius, rel=1e-3)


@given(pairs, radii, st.floats(0.25, 6.0))
def test_a_spiral_goes_out_evenly_from_its_center(center: tuple[float, float], radius: float, turns: float) -> None:
    way = spiral(center, radius, turns)
    out = np.hypot(*(way - center).T)
    np.testing.assert_allclose(way[0], center)
    np.testing.assert_allclose(out, radius * np.linspace(0.0, 1.0, len(way)), atol=1e-9)
    # The length of Archimedes' spiral r = aθ up to the angle θ: a/2·(θ√(1+θ²) + asinh θ).
    angle = 2.0 * math.pi * turns
    length = 0.5 * radius / angle * (angle * math.sqrt(1.0 + angle**2) + math.asinh(angle))
    assert way_length(way) == pytest.approx(length, rel=5e-3)


def test_a_spiral_turns_the_other_way_with_negative_turns() -> None:
    mirrored = spiral((0.0, 0.0), 2.0, 1.5) * (1.0, -1.0)
    np.testing.assert_allclose(spiral((0.0, 0.0), 2.0, -1.5), mirrored)


@given(pairs, radii, st.integers(3, 12))
def test_a_polygon_has_equal_sides_and_a_corner_at_the_top(
    center: tuple[float, float], radius: float, corners: int
) -> None:
    way = polygon(center, radius, corners)
    assert len(way) == corners + 1
    np.testing.assert_allclose(way[0], (center[0], center[1] + radius), atol=1e-9)
    np.testing.assert_allclose(np.hypot(*np.diff(way, axis=0).T), 2.0 * radius * math.sin(math.pi / corners))


def test_a_polygon_of_two_corners_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 3 corners"):
        polygon((0.0, 0.0), 1.0, 2)


def test_places_are_even_in_the_length_of_the_way() -> None:
    bent = np.array([(0.0, 0.0), (3.0, 0.0), (3.0, 1.0)])
    np.testing.assert_allclose(places_along(bent, 1.0), [(0.5, 0.0), (1.5, 0.0), (2.5, 0.0), (3.0, 0.5)])
    assert places_along(np.zeros((2, 2)), 4.0).tolist() == [[0.0, 0.0]]


def test_a_closed_way_has_no_seam() -> None:
    places = places_along(circle((0.0, 0.0), 2.0), 4.0)
    steps = np.hypot(*(np.roll(places, -1, axis=0) - places).T)
    np.testing.assert_allclose(steps, steps.mean(), rtol=0.01)
    assert len(places) == round(4.0 * 4.0 * math.pi)


@given(pairs, radii, st.floats(0.0, 1.0), st.sampled_from(("uniform", "gaussian")), st.integers(0, 99))
def test_points_land_within_the_width_of_the_way(
    center: tuple[float, float], radius: float, width: float, shape: Shape, seed: int
) -> None:
    points = scattered_along(circle(center, radius), 5.0, width, shape, np.random.default_rng(seed))
    away = np.hypot(*(points - center).T)
    assert np.all(np.abs(away - radius) <= width + 0.01)
    assert np.all(np.abs(points) <= 6.0)


def test_nothing_is_left_outside_the_domain() -> None:
    points = scattered_along(line((4.0, 0.0), (8.0, 0.0)), 10.0, 0.0, "uniform", np.random.default_rng(1))
    assert len(points) == 20
    assert np.all(points[:, 0] <= 6.0)
    outside = scattered_along(line((7.0, 0.0), (8.0, 0.0)), 10.0, 0.5, "uniform", np.random.default_rng(1))
    assert outside.shape == (0, 2)
