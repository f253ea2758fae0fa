"""Every change a user can make to an experiment, as pure functions: experiment in, new experiment out.

Names are those of the ``changed`` signals of views and panels. A change brings along what depends on it (a loss its
output activation, a task its data set), so that the result is valid; where that cannot be, ExperimentError says why.
"""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import msgspec
import numpy as np

from app.painting.eraser import kept
from engine.datasets.dataset import MAXIMUM_SAMPLES, Array, Dataset, frozen
from engine.datasets.generators import GENERATORS
from engine.experiment import (
    MAXIMUM_LAYERS,
    MAXIMUM_UNITS,
    Experiment,
    Generated,
    Layer,
    Network,
    OptimizerChoice,
    Points,
)
from engine.features import FEATURES
from engine.losses import LOSSES
from engine.optimizers import OPTIMIZERS
from engine.parameters import carried_over, initial, layout, pack, unpack
from engine.tasks import TASKS, output_for
from engine.validation import ExperimentError, canonical

# What a penalty starts with when it is switched on: visible within seconds, and not yet crippling.
DEFAULT_REGULARIZATION_RATE = 0.001

S = TypeVar("S", bound=msgspec.Struct)
NO_POINTS = Points(inputs=np.zeros((0, 2)), targets=np.zeros(0))


def apply(experiment: Experiment, name: str, value: Any) -> Experiment:
    """Return ``experiment`` with the change ``name`` made to ``value``; the same object if that changes nothing.

    Raises:
        ExperimentError: the change cannot be made; the message is one sentence.
        KeyError: there is no change of this name.
    """
    changed = CHANGES[name](experiment, value)
    return experiment if changed == experiment else changed


def with_painted(experiment: Experiment, dataset: Dataset, points: Array, target: float) -> Experiment:
    """Return ``experiment`` with ``points`` (k, 2) added, all with the same ``target``.

    Generated data become explicit points first, as they are in ``dataset``: with their noise, which is then zero.
    """
    if len(dataset) + len(points) > MAXIMUM_SAMPLES:
        raise ExperimentError(f"There is room for {MAXIMUM_SAMPLES:,} points; erase some before painting more.")
    inputs = np.concatenate((dataset.points, np.asarray(points, dtype=np.float64).reshape(-1, 2)))
    targets = np.concatenate((dataset.targets, np.full(len(inputs) - len(dataset), float(target))))
    return _with_points(experiment, Points(inputs=frozen(inputs), targets=frozen(targets)))


def with_erased(experiment: Experiment, dataset: Dataset, x1: float, x2: float, radius: float) -> Experiment:
    """Return ``experiment`` without the points within ``radius`` of (x1, x2); the same object if there are none."""
    stays = kept(dataset.points, x1, x2, radius)
    if stays.all():
        return experiment
    points, targets = dataset.points[stays], dataset.targets[stays]
    return _with_points(experiment, Points(inputs=frozen(points), targets=frozen(targets)))


def cleared(experiment: Experiment) -> Experiment:
    """Return ``experiment`` with no points at all: an empty canvas to paint on."""
    if experiment.data.source == NO_POINTS:
        return experiment
    return _with_points(experiment, NO_POINTS)


def _with_points(experiment: Experiment, points: Points) -> Experiment:
    return _data(experiment, source=points, noise=0.0)


def _replace(struct: S, **fields: Any) -> S:
    return msgspec.structs.replace(struct, **fields)


def _data(experiment: Experiment, **fields: Any) -> Experiment:
    return _replace(experiment, data=_replace(experiment.data, **fields))


def _training(experiment: Experiment, **fields: Any) -> Experiment:
    return _replace(experiment, training=_replace(experiment.training, **fields))


def _network(experiment: Experiment, **fields: Any) -> Experiment:
    """Change the network's shape. Of explicit initial parameters those stay whose place still exists."""
    old = experiment.network
    changed = _drawn(experiment, **fields)
    if old.parameters is None:
        return changed
    before, after = layout(old), layout(changed.network)
    flat = carried_over(before, pack(before, old.parameters), after, initial(changed))
    return _replace(changed, network=_replace(changed.network, parameters=unpack(after, flat)))


def _drawn(experiment: Experiment, **fields: Any) -> Experiment:
    """Change the network, and draw its initial parameters whether or not they were explicit."""
    return _replace(experiment, network=_replace(experiment.network, parameters=None, **fields))


def _activations(experiment: Experiment, hidden: tuple[Layer, ...]) -> Experiment:
    """Change activations only, which leaves explicit initial parameters their place."""
    return _replace(experiment, network=_replace(experiment.network, hidden=hidden))


def _task(experiment: Experiment, name: str) -> Experiment:
    task = TASKS[canonical("task", name, TASKS)]
    if task.name == experiment.data.task:
        return experiment
    source = experiment.data.source
    if isinstance(source, Generated) or not _fits(source, task.classes):
        source = Generated(name=next(entry.name for entry in GENERATORS if entry.task == task.name))
    if isinstance(source, Generated) and isinstance(experiment.data.source, Generated):
        source = _replace(source, samples=experiment.data.source.samples)
    loss = task.losses[0]
    # All at once: a task with the loss or the data of another is no valid experiment in between.
    return _replace(
        experiment,
        data=_replace(experiment.data, task=task.name, source=source),
        network=_with_output(experiment.network, output_for(task.name, loss)),
        training=_replace(experiment.training, loss=loss),
    )


def _fits(points: Points, classes: int) -> bool:
    return not classes or bool(np.isin(points.targets, range(classes)).all())


def _with_output(network: Network, activation: str) -> Network:
    return _replace(network, output=_replace(network.output, activation=activation))


def _generator(experiment: Experiment, name: str) -> Experiment:
    entry = GENERATORS[canonical("data set", name, GENERATORS)]
    if entry.task != experiment.data.task:
        experiment = _task(experiment, entry.task)
    source = experiment.data.source
    samples = source.samples if isinstance(source, Generated) else Generated().samples
    return _data(experiment, source=Generated(name=entry.name, samples=samples))


def _samples(experiment: Experiment, samples: int) -> Experiment:
    source = experiment.data.source
    if not isinstance(source, Generated):
        raise ExperimentError("Your own points have no number to choose; paint or erase some, or pick a data set.")
    return _data(experiment, source=_replace(source, samples=samples))


def _all_activations(experiment: Experiment, name: str) -> Experiment:
    return _activations(experiment, tuple(_replace(layer, activation=name) for layer in experiment.network.hidden))


def _initializer(experiment: Experiment, name: str) -> Experiment:
    if experiment.network.parameters is None and name == experiment.network.initializer:
        return experiment
    return _drawn(experiment, initializer=name)


def _feature(experiment: Experiment, value: tuple[str, bool]) -> Experiment:
    name, wanted = canonical("feature", value[0], FEATURES), value[1]
    present = experiment.network.features
    if (name in present) == wanted:
        return experiment
    if present == (name,):
        raise ExperimentError("The network needs at least one input.")
    chosen = tuple(entry.name for entry in FEATURES if (wanted if entry.name == name else entry.name in present))
    return _network(experiment, features=chosen)


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
    return _network(experiment, hidden=_swapped(experiment.network.hidden, index, _replace(layer, units=units)))


def _swapped(hidden: tuple[Layer, ...], index: int, layer: Layer) -> tuple[Layer, ...]:
    return (*hidden[:index], layer, *hidden[index + 1 :])


def _layer_activation(experiment: Experiment, value: tuple[int, str]) -> Experiment:
    index, name = value
    hidden = experiment.network.hidden
    if index == len(hidden):
        return _output_activation(experiment, name)
    layer = _replace(_hidden(experiment, index), activation=name)
    return _activations(experiment, _swapped(hidden, index, layer))


def _output_activation(experiment: Experiment, name: str) -> Experiment:
    network, loss = _with_output(experiment.network, name), experiment.training.loss
    activation = network.output.activation
    if activation not in LOSSES[loss].outputs:
        task = TASKS[experiment.data.task]
        fitting = [other for other in task.losses if activation in LOSSES[other].outputs]
        if not fitting:
            raise ExperimentError(f"No loss for the task “{task.label}” works with the output activation {activation}.")
        loss = fitting[0]
    return _replace(experiment, network=network, training=_replace(experiment.training, loss=loss))


def _add_layer(experiment: Experiment, index: int) -> Experiment:
    hidden = experiment.network.hidden
    if len(hidden) >= MAXIMUM_LAYERS:
        raise ExperimentError(f"The network has room for {MAXIMUM_LAYERS} hidden layers.")
    index = min(max(index, 0), len(hidden))
    # Like the layer before it, or, in front, like the one behind it.
    neighbor = hidden[max(index - 1, 0)] if hidden else Layer()
    return _network(experiment, hidden=(*hidden[:index], neighbor, *hidden[index:]))


def _remove_layer(experiment: Experiment, index: int) -> Experiment:
    _hidden(experiment, index)
    hidden = experiment.network.hidden
    return _network(experiment, hidden=(*hidden[:index], *hidden[index + 1 :]))


def _loss(experiment: Experiment, name: str) -> Experiment:
    loss = LOSSES[canonical("loss", name, LOSSES)]
    task = TASKS[experiment.data.task]
    if loss.name not in task.losses:
        raise ExperimentError(f"{loss.label} does not suit the task “{task.label}”.")
    network = experiment.network
    if network.output.activation not in loss.outputs:
        network = _with_output(network, output_for(task.name, loss.name))
    return _replace(experiment, network=network, training=_replace(experiment.training, loss=loss.name))


def _optimizer(experiment: Experiment, name: str) -> Experiment:
    old, new = OPTIMIZERS[experiment.training.optimizer.name], OPTIMIZERS[canonical("optimizer", name, OPTIMIZERS)]
    if old.name == new.name:
        return experiment
    rate = experiment.training.learning_rate
    # A rate the user chose stays; one that only came with the old optimizer is exchanged.
    if rate == old.default_rate:
        rate = new.default_rate
    return _training(experiment, optimizer=OptimizerChoice(name=new.name), learning_rate=rate)


def _setting(experiment: Experiment, value: tuple[str, float]) -> Experiment:
    name, number = value
    choice = experiment.training.optimizer
    defaults = {setting.name: setting.default for setting in OPTIMIZERS[choice.name].settings}
    settings = {**choice.settings, name: float(number)}
    # Only what differs from the default is written down, so that experiments that mean the same are equal.
    kept = {key: number for key, number in settings.items() if defaults.get(key) != number}
    return _training(experiment, optimizer=OptimizerChoice(name=choice.name, settings=kept))


def _regularization(experiment: Experiment, kind: str) -> Experiment:
    if kind not in REGULARIZATIONS:
        raise ExperimentError(f"regularization must be {', '.join(REGULARIZATIONS)}, not {kind}.")
    rate = regularization_rate(experiment) or DEFAULT_REGULARIZATION_RATE
    l1, l2 = REGULARIZATIONS[kind]
    return _training(experiment, l1=rate if l1 else 0.0, l2=rate if l2 else 0.0)


def _regularization_rate(experiment: Experiment, rate: float) -> Experiment:
    l1, l2 = REGULARIZATIONS[regularization(experiment)]
    if rate and not (l1 or l2):
        raise ExperimentError("Choose L1 or L2 before its rate.")
    return _training(experiment, l1=float(rate) if l1 else 0.0, l2=float(rate) if l2 else 0.0)


# Name → whether L1, whether L2.
REGULARIZATIONS: Mapping[str, tuple[bool, bool]] = {
    "none": (False, False),
    "l1": (True, False),
    "l2": (False, True),
    "both": (True, True),
}


def regularization(experiment: Experiment) -> str:
    """Return which penalties are on: a name of ``REGULARIZATIONS``."""
    on = (experiment.training.l1 > 0.0, experiment.training.l2 > 0.0)
    return next(name for name, pair in REGULARIZATIONS.items() if pair == on)


def regularization_rate(experiment: Experiment) -> float:
    """Return the rate λ of the penalties that are on (the larger where they differ), or 0."""
    return max(experiment.training.l1, experiment.training.l2)


def _seed(experiment: Experiment, seed: int) -> Experiment:
    if seed == experiment.seed:
        return experiment
    # Another seed asks for other weights, which explicit ones would hide.
    return _replace(_drawn(experiment), seed=seed)


def _data_field(field: str) -> Callable[[Experiment, Any], Experiment]:
    return lambda experiment, value: _data(experiment, **{field: value})


def _training_field(field: str) -> Callable[[Experiment, Any], Experiment]:
    return lambda experiment, value: _training(experiment, **{field: value})


CHANGES: Mapping[str, Callable[[Experiment, Any], Experiment]] = {
    "data.task": _task,
    "data.generator": _generator,
    "data.samples": _samples,
    "data.noise": _data_field("noise"),
    "data.train_share": _data_field("train_share"),
    "data.seed": _data_field("seed"),
    "data.empty": lambda experiment, _: cleared(experiment),
    "network.activation": _all_activations,
    "network.initializer": _initializer,
    "network.feature": _feature,
    "network.units": _units,
    "network.layer_activation": _layer_activation,
    "network.add_layer": _add_layer,
    "network.remove_layer": _remove_layer,
    "training.loss": _loss,
    "training.optimizer": _optimizer,
    "training.setting": _setting,
    "training.learning_rate": _training_field("learning_rate"),
    "training.batch_size": _training_field("batch_size"),
    "training.regularization": _regularization,
    "training.regularization_rate": _regularization_rate,
    "seed": _seed,
}
