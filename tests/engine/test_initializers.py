import numpy as np
import pytest

from engine.initializers import INITIALIZERS
from engine.regularizers import REGULARIZERS
from engine.settings import complete

OUTPUTS, INPUTS = 200, 300
by_name = pytest.mark.parametrize("initializer", INITIALIZERS, ids=INITIALIZERS.names)


def draw(name: str, outputs: int = OUTPUTS, inputs: int = INPUTS, **chosen: float) -> np.ndarray:
    initializer = INITIALIZERS[name]
    return initializer.draw(np.random.default_rng(0), outputs, inputs, *complete(initializer.settings, chosen))


@pytest.mark.parametrize(
    ("name", "chosen", "variance", "limit"),
    [
        ("xavier", {}, 2.0 / 500.0, np.sqrt(6.0 / 500.0)),
        ("xavier-normal", {}, 2.0 / 500.0, np.inf),
        ("he", {}, 2.0 / 300.0, np.inf),
        ("he-uniform", {}, 2.0 / 300.0, np.sqrt(6.0 / 300.0)),
        ("lecun-normal", {}, 1.0 / 300.0, np.inf),
        ("lecun-uniform", {}, 1.0 / 300.0, np.sqrt(3.0 / 300.0)),
        ("normal", {}, 0.25, np.inf),
        ("normal", {"sigma": 0.1}, 0.01, np.inf),
        ("uniform", {}, 0.25 / 3.0, 0.5),
        ("uniform", {"range": 2.0}, 4.0 / 3.0, 2.0),
        ("orthogonal", {}, 1.0 / 300.0, 1.0),
    ],
)
def test_mean_variance_and_limit_are_what_the_formula_says(
    name: str, chosen: dict[str, float], variance: float, limit: float
) -> None:
    weights = draw(name, **chosen)
    # Of n normal numbers the variance has the relative spread √(2/n), of uniform ones less: four of it is plenty.
    assert weights.var() == pytest.approx(variance, rel=4.0 * np.sqrt(2.0 / weights.size))
    assert abs(weights.mean()) < 4.0 * np.sqrt(variance / weights.size)
    assert np.abs(weights).max() <= limit
    if np.isfinite(limit) and name != "orthogonal":
        assert np.abs(weights).max() == pytest.approx(limit, rel=1e-3)


@pytest.mark.parametrize(("outputs", "inputs"), [(3, 7), (7, 3), (5, 5), (1, 4), (4, 1)])
def test_orthogonal_rows_or_columns_are_orthonormal(outputs: int, inputs: int) -> None:
    weights = draw("orthogonal", outputs, inputs)
    product = weights @ weights.T if outputs <= inputs else weights.T @ weights
    np.testing.assert_allclose(product, np.eye(min(outputs, inputs)), atol=1e-12)


def test_orthogonal_signs_are_as_often_plus_as_minus() -> None:
    initializer = INITIALIZERS["orthogonal"]
    corners = [initializer.draw(np.random.default_rng(seed), 2, 2)[0, 0] > 0.0 for seed in range(400)]
    assert abs(np.mean(corners) - 0.5) < 0.1


def test_zeros_and_constants_are_what_they_say() -> None:
    assert not draw("zeros").any()
    assert (draw("constant") == 0.1).all()
    assert (draw("constant", value=-2.0) == -2.0).all()


@by_name
def test_shape_is_out_by_in_and_the_same_generator_draws_the_same(initializer) -> None:
    weights = draw(initializer.name, 2, 3)
    assert weights.shape == (2, 3)
    assert weights.flags.c_contiguous
    np.testing.assert_array_equal(weights, draw(initializer.name, 2, 3))


@by_name
def test_entry_is_complete(initializer) -> None:
    assert any(letter.isdigit() for letter in initializer.source)
    assert all(setting.problem(setting.default) is None for setting in initializer.settings)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Glorot", "xavier"),
        ("xavier_uniform", "xavier"),
        ("glorot normal", "xavier-normal"),
        ("kaiming", "he"),
        ("he-normal", "he"),
        ("kaiming-uniform", "he-uniform"),
        ("gaussian", "normal"),
    ],
)
def test_what_people_type_is_understood(typed: str, name: str) -> None:
    assert INITIALIZERS[typed].name == name


@pytest.mark.parametrize("regularizer", REGULARIZERS, ids=REGULARIZERS.names)
def test_penalty_slope_is_the_central_difference(regularizer) -> None:
    w = np.array([-2.0, -0.3, 0.4, 5.0])
    difference = (regularizer.value(w + 1e-6) - regularizer.value(w - 1e-6)) / 2e-6
    np.testing.assert_allclose(regularizer.slope(w), difference, rtol=1e-8)
    assert regularizer.slope(np.array([0.0]))[0] == 0.0
