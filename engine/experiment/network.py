"""What learns."""

from typing import Annotated

import msgspec
from msgspec import Meta

from engine.activations import ACTIVATIONS
from engine.experiment.base import (
    MAXIMUM_LAYERS,
    MAXIMUM_OUTPUTS,
    MAXIMUM_UNITS,
    Configuration,
    check_settings,
    numbers,
)
from engine.features import FEATURES
from engine.initializers import INITIALIZERS
from engine.validation import ExperimentError, canonical, check_name, check_ranges


class Layer(Configuration, frozen=True):
    """A hidden layer.

    Attributes:
        units: how many.
        activation: a name of ``engine.activations``.
        bias: whether its units have one.
        alpha: the activation's α, or None for its default.
        dropout: the share of its units that each training step leaves out.
    """

    units: Annotated[int, Meta(ge=1, le=MAXIMUM_UNITS)] = 4
    activation: str = "tanh"
    bias: bool = True
    alpha: float | None = None
    dropout: Annotated[float, Meta(ge=0.0, le=0.95)] = 0.0

    def __post_init__(self) -> None:
        check_ranges(self)
        check_name(self, "activation", ACTIVATIONS)
        _check_alpha(self.activation, self.alpha)
        if not ACTIVATIONS[self.activation].hidden:
            raise ExperimentError(f"activation: {self.activation} is for the output layer only.")


class Output(Configuration, frozen=True):
    """The output layer; ``units`` is what the task wants: one, or one a class (an embedding has 1 to 3)."""

    activation: str = "sigmoid"
    bias: bool = True
    units: Annotated[int, Meta(ge=1, le=MAXIMUM_OUTPUTS)] = 1
    alpha: float | None = None

    def __post_init__(self) -> None:
        check_ranges(self)
        check_name(self, "activation", ACTIVATIONS)
        _check_alpha(self.activation, self.alpha)


def _check_alpha(activation: str, alpha: float | None) -> None:
    if alpha is not None:
        check_settings("alpha", activation, ACTIVATIONS[activation].settings, {"alpha": alpha})


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
        initializer_settings: those of the initializer's settings that differ from their default.
    """

    features: tuple[str, ...] = ("x1", "x2")
    hidden: tuple[Layer, ...] = (Layer(units=4), Layer(units=2))
    output: Output = Output()
    initializer: str = "xavier"
    parameters: tuple[LayerParameters, ...] | None = None
    initializer_settings: dict[str, float] = msgspec.field(default_factory=dict)

    def __post_init__(self) -> None:
        check_name(self, "initializer", INITIALIZERS)
        entry = INITIALIZERS[self.initializer]
        check_settings("initializer_settings", entry.name, entry.settings, self.initializer_settings)
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
        sizes = (len(self.features), *(layer.units for layer in self.hidden), self.output.units)
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
