import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from engine.activations import ACTIVATIONS

# Every entry with the default α and, where it has one, with two more.
CASES = [
    pytest.param(entry, alpha, id=f"{entry.name}-{alpha:g}" if entry.settings else entry.name)
    for entry in ACTIVATIONS
    for alpha in ([entry.alpha({}), 0.0, 0.7] if entry.settings else [0.0])
]
ELEMENTWISE = [case for case in CASES if not case.values[0].joint]
KINKS = (0.0, -3.0, 3.0)
SOFTMAX = ACTIVATIONS["softmax"]

every_case = pytest.mark.parametrize(("activation", "alpha"), CASES)
elementwise = pytest.mark.parametrize(("activation", "alpha"), ELEMENTWISE)


def value(activation, z, alpha: float) -> np.ndarray:
    with np.errstate(over="ignore"):  # e^1000 is infinite, and 1/(1 + ∞) is right
        return activation.apply(np.asarray(z, dtype=float), alpha)


def slope(activation, z, alpha: float) -> np.ndarray:
    return activation.slope_at(np.asarray(z, dtype=float), value(activation, z, alpha), alpha)


def difference(activation, z, alpha: float, step: float) -> np.ndarray:
    return (value(activation, z + step, alpha) - value(activation, z - step, alpha)) / (2.0 * step)


@elementwise
def test_slope_is_the_central_difference_of_the_value(activation, alpha: float) -> None:
    z = np.random.default_rng(1).uniform(-8.0, 8.0, 400)
    z = z[np.abs(z[:, None] - KINKS).min(axis=1) > 1e-5]
    np.testing.assert_allclose(slope(activation, z, alpha), difference(activation, z, alpha, 1e-6), atol=2e-9)


@elementwise
@pytest.mark.parametrize("kink", KINKS)
@pytest.mark.parametrize("side", [-1.0, 1.0])
def test_slope_is_right_on_both_sides_of_every_kink(activation, alpha: float, kink: float, side: float) -> None:
    z = np.array(kink + side * 1e-4)
    np.testing.assert_allclose(slope(activation, z, alpha), difference(activation, z, alpha, 1e-5), atol=1e-9)


@elementwise
@pytest.mark.parametrize("z", [-1e3, 1e3])
def test_slope_is_right_far_out(activation, alpha: float, z: float) -> None:
    np.testing.assert_allclose(slope(activation, z, alpha), difference(activation, z, alpha, 1e-3), atol=1e-6)


@every_case
def test_value_and_slope_are_finite_and_in_range(activation, alpha: float) -> None:
    z = np.concatenate(([0.0, -0.0, 1e-300], np.outer([1.0, -1.0], np.geomspace(1e-9, 1e4, 60)).ravel()))
    a = value(activation, z, alpha)
    assert np.isfinite(a).all()
    assert np.isfinite(slope(activation, z, alpha)).all()
    if alpha == activation.alpha({}):
        assert a.min() >= activation.low
        assert a.max() <= activation.high


@pytest.mark.parametrize("name", [name for name in ACTIVATIONS.names if name != "sigmoid"])
def test_nothing_but_the_sigmoid_overflows_on_the_way(name: str) -> None:
    with warnings.catch_warnings(action="error"):
        activation = ACTIVATIONS[name]
        activation.apply(np.array([-1e4, 0.0, 1e4]), activation.alpha({}))


@pytest.mark.parametrize("activation", ACTIVATIONS, ids=ACTIVATIONS.names)
def test_entry_is_complete(activation) -> None:
    assert any(letter.isdigit() for letter in activation.source)
    assert activation.gives.split()[0] in ("a", "an")
    assert len(activation.settings) <= 1
    assert all(s.name == "alpha" and s.label == "α" and s.problem(s.default) is None for s in activation.settings)
    assert activation.joint == (activation.backward is not None) == (not activation.hidden)


@pytest.mark.parametrize(
    ("name", "z", "a", "slope_there"),
    [
        ("linear", -2.5, -2.5, 1.0),
        ("sigmoid", 0.0, 0.5, 0.25),
        ("tanh", 1.0, 2.0 / (1.0 + np.exp(-2.0)) - 1.0, 1.0 / np.cosh(1.0) ** 2),
        ("relu", -2.0, 0.0, 0.0),
        ("relu", 3.0, 3.0, 1.0),
        ("leaky-relu", -2.0, -0.02, 0.01),
        ("leaky-relu", 3.0, 3.0, 1.0),
        ("elu", -1.0, 1.0 / np.e - 1.0, 1.0 / np.e),
        ("softplus", 0.0, np.log(2.0), 0.5),
        ("softplus", 1e4, 1e4, 1.0),
        ("softplus", -1e4, 0.0, 0.0),
        ("gelu", 1.0, 0.841192, 1.082964),
        ("silu", 1.0, 1.0 / (1.0 + np.exp(-1.0)), 0.927671),
        ("selu", 1.0, 1.0507009873554805, 1.0507009873554805),
        ("selu", -1e3, -1.7580993408473766, 0.0),
        ("softsign", -3.0, -0.75, 0.0625),
        ("hard-sigmoid", 1.5, 0.75, 1.0 / 6.0),
        ("hard-sigmoid", 4.0, 1.0, 0.0),
        ("sine", np.pi / 6.0, 0.5, np.sqrt(0.75)),
    ],
)
def test_known_values(name: str, z: float, a: float, slope_there: float) -> None:
    activation = ACTIVATIONS[name]
    alpha = activation.alpha({})
    assert value(activation, z, alpha) == pytest.approx(a, abs=5e-7)
    assert slope(activation, z, alpha) == pytest.approx(slope_there, abs=5e-7)


def test_tanh_is_a_stretched_sigmoid() -> None:
    z = np.linspace(-5.0, 5.0, 21)
    np.testing.assert_allclose(np.tanh(z), 2.0 * value(ACTIVATIONS["sigmoid"], 2.0 * z, 0.0) - 1.0, atol=1e-15)


def test_alpha_is_the_chosen_one_or_the_default() -> None:
    assert ACTIVATIONS["leaky-relu"].alpha({}) == 0.01
    assert ACTIVATIONS["elu"].alpha({"alpha": 2.5}) == 2.5
    assert ACTIVATIONS["relu"].alpha({"alpha": 2.5}) == 0.0


@pytest.mark.parametrize(
    ("typed", "name"),
    [("Swish", "silu"), ("leaky_relu", "leaky-relu"), ("LReLU", "leaky-relu"), ("sin", "sine"), ("identity", "linear")],
)
def test_what_people_type_is_understood(typed: str, name: str) -> None:
    assert ACTIVATIONS[typed].name == name


def test_softmax_of_the_lecture() -> None:
    np.testing.assert_allclose(SOFTMAX.value(np.array([2.0, 1.0, 0.1])), [0.659001, 0.242433, 0.098566], atol=5e-7)


@given(arrays(float, st.tuples(st.integers(1, 8), st.integers(1, 5)), elements=st.floats(-1e4, 1e4)))
def test_softmax_gives_probabilities_that_add_up_to_1(z: np.ndarray) -> None:
    a = SOFTMAX.value(z)
    assert (a >= 0.0).all()
    np.testing.assert_allclose(a.sum(axis=0), 1.0, rtol=1e-12)


@given(arrays(float, (2, 4), elements=st.floats(-300.0, 300.0)))
def test_softmax_of_two_classes_is_the_sigmoid_of_their_difference(z: np.ndarray) -> None:
    np.testing.assert_allclose(SOFTMAX.value(z)[1], ACTIVATIONS["sigmoid"].value(z[1] - z[0]), rtol=1e-10, atol=1e-300)


@pytest.mark.parametrize("shape", [(3,), (2, 5), (8, 4)])
def test_the_backward_pass_of_softmax_is_its_central_difference(shape: tuple[int, ...]) -> None:
    random = np.random.default_rng(2)
    z, g = random.normal(0.0, 2.0, shape), random.normal(0.0, 1.0, shape)
    expected = np.empty(shape)
    for row in range(shape[0]):
        step = np.zeros(shape)
        step[row] = 1e-6
        expected[row] = np.sum(g * (SOFTMAX.value(z + step) - SOFTMAX.value(z - step)), axis=0) / 2e-6
    np.testing.assert_allclose(SOFTMAX.times_slope(z, SOFTMAX.value(z), g, 0.0), expected, atol=1e-9)


def test_the_slope_of_softmax_is_the_diagonal_of_its_jacobian() -> None:
    z = np.array([2.0, 1.0, 0.1])
    a = SOFTMAX.value(z)
    diagonal = [SOFTMAX.times_slope(z, a, unit, 0.0)[i] for i, unit in enumerate(np.eye(3))]
    np.testing.assert_allclose(SOFTMAX.slope_at(z, a, 0.0), diagonal, rtol=1e-12)


@elementwise
def test_times_slope_is_the_product_with_the_slope(activation, alpha: float) -> None:
    z, g = np.array([-2.0, 0.5, 3.5]), np.array([1.0, -2.0, 0.5])
    a = value(activation, z, alpha)
    np.testing.assert_array_equal(activation.times_slope(z, a, g, alpha), g * slope(activation, z, alpha))
