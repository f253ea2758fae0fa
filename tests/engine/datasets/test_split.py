import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from engine.datasets.split import folds, outside, split


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


@given(st.integers(2, 200), st.integers(2, 20), st.integers(0, 50))
def test_folds_are_equally_large_to_one_sample_in_every_class(count: int, parts: int, seed: int) -> None:
    points, targets = some(count)
    for by_class in (True, False):
        fold = folds(points, targets, by_class, parts, seed)
        groups = [targets == 0.0, targets == 1.0] if by_class else [np.ones(count, dtype=bool)]
        assert set(fold) <= set(range(1, parts + 1))
        for group in groups:
            sizes = np.bincount(fold[group], minlength=parts + 1)[1:]
            assert sizes.max() - sizes.min() <= 1


@given(st.integers(4, 100), st.integers(2, 6), st.integers(0, 50))
def test_an_erased_point_moves_at_most_one_other_across_every_border(count: int, parts: int, seed: int) -> None:
    points, targets = some(count)
    before = folds(points, targets, True, parts, seed)[1:]
    after = folds(points[1:], targets[1:], True, parts, seed)
    assert np.count_nonzero(before != after) < parts


def test_every_sample_is_tested_once() -> None:
    points, targets = some(53)
    fold = folds(points, targets, True, 5, 3)
    tested = sum((~outside(fold, number)).astype(int) for number in range(1, 6))
    np.testing.assert_array_equal(tested, np.ones(53))


def test_few_samples_of_each_class_are_not_all_in_the_first_fold() -> None:
    fold = folds(np.arange(8.0).reshape(4, 2), np.arange(4.0), True, 4, 0)
    assert sorted(fold) == [1, 2, 3, 4]


def test_a_single_sample_is_trained_on() -> None:
    fold = folds(np.zeros((1, 2)), np.zeros(1), True, 5, 0)
    assert all(outside(fold, number).all() for number in range(1, 6))
    assert outside(folds(np.zeros((0, 2)), np.zeros(0), True, 5, 0), 1).shape == (0,)
