"""Changes of what learns."""

from collections.abc import Mapping

from app.changes.basis import Change, replace, with_drawn, with_hidden, with_network, with_setting
from app.changes.fitting import unfit_output
from engine.activations import ACTIVATIONS
from engine.experiment import MAXIMUM_LAYERS, MAXIMUM_UNITS, Experiment, Layer
from engine.features import FEATURES
from engine.initializers import INITIALIZERS
from engine.tasks import TASKS, output_units, unfit_features
from engine.validation import ExperimentError, canonical


def _all_activations(experiment: Experiment, name: str) -> Experiment:
    return with_hidden(
        experiment, tuple(replace(layer, activation=name, alpha=None) for layer in experiment.network.hidden)
    )


def _initializer(experiment: Experiment, name: str) -> Experiment:
    if experiment.network.parameters is None and name == experiment.network.initializer:
        return experiment
    return with_drawn(experiment, initializer=name, initializer_settings={})


def _feature(experiment: Experiment, value: tuple[str, bool]) -> Experiment:
    name, wanted = canonical("feature", value[0], FEATURES), value[1]
    present = experiment.network.features
    if (name in present) == wanted:
        return experiment
    if present == (name,):
        raise ExperimentError("The network needs at least one input.")
    if wanted and unfit_features(experiment.data.task, (name,)):
        raise ExperimentError(
            f"A curve is learned from x₁ alone: {FEATURES[name].label} would tell the height that is to be found."
        )
    chosen = tuple(entry.name for entry in FEATURES if (wanted if entry.name == name else entry.name in present))
    return with_network(experiment, features=chosen)


def _hidden(experiment: Experiment, index: int) -> Layer:
    hidden = experiment.network.hidden
    if not 0 <= index < len(hidden):
        raise ExperimentError(f"There is no hidden layer {index + 1}.")
    return hidden[index]


def _units(experiment: Experiment, value: tuple[int, int]) -> Experiment:
    index, units = value
    layer = _hidden(experiment, index)
    if units < 1:
        raise ExperimentError("A layer needs at least one unit; remove the whole layer instead.")
    if units > MAXIMUM_UNITS:
        raise ExperimentError(f"A layer has room for {MAXIMUM_UNITS} units.")
    if units == layer.units:
        return experiment
    return with_network(experiment, hidden=_swapped(experiment.network.hidden, index, replace(layer, units=units)))


def _swapped(hidden: tuple[Layer, ...], index: int, layer: Layer) -> tuple[Layer, ...]:
    return (*hidden[:index], layer, *hidden[index + 1 :])


def _layer_activation(experiment: Experiment, value: tuple[int, str]) -> Experiment:
    index, name = value
    hidden = experiment.network.hidden
    if index == len(hidden):
        return _output_activation(experiment, name)
    layer = replace(_hidden(experiment, index), activation=name, alpha=None)
    return with_hidden(experiment, _swapped(hidden, index, layer))


def _output_activation(experiment: Experiment, name: str) -> Experiment:
    """Set the activation of the output layer, or say what the loss wants.

    Another loss could be brought along instead, but that would be a second change that nobody asked for.
    """
    activation = canonical("activation", name, ACTIVATIONS)
    reason = unfit_output(experiment.data.task, experiment.training.loss, activation)
    if reason:
        raise ExperimentError(reason)
    output = replace(experiment.network.output, activation=activation, alpha=None)
    return replace(experiment, network=replace(experiment.network, output=output))


def _add_layer(experiment: Experiment, index: int) -> Experiment:
    hidden = experiment.network.hidden
    if len(hidden) >= MAXIMUM_LAYERS:
        raise ExperimentError(f"The network has room for {MAXIMUM_LAYERS} hidden layers.")
    index = min(max(index, 0), len(hidden))
    # Like the layer before it, or, in front, like the one behind it.
    neighbor = hidden[max(index - 1, 0)] if hidden else Layer()
    return with_network(experiment, hidden=(*hidden[:index], neighbor, *hidden[index:]))


def _remove_layer(experiment: Experiment, index: int) -> Experiment:
    _hidden(experiment, index)
    hidden = experiment.network.hidden
    return with_network(experiment, hidden=(*hidden[:index], *hidden[index + 1 :]))


def _output_units(experiment: Experiment, units: int) -> Experiment:
    """Another number of output units: the dimensions of an embedding."""
    task = TASKS[experiment.data.task]
    low, high = output_units(task.name, experiment.data.classes)
    if not low <= units <= high:
        raise ExperimentError(f"The task “{task.label}” needs {low if low == high else f'{low} to {high}'} outputs.")
    if units == experiment.network.output.units:
        return experiment
    return with_network(experiment, output=replace(experiment.network.output, units=units))


def _dropout(experiment: Experiment, rate: float) -> Experiment:
    if not experiment.network.hidden:
        raise ExperimentError("There is no hidden layer whose units could be dropped.")
    return with_hidden(experiment, tuple(replace(layer, dropout=float(rate)) for layer in experiment.network.hidden))


def _layer_dropout(experiment: Experiment, value: tuple[int, float]) -> Experiment:
    index, rate = value
    layer = replace(_hidden(experiment, index), dropout=float(rate))
    return with_hidden(experiment, _swapped(experiment.network.hidden, index, layer))


def _layer_bias(experiment: Experiment, value: tuple[int, bool]) -> Experiment:
    """Give a layer's units biases or take them away; the last index is the output layer."""
    index, wanted = value
    network = experiment.network
    if index == len(network.hidden):
        if wanted == network.output.bias:
            return experiment
        return with_network(experiment, output=replace(network.output, bias=wanted))
    layer = _hidden(experiment, index)
    if wanted == layer.bias:
        return experiment
    return with_network(experiment, hidden=_swapped(network.hidden, index, replace(layer, bias=wanted)))


def _layer_alpha(experiment: Experiment, value: tuple[int, float]) -> Experiment:
    """Set the α of a layer's activation; the last index is the output layer."""
    index, alpha = value
    network = experiment.network
    layer = network.output if index == len(network.hidden) else _hidden(experiment, index)
    settings = ACTIVATIONS[layer.activation].settings
    chosen = None if settings and settings[0].default == alpha else float(alpha)
    if index == len(network.hidden):
        return replace(experiment, network=replace(network, output=replace(network.output, alpha=chosen)))
    hidden = replace(_hidden(experiment, index), alpha=chosen)
    return with_hidden(experiment, _swapped(network.hidden, index, hidden))


def _all_alphas(experiment: Experiment, alpha: float) -> Experiment:
    """Set the α of every hidden layer whose activation has one."""
    for index, layer in enumerate(experiment.network.hidden):
        if ACTIVATIONS[layer.activation].settings:
            experiment = _layer_alpha(experiment, (index, alpha))
    return experiment


def _initializer_setting(experiment: Experiment, value: tuple[str, float]) -> Experiment:
    network = experiment.network
    settings = with_setting(network.initializer_settings, INITIALIZERS[network.initializer].settings, value)
    return with_drawn(experiment, initializer_settings=settings)


def _default_initializer_settings(experiment: Experiment, value: None) -> Experiment:
    return with_drawn(experiment, initializer_settings={})


CHANGES: Mapping[str, Change] = {
    "network.activation": _all_activations,
    "network.initializer": _initializer,
    "network.feature": _feature,
    "network.units": _units,
    "network.output_units": _output_units,
    "network.layer_activation": _layer_activation,
    "network.alpha": _all_alphas,
    "network.layer_alpha": _layer_alpha,
    "network.layer_dropout": _layer_dropout,
    "network.layer_bias": _layer_bias,
    "network.dropout": _dropout,
    "network.initializer_setting": _initializer_setting,
    "network.initializer_settings_default": _default_initializer_settings,
    "network.add_layer": _add_layer,
    "network.remove_layer": _remove_layer,
}
