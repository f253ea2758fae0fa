import numpy as np
import pytest

from engine.optimizers import MAXIMUM_SETTINGS, OPTIMIZERS, STATE_VECTORS
from engine.settings import complete

by_name = pytest.mark.parametrize("optimizer", OPTIMIZERS, ids=OPTIMIZERS.names)


def descend(optimizer, start, gradient, rate: float, steps: int, **chosen: float) -> np.ndarray:
    parameter, state = np.array(start, dtype=float), (np.zeros(len(start)),) * 3
    settings = complete(optimizer.settings, chosen)
    for step in range(1, steps + 1):
        parameter, state = optimizer.update(parameter, gradient(parameter), state, rate, float(step), settings)
    return parameter


@by_name
def test_it_finds_the_bottom_of_a_parabola(optimizer) -> None:
    end = descend(optimizer, [3.0, -2.0], lambda p: 2.0 * p, optimizer.default_rate, 3000)
    assert np.abs(end).max() < 1e-3


@by_name
def test_it_goes_down_the_valley_of_rosenbrock(optimizer) -> None:
    def value(p):
        return (1.0 - p[0]) ** 2 + 100.0 * (p[1] - p[0] ** 2) ** 2

    def gradient(p):
        return np.array([-2.0 * (1.0 - p[0]) - 400.0 * p[0] * (p[1] - p[0] ** 2), 200.0 * (p[1] - p[0] ** 2)])

    end = descend(optimizer, [-1.2, 1.0], gradient, 1e-3, 20_000)
    assert value(end) < 0.01 * value(np.array([-1.2, 1.0]))


@by_name
def test_settings_fit_the_kernels_and_defaults_are_allowed(optimizer) -> None:
    assert len(optimizer.settings) <= MAXIMUM_SETTINGS
    assert len(optimizer.state) <= STATE_VECTORS
    assert all(setting.problem(setting.default) is None for setting in optimizer.settings)


def test_momentum_by_hand() -> None:
    # v₁ = 2, θ₁ = 1 − 0.1·2 = 0.8; v₂ = 0.9·2 + 2 = 3.8, θ₂ = 0.8 − 0.38 = 0.42
    end = descend(OPTIMIZERS["sgd"], [1.0], lambda p: np.array([2.0]), 0.1, 2, momentum=0.9)
    assert end[0] == pytest.approx(0.42, abs=1e-15)


def test_first_two_steps_of_adam_by_hand() -> None:
    # With a constant gradient both corrected means are g and g², so every step is η g / (|g| + ε).
    end = descend(OPTIMIZERS["adam"], [1.0], lambda p: np.array([4.0]), 0.1, 2)
    assert end[0] == pytest.approx(1.0 - 2 * 0.1 * 4.0 / (4.0 + 1e-8), abs=1e-12)


@pytest.mark.parametrize(
    ("value", "words"), [(1.0, "at least 0 and less than 1, not 1"), (-0.1, "not -0.1"), (float("nan"), "not nan")]
)
def test_setting_out_of_range_is_explained(value: float, words: str) -> None:
    assert words in OPTIMIZERS["sgd"].settings[0].problem(value)
