"""An experiment: what is trained, on what, and how. Frozen, valid by construction, readable as JSON."""

from typing import Annotated, Any

import msgspec
import numpy as np
from msgspec import Meta

from engine.activations import ACTIVATIONS
from engine.datasets.dataset import MAXIMUM_SAMPLES, Array, frozen
from engine.datasets.generators import GENERATORS
from engine.features import FEATURES
from engine.initializers import INITIALIZERS
from engine.losses import LOSSES
from engine.optimizers import OPTIMIZERS
from engine.tasks import TASKS, output_for
from engine.validation import ExperimentError, canonical, check_name, check_ranges

MAXIMUM_LAYERS = 8
MAXIMUM_UNITS = 32
# Beyond this, squares of coordinates leave the range of floating-point numbers.
MAXIMUM_COORDINATE = 1e100

Seed = Annotated[int, Meta(ge=0, le=2**53)]


class Configuration(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A part of an experiment: checked when it is made, whether in code or from a file."""

    def __post_init__(self) -> None:
        check_ranges(self)


class Generated(Configuration, frozen=True, tag_field="kind", tag="generator"):
    """Data drawn by a generator of ``engine.datasets.generators``."""

    name: str = "circle"
    samples: Annotated[int, Meta(ge=1, le=MAXIMUM_SAMPLES)] = 250

    def __post_init__(self) -> None:
        check_ranges(self)
        check_name(self, "name", GENERATORS)


class Points(Configuration, frozen=True, eq=False, tag_field="kind", tag="points"):
    """Explicit points: painted, typed or loaded.

    Attributes:
        inputs: x₁ and x₂ of each, shape (n, 2), read-only. n may be 0.
        targets: the class (0 or 1) or the wanted value of each, shape (n,), read-only.
    """

    inputs: np.ndarray[Any, np.dtype[np.float64]]
    targets: np.ndarray[Any, np.dtype[np.float64]]

    def __post_init__(self) -> None:
        inputs, targets = numbers("inputs", self.inputs), numbers("targets", self.targets)
        if inputs.size == 0:
            inputs = inputs.reshape(0, 2)
        if inputs.ndim != 2 or inputs.shape[1] != 2:
            raise ExperimentError("inputs must be a list of pairs [x1, x2].")
        if targets.ndim != 1 or len(targets) != len(inputs):
            raise ExperimentError(f"targets must be a list of {len(inputs)} numbers, one for each of the inputs.")
        if len(inputs) > MAXIMUM_SAMPLES:
            raise ExperimentError(f"inputs must hold at most {MAXIMUM_SAMPLES} points, not {len(inputs)}.")
        msgspec.structs.force_setattr(self, "inputs", inputs)
        msgspec.structs.force_setattr(self, "targets", targets)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Points):
            return NotImplemented
        same_inputs = self.inputs is other.inputs or np.array_equal(self.inputs, other.inputs)
        return same_inputs and (self.targets is other.targets or np.array_equal(self.targets, other.targets))

    def __hash__(self) -> int:
        return hash((len(self.targets), self.inputs.tobytes(), self.targets.tobytes()))


def numbers(field: str, values: object) -> Array:
    """Return ``values`` as a read-only array that nobody else can write to; ``field`` is named in complaints."""
    if isinstance(values, np.ndarray) and values.dtype == np.float64 and not values.flags.writeable:
        array = values
    else:
        try:
            array = frozen(np.array(values, dtype=np.float64, order="C"))
        except (TypeError, ValueError):
            raise ExperimentError(
                f"{field} must hold nothing but numbers, in rows of the same length.".lstrip()
            ) from None
    if not np.all(np.abs(array) <= MAXIMUM_COORDINATE):
        raise ExperimentError(f"{field} must hold finite numbers of at most {MAXIMUM_COORDINATE:g}.".lstrip())
    return array


class Data(Configuration, frozen=True):
    """What is learned.

    Attributes:
        task: a name of ``engine.tasks``.
        source: a generator, or explicit points.
        noise: how far points are moved at random: a standard deviation in plane units.
        train_share: the share of the samples that is trained on; the rest is for the test.
        seed: draws the samples, the noise and the split.
    """

    task: str = "two-classes"
    source: Generated | Points = Generated()
    noise: Annotated[float, Meta(ge=0.0, le=10.0)] = 0.0
    train_share: Annotated[float, Meta(gt=0.0, le=1.0)] = 0.7
    seed: Seed = 0

    def __post_init__(self) -> None:
        check_ranges(self)
        check_name(self, "task", TASKS)
        task = TASKS[self.task]
        if isinstance(self.source, Generated):
            fitting = GENERATORS[self.source.name].task
            if fitting != self.task:
                raise ExperimentError(
                    f"task must be “{fitting}” for the data set “{self.source.name}”, not “{self.task}”."
                )
        elif task.classes and not np.isin(self.source.targets, range(task.classes)).all():
            raise ExperimentError(
                f"targets must be whole numbers from 0 to {task.classes - 1} for the task “{task.name}”."
            )


class Layer(Configuration, frozen=True):
    """A hidden layer; without ``bias`` its units have none."""

    units: Annotated[int, Meta(ge=1, le=MAXIMUM_UNITS)] = 4
    activation: str = "tanh"
    bias: bool = True

    def __post_init__(self) -> None:
        check_ranges(self)
        check_name(self, "activation", ACTIVATIONS)


class Output(Configuration, frozen=True):
    """The output layer; its number of units follows from the task."""

    activation: str = "sigmoid"
    bias: bool = True

    def __post_init__(self) -> None:
        check_name(self, "activation", ACTIVATIONS)


class LayerParameters(Configuration, frozen=True):
    """The parameters of one layer: ``weights`` (out × in) and ``biases`` (out; empty for a layer without)."""

    weights: tuple[tuple[float, ...], ...]
    biases: tuple[float, ...]


class Network(Configuration, frozen=True):
    """The network.

    Attributes:
        features: names of ``engine.features``: the inputs, at least one.
        hidden: up to 8 hidden layers, possibly none.
        output: the output layer.
        initializer: a name of ``engine.initializers``; draws the weights, unless
        parameters: says them, layer by layer.
    """

    features: tuple[str, ...] = ("x1", "x2")
    hidden: tuple[Layer, ...] = (Layer(units=4), Layer(units=2))
    output: Output = Output()
    initializer: str = "xavier"
    parameters: tuple[LayerParameters, ...] | None = None

    def __post_init__(self) -> None:
        check_name(self, "initializer", INITIALIZERS)
        features = tuple(canonical("features", name, FEATURES) for name in self.features)
        if not features:
            raise ExperimentError("features must name at least one input.")
        if len(set(features)) != len(features):
            raise ExperimentError("features must not name an input twice.")
        msgspec.structs.force_setattr(self, "features", features)
        if len(self.hidden) > MAXIMUM_LAYERS:
            raise ExperimentError(f"hidden must have at most {MAXIMUM_LAYERS} layers, not {len(self.hidden)}.")
        if self.parameters is not None:
            self._check_parameters(self.parameters)

    def _check_parameters(self, parameters: tuple[LayerParameters, ...]) -> None:
        sizes = (len(self.features), *(layer.units for layer in self.hidden), 1)
        if len(parameters) != len(sizes) - 1:
            raise ExperimentError(f"parameters must hold {len(sizes) - 1} layers, not {len(parameters)}.")
        biases = (*(layer.bias for layer in self.hidden), self.output.bias)
        for number, (layer, inputs, outputs, bias) in enumerate(
            zip(parameters, sizes, sizes[1:], biases, strict=False), start=1
        ):
            if len(layer.weights) != outputs or any(len(row) != inputs for row in layer.weights):
                raise ExperimentError(f"parameters: the weights of layer {number} must be {outputs} rows of {inputs}.")
            if len(layer.biases) != (outputs if bias else 0):
                raise ExperimentError(
                    f"parameters: layer {number} must have {outputs if bias else 0} biases, not {len(layer.biases)}."
                )
            numbers(f"parameters of layer {number}", [*(w for row in layer.weights for w in row), *layer.biases])


class OptimizerChoice(Configuration, frozen=True):
    """An optimizer and those of its settings that differ from their default."""

    name: str = "sgd"
    settings: dict[str, float] = {}

    def __post_init__(self) -> None:
        check_name(self, "name", OPTIMIZERS)
        known = {setting.name: setting for setting in OPTIMIZERS[self.name].settings}
        for name, value in self.settings.items():
            if name not in known:
                raise ExperimentError(f"settings: {self.name} has no “{name}”; it has {', '.join(known) or 'none'}.")
            problem = known[name].problem(value)
            if problem:
                raise ExperimentError(f"{name} {problem}.")

    def __hash__(self) -> int:
        return hash((self.name, tuple(sorted(self.settings.items()))))


class Training(Configuration, frozen=True):
    """How the network is trained.

    Attributes:
        loss: a name of ``engine.losses``.
        optimizer: the optimizer and its settings.
        learning_rate: η.
        batch_size: samples a step; more than there are means all of them.
        l1, l2: rates λ of the penalties on the weights.
    """

    loss: str = "binary-cross-entropy"
    optimizer: OptimizerChoice = OptimizerChoice()
    learning_rate: Annotated[float, Meta(ge=0.0, le=1e6)] = 0.03
    batch_size: Annotated[int, Meta(ge=1, le=MAXIMUM_SAMPLES)] = 10
    l1: Annotated[float, Meta(ge=0.0, le=100.0)] = 0.0
    l2: Annotated[float, Meta(ge=0.0, le=100.0)] = 0.0

    def __post_init__(self) -> None:
        check_ranges(self)
        check_name(self, "loss", LOSSES)


class Experiment(Configuration, frozen=True):
    """One experiment. The same experiment gives the same run, bit for bit, on one machine.

    Attributes:
        data: what is learned.
        network: what learns.
        training: how it learns.
        seed: draws the initial weights and the order of the samples.
        version: of this format.
    """

    data: Data = Data()
    network: Network = Network()
    training: Training = Training()
    seed: Seed = 0
    version: Annotated[int, Meta(ge=1, le=1)] = 1

    def __post_init__(self) -> None:
        check_ranges(self)
        task, loss = TASKS[self.data.task], LOSSES[self.training.loss]
        if loss.name not in task.losses:
            raise ExperimentError(
                f"loss must be {' or '.join(task.losses)} for the task “{task.name}”, not {loss.name}."
            )
        output = self.network.output.activation
        if output not in loss.outputs:
            raise ExperimentError(
                f"output: {loss.label} needs the output activation {output_for(task.name, loss.name)}, not {output}."
            )
