import re

import numpy as np
import pytest

from engine.optimizers import MAXIMUM_SETTINGS, OPTIMIZERS, STATE_VECTORS
from engine.settings import complete

by_name = pytest.mark.parametrize("optimizer", OPTIMIZERS, ids=OPTIMIZERS.names)

# A constant rate keeps these two swinging around the minimum by about η; all others come to rest.
SWINGING = ("rmsprop", "lion")
# What suits Rosenbrock's valley better than η = 0.001; the only thing that shortens Adadelta's steps is a smaller ε.
VALLEY = {"adagrad": {"rate": 0.1}, "adadelta": {"rate": 1.0, "epsilon": 1e-10}, "amsgrad": {"rate": 0.01}}


def descend(optimizer, start, gradient, rate: float, steps: int, **chosen: float) -> np.ndarray:
    parameter, state = np.array(start, dtype=float), (np.zeros(len(start)),) * 3
    settings = complete(optimizer.settings, chosen)
    for step in range(1, steps + 1):
        parameter, state = optimizer.update(parameter, gradient(parameter), state, rate, float(step), settings)
    return parameter


def path(name: str, gradients: tuple[float, ...], rate: float, **chosen: float) -> list[float]:
    """Return where the parameter 1 comes to, step by step, with these gradients."""
    given = [iter(gradients[:steps]) for steps in range(1, len(gradients) + 1)]
    return [
        descend(OPTIMIZERS[name], [1.0], lambda p, left=left: np.array([next(left)]), rate, steps, **chosen)[0]
        for steps, left in enumerate(given, start=1)
    ]


@by_name
def test_it_finds_the_bottom_of_a_parabola(optimizer) -> None:
    end = descend(optimizer, [3.0, -2.0], lambda p: 2.0 * p, optimizer.default_rate, 3000)
    assert np.abs(end).max() < (1.1 * optimizer.default_rate if optimizer.name in SWINGING else 1e-4)


@by_name
def test_it_goes_down_the_valley_of_rosenbrock(optimizer) -> None:
    def value(p):
        return (1.0 - p[0]) ** 2 + 100.0 * (p[1] - p[0] ** 2) ** 2

    def gradient(p):
        return np.array([-2.0 * (1.0 - p[0]) - 400.0 * p[0] * (p[1] - p[0] ** 2), 200.0 * (p[1] - p[0] ** 2)])

    end = descend(optimizer, [-1.2, 1.0], gradient, steps=20_000, **VALLEY.get(optimizer.name, {"rate": 1e-3}))
    assert value(end) < 1e-3 * value(np.array([-1.2, 1.0]))


@by_name
def test_entry_is_complete(optimizer) -> None:
    assert len(optimizer.settings) <= MAXIMUM_SETTINGS
    assert len(optimizer.state) <= STATE_VECTORS
    assert all(setting.problem(setting.default) is None for setting in optimizer.settings)
    assert any(letter.isdigit() for letter in optimizer.source)


@by_name
def test_its_docstring_gives_the_update_and_the_paper(optimizer) -> None:
    assert "←" in optimizer.update.__doc__
    assert re.search(r"Sources?: [A-Z].*(19|20)\d\d", optimizer.update.__doc__, re.DOTALL)


@by_name
def test_state_that_it_does_not_name_stays_as_it_is(optimizer) -> None:
    state = tuple(np.array([0.1 * (place + 1)]) for place in range(STATE_VECTORS))
    settings = complete(optimizer.settings, {})
    _, new = optimizer.update(np.array([1.0]), np.array([3.0]), state, 0.1, 2.0, settings)
    assert [place for place in range(STATE_VECTORS) if new[place] is not state[place]] == list(
        range(len(optimizer.state))
    )


@by_name
@pytest.mark.parametrize("gradient", [0.0, 1e-200, -1e4])
def test_a_first_step_is_finite_whatever_the_gradient(optimizer, gradient: float) -> None:
    assert np.isfinite(descend(optimizer, [1.0], lambda p: np.array([gradient]), optimizer.default_rate, 1)[0])


@by_name
def test_only_one_that_uses_the_rate_depends_on_it(optimizer) -> None:
    ends = {descend(optimizer, [1.0], lambda p: 2.0 * p, rate, 3)[0] for rate in (0.01, 0.02)}
    assert len(ends) == (2 if optimizer.uses_rate else 1)


# The first two steps from θ = 1, worked out by hand. ε is large where it shows on which side of the root it stands.


def test_gradient_descent_by_hand() -> None:
    # 1 − 0.1·2, then + 0.1·1
    assert path("sgd", (2.0, -1.0), 0.1) == pytest.approx([0.8, 0.9], abs=1e-12)


def test_momentum_by_hand() -> None:
    # v₁ = 2; v₂ = 0.9·2 − 1 = 0.8
    assert path("sgd", (2.0, -1.0), 0.1, momentum=0.9) == pytest.approx([0.8, 0.72], abs=1e-12)


def test_nesterov_by_hand() -> None:
    # v₁ = 2, step 2 + 0.9·2 = 3.8; v₂ = 0.8, step −1 + 0.9·0.8 = −0.28
    assert path("nesterov", (2.0, -1.0), 0.1, momentum=0.9) == pytest.approx([0.62, 0.648], abs=1e-12)


def test_adagrad_by_hand() -> None:
    # √(1.44 + 0.81) = 1.5, step 0.5·1.2/1.5 = 0.4; √(1.44 + 4 + 0.81) = 2.5, step 0.5·2/2.5 = 0.4
    assert path("adagrad", (1.2, 2.0), 0.5, epsilon=0.81) == pytest.approx([0.6, 0.2], abs=1e-12)


def test_rmsprop_by_hand() -> None:
    # v₁ = 0.1·4 = 0.4, √(0.4 + 0.09) = 0.7, step 0.2/0.7; v₂ = 0.36 + 0.4 = 0.76, √0.85 = 0.921954, step −0.216930
    expected = [0.714285714, 0.931216172]
    assert path("rmsprop", (2.0, -2.0), 0.1, beta=0.9, epsilon=0.09) == pytest.approx(expected, abs=2e-9)


def test_rmsprop_with_momentum_by_hand() -> None:
    # b₁ = 2/0.7 = 2.857143; b₂ = 0.5·2.857143 − 2/0.921954 = 1.428571 − 2.169305 = −0.740733
    expected = [0.714285714, 0.788359029]
    chosen = {"beta": 0.9, "epsilon": 0.09, "momentum": 0.5}
    assert path("rmsprop", (2.0, -2.0), 0.1, **chosen) == pytest.approx(expected, abs=2e-9)


def test_adadelta_by_hand() -> None:
    # s₁ = 0.25·0.5625 = 0.140625; g′ = √0.25/√0.390625·0.75 = 0.5/0.625·0.75 = 0.6; Δ₁ = 0.25·0.36 = 0.09
    # s₂ = 0.75·0.140625 + 0.140625 = 0.24609375; g′ = √0.34/√0.49609375·0.75 = 0.583095/0.704339·0.75 = 0.620896
    expected = [0.4, -0.220895974]
    assert path("adadelta", (0.75, 0.75), 7.0, rho=0.75, epsilon=0.25) == pytest.approx(expected, abs=2e-9)


def test_adam_by_hand() -> None:
    # m̂ = 0.2/0.1 = 2, v̂ = 0.004/0.001 = 4, step 0.1·2/(2 + 0.5) = 0.08
    # m = 0.18 − 0.1 = 0.08, m̂ = 0.08/0.19 = 0.421053; v = 0.004996, v̂ = 0.004996/0.001999 = 2.499250, √ 1.580902
    # step 0.1·0.421053/2.080902 = 0.020234
    assert path("adam", (2.0, -1.0), 0.1, epsilon=0.5) == pytest.approx([0.92, 0.899765855], abs=2e-9)


def test_adam_takes_steps_of_the_rate_while_the_gradient_is_constant() -> None:
    # Both corrected means are then g and g², so every step is η g / (|g| + ε).
    assert path("adam", (4.0, 4.0), 0.1) == pytest.approx([0.9, 0.8], abs=1e-8)


def test_amsgrad_by_hand() -> None:
    # m₁ = 1, v₁ = u₁ = 2: m̂ = 2, û = 4, step 0.1·2/2.5 = 0.08
    # m₂ = 1, v₂ = 1.5 but u₂ = 2: m̂ = 1/0.75, û = 2/0.75 = 2.666667, √ 1.632993, step 0.133333/2.132993 = 0.062510
    chosen = {"beta1": 0.5, "beta2": 0.5, "epsilon": 0.5}
    assert path("amsgrad", (2.0, 1.0), 0.1, **chosen) == pytest.approx([0.92, 0.857490032], abs=2e-9)


def test_adamw_by_hand() -> None:
    # Adam's steps, after a shrinking by ηλ = 0.05: 0.95 − 0.08 = 0.87; 0.8265 − 0.020234
    expected = [0.87, 0.806265855]
    assert path("adamw", (2.0, -1.0), 0.1, epsilon=0.5, weight_decay=0.5) == pytest.approx(expected, abs=2e-9)


def test_nadam_by_hand() -> None:
    # m₁ = 1: 0.5·1/0.75 + 0.5·2/0.5 = 2.666667; v̂ = 4: step 0.1·2.666667/2.5 = 0.106667
    # m₂ = 1: 0.5·1/0.875 + 0.5·1/0.75 = 1.238095; v̂ = 1.5/0.75 = 2: step 0.1238095/1.914214 = 0.064679
    chosen = {"beta1": 0.5, "beta2": 0.5, "epsilon": 0.5}
    assert path("nadam", (2.0, 1.0), 0.1, **chosen) == pytest.approx([0.893333333, 0.828654280], abs=2e-9)


def test_lion_by_hand() -> None:
    # sign(0.1·2) = 1: 1 − 0.1(1 + 0.5·1) = 0.85, m = 1; sign(0.9·1 − 0.1) = 1: 0.85 − 0.1(1 + 0.425) = 0.7075
    chosen = {"beta1": 0.9, "beta2": 0.5, "weight_decay": 0.5}
    assert path("lion", (2.0, -1.0), 0.1, **chosen) == pytest.approx([0.85, 0.7075], abs=1e-12)


def test_steps_of_adagrad_die_out_where_those_of_rmsprop_go_on() -> None:
    def last_step(name: str) -> float:
        places = [descend(OPTIMIZERS[name], [0.0], lambda p: np.array([1.0]), 0.1, steps)[0] for steps in (399, 400)]
        return places[0] - places[1]

    assert last_step("adagrad") == pytest.approx(0.1 / 20.0, rel=1e-6)  # G = 400
    assert last_step("rmsprop") == pytest.approx(0.1, rel=1e-6)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("gradient-descent", "sgd"),
        ("GD", "sgd"),
        ("momentum", "sgd"),
        ("Stochastic gradient descent", "sgd"),
        ("NAG", "nesterov"),
        ("ada-grad", "adagrad"),
        ("rms-prop", "rmsprop"),
        ("RMS prop", "rmsprop"),
        ("ada_delta", "adadelta"),
        ("ams-grad", "amsgrad"),
        ("adam-w", "adamw"),
        ("Nesterov Adam", "nadam"),
    ],
)
def test_what_people_type_is_understood(typed: str, name: str) -> None:
    assert OPTIMIZERS[typed].name == name


def test_the_first_two_keep_their_places() -> None:
    assert OPTIMIZERS.names[:2] == ("sgd", "adam")


@pytest.mark.parametrize(
    ("value", "words"), [(1.0, "at least 0 and less than 1, not 1"), (-0.1, "not −0.1"), (float("nan"), "not nan")]
)
def test_setting_out_of_range_is_explained(value: float, words: str) -> None:
    assert words in OPTIMIZERS["sgd"].settings[0].problem(value)
