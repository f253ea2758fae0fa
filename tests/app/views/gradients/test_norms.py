import math

import numpy as np
import pytest

from app.views.gradients.norms import bar_share, gradient_norms
from tests.app.views.networks import shape


def test_norms_are_lengths_of_weights_and_biases_together() -> None:
    layout = shape(1)
    # Layer 1: two weights and a bias; output: a weight and a bias.
    assert gradient_norms(layout, np.array([2.0, 3.0, 6.0, 3.0, 4.0])) == pytest.approx([7.0, 5.0])


def test_very_small_gradients_still_have_a_length() -> None:
    norms = gradient_norms(shape(1), np.array([3e-200, 4e-200, 0.0, 0.0, 0.0]))
    assert norms == pytest.approx([5e-200, 0.0])


def test_broken_gradients_do_not_raise() -> None:
    infinite, missing = gradient_norms(shape(1), np.array([np.inf, 1.0, 1.0, np.nan, 0.0]))
    assert math.isinf(infinite)
    assert math.isnan(missing)


@pytest.mark.parametrize(
    ("norm", "largest", "share"),
    [(1.0, 1.0, 1.0), (1e-3, 1.0, 0.5), (1e-6, 1.0, 0.0), (1e-9, 1.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 0.0)],
)
def test_bars_are_logarithmic_over_six_decades(norm: float, largest: float, share: float) -> None:
    assert bar_share(norm, largest) == pytest.approx(share, abs=1e-12)


def test_bars_of_broken_norms() -> None:
    assert bar_share(math.nan, 1.0) == 0.0
    assert bar_share(math.inf, 1.0) == 1.0
