import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from engine.datasets.split import split


def some(count: int) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(count)
    return random.normal(size=(count, 2)), random.integers(0, 2, count).astype(float)


@given(st.integers(2, 200), st.floats(0.05, 1.0), st.integers(0, 50))
def test_share_is_exact_to_one_sample_in_every_class(count: int, share: float, seed: int) -> None:
    points, targets = some(count)
    is_train = split(points, targets, True, share, seed)
    for target in (0.0, 1.0):
        group = targets == target
        if group.any():
            assert abs(is_train[group].sum() - share * group.sum()) <= 1.0
            assert is_train[group].any()


@given(st.integers(3, 100), st.integers(0, 50))
def test_an_erased_point_moves_at_most_one_other_across(count: int, seed: int) -> None:
    points, targets = some(count)
    before = split(points, targets, True, 0.6, seed)[1:]
    after = split(points[1:], targets[1:], True, 0.6, seed)
    assert np.count_nonzero(before != after) <= 1


def test_another_seed_draws_another_split_and_order_does_not_matter() -> None:
    points, targets = some(100)
    first = split(points, targets, True, 0.5, 1)
    assert (first != split(points, targets, True, 0.5, 2)).any()
    np.testing.assert_array_equal(first[::-1], split(points[::-1], targets[::-1], True, 0.5, 1))


def test_nothing_to_split() -> None:
    assert split(np.zeros((0, 2)), np.zeros(0), True, 0.5, 0).shape == (0,)
