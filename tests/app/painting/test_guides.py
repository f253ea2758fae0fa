"""Guides: grid, symmetry and limits."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.painting.guides import NO_GUIDES, Guides

coordinates = st.floats(-6.0, 6.0)
clouds = st.lists(st.tuples(coordinates, coordinates), min_size=1, max_size=8).map(np.array)
guides = st.builds(
    Guides, grid=st.sampled_from((0.0, 0.5, 1.0)), mirror_x1=st.booleans(), mirror_x2=st.booleans(),
    turns=st.integers(1, 12),
)  # fmt: skip


def as_set(points: np.ndarray) -> set[tuple[float, float]]:
    return {(round(float(x), 6) + 0.0, round(float(y), 6) + 0.0) for x, y in points}


@given(clouds)
def test_without_guides_points_stay_as_they_are(points: np.ndarray) -> None:
    np.testing.assert_array_equal(NO_GUIDES.apply(points), points)


def test_points_snap_to_the_nearest_crossing() -> None:
    points = np.array([(0.2, -0.3), (0.26, 5.9), (-0.74, 1.0)])
    np.testing.assert_array_equal(Guides(grid=0.5).snapped(points), [(0.0, -0.5), (0.5, 6.0), (-0.5, 1.0)])


@pytest.mark.parametrize(
    ("guides", "wanted"),
    [
        (Guides(mirror_x1=True), {(2, 1), (-2, 1)}),
        (Guides(mirror_x2=True), {(2, 1), (2, -1)}),
        (Guides(mirror_x1=True, mirror_x2=True), {(2, 1), (-2, 1), (2, -1), (-2, -1)}),
        (Guides(turns=2), {(2, 1), (-2, -1)}),
        (Guides(turns=4), {(2, 1), (-1, 2), (-2, -1), (1, -2)}),
        (Guides(turns=2, mirror_x1=True, mirror_x2=True), {(2, 1), (-2, 1), (2, -1), (-2, -1)}),
    ],
)
def test_one_point_is_drawn_at_all_its_images(guides: Guides, wanted: set[tuple[int, int]]) -> None:
    copies = guides.repeated(np.array([(2.0, 1.0)]))
    assert as_set(copies) == wanted
    assert len(copies) == len(wanted)
    # Exactly: a grid stays a grid.
    np.testing.assert_array_equal(copies, np.rint(copies))


@given(clouds, guides)
def test_copies_come_in_blocks_the_first_of_which_is_what_was_drawn(points: np.ndarray, guides: Guides) -> None:
    copies = guides.repeated(points)
    assert len(copies) == len(guides.symmetries) * len(points)
    np.testing.assert_array_equal(copies[: len(points)], points)


@given(clouds, guides)
def test_what_is_drawn_is_symmetric(points: np.ndarray, guides: Guides) -> None:
    # Within a circle, as no rotation moves a place over a limit there.
    drawn = guides.apply(points / 2.0)
    for matrix in guides.symmetries:
        distances = np.abs((drawn @ matrix.T)[:, None] - drawn[None]).max(axis=2)
        assert np.all(distances.min(axis=1) < 1e-6)


def test_a_point_on_a_mirror_is_drawn_once_and_two_equal_points_stay_two() -> None:
    guides = Guides(mirror_x1=True, mirror_x2=True, turns=4)
    assert guides.apply(np.zeros((1, 2))).tolist() == [[0.0, 0.0]]
    assert len(Guides(mirror_x1=True).apply(np.array([(0.0, 2.0), (0.0, 2.0)]))) == 2
    assert len(guides.apply(np.array([(1.0, 0.0)]))) == 4


@given(clouds, guides, st.floats(1.0, 5.0))
def test_nothing_is_drawn_beyond_the_limits(points: np.ndarray, guides: Guides, limit: float) -> None:
    bounded = Guides(guides.grid, guides.mirror_x1, guides.mirror_x2, guides.turns, (-limit, limit))
    drawn = bounded.apply(points)
    assert bounded.inside(drawn).all()
    assert np.all(np.abs(drawn) <= limit)
    assert np.all(np.abs(bounded.held(points)) <= limit)


@pytest.mark.parametrize(
    "settings",
    [
        {"grid": -1.0},
        {"grid": float("nan")},
        {"turns": 0},
        {"turns": 99},
        {"limits": (1.0, 1.0)},
        {"limits": (-9.0, 0)},
    ],
)
def test_impossible_guides_are_refused(settings: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="must lie between"):
        Guides(**settings)  # type: ignore[arg-type]
