"""Changes: what a user's choice makes of an experiment, and what it brings along."""

import math

import numpy as np
import pytest
from msgspec.structs import replace

from app import changes
from app.changes.fitting import unfit_output
from app.description import batch_name, describe, headline
from engine.activations import ACTIVATIONS
from engine.compose import compose
from engine.datasets.resolve import resolve
from engine.examples import EXAMPLES
from engine.experiment import Data, Experiment, Generated, Layer, Network, OptimizerChoice, Points, Training
from engine.features import FEATURES
from engine.parameters import initial, layout, unpack
from engine.tasks import TASKS
from engine.validation import ExperimentError


@pytest.fixture
def experiment() -> Experiment:
    return Experiment()


def with_parameters(experiment: Experiment) -> Experiment:
    """Return the experiment with its initial parameters written out."""
    explicit = unpack(layout(experiment.network), initial(experiment))
    return replace(experiment, network=replace(experiment.network, parameters=explicit))


def test_choosing_what_is_there_changes_nothing(experiment):
    for name, value in (
        ("data.task", "two-classes"),
        ("data.generator", "circle"),
        ("network.feature", ("x1", True)),
        ("training.optimizer", "sgd"),
        ("seed", 0),
    ):
        assert changes.apply(experiment, name, value) is experiment


@pytest.mark.parametrize("task", TASKS.names)
def test_every_task_comes_with_data_loss_and_output_that_fit(experiment, task):
    regression = changes.apply(experiment, "data.task", "regression")
    for start in (experiment, regression):
        changed = changes.apply(start, "data.task", task)
        assert changed.data.task == task
        assert resolve(changed.data).train_count > 0


def test_regression_trains_a_linear_output_on_squared_error(experiment):
    changed = changes.apply(experiment, "data.task", "regression")
    assert changed.data.source == Generated(name="plane", samples=250)
    assert (changed.training.loss, changed.network.output.activation) == ("mse", "linear")


def test_a_data_set_of_another_task_switches_the_task(experiment):
    changed = changes.apply(experiment, "data.generator", "bumps")
    assert (changed.data.task, changed.data.source.name, changed.training.loss) == ("regression", "bumps", "mse")
    back = changes.apply(changed, "data.generator", "spiral")
    assert (back.data.task, back.training.loss, back.network.output.activation) == (
        "two-classes",
        "binary-cross-entropy",
        "sigmoid",
    )


def test_painted_classes_survive_a_change_of_task_and_values_do_not(experiment):
    painted = changes.with_painted(changes.cleared(experiment), resolve(changes.cleared(experiment).data), [[1, 2]], 1)
    regression = changes.apply(painted, "data.task", "regression")
    assert regression.data.source == painted.data.source
    valued = changes.with_painted(regression, resolve(regression.data), [[0, 0]], 0.5)
    assert isinstance(changes.apply(valued, "data.task", "two-classes").data.source, Generated)


def test_cross_entropy_makes_the_output_a_sigmoid_and_says_so(experiment):
    squared = changes.apply(changes.apply(experiment, "training.loss", "mse"), "network.layer_activation", (2, "tanh"))
    assert (squared.network.output.activation, squared.training.loss) == ("tanh", "mse")
    crossed = changes.apply(squared, "training.loss", "bce")
    assert crossed.network.output.activation == "sigmoid"
    assert describe(squared, crossed) == "Loss: binary cross-entropy; the output activation is now sigmoid"
    assert headline(squared, crossed) == "Loss: binary cross-entropy"


def test_an_output_that_the_loss_cannot_use_is_refused_with_both_ways_out(experiment):
    with pytest.raises(ExperimentError) as caught:
        changes.apply(experiment, "network.layer_activation", (2, "tanh"))
    message = str(caught.value)
    assert "use a sigmoid output, or choose the loss “Mean squared error” first." in message
    assert message.startswith("Binary cross-entropy")


@pytest.mark.parametrize("task", TASKS.names)
@pytest.mark.parametrize("activation", ACTIVATIONS.names)
def test_every_output_is_taken_or_refused_in_one_sentence(task, activation):
    for loss in TASKS[task].losses:
        experiment = compose(task=task, loss=loss)
        reason = unfit_output(task, loss, activation)
        index = len(experiment.network.hidden)
        if reason is None:
            changed = changes.apply(experiment, "network.layer_activation", (index, activation))
            assert changed.network.output.activation == activation
        else:
            assert reason.endswith(".")
            assert ". " not in reason
            with pytest.raises(ExperimentError):
                changes.apply(experiment, "network.layer_activation", (index, activation))


def test_squared_error_leaves_the_output_as_it_is(experiment):
    assert changes.apply(experiment, "training.loss", "mse").network.output.activation == "sigmoid"


def test_a_loss_of_another_task_is_refused(experiment):
    regression = changes.apply(experiment, "data.task", "regression")
    with pytest.raises(ExperimentError, match="does not suit the task “Regression”"):
        changes.apply(regression, "training.loss", "binary-cross-entropy")


def test_one_choice_sets_the_activation_of_all_hidden_layers(experiment):
    changed = changes.apply(experiment, "network.activation", "relu")
    assert [layer.activation for layer in changed.network.hidden] == ["relu", "relu"]
    assert describe(experiment, changed) == "Activation: ReLU"
    single = changes.apply(changed, "network.layer_activation", (1, "sigmoid"))
    assert [layer.activation for layer in single.network.hidden] == ["relu", "sigmoid"]
    assert describe(changed, single) == "Activation of layer 2: sigmoid"


def test_features_keep_their_order_and_the_last_one_stays(experiment):
    changed = changes.apply(experiment, "network.feature", ("sin(x1)", True))
    changed = changes.apply(changed, "network.feature", ("x1^2", True))
    assert changed.network.features == ("x1", "x2", "x1^2", "sin(x1)")
    assert describe(experiment, changes.apply(experiment, "network.feature", ("x2", False))) == "Input: x₂ removed"
    for name in FEATURES.names:
        if name != "x2" and name in changed.network.features:
            changed = changes.apply(changed, "network.feature", (name, False))
    with pytest.raises(ExperimentError, match="at least one input"):
        changes.apply(changed, "network.feature", ("x2", False))


def test_a_new_layer_is_like_its_neighbor(experiment):
    experiment = changes.apply(experiment, "network.layer_activation", (0, "relu"))
    assert changes.apply(experiment, "network.add_layer", 1).network.hidden[1] == Layer(4, "relu")
    assert changes.apply(experiment, "network.add_layer", 0).network.hidden[0] == Layer(4, "relu")
    assert changes.apply(experiment, "network.add_layer", 2).network.hidden[2] == Layer(2, "tanh")
    empty = Experiment(network=Network(hidden=()))
    assert changes.apply(empty, "network.add_layer", 0).network.hidden == (Layer(),)


def test_layers_can_all_be_removed_and_there_is_a_limit(experiment):
    for _ in range(2):
        experiment = changes.apply(experiment, "network.remove_layer", 0)
    assert experiment.network.hidden == ()
    with pytest.raises(ExperimentError, match="no hidden layer 1"):
        changes.apply(experiment, "network.remove_layer", 0)
    for _ in range(8):
        experiment = changes.apply(experiment, "network.add_layer", 0)
    with pytest.raises(ExperimentError, match="room for 8 hidden layers"):
        changes.apply(experiment, "network.add_layer", 0)


@pytest.mark.parametrize("units", [0, -1, 33])
def test_units_have_limits(experiment, units):
    with pytest.raises(ExperimentError):
        changes.apply(experiment, "network.units", (0, units))
    assert changes.apply(experiment, "network.units", (0, 5)).network.hidden[0].units == 5


@pytest.mark.parametrize(("name", "value"), [("network.initializer", "he"), ("seed", 3)])
def test_written_out_weights_give_way_to_drawn_ones(experiment, name, value):
    assert changes.apply(with_parameters(experiment), name, value).network.parameters is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("network.units", (0, 3)),
        ("network.units", (1, 5)),
        ("network.add_layer", 1),
        ("network.remove_layer", 1),
        ("network.feature", ("x1^2", True)),
    ],
)
def test_written_out_weights_stay_where_their_place_still_exists(experiment, name, value):
    flat = np.arange(1.0, layout(experiment.network).parameter_count + 1.0)
    explicit = unpack(layout(experiment.network), flat)
    changed = changes.apply(
        replace(experiment, network=replace(experiment.network, parameters=explicit)), name, value
    ).network
    assert changed.parameters is not None
    for old, new in zip(explicit[0].weights, changed.parameters[0].weights, strict=False):
        assert new[:2] == old


def test_written_out_weights_stay_where_they_fit(experiment):
    explicit = with_parameters(experiment)
    for name, value in (("network.activation", "relu"), ("training.loss", "mse"), ("data.generator", "xor")):
        assert changes.apply(explicit, name, value).network.parameters == explicit.network.parameters


def test_an_optimizer_brings_its_own_rate_unless_the_user_chose_one(experiment):
    adam = changes.apply(experiment, "training.optimizer", "adam")
    assert adam.training.learning_rate == 0.01
    assert describe(experiment, adam) == "Optimizer: Adam; the learning rate is now 0.01"
    chosen = changes.apply(experiment, "training.learning_rate", 0.5)
    assert changes.apply(chosen, "training.optimizer", "adam").training.learning_rate == 0.5


def test_settings_belong_to_their_optimizer(experiment):
    changed = changes.apply(experiment, "training.setting", ("momentum", 0.9))
    assert changed.training.optimizer == OptimizerChoice("sgd", {"momentum": 0.9})
    assert describe(experiment, changed) == "Momentum μ: 0.9"
    assert changes.apply(changed, "training.setting", ("momentum", 0.0)) == experiment
    assert changes.apply(changed, "training.optimizer", "adam").training.optimizer == OptimizerChoice("adam")
    with pytest.raises(ExperimentError, match="momentum must be"):
        changes.apply(experiment, "training.setting", ("momentum", 1.0))


def test_the_two_penalties_have_rates_of_their_own(experiment):
    changed = changes.apply(experiment, "training.l2", 0.02)
    both = changes.apply(changed, "training.l1", 0.001)
    assert (both.training.l1, both.training.l2) == (0.001, 0.02)
    assert describe(changed, both) == "Regularization: L1 with rate 0.001 and L2 with rate 0.02"
    none = changes.apply(changes.apply(both, "training.l1", 0.0), "training.l2", 0.0)
    assert none.training == Training()
    assert describe(changed, experiment) == "Regularization: none"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("training.learning_rate", float("nan")),
        ("training.learning_rate", 1e7),
        ("training.batch_size", 0),
        ("data.samples", 0),
        ("data.noise", -1.0),
        ("data.train_share", 0.0),
        ("seed", -1),
        ("training.l1", -0.1),
        ("data.generator", "nowhere"),
        ("network.layer_activation", (7, "tanh")),
    ],
)
def test_impossible_values_are_refused_in_one_sentence(experiment, name, value):
    with pytest.raises(ExperimentError) as error:
        changes.apply(experiment, name, value)
    assert str(error.value).endswith(".")
    assert "\n" not in str(error.value)


def test_painting_turns_generated_data_into_points_with_their_noise():
    experiment = Experiment(data=Data(source=Generated("circle", 40), noise=0.5))
    dataset = resolve(experiment.data)
    painted = changes.with_painted(experiment, dataset, np.array([[0.0, 1.0], [0.0, 2.0]]), 1.0)
    assert painted.data.noise == 0.0
    np.testing.assert_array_equal(painted.data.source.inputs[:40], dataset.points)
    np.testing.assert_array_equal(painted.data.source.inputs[40:], [[0.0, 1.0], [0.0, 2.0]])
    np.testing.assert_array_equal(painted.data.source.targets[40:], [1.0, 1.0])
    assert describe(experiment, painted) == "Data: 2 points painted, 42 now"


def test_erasing_takes_what_lies_within_the_radius():
    experiment = Experiment(data=Data(source=Points([[0, 0], [1, 0], [3, 0]], [0, 1, 1])))
    dataset = resolve(experiment.data)
    assert changes.with_erased(experiment, dataset, 0.0, 0.0, 1.0).data.source == Points([[3, 0]], [1])
    assert changes.with_erased(experiment, dataset, 5.0, 5.0, 1.0) is experiment


def test_an_empty_canvas_has_no_points(experiment):
    empty = changes.apply(experiment, "data.empty", None)
    assert len(resolve(empty.data)) == 0
    assert changes.cleared(empty) is empty
    assert describe(experiment, empty).startswith("Data: an empty canvas")
    with pytest.raises(ExperimentError, match="no number to choose"):
        changes.apply(empty, "data.samples", 5)
    assert changes.apply(empty, "data.generator", "xor").data.source == Generated("xor", 250)


@pytest.mark.parametrize(
    ("batch_size", "name"),
    [
        (1, "1 – stochastic gradient descent, 175 updates per epoch"),
        (10, "10 – mini-batch gradient descent, 18 updates per epoch"),
        (175, "175 – the whole training set, plain gradient descent, 1 update per epoch"),
        (1000, "1000 – the whole training set, plain gradient descent, 1 update per epoch"),
    ],
)
def test_batch_sizes_have_names(experiment, batch_size, name):
    assert batch_name(batch_size, 175) == name
    if batch_size != 10:
        changed = changes.apply(experiment, "training.batch_size", batch_size)
        assert describe(experiment, changed, 175) == f"Batch size: {name}"


def test_other_changes_in_words(experiment):
    def said(name, value):
        return describe(experiment, changes.apply(experiment, name, value))

    assert said("network.units", (0, 1)) == "Layer 1: 1 unit"
    assert said("network.add_layer", 0) == "Network: layer added, hidden units 4 – 4 – 2"
    assert said("data.noise", 0.25) == "Noise: 0.25"
    assert said("data.samples", 1000) == "Samples: 1,000"
    assert said("data.train_share", 0.5) == "Training share: 50%"
    assert said("seed", 7) == "Seed: 7 (new initial weights)"
    assert said("network.initializer", "he") == "Initializer: He (new initial weights)"
    assert said("data.generator", "bumps") == (
        "Task: regression; the data set is now Gaussian bumps; the loss is now mean squared error; "
        "the output activation is now linear"
    )
    assert describe(experiment, experiment) == ""


def test_painting_on_noisy_data_leaves_the_split_as_it_is() -> None:
    experiment = Experiment(data=Data(source=Generated("moons", 100), noise=0.6, seed=4))
    dataset = resolve(experiment.data)
    painted = changes.with_painted(experiment, dataset, np.array([[5.5, 5.5]]), 1.0)
    again = resolve(painted.data)
    # One more point moves the border between both parts by one at most.
    assert np.count_nonzero(again.is_train[:-1] != dataset.is_train) <= 1
    erased = changes.with_erased(painted, again, 5.5, 5.5, 0.1)
    np.testing.assert_array_equal(resolve(erased.data).is_train, dataset.is_train)
    np.testing.assert_array_equal(resolve(erased.data).points, dataset.points)


HUBER = compose(loss="huber")
EMBEDDING, STEP = compose(task="embedding", hidden=(4, 3), activation="elu"), compose(schedule="step")


@pytest.mark.parametrize(
    ("start", "name", "value", "read", "expected", "words"),
    [
        (HUBER, "training.loss_setting", ("delta", 2), "training.loss_settings", {"delta": 2.0}, "δ: 2"),
        (compose(), "training.schedule", "cosine", "training.schedule.name", "cosine", "schedule: cosine"),
        (STEP, "training.schedule_setting", ("every", 7), "training.schedule.settings", {"every": 7.0}, "7"),
        (compose(), "training.clip_norm", 1.5, "training.clip_norm", 1.5, "Gradient clipped by norm: 1.5"),
        (compose(clip_value=1.0), "training.clip_value", 0.0, "training.clip_value", 0.0, "clipped by value: off"),
        (compose(), "training.max_norm", 2.0, "training.max_norm", 2.0, "Largest norm of weights: 2"),
        (compose(), "training.jitter", 0.2, "training.jitter", 0.2, "Jitter: 0.2"),
        (EMBEDDING, "training.sampling", "hard", "training.sampling", "hard", "Pairs and triplets: the hardest"),
        (compose(), "training.stop", ("patience", 20), "training.stop.patience", 20, "Early stopping, patience: 20"),
        (compose(), "training.stop", ("loss", 0.1), "training.stop.loss", 0.1, "Stop at a train loss of: 0.1"),
        (compose(), "training.stop", ("metric", 0.9), "training.stop.metric", 0.9, "Stop at a score of: 90 %"),
        (compose(), "network.dropout", 0.3, "network.hidden.1.dropout", 0.3, "Dropout: 0.3"),
        (compose(), "network.layer_dropout", (1, 0.3), "network.hidden.1.dropout", 0.3, "Dropout of layer 2: 0.3"),
        (compose(), "network.layer_bias", (0, False), "network.hidden.0.bias", False, "Biases of layer 1: off"),
        (compose(), "network.layer_bias", (2, False), "network.output.bias", False, "Biases of the output: off"),
        (EMBEDDING, "network.layer_alpha", (0, 0.4), "network.hidden.0.alpha", 0.4, "α of layer 1: 0.4"),
        (EMBEDDING, "network.output_units", 3, "network.output.units", 3, "Embedding: 3 dimensions"),
        (
            compose(initializer="normal"), "network.initializer_setting", ("sigma", 0.2),
            "network.initializer_settings", {"sigma": 0.2}, "Initializer",
        ),
        (compose(task="classes", classes=3), "data.classes", 5, "network.output.units", 5, "Classes: 5"),
        (compose(task="soft-classes"), "data.soft", "distance", "data.soft", "distance", "by distance to the centers"),
        (compose(task="soft-classes"), "data.softness", 0.4, "data.softness", 0.4, "Softness: 0.4"),
    ],
)  # fmt: skip
def test_every_setting_changes_what_it_says(start, name, value, read, expected, words) -> None:
    changed = changes.apply(start, name, value)
    found = changed
    for part in read.split("."):
        found = found[int(part)] if part.isdigit() else getattr(found, part)
    assert found == expected
    assert words in describe(start, changed)
    assert changes.apply(changed, name, value) is changed


@pytest.mark.parametrize(
    ("start", "name", "value"),
    [
        (compose(loss="huber"), "training.loss_setting", ("delta", 0.0)),
        (EMBEDDING, "training.loss_setting", ("margin", -1.0)),
        (compose(optimizer="adam"), "training.setting", ("beta1", 1.0)),
        (compose(), "training.clip_norm", -1.0),
        (compose(), "training.max_norm", 1e308),
        (compose(), "training.stop", ("loss", math.nan)),
        (compose(), "network.layer_dropout", (0, 1.0)),
        (compose(hidden=()), "network.dropout", 0.5),
        (compose(hidden=()), "network.layer_bias", (1, False)),
        (EMBEDDING, "network.output_units", 4),
        (compose(), "data.classes", 3),
        (compose(task="classes"), "data.classes", 9),
        (compose(), "network.units", (0, 0)),
        (compose(), "training.schedule", "nope"),
    ],
)
def test_impossible_settings_are_refused_in_one_sentence(start, name, value) -> None:
    with pytest.raises(ExperimentError) as caught:
        changes.apply(start, name, value)
    message = str(caught.value)
    assert message.endswith(".")
    assert "\n" not in message


@pytest.mark.parametrize("task", TASKS.names)
@pytest.mark.parametrize("start", TASKS.names)
def test_any_task_can_follow_any_other(start: str, task: str) -> None:
    changed = changes.apply(compose(task=start), "data.task", task)
    assert changed.data.task == task
    assert len(resolve(changed.data)) > 0
    back = changes.apply(changed, "data.task", start)
    assert back.data.task == start


def test_without_biases_given_weights_stay_and_biases_come_back_as_zero() -> None:
    given = EXAMPLES["lecture-forward"].make()
    without = changes.apply(changes.apply(given, "network.layer_bias", (0, False)), "network.layer_bias", (1, False))
    assert [layer.biases for layer in without.network.parameters] == [(), ()]
    again = changes.apply(without, "network.layer_bias", (0, True))
    assert again.network.parameters[0].biases == (0.0, 0.0)
    for changed in (without, again):
        for layer, before in zip(changed.network.parameters, given.network.parameters, strict=True):
            assert layer.weights == before.weights
    assert changes.apply(given, "network.layer_bias", (0, True)) is given
    assert changes.apply(given, "network.layer_bias", (1, True)) is given
