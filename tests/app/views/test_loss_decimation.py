"""Leaving points out of a curve keeps its shape and invents nothing."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.views.loss_decimation import MAXIMUM_POINTS, decimate

curves = st.tuples(
    st.integers(1, 5_000),
    st.integers(1, 3_000),
    st.integers(0, 10_000),
    st.sampled_from((0.0, 0.001, 0.1, 0.9, 1.0)),
)


def curve(count: int, seed: int, holes: float) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    epochs = np.cumsum(random.choice([1.0, 1.0, 7.0], count))
    losses = random.normal(size=count) ** 3
    broken = random.uniform(size=count) < holes
    losses[broken] = random.choice([np.nan, np.inf, -np.inf], int(broken.sum()))
    return epochs, losses


@given(curves)
def test_what_is_left_is_the_curve(case: tuple[int, int, int, float]) -> None:
    count, pixels, seed, holes = case
    epochs, losses = curve(count, seed, holes)
    kept_epochs, kept = decimate(epochs, losses, pixels)
    places = np.searchsorted(epochs, kept_epochs)
    # Every point is one of the curve, in its order, none twice.
    np.testing.assert_array_equal(epochs[places], kept_epochs)
    np.testing.assert_array_equal(losses[places], kept)
    assert np.all(np.diff(places) > 0)
    assert len(kept) <= MAXIMUM_POINTS + 4
    # Both ends and both extremes are there.
    assert (places[0], places[-1]) == (0, count - 1)
    finite = losses[np.isfinite(losses)]
    if finite.size:
        left = kept[np.isfinite(kept)]
        assert (left.min(), left.max()) == (finite.min(), finite.max())
    # A line drawn between neighbors crosses no gap.
    for start, end in pairwise(places):
        if np.isfinite(losses[start]) and np.isfinite(losses[end]):
            assert np.isfinite(losses[start:end]).all()


def test_a_short_curve_is_left_alone() -> None:
    epochs, losses = curve(300, 1, 0.0)
    kept_epochs, kept = decimate(epochs, losses, 400)
    assert kept_epochs is epochs
    assert kept is losses


def test_a_single_peak_among_a_million_points_stays() -> None:
    epochs, losses = np.arange(1e6), np.full(10**6, 0.5)
    losses[123_457] = 9.0
    kept_epochs, kept = decimate(epochs, losses, 350)
    assert kept.max() == 9.0
    assert kept_epochs[kept.argmax()] == 123_457.0
    assert len(kept) <= MAXIMUM_POINTS


@pytest.mark.parametrize("count", [0, 1, 2])
def test_the_beginning_of_a_curve(count: int) -> None:
    epochs, losses = np.arange(float(count)), np.ones(count)
    assert len(decimate(epochs, losses, 100)[0]) == count


def test_a_curve_that_stands_still_in_time_is_no_problem() -> None:
    kept_epochs, kept = decimate(np.zeros(5_000), np.arange(5_000.0), 100)
    assert kept[0] == 0.0
    assert kept[-1] == 4_999.0
    assert len(kept_epochs) == len(kept)
