import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from engine.datasets.groups import ordered_pairs, pairs, triplets

labels = arrays(np.float64, st.integers(1, 40), elements=st.integers(0, 3).map(float))


@given(labels, st.integers(0, 100))
def test_partners_of_pairs_are_what_is_said_of_them(targets: np.ndarray, seed: int) -> None:
    (partner,), same = pairs(targets, seed)
    alone = partner == np.arange(len(targets))
    np.testing.assert_array_equal(same == 1.0, targets == targets[partner])
    # Nobody is paired with itself unless there is nobody else.
    assert not alone.any() or len(targets) == 1
    again = pairs(targets, seed)
    np.testing.assert_array_equal(again[0][0], partner)


@given(labels, st.integers(0, 100))
def test_a_positive_is_of_the_same_class_and_a_negative_of_another(targets: np.ndarray, seed: int) -> None:
    positive, negative = triplets(targets, seed)
    own = np.arange(len(targets))
    _, number, counts = np.unique(targets, return_inverse=True, return_counts=True)
    has_positive, has_negative = counts[number] > 1, counts[number] < len(targets)
    assert (targets[positive] == targets).all()
    np.testing.assert_array_equal(positive != own, has_positive)
    np.testing.assert_array_equal(targets[negative] != targets, has_negative)
    np.testing.assert_array_equal(negative[~has_negative], own[~has_negative])


@given(arrays(np.float64, st.integers(2, 40), elements=st.floats(-1.0, 1.0)), st.integers(0, 100))
def test_the_order_of_pairs_is_that_of_their_scores(scores: np.ndarray, seed: int) -> None:
    (partner,), order = ordered_pairs(scores, seed)
    np.testing.assert_array_equal(order, np.sign(scores - scores[partner]))
    if len(np.unique(scores)) == len(scores):
        assert (order != 0.0).mean() > 0.9


def test_both_kinds_of_pairs_are_about_as_frequent_and_every_partner_possible() -> None:
    targets = np.arange(3000) % 3.0
    (partner,), same = pairs(targets, 1)
    assert 0.45 < same.mean() < 0.55
    others = targets[partner][same == 0.0] - targets[same == 0.0]
    # Each of the two other classes, as distances −2 … 2, is drawn as often as the other.
    assert 0.4 < np.mean(others % 3.0 == 1.0) < 0.6
