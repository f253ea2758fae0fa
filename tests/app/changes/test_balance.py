import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import changes
from app.changes.balance import fitted, with_share
from engine.compose import compose
from engine.datasets.resolve import resolve
from engine.validation import ExperimentError


@pytest.mark.parametrize(
    ("balance", "number", "share", "expected"),
    [
        ((1.0, 1.0), 0, 0.7, (0.7, 0.3)),
        ((0.7, 0.3), 1, 0.5, ()),
        ((0.5, 0.25, 0.25), 0, 0.8, (0.8, 0.1, 0.1)),
        ((0.0, 1.0, 0.0), 1, 0.4, (0.3, 0.4, 0.3)),
        ((1.0, 1.0), 0, 1.0, (1.0, 0.0)),
    ],
)
def test_one_share_changes_and_the_others_keep_their_proportions(balance, number, share, expected):
    assert with_share(balance, number, share) == pytest.approx(expected)


@given(st.lists(st.floats(0.01, 1.0), min_size=2, max_size=8), st.data())
def test_shares_are_those_of_a_whole(balance, data):
    number, share = data.draw(st.integers(0, len(balance) - 1)), data.draw(st.floats(0.0, 1.0))
    changed = with_share(tuple(balance), number, share)
    assert changed == () or (sum(changed) == pytest.approx(1.0) and changed[number] == pytest.approx(share, abs=1e-8))


def test_new_classes_get_a_mean_share_and_lost_ones_leave_theirs():
    assert fitted((0.6, 0.4), 3) == pytest.approx((0.4, 0.8 / 3.0, 1.0 / 3.0))
    assert fitted((0.6, 0.3, 0.1), 2) == pytest.approx((2.0 / 3.0, 1.0 / 3.0))
    assert fitted((0.5, 0.5, 0.0), 2) == ()
    assert fitted((), 5) == ()
    assert fitted((0.0, 0.0, 1.0), 2) == ()


def test_the_samples_follow_a_share():
    blobs = compose(data="blobs", classes=4, samples=200)
    changed = changes.apply(blobs, "data.share", (2, 0.4))
    targets = resolve(changed.data).targets.tolist()
    assert [targets.count(number) for number in range(4)] == [40, 40, 80, 40]
    assert changes.apply(changed, "data.equal_shares", None) == blobs


def test_another_number_of_classes_keeps_the_shares_of_those_that_stay():
    three = changes.apply(compose(data="blobs", classes=3), "data.share", (0, 0.8))
    four = changes.apply(three, "data.classes", 4)
    assert four.data.source.balance == pytest.approx((0.6, 0.075, 0.075, 0.25))


def test_shares_go_along_to_another_data_set_with_as_many_classes_only():
    circle = changes.apply(compose(), "data.share", (0, 0.8))
    assert changes.apply(circle, "data.generator", "xor").data.source.balance == pytest.approx((0.8, 0.2))
    assert changes.apply(circle, "data.generator", "blobs").data.source.balance == ()
    assert changes.apply(circle, "data.task", "regression").data.source.balance == ()


def test_own_points_have_no_shares_to_choose():
    with pytest.raises(ExperimentError, match="pick a data set"):
        changes.apply(changes.cleared(compose()), "data.share", (0, 0.5))
