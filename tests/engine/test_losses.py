import numpy as np
import pytest

from engine.activations import ACTIVATIONS
from engine.losses import LOSSES

by_name = pytest.mark.parametrize("loss", LOSSES, ids=LOSSES.names)


def samples(loss) -> tuple[np.ndarray, np.ndarray]:
    """Return targets and predictions inside the range of the loss's first output activation."""
    random = np.random.default_rng(5)
    output = ACTIVATIONS[loss.outputs[0]]
    low, high = max(output.low, -3.0), min(output.high, 3.0)
    margin = 0.02 * (high - low)
    return random.uniform(low, high, 50), random.uniform(low + margin, high - margin, 50)


@by_name
def test_slope_is_the_central_difference_of_the_value(loss) -> None:
    y, p = samples(loss)
    step = 1e-6
    difference = (loss.value(y, p + step) - loss.value(y, p - step)) / (2.0 * step)
    np.testing.assert_allclose(loss.slope(y, p), difference, rtol=1e-6, atol=1e-7)


@by_name
def test_loss_is_smallest_where_the_prediction_is_right(loss) -> None:
    y, p = samples(loss)
    assert np.all(loss.value(y, p) >= loss.value(y, np.clip(y, 1e-12, 1 - 1e-12) if loss.partner else y) - 1e-12)


@pytest.mark.parametrize("loss", [loss for loss in LOSSES if loss.partner], ids=lambda loss: loss.name)
def test_from_logits_it_is_the_same_loss_and_the_same_slope(loss) -> None:
    partner = ACTIVATIONS[loss.partner]
    z = np.linspace(-8.0, 8.0, 33)
    a = partner.value(z)
    y = np.random.default_rng(1).uniform(0.0, 1.0, z.size)
    np.testing.assert_allclose(loss.logit_value(y, z), loss.value(y, a), rtol=1e-9)
    np.testing.assert_allclose(loss.logit_delta(y, a), loss.slope(y, a) * partner.slope(z, a), rtol=1e-9)


def test_binary_cross_entropy_of_the_lecture() -> None:
    assert LOSSES["binary-cross-entropy"].value(1.0, np.float64(0.01)) == pytest.approx(4.605170, abs=5e-7)


@pytest.mark.parametrize("z", [-1e4, -1e3, 0.0, 1e3, 1e4])
def test_cross_entropy_from_logits_stays_finite_where_the_sigmoid_is_0_or_1(z: float) -> None:
    loss = LOSSES["bce"]
    assert loss.logit_value(0.0, np.float64(z)) == pytest.approx(max(z, 0.0) + (np.log(2.0) if z == 0.0 else 0.0))
    assert loss.logit_value(1.0, np.float64(z)) == pytest.approx(max(-z, 0.0) + (np.log(2.0) if z == 0.0 else 0.0))


def test_mean_squared_error_by_hand() -> None:
    assert LOSSES["mse"].value(1.0, 0.25) == 0.5625
    assert LOSSES["mse"].slope(1.0, 0.25) == -1.5
