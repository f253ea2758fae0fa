import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from engine.datasets.label_noise import mislabeled


def some(count: int, classes: int = 3) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    random = np.random.default_rng(count)
    points, targets = random.normal(size=(count, 2)), random.integers(0, classes, count).astype(float)
    return points, targets, random.uniform(size=count) < 0.7


@given(st.integers(0, 200), st.floats(0.0, 1.0), st.integers(2, 8), st.integers(0, 2**53))
def test_the_share_is_exact_among_training_samples_and_nowhere_else(
    count: int, share: float, classes: int, seed: int
) -> None:
    points, targets, is_train = some(count, classes)
    changed = mislabeled(points, targets, is_train, classes, share, seed)
    wrong = changed != targets
    assert wrong.sum() == round(share * is_train.sum())
    assert not wrong[~is_train].any()
    assert np.isin(changed, range(classes)).all()


def test_the_other_classes_are_equally_likely() -> None:
    points, targets, _ = some(8000, 4)
    changed = mislabeled(points, targets, np.ones(8000, dtype=bool), 4, 0.9, 1)
    for target in range(4):
        became = np.bincount(changed[(targets == target) & (changed != targets)].astype(int), minlength=4)
        assert became[target] == 0
        others = np.delete(became, target)
        assert others.min() > 0.8 * others.max()


def test_more_noise_strikes_the_same_samples_and_more() -> None:
    points, targets, is_train = some(300)
    little, much = (mislabeled(points, targets, is_train, 3, share, 4) for share in (0.1, 0.3))
    struck = little != targets
    np.testing.assert_array_equal(much[struck], little[struck])


def test_another_seed_strikes_others_and_the_order_does_not_matter() -> None:
    points, targets, is_train = some(300)
    first = mislabeled(points, targets, is_train, 3, 0.2, 1)
    assert (first != mislabeled(points, targets, is_train, 3, 0.2, 2)).any()
    backward = mislabeled(points[::-1], targets[::-1], is_train[::-1], 3, 0.2, 1)
    np.testing.assert_array_equal(first[::-1], backward)
