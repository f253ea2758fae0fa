import numpy as np
import pytest

from engine.initializers import INITIALIZERS
from engine.regularizers import REGULARIZERS


def draw(name: str) -> np.ndarray:
    return INITIALIZERS[name].draw(np.random.default_rng(0), 200, 300)


def test_spread_is_what_the_formula_says() -> None:
    assert np.abs(draw("uniform")).max() == pytest.approx(0.5, rel=1e-3)
    assert np.abs(draw("xavier")).max() == pytest.approx(np.sqrt(6.0 / 500.0), rel=1e-3)
    assert draw("he").std() == pytest.approx(np.sqrt(2.0 / 300.0), rel=1e-2)
    assert not draw("zeros").any()


@pytest.mark.parametrize("initializer", INITIALIZERS, ids=INITIALIZERS.names)
def test_shape_is_out_by_in_and_the_mean_is_zero(initializer) -> None:
    weights = initializer.draw(np.random.default_rng(1), 200, 300)
    assert weights.shape == (200, 300)
    assert abs(weights.mean()) < 0.01


@pytest.mark.parametrize("regularizer", REGULARIZERS, ids=REGULARIZERS.names)
def test_penalty_slope_is_the_central_difference(regularizer) -> None:
    w = np.array([-2.0, -0.3, 0.4, 5.0])
    difference = (regularizer.value(w + 1e-6) - regularizer.value(w - 1e-6)) / 2e-6
    np.testing.assert_allclose(regularizer.slope(w), difference, rtol=1e-8)
    assert regularizer.slope(np.array([0.0]))[0] == 0.0
