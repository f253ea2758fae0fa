"""The parameters of a network: one flat vector, and where each layer's weights and biases lie in it."""

from typing import NamedTuple

import msgspec
import numpy as np

from engine.activations import ACTIVATIONS
from engine.datasets.dataset import Array
from engine.experiment import Experiment, Layer, LayerParameters, Network, Output
from engine.initializers import INITIALIZERS
from engine.settings import complete


class LayerShape(NamedTuple):
    """One layer's place: ``inputs`` values in, ``outputs`` units; ``bias_start`` is −1 for a layer without biases.

    ``alpha`` is the activation's shape (0 where it has none), ``dropout`` the share of units left out in training.
    """

    inputs: int
    outputs: int
    weights_start: int
    bias_start: int
    activation: str
    alpha: float = 0.0
    dropout: float = 0.0

    @property
    def weights(self) -> slice:
        """Where the weights lie (out × in, row by row)."""
        return slice(self.weights_start, self.weights_start + self.inputs * self.outputs)

    @property
    def biases(self) -> slice:
        """Where the biases lie; empty for a layer without."""
        return slice(self.bias_start, self.bias_start + self.outputs) if self.bias_start >= 0 else slice(0, 0)


class Layout(msgspec.Struct, frozen=True):
    """The shape of a whole network.

    Units are numbered through: first the input features, then each layer's units, the output last.
    """

    features: tuple[str, ...]
    layers: tuple[LayerShape, ...]

    @property
    def parameter_count(self) -> int:
        """The length of the flat vector."""
        last = self.layers[-1]
        return int(max(last.weights.stop, last.biases.stop))

    @property
    def unit_count(self) -> int:
        """All units, input features included."""
        return len(self.features) + sum(layer.outputs for layer in self.layers)

    def has_places_of(self, other: "Layout") -> bool:
        """Return whether every parameter of ``other`` means the same here: same features, sizes and biases."""

        def places(layout: "Layout") -> list[tuple[int, int, int]]:
            return [(layer.inputs, layer.outputs, layer.bias_start) for layer in layout.layers]

        return self.features == other.features and places(self) == places(other)

    def first_unit(self, layer: int) -> int:
        """Return the number of the first unit of ``layer`` (0 is the first hidden layer, −1 the features)."""
        below = (len(self.features), *(shape.outputs for shape in self.layers))
        return sum(below[: layer + 1])

    def weights(self, flat: Array, layer: int) -> Array:
        """Return the weights of ``layer`` as a view of ``flat``, shape (out, in)."""
        shape = self.layers[layer]
        return flat[shape.weights].reshape(shape.outputs, shape.inputs)

    def biases(self, flat: Array, layer: int) -> Array:
        """Return the biases of ``layer`` as a view of ``flat``, shape (out,); empty if it has none."""
        return flat[self.layers[layer].biases]

    def is_weight(self) -> Array:
        """Return 1.0 for each parameter that is a weight and 0.0 for each bias."""
        mask = np.zeros(self.parameter_count)
        for shape in self.layers:
            mask[shape.weights] = 1.0
        return mask


def layout(network: Network) -> Layout:
    """Return where the parameters of ``network`` lie: per layer the weights (out × in, row by row), then the biases."""
    shapes = []
    inputs, start = len(network.features), 0
    layers: tuple[Layer | Output, ...] = (*network.hidden, network.output)
    for layer in layers:
        bias_start = start + inputs * layer.units
        chosen = {} if layer.alpha is None else {"alpha": layer.alpha}
        shapes.append(
            LayerShape(
                inputs,
                layer.units,
                start,
                bias_start if layer.bias else -1,
                layer.activation,
                ACTIVATIONS[layer.activation].alpha(chosen),
                layer.dropout if isinstance(layer, Layer) else 0.0,
            )
        )
        start = bias_start + (layer.units if layer.bias else 0)
        inputs = layer.units
    return Layout(network.features, tuple(shapes))


def initial(experiment: Experiment) -> Array:
    """Return the parameters that training starts from: the explicit ones, or drawn by the initializer and the seed."""
    shape = layout(experiment.network)
    flat = np.zeros(shape.parameter_count)
    if experiment.network.parameters is not None:
        return pack(shape, experiment.network.parameters)
    entry = INITIALIZERS[experiment.network.initializer]
    settings = complete(entry.settings, experiment.network.initializer_settings)
    for number, layer in enumerate(shape.layers):
        # One stream a layer: changing one layer's size leaves the others' draws alone.
        random = np.random.default_rng((experiment.seed, number))
        flat[layer.weights] = entry.draw(random, layer.outputs, layer.inputs, *settings).ravel()
    return flat


def carried_over(old: Layout, old_flat: Array, new: Layout, new_flat: Array) -> Array:
    """Return ``new_flat`` with every weight and bias of ``old_flat`` whose place still exists.

    A hidden layer keeps its place by its number, the output layer by being last, an input by its feature's name.
    """
    flat = new_flat.copy()
    pairs = [(number, number) for number in range(min(len(old.layers), len(new.layers)) - 1)]
    if len(old.layers) == len(new.layers):
        pairs.append((len(old.layers) - 1, len(new.layers) - 1))
    for before, after in pairs:
        outputs = min(old.layers[before].outputs, new.layers[after].outputs)
        if after == 0:
            columns = [(old.features.index(name), i) for i, name in enumerate(new.features) if name in old.features]
        else:
            columns = [(i, i) for i in range(min(old.layers[before].inputs, new.layers[after].inputs))]
        for source, target in columns:
            new.weights(flat, after)[:outputs, target] = old.weights(old_flat, before)[:outputs, source]
        if old.layers[before].bias_start >= 0 and new.layers[after].bias_start >= 0:
            new.biases(flat, after)[:outputs] = old.biases(old_flat, before)[:outputs]
    return flat


def pack(shape: Layout, layers: tuple[LayerParameters, ...]) -> Array:
    """Return the parameters of all layers as one flat vector."""
    flat = np.zeros(shape.parameter_count)
    for number, layer in enumerate(layers):
        shape.weights(flat, number)[:] = layer.weights
        shape.biases(flat, number)[:] = layer.biases
    return flat


def unpack(shape: Layout, flat: Array) -> tuple[LayerParameters, ...]:
    """Return the flat vector ``flat`` as weights and biases, layer by layer."""
    return tuple(
        LayerParameters(
            weights=tuple(tuple(row) for row in shape.weights(flat, number).tolist()),
            biases=tuple(shape.biases(flat, number).tolist()),
        )
        for number in range(len(shape.layers))
    )
