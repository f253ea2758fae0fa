"""Very many points as a picture: each leaves its dot, the majority its color."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from app.theme import DARK, LIGHT
from app.views.decision import density_raster
from app.views.decision.density import DEPTH, TEST_OPACITY, TRAIN_OPACITY, density_pixels, dot_size
from app.views.decision.markers import columns_of, fill_color
from app.views.decision.points_layer import count_of, dense_pixels
from engine.datasets.dataset import Dataset


def pixels(places: list[list[float]], targets: list[float], tests: list[bool], dot: int = 1) -> np.ndarray:
    return density_pixels(np.array(places), np.array(targets), np.array(tests), side=8, dot=dot, theme=LIGHT, classes=2)


def premultiplied(target: float, opacity: float) -> int:
    red, green, blue = (round(channel * opacity) for channel in fill_color(LIGHT, target, DEPTH))
    return round(255 * opacity) << 24 | red << 16 | green << 8 | blue


def test_a_point_leaves_a_dot_where_it_lies() -> None:
    result = pixels([[2.5, 5.5]], [0.0], [False])
    assert result[5, 2] == premultiplied(-1.0, TRAIN_OPACITY)
    assert np.count_nonzero(result) == 1
    assert np.count_nonzero(pixels([[2.5, 5.5]], [0.0], [False], dot=3)) == 9


def test_the_majority_shows_and_train_points_cover_test_points() -> None:
    result = pixels([[1.0, 1.0]] * 3 + [[4.0, 4.0]], [1.0, 1.0, 0.0, 1.0], [True, False, True, True])
    assert result[1, 1] == premultiplied(1.0, TRAIN_OPACITY)
    assert result[4, 4] == premultiplied(1.0, TEST_OPACITY)


def test_points_outside_are_left_out() -> None:
    assert not pixels([[-1.0, 2.0], [9.0, 2.0], [2.0, 8.0]], [0.0, 1.0, 1.0], [False] * 3).any()


def test_values_mix() -> None:
    result = density_pixels(
        np.full((2, 2), 3.0), np.array([-1.0, 1.0]), np.zeros(2, bool), side=8, dot=1, theme=DARK, classes=0
    )
    alone = density_pixels(
        np.full((1, 2), 3.0), np.array([0.0]), np.zeros(1, bool), side=8, dot=1, theme=DARK, classes=0
    )
    np.testing.assert_array_equal(result, alone)


def test_dots_shrink_as_points_become_more() -> None:
    assert [dot_size(count, 1.0) for count in (6_000, 20_000, 1_000_000)] == [3, 2, 1]


def test_values_beyond_the_scale_take_its_end() -> None:
    np.testing.assert_array_equal(columns_of(np.array([-9.0, 0.0, 1.0, np.nan]), classes=0), [0, 16, 32, 16])


def drawn(dataset: Dataset, classes: int, show_test: bool, *, compiled: bool) -> np.ndarray:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(density_raster._State, "compiled", compiled)
        return dense_pixels(dataset, 23.0, 1.5, DARK, classes=classes, show_test=show_test)


@given(
    arrays(np.float64, (40, 2), elements=st.floats(-13.0, 13.0) | st.sampled_from((-6.0, 6.0, 0.0))),
    arrays(np.float64, 40, elements=st.floats(-2.0, 9.0) | st.sampled_from((np.nan, np.inf, -np.inf))),
    arrays(np.bool_, 40),
    st.sampled_from((0, 2, 8)),
    st.booleans(),
)
def test_the_compiled_kernel_draws_the_same(
    points: np.ndarray, targets: np.ndarray, is_train: np.ndarray, classes: int, show_test: bool
) -> None:
    dataset = Dataset(points, targets, is_train)
    pixels = drawn(dataset, classes, show_test, compiled=True)
    np.testing.assert_array_equal(pixels, drawn(dataset, classes, show_test, compiled=False))


def test_what_lies_far_outside_or_is_hidden_does_not_count() -> None:
    dataset = Dataset(np.array([[0.0, 0.0], [11.0, 0.0], [1.0, 1.0]]), np.zeros(3), np.array([True, True, False]))
    for compiled in (True, False):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(density_raster._State, "compiled", compiled)
            assert (count_of(dataset, True), count_of(dataset, False)) == (2, 1)
