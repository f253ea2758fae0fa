import math

import numpy as np
import pytest

from engine.metrics import accuracy, r_squared


def test_accuracy_counts_the_right_side_of_the_middle() -> None:
    wanted = np.array([-1.0, -1.0, 1.0, 1.0])
    assert accuracy(wanted, np.array([-0.2, 0.2, 0.3, 5.0]), (-1.0, 1.0)) == 0.75
    assert accuracy(np.array([0.0, 1.0]), np.array([0.4, 0.6]), (0.0, 1.0)) == 1.0


def test_a_prediction_that_is_not_a_number_is_wrong() -> None:
    assert accuracy(np.array([0.0, 1.0]), np.array([math.nan, math.inf]), (0.0, 1.0)) == 0.0


def test_r_squared_by_hand() -> None:
    wanted = np.array([0.0, 2.0])
    assert r_squared(wanted, wanted, (0, 1)) == 1.0
    assert r_squared(wanted, np.array([1.0, 1.0]), (0, 1)) == 0.0
    assert r_squared(wanted, np.array([0.0, 1.0]), (0, 1)) == pytest.approx(0.5)


def test_no_samples_or_no_spread_has_no_number() -> None:
    assert math.isnan(accuracy(np.array([]), np.array([]), (0, 1)))
    assert math.isnan(r_squared(np.array([]), np.array([]), (0, 1)))
    assert math.isnan(r_squared(np.ones(3), np.zeros(3), (0, 1)))
