"""Jitter and magnet: only what lies under the brush moves, and not too far."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.painting.falloff import falloff
from app.painting.jitter import jittered
from app.painting.magnet import attracted

coordinates = st.floats(-6.0, 6.0)
pairs = st.tuples(coordinates, coordinates)
clouds = st.lists(pairs, min_size=1, max_size=20).map(np.array)
radii = st.floats(0.1, 3.0)


def test_a_brush_acts_fully_at_its_center_and_not_at_all_at_its_rim() -> None:
    points = np.array([(1.0, 1.0), (2.0, 1.0), (3.0, 1.0), (9.0, 9.0)])
    # Half way, u² is a quarter, and (3/4)² is 0.5625.
    assert falloff(points, (1.0, 1.0), 2.0).tolist() == [1.0, 0.5625, 0.0, 0.0]
    assert not falloff(points, (1.0, 1.0), 0.0).any()


@given(clouds, pairs, radii, st.integers(0, 99))
def test_jitter_leaves_what_is_not_under_the_brush(
    points: np.ndarray, center: tuple[float, float], radius: float, seed: int
) -> None:
    shaken = jittered(points, center, radius, 0.2, np.random.default_rng(seed))
    away = np.hypot(*(points - center).T) >= radius
    np.testing.assert_array_equal(shaken[away], points[away])
    np.testing.assert_array_equal(shaken, jittered(points, center, radius, 0.2, np.random.default_rng(seed)))


def test_jitter_is_as_strong_as_asked_for_and_goes_nowhere_on_the_whole() -> None:
    moves = jittered(np.zeros((40_000, 2)), (0.0, 0.0), 1.0, 0.3, np.random.default_rng(4))
    np.testing.assert_allclose(moves.mean(axis=0), 0.0, atol=0.01)
    np.testing.assert_allclose(moves.std(axis=0), 0.3, rtol=0.02)


@given(clouds, pairs, radii, st.floats(-1.0, 1.0))
def test_the_magnet_never_passes_its_center_nor_its_rim(
    points: np.ndarray, center: tuple[float, float], radius: float, strength: float
) -> None:
    drawn = attracted(points, center, radius, strength)
    before, after = points - np.array(center), drawn - np.array(center)
    distance, now = np.hypot(*before.T), np.hypot(*after.T)
    np.testing.assert_array_equal(drawn[distance >= radius], points[distance >= radius])
    assert np.all(np.sum(before * after, axis=1) >= -1e-12)
    assert np.all(now[distance < radius] <= radius + 1e-9)
    assert np.all(now <= distance + 1e-9) if strength >= 0 else np.all(now >= distance - 1e-9)
    # None overtakes another.
    order = np.argsort(distance, kind="stable")
    assert np.all(np.diff(now[order]) >= -1e-9)


def test_a_magnet_of_full_strength_moves_a_point_at_half_the_radius_by_nine_sixteenths() -> None:
    np.testing.assert_allclose(attracted(np.array([(1.0, 0.0)]), (0.0, 0.0), 2.0, 1.0), [(0.4375, 0.0)])
    np.testing.assert_allclose(attracted(np.array([(1.0, 0.0)]), (0.0, 0.0), 2.0, -1.0), [(1.5625, 0.0)])


@pytest.mark.parametrize("strength", [1.1, -1.1, float("nan")])
def test_an_impossible_magnet_is_refused(strength: float) -> None:
    with pytest.raises(ValueError, match="must lie between"):
        attracted(np.zeros((1, 2)), (0.0, 0.0), 1.0, strength)
