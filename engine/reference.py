"""The network in readable NumPy: the specification. The kernels are tested against it.

Shapes: ``inputs`` (features, n), one column a sample; z, a and delta of a layer (units, n); ``wanted`` (outputs, n).
"""

from typing import NamedTuple

import numpy as np

from engine.activations import ACTIVATIONS
from engine.datasets.dataset import Array
from engine.losses import LOSSES
from engine.optimizers import OPTIMIZERS, STATE_VECTORS
from engine.parameters import Layout
from engine.regularizers import REGULARIZERS


class Forward(NamedTuple):
    """Pre-activations z and activations a of every layer; ``a[0]`` are the inputs."""

    z: list[Array]
    a: list[Array]


def forward(layout: Layout, parameters: Array, inputs: Array) -> Forward:
    """z = W a + b, a = f(z), layer by layer."""
    z: list[Array] = []
    a: list[Array] = [inputs]
    for number, layer in enumerate(layout.layers):
        z.append(layout.weights(parameters, number) @ a[-1])
        if layer.bias_start >= 0:
            z[-1] = z[-1] + layout.biases(parameters, number)[:, None]
        with np.errstate(over="ignore"):  # a sigmoid far out is 1/(1 + ∞) = 0, which is right
            a.append(ACTIVATIONS[layer.activation].value(z[-1]))
    return Forward(z, a)


def sample_losses(loss: str, output: str, wanted: Array, z: Array, a: Array) -> Array:
    """Return the loss of every sample, shape (n,): the mean over its outputs."""
    entry = LOSSES[loss]
    if entry.partner == output and entry.logit_value is not None:
        return np.asarray(entry.logit_value(wanted, z).mean(axis=0))
    return np.asarray(entry.value(wanted, a).mean(axis=0))


def output_delta(loss: str, output: str, wanted: Array, z: Array, a: Array) -> Array:
    """Return δ = ∂L/∂z of the output layer for every sample's own loss, shape (outputs, n)."""
    entry = LOSSES[loss]
    outputs = wanted.shape[0]
    if entry.partner == output and entry.logit_delta is not None:
        return np.asarray(entry.logit_delta(wanted, a) / outputs)
    return np.asarray(entry.slope(wanted, a) * ACTIVATIONS[output].slope(z, a) / outputs)


def gradient(layout: Layout, parameters: Array, inputs: Array, wanted: Array, loss: str) -> Array:
    """Return the gradient of the mean loss over all samples given, without any penalty: a flat vector."""
    z, a = forward(layout, parameters, inputs)
    count = inputs.shape[1]
    flat = np.zeros(layout.parameter_count)
    delta = output_delta(loss, layout.layers[-1].activation, wanted, z[-1], a[-1])
    for number in range(len(layout.layers) - 1, -1, -1):
        layout.weights(flat, number)[:] = delta @ a[number].T / count
        if layout.layers[number].bias_start >= 0:
            layout.biases(flat, number)[:] = delta.sum(axis=1) / count
        if number > 0:
            slope = ACTIVATIONS[layout.layers[number - 1].activation].slope(z[number - 1], a[number])
            delta = (layout.weights(parameters, number).T @ delta) * slope
    return flat


def mean_loss(layout: Layout, parameters: Array, inputs: Array, wanted: Array, loss: str) -> float:
    """Return the mean loss over all samples given, without any penalty."""
    z, a = forward(layout, parameters, inputs)
    return float(sample_losses(loss, layout.layers[-1].activation, wanted, z[-1], a[-1]).mean())


def penalty(layout: Layout, parameters: Array, rates: dict[str, float]) -> float:
    """Return Σ λ · penalty over all weights, for the rates λ of the regularizers named."""
    weights = parameters[layout.is_weight() == 1.0]
    return float(sum(rate * np.sum(REGULARIZERS[name].value(weights)) for name, rate in rates.items()))


def penalty_gradient(layout: Layout, parameters: Array, rates: dict[str, float]) -> Array:
    """Return the gradient of the penalty: a flat vector, zero at every bias."""
    slopes = [rate * REGULARIZERS[name].slope(parameters) for name, rate in rates.items()]
    return np.asarray(layout.is_weight() * np.sum(slopes, axis=0)) if slopes else np.zeros_like(parameters)


def new_state(layout: Layout) -> Array:
    """Return the state of an optimizer before its first step, shape (state vectors, parameters)."""
    return np.zeros((STATE_VECTORS, layout.parameter_count))


def update(
    optimizer: str,
    parameters: Array,
    gradient: Array,
    state: Array,
    rate: float,
    step: int,
    settings: tuple[float, ...],
) -> tuple[Array, Array]:
    """Return the parameters and the optimizer's state after step number ``step`` (from 1)."""
    vectors = (state[0], state[1], state[2])
    new, new_vectors = OPTIMIZERS[optimizer].update(parameters, gradient, vectors, rate, float(step), settings)
    return new, np.array(new_vectors)
