import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.activations import ACTIVATIONS
from engine.losses import LOSSES, output_numbers
from engine.settings import complete

# Every entry with its default and, where it has a setting, with another value.
CASES = [
    pytest.param(loss, setting, id=f"{loss.name}-{setting[0]:g}" if setting else loss.name)
    for loss in LOSSES
    for setting in ([complete(loss.settings, {}), (0.3,)] if loss.settings else [()])
]
PARTNERED = [loss for loss in LOSSES if loss.partner]

every_case = pytest.mark.parametrize(("loss", "setting"), CASES)
every_loss = pytest.mark.parametrize("loss", LOSSES, ids=LOSSES.names)


def targets(loss, random: np.random.Generator, outputs: int, n: int) -> np.ndarray:
    """Return targets of the kind that ``loss`` takes."""
    if loss.target == "value" and loss.joint:
        if loss.name == "multi-class-hinge":
            return np.eye(outputs)[random.integers(outputs, size=n)].T
        return random.dirichlet(np.ones(outputs), n).T
    one_a_sample = {"index": range(outputs), "pair": (0.0, 1.0), "triplet": (0.0,), "order": (-1.0, 1.0)}
    if loss.target != "value":
        return random.choice(np.array(one_a_sample[loss.target], dtype=float), n)
    if loss.partner == "sigmoid":
        return random.uniform(0.0, 1.0, (outputs, n))
    return random.choice(loss.class_targets, (outputs, n)) if loss.class_targets else random.normal(0, 2, (outputs, n))


def samples(loss, seed: int = 5, outputs: int = 3, n: int = 60, spread: float = 1.0):
    """Return targets, pre-activations and outputs for each member, all as the loss takes them."""
    random = np.random.default_rng(seed)
    outputs = 1 if loss.target == "order" else outputs
    z = [random.normal(0.0, spread, (outputs, n)) for _ in range(loss.members)]
    output = ACTIVATIONS[loss.outputs[0]]
    with np.errstate(over="ignore"):
        return targets(loss, random, outputs, n), z, [output.value(each) for each in z]


def total(loss, y, members, setting) -> np.ndarray:
    """Return the loss of every sample, added over outputs where it is one an output."""
    value = loss.value(y, *members, *setting)
    return value if loss.joint else value.sum(axis=0)


@every_case
def test_slope_is_the_central_difference_of_the_value(loss, setting) -> None:
    y, _, members = samples(loss)
    slopes = loss.slope(y, *members, *setting)
    for number, slope in enumerate(slopes if loss.members > 1 else (slopes,)):
        assert slope.shape == members[number].shape
        for row in range(len(slope)):
            step = np.zeros_like(slope)
            step[row] = 1e-6
            high, low = ([*members[:number], members[number] + d, *members[number + 1 :]] for d in (step, -step))
            difference = (total(loss, y, high, setting) - total(loss, y, low, setting)) / 2e-6
            np.testing.assert_allclose(slope[row], difference, rtol=2e-6, atol=1e-8)


@every_case
def test_a_loss_has_one_value_a_sample_or_one_an_output(loss, setting) -> None:
    y, _, members = samples(loss)
    value = loss.value(y, *members, *setting)
    assert value.shape == ((60,) if loss.joint else (3, 60))


@pytest.mark.parametrize("loss", [loss for loss in LOSSES if loss.members > 1], ids=lambda loss: loss.name)
def test_groups_have_satisfied_margins_among_the_samples_and_those_have_no_slope(loss) -> None:
    y, _, members = samples(loss, spread=3.0)
    value = loss.value(y, *members, 1.0)
    satisfied = value == 0.0
    assert 0 < satisfied.sum() < len(value)
    assert all((slope[:, satisfied] == 0.0).all() for slope in loss.slope(y, *members, 1.0))


@every_case
@given(seed=st.integers(0, 10_000), spread=st.floats(0.0, 30.0))
def test_no_loss_is_negative(loss, setting, seed: int, spread: float) -> None:
    y, z, members = samples(loss, seed, n=5, spread=spread)
    value = loss.logit_value(y, z[0]) if loss.partner else loss.value(y, *members, *setting)
    assert value.min() >= -1e-13 * max(1.0, spread)


@every_case
@pytest.mark.parametrize("size", [1e3, 1e4])
def test_value_and_slope_are_finite_far_out(loss, setting, size: float) -> None:
    y, z, _ = samples(loss, n=200)
    z = [np.clip(1e6 * each, -size, size) for each in z]
    if loss.partner:
        with np.errstate(over="ignore"):
            p = ACTIVATIONS[loss.partner].value(z[0])
        results = [loss.logit_value(y, z[0]), loss.logit_delta(y, p)]
    else:
        slope = loss.slope(y, *z, *setting)
        results = [loss.value(y, *z, *setting), *(slope if loss.members > 1 else [slope])]
    assert all(np.isfinite(result).all() for result in results)


@pytest.mark.parametrize("loss", PARTNERED, ids=lambda loss: loss.name)
def test_from_logits_it_is_the_same_loss_and_the_same_slope(loss) -> None:
    y, z, p = samples(loss, spread=4.0)
    np.testing.assert_allclose(loss.logit_value(y, z[0]), loss.value(y, p[0]), rtol=1e-9, atol=1e-12)
    chained = ACTIVATIONS[loss.partner].times_slope(z[0], p[0], loss.slope(y, p[0]), 0.0)
    np.testing.assert_allclose(loss.logit_delta(y, p[0]), chained, rtol=1e-9, atol=1e-12)


@every_loss
def test_entry_is_complete(loss) -> None:
    assert any(letter.isdigit() for letter in loss.source)
    assert len(loss.settings) <= 1
    assert all(setting.problem(setting.default) is None for setting in loss.settings)
    assert all(ACTIVATIONS[name].name == name for name in (*loss.outputs, *loss.misfits))
    assert loss.target in ("value", "index", "pair", "triplet", "order")
    assert loss.members == {"pair": 2, "order": 2, "triplet": 3}.get(loss.target, 1)


@pytest.mark.parametrize(
    ("name", "value"), [("huber", 0.0), ("huber", 1e308), ("contrastive", -1.0), ("triplet", 0.0), ("ranking", -1.0)]
)
def test_a_setting_that_makes_no_sense_is_refused(name: str, value: float) -> None:
    assert "must be greater than 0 and at most" in LOSSES[name].settings[0].problem(value)


# Golden numbers of the lecture.


def column(*values: float) -> np.ndarray:
    return np.array(values)[:, None]


def test_binary_cross_entropy_of_the_lecture() -> None:
    assert LOSSES["binary-cross-entropy"].value(1.0, np.float64(0.01)) == pytest.approx(4.605170, abs=5e-7)


@pytest.mark.parametrize("name", ["categorical-cross-entropy", "pixel-cross-entropy"])
@pytest.mark.parametrize(
    ("p", "true", "value"),
    [
        ((0.1, 0.7, 0.2), 1, 0.356675),
        ((0.7, 0.2, 0.1), 1, 1.609438),
        ((0.7, 0.2, 0.1), 0, 0.356675),
        ((0.1, 0.8, 0.1), 0, 2.302585),
    ],
)
def test_cross_entropies_of_the_lecture(name: str, p: tuple[float, ...], true: int, value: float) -> None:
    assert LOSSES[name].value(np.eye(3)[true], np.array(p)) == pytest.approx(value, abs=5e-7)
    assert LOSSES["sparse-categorical-cross-entropy"].value(float(true), np.array(p)) == pytest.approx(value, abs=5e-7)


@pytest.mark.parametrize(("q", "value"), [((0.6, 0.3, 0.1), 0.026812), ((0.1, 0.8, 0.1), 1.084878)])
def test_kl_divergence_of_the_lecture(q: tuple[float, ...], value: float) -> None:
    kl = LOSSES["kl-divergence"]
    assert kl.value(np.array([0.7, 0.2, 0.1]), np.array(q)) == pytest.approx(value, abs=5e-7)
    assert kl.logit_value(np.array([0.7, 0.2, 0.1]), np.log(q)) == pytest.approx(value, abs=5e-7)


@pytest.mark.parametrize(("f", "value"), [(2.0, 0.0), (0.5, 0.5), (-0.5, 1.5)])
def test_hinge_of_the_lecture(f: float, value: float) -> None:
    assert LOSSES["hinge"].value(1.0, f) == LOSSES["hinge"].value(-1.0, -f) == value
    assert LOSSES["squared-hinge"].value(1.0, f) == value**2


@pytest.mark.parametrize(("similar", "distance", "golden"), [(1.0, 0.5, 0.25), (0.0, 0.5, 2.25), (0.0, 3.0, 0.0)])
def test_contrastive_of_the_lecture(similar: float, distance: float, golden: float) -> None:
    # The lecture's numbers are without the ½ of its formula: twice ours.
    first, second = column(1.0, 2.0), column(1.0 + 0.6 * distance, 2.0 - 0.8 * distance)
    loss = LOSSES["contrastive"].value(np.array([similar]), first, second, 2.0)
    assert 2.0 * loss[0] == pytest.approx(golden, abs=1e-12)


@pytest.mark.parametrize(("far", "value"), [(1.0, 0.3), (2.0, 0.0)])
def test_triplet_of_the_lecture(far: float, value: float) -> None:
    # The lecture gives the squared distances to the positive (0.8) and to the negative.
    anchor, positive, negative = column(0.0, 0.0), column(np.sqrt(0.8), 0.0), column(0.0, np.sqrt(far))
    assert LOSSES["triplet"].value(np.zeros(1), anchor, positive, negative, 0.5)[0] == pytest.approx(value, abs=1e-12)


@pytest.mark.parametrize(("first", "second", "order", "value"), [(3, 1, 1, 0), (2, 2, 1, 1), (4, 5, -1, 0)])
def test_margin_ranking_of_the_lecture(first: float, second: float, order: float, value: float) -> None:
    loss = LOSSES["margin-ranking"].value(np.array([order]), column(first), column(second), 1.0)
    assert loss.tolist() == [value]


def test_half_squared_error_of_the_lectures_backpropagation() -> None:
    half = LOSSES["half-squared-error"]
    assert half.slope(0.5, 0.665074) == pytest.approx(0.165074, abs=1e-9)
    assert half.value(0.5, 0.665074) == pytest.approx(0.5 * 0.165074**2, abs=1e-12)


# Special points.


def test_mean_squared_error_by_hand() -> None:
    assert LOSSES["mse"].value(1.0, 0.25) == 0.5625
    assert LOSSES["mse"].slope(1.0, 0.25) == -1.5


def test_mean_absolute_error_has_slope_0_at_0() -> None:
    y, p = np.zeros(3), np.array([-2.0, 0.0, 3.0])
    assert LOSSES["mae"].value(y, p).tolist() == [2.0, 0.0, 3.0]
    assert LOSSES["mae"].slope(y, p).tolist() == [-1.0, 0.0, 1.0]


@pytest.mark.parametrize("delta", [0.1, 1.0, 2.5])
@pytest.mark.parametrize("sign", [-1.0, 1.0])
def test_huber_is_continuous_in_value_and_slope_at_delta(delta: float, sign: float) -> None:
    huber = LOSSES["huber"]
    inside, outside = sign * delta * (1.0 - 1e-9), sign * delta * (1.0 + 1e-9)
    for error in (inside, outside):
        assert huber.value(0.0, error, delta) == pytest.approx(0.5 * delta**2, rel=1e-8)
        assert huber.slope(0.0, error, delta) == pytest.approx(sign * delta, rel=1e-8)
    assert huber.value(0.0, sign * 3.0 * delta, delta) == pytest.approx(delta * 3.0 * delta - 0.5 * delta**2)
    assert huber.slope(0.0, sign * 3.0 * delta, delta) == sign * delta


@pytest.mark.parametrize(
    ("error", "value"), [(0.0, 0.0), (1e-6, 5e-13), (1.0, np.log(np.cosh(1.0))), (-1e4, 1e4 - np.log(2.0))]
)
def test_log_cosh_keeps_its_digits_for_small_and_large_errors(error: float, value: float) -> None:
    assert LOSSES["log-cosh"].value(0.0, error) == pytest.approx(value, rel=1e-9, abs=1e-20)


@pytest.mark.parametrize("z", [-1e4, -1e3, 0.0, 1e3, 1e4])
def test_cross_entropy_from_logits_stays_finite_where_the_sigmoid_is_0_or_1(z: float) -> None:
    loss = LOSSES["bce"]
    assert loss.logit_value(0.0, np.float64(z)) == pytest.approx(max(z, 0.0) + (np.log(2.0) if z == 0.0 else 0.0))
    assert loss.logit_value(1.0, np.float64(z)) == pytest.approx(max(-z, 0.0) + (np.log(2.0) if z == 0.0 else 0.0))


def test_cross_entropy_from_logits_is_exact_where_softmax_rounds_to_0() -> None:
    loss = LOSSES["categorical-cross-entropy"]
    assert loss.logit_value(np.array([0.0, 1.0]), np.array([1e4, -1e4])) == 2e4


@pytest.mark.parametrize("name", ["categorical-cross-entropy", "sparse-categorical-cross-entropy", "kl-divergence"])
def test_an_impossible_class_that_is_not_wanted_costs_nothing(name: str) -> None:
    loss = LOSSES[name]
    y = 1.0 if loss.target == "index" else np.array([0.0, 1.0])
    with warnings.catch_warnings(action="error"):
        assert loss.value(y, np.array([0.0, 1.0])) == 0.0
        assert loss.slope(y, np.array([0.0, 1.0])).tolist() == [0.0, -1.0]


def test_sparse_equals_categorical_with_one_hot_targets() -> None:
    sparse, categorical = LOSSES["sparse-categorical-cross-entropy"], LOSSES["categorical-cross-entropy"]
    y, (z,), (p,) = samples(sparse, outputs=5)
    one_hot = np.eye(5)[y.astype(int)].T
    for function, x in (("value", p), ("slope", p), ("logit_value", z), ("logit_delta", p)):
        np.testing.assert_array_equal(getattr(sparse, function)(y, x), getattr(categorical, function)(one_hot, x))


def test_binary_cross_entropy_is_the_categorical_one_of_two_classes() -> None:
    z, y = np.array([-3.0, 0.2, 5.0]), np.array([0.0, 1.0, 1.0])
    two = LOSSES["categorical-cross-entropy"].logit_value(np.array([1.0 - y, y]), np.array([0.0 * z, z]))
    np.testing.assert_allclose(two, LOSSES["bce"].logit_value(y, z), rtol=1e-12)


def test_kl_divergence_is_0_for_equal_shares() -> None:
    y = np.array([[0.7, 0.0], [0.2, 0.5], [0.1, 0.5]])
    np.testing.assert_allclose(LOSSES["kl"].value(y, y), 0.0, atol=1e-15)


def test_multi_class_hinge_by_hand() -> None:
    # Class 1 leads class 0 by 2 (enough) and class 2 by 0.5 (half a point short).
    y, scores = np.array([0.0, 1.0, 0.0]), np.array([0.0, 2.0, 1.5])
    assert LOSSES["multi-class-hinge"].value(y, scores) == 0.5
    assert LOSSES["multi-class-hinge"].slope(y, scores).tolist() == [0.0, -1.0, 1.0]


def test_different_points_in_one_place_are_not_torn_apart() -> None:
    point = column(0.3, 0.4)
    with warnings.catch_warnings(action="error"):
        pull, push = LOSSES["contrastive"].slope(np.zeros(1), point, point, 1.0)
    assert not pull.any()
    assert not push.any()


@pytest.mark.parametrize("loss", [loss for loss in LOSSES if loss.members == 2], ids=lambda loss: loss.name)
def test_what_pulls_one_of_a_pair_pulls_the_other_back(loss) -> None:
    y, _, members = samples(loss)
    first, second = loss.slope(y, *members, 1.0)
    np.testing.assert_array_equal(first, -second)


# Pairings.


@every_loss
@pytest.mark.parametrize("output", ACTIVATIONS.names)
def test_an_output_that_does_not_fit_is_explained_in_one_sentence(loss, output: str) -> None:
    sentence = loss.unfit(output)
    assert (sentence is None) == (output in loss.outputs)
    if sentence is not None:
        assert sentence.startswith(loss.label)
        assert sentence.endswith(f": use a {loss.outputs[0]} output.")
        assert sentence.count(".") - sentence.count("0.") - sentence.count("1.") == 1


@pytest.mark.parametrize(
    ("loss", "output", "sentence"),
    [
        (
            "hinge",
            "sigmoid",
            "Hinge loss wants a score of any size and either sign, and a sigmoid stays between 0 and 1: "
            "use a linear output.",
        ),
        (
            "bce",
            "ReLU",
            "Binary cross-entropy takes the logarithm of a probability between 0 and 1, and a ReLU gives any number "
            "from 0 up: use a sigmoid output.",
        ),
        (
            "categorical-cross-entropy",
            "sigmoid",
            "Categorical cross-entropy needs probabilities that add up to 1 over the classes, and sigmoids rate every "
            "class on its own, so theirs need not add up to 1: use a softmax output.",
        ),
        (
            "mae",
            "softmax",
            "Mean absolute error compares each output with a value of its own, and a softmax gives shares that add up "
            "to 1: use a linear output.",
        ),
    ],
)
def test_the_reason_is_that_of_the_loss(loss: str, output: str, sentence: str) -> None:
    assert LOSSES[loss].unfit(output) == sentence


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("cross entropy", "binary-cross-entropy"),
        ("L1", "mae"),
        ("KL", "kl-divergence"),
        ("smooth_l1", "huber"),
        ("scce", "sparse-categorical-cross-entropy"),
        ("Hinge loss", "hinge"),
        ("siamese", "contrastive"),
    ],
)
def test_what_people_type_is_understood(typed: str, name: str) -> None:
    assert LOSSES[typed].name == name


def test_output_numbers_come_from_the_tracer_where_there_is_one() -> None:
    class Tracer:
        def output_numbers(self) -> str:
            return "numbers of the lanes"

    assert output_numbers(Tracer()) == "numbers of the lanes"
    assert output_numbers(np.zeros((3, 7))).tolist() == [[0], [1], [2]]
    assert output_numbers(np.zeros(2)).tolist() == [0, 1]
