"""Limits come from the annotations of the experiment, where they are written once."""

from app.panels.limits import limits
from engine.experiment import Data, Training


def test_both_ends_belong_to_a_closed_range():
    rate = limits(Training, "learning_rate", "Learning rate", "How far.", default=0.03)
    assert (rate.low, rate.high, rate.default, rate.label) == (0.0, 1e6, 0.03, "Learning rate")
    assert rate.problem(0.0) is None
    assert rate.problem(-0.1) == "must be at least 0 and at most 1,000,000, not −0.1"


def test_an_open_end_does_not_belong_to_it():
    share = limits(Data, "train_share", "Train share", "How much.")
    assert share.problem(0.0) is not None
    assert share.problem(1.0) is None
