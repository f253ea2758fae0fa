"""Changes of the network: what stays of it, and what is refused."""

import numpy as np
import pytest
from msgspec.structs import replace

from app import changes
from app.changes.fitting import unfit_output
from app.description import describe
from engine.activations import ACTIVATIONS
from engine.compose import compose
from engine.examples import EXAMPLES
from engine.experiment import Experiment, Layer, Network
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
    assert describe(experiment, changes.apply(experiment, "network.feature", ("x2", False))) == "Input x₂: removed"
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


def test_alpha_of_all_hidden_layers_is_set_where_there_is_one() -> None:
    experiment = changes.apply(compose(activation="elu", hidden=(3, 3)), "network.layer_activation", (1, "tanh"))
    changed = changes.apply(experiment, "network.alpha", 0.5)
    assert [layer.alpha for layer in changed.network.hidden] == [0.5, None]
    assert changes.apply(changed, "network.alpha", 1.0) == experiment


def test_a_curve_takes_no_input_that_tells_its_height():
    curve = compose(task="regression-1d")
    with pytest.raises(ExperimentError, match="A curve is learned from x₁ alone: x₂² would tell the height"):
        changes.apply(curve, "network.feature", ("x2^2", True))
