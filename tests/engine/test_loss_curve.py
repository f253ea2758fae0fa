import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from engine.loss_curve import CAPACITY, LossCurve


def filled(losses: list[float]) -> LossCurve:
    curve, epoch = LossCurve(), 0
    while epoch < len(losses):
        curve.add(epoch, losses[epoch], 2.0 * losses[epoch])
        epoch += curve.stride
    return curve


@given(st.integers(1, 6 * CAPACITY), st.integers(0, 100))
def test_memory_is_bounded_and_every_point_was_measured(count: int, seed: int) -> None:
    losses = np.random.default_rng(seed).uniform(0.0, 1.0, count).tolist()
    epochs, values = filled(losses).train
    assert len(epochs) < CAPACITY
    assert (np.diff(epochs) > 0).all()
    assert epochs[0] == 0
    assert all(losses[int(epoch)] == value for epoch, value in zip(epochs, values, strict=True))


def test_thinning_hides_no_peak() -> None:
    losses = [0.5] * CAPACITY
    losses[111], losses[222] = 9.0, 0.0
    epochs, values = filled(losses).train
    assert (values.max(), values.min()) == (9.0, 0.0)
    assert epochs[values.argmax()] == 111


def test_a_loss_without_samples_is_left_out_and_arrays_are_read_only() -> None:
    curve = LossCurve()
    curve.add(0, 1.0, float("nan"))
    assert curve.test[0].size == 0
    assert not curve.train[1].flags.writeable
    copy = curve.copy()
    curve.clear()
    assert curve.train[0].size == 0
    assert copy.train[0].size == 1


def test_only_the_point_of_this_very_epoch_is_replaced() -> None:
    curve = filled([3.0, 2.0, 1.0])
    curve.replace_last(1, 9.0, 9.0)
    assert curve.train[1].tolist() == [3.0, 2.0, 1.0]
    curve.replace_last(2, 4.0, 5.0)
    assert curve.train[1].tolist() == [3.0, 2.0, 4.0]
    assert curve.test[1].tolist() == [6.0, 4.0, 5.0]
