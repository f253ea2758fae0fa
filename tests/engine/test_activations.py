import numpy as np
import pytest

from engine.activations import ACTIVATIONS

POINTS = np.concatenate((np.linspace(-6.0, 6.0, 41), [1e-9, -1e-9, 1e-3]))
by_name = pytest.mark.parametrize("activation", ACTIVATIONS, ids=ACTIVATIONS.names)


@by_name
def test_slope_is_the_central_difference_of_the_value(activation) -> None:
    z = POINTS[np.abs(POINTS) > 1e-5]  # a kink may sit at 0
    step = 1e-6
    difference = (activation.value(z + step) - activation.value(z - step)) / (2.0 * step)
    np.testing.assert_allclose(activation.slope(z, activation.value(z)), difference, atol=1e-8)


@by_name
@pytest.mark.parametrize("z", [0.0, 1e3, -1e3, 1e4, -1e4])
def test_value_and_slope_are_finite_and_in_range(activation, z: float) -> None:
    z = np.array([z])
    with np.errstate(over="ignore"):  # e^1000 is infinite, and 1/(1 + ∞) is right
        a = activation.value(z)
    slope = activation.slope(z, a)
    assert np.isfinite(a).all()
    assert np.isfinite(slope).all()
    assert activation.low <= a[0] <= activation.high


def test_known_values() -> None:
    assert ACTIVATIONS["sigmoid"].value(np.float64(0.0)) == 0.5
    assert ACTIVATIONS["sigmoid"].slope(0.0, 0.5) == 0.25
    assert ACTIVATIONS["tanh"].value(np.float64(1.0)) == pytest.approx(2.0 / (1.0 + np.exp(-2.0)) - 1.0)
    assert ACTIVATIONS["relu"].value(np.array([-2.0, 0.0, 3.0])).tolist() == [0.0, 0.0, 3.0]
    assert ACTIVATIONS["relu"].slope(np.array([-2.0, 0.0, 3.0]), np.zeros(3)).tolist() == [0.0, 0.0, 1.0]
