"""The network in readable NumPy: the specification. The kernels are tested against it.

Shapes: ``inputs`` (features, n), one column a sample; z, a and delta of a layer (units, n); ``wanted`` (outputs, n),
or (1, n) where a loss wants one number a sample. Losses on pairs and triplets take a tuple of two or three ``inputs``.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from engine.activations import ACTIVATIONS
from engine.datasets.dataset import Array
from engine.losses import LOSSES, Loss
from engine.optimizers import OPTIMIZERS, STATE_VECTORS
from engine.parameters import Layout
from engine.regularizers import REGULARIZERS

Inputs = Array | tuple[Array, ...]
Setting = float | None
# What dropout multiplies each hidden layer's activations with, or None for a layer without.
Factors = Sequence[Array | None]


class Forward(NamedTuple):
    """Pre-activations z and activations a of every layer, ``a[0]`` are the inputs; ``dropped`` is a after dropout."""

    z: list[Array]
    a: list[Array]
    dropped: list[Array]


def forward(layout: Layout, parameters: Array, inputs: Array, factors: Factors = ()) -> Forward:
    """z = W a + b, a = f(z), layer by layer."""
    z: list[Array] = []
    a: list[Array] = [inputs]
    dropped: list[Array] = [inputs]
    for number, layer in enumerate(layout.layers):
        z.append(layout.weights(parameters, number) @ dropped[-1])
        if layer.bias_start >= 0:
            z[-1] = z[-1] + layout.biases(parameters, number)[:, None]
        with np.errstate(over="ignore"):  # a sigmoid far out is 1/(1 + ∞) = 0, which is right
            a.append(ACTIVATIONS[layer.activation].apply(z[-1], layer.alpha))
        factor = factors[number] if number < len(factors) else None
        dropped.append(a[-1] if factor is None else a[-1] * factor)
    return Forward(z, a, dropped)


def _setting(loss: Loss, setting: Setting) -> tuple[float, ...]:
    if not loss.settings:
        return ()
    return (loss.settings[0].default if setting is None else setting,)


def _one(loss: Loss, wanted: Array) -> Array:
    """Return ``wanted`` as the loss takes it: by output, or one number a sample."""
    return wanted if loss.target == "value" else wanted[0]


def sample_losses(
    loss: str, output: str, wanted: Array, z: Array, a: Array | tuple[Array, ...], setting: Setting = None
) -> Array:
    """Return the loss of every sample, shape (n,); an elementwise loss is averaged over the outputs.

    ``a`` are the outputs, a tuple of them for pairs and triplets.
    """
    entry = LOSSES[loss]
    extra, y = _setting(entry, setting), _one(entry, wanted)
    if isinstance(a, tuple):
        return np.asarray(entry.value(y, *a, *extra))
    if entry.partner == output and entry.logit_value is not None:
        values = entry.logit_value(y, z, *extra)
    else:
        values = entry.value(y, a, *extra)
    return np.asarray(values if entry.joint else values.mean(axis=0))


def output_deltas(
    loss: str, output: str, wanted: Array, z: Sequence[Array], a: Sequence[Array], setting: Setting = None,
    alpha: float = 0.0,
) -> list[Array]:  # fmt: skip
    """Return δ = ∂L/∂z of the output layer for every sample's own loss, (outputs, n) for each member of a group."""
    entry = LOSSES[loss]
    if entry.partner == output and entry.logit_delta is not None:
        delta = entry.logit_delta(_one(entry, wanted), a[0], *_setting(entry, setting))
        return [np.asarray(delta if entry.joint else delta / a[0].shape[0])]
    slopes = output_slopes(loss, wanted, a, setting)
    activation = ACTIVATIONS[output]
    return [np.asarray(activation.times_slope(*parts, alpha)) for parts in zip(z, a, slopes, strict=True)]


def output_slopes(loss: str, wanted: Array, a: Sequence[Array], setting: Setting = None) -> list[Array]:
    """Return ∂L/∂ŷ of every sample's own loss, (outputs, n) for each member of a group."""
    entry = LOSSES[loss]
    slopes = entry.slope(_one(entry, wanted), *a, *_setting(entry, setting))
    if entry.members > 1:
        return [np.asarray(each) for each in slopes]
    return [np.asarray(slopes if entry.joint else slopes / a[0].shape[0])]


def gradient(
    layout: Layout,
    parameters: Array,
    inputs: Inputs,
    wanted: Array,
    loss: str,
    setting: Setting = None,
    factors: Sequence[Factors] = (),
) -> Array:
    """Return the gradient of the mean loss over all samples given, without any penalty: a flat vector.

    ``factors``: what dropout multiplies with, for each member of a group (one where there are no groups).
    """
    members = inputs if isinstance(inputs, tuple) else (inputs,)
    passes = [
        forward(layout, parameters, each, factors[number] if factors else ()) for number, each in enumerate(members)
    ]
    last = layout.layers[-1]
    deltas = output_deltas(
        loss, last.activation, wanted, [p.z[-1] for p in passes], [p.a[-1] for p in passes], setting, last.alpha
    )
    flat = np.zeros(layout.parameter_count)
    for number, (each, delta) in enumerate(zip(passes, deltas, strict=True)):
        _backward(layout, parameters, each, delta, factors[number] if factors else (), flat)
    return np.asarray(flat / members[0].shape[1])


def _backward(layout: Layout, parameters: Array, passed: Forward, delta: Array, factors: Factors, flat: Array) -> None:
    """Add to ``flat`` the gradients of all samples, from the output's ``delta`` backward."""
    for number in range(len(layout.layers) - 1, -1, -1):
        layout.weights(flat, number)[:] += delta @ passed.dropped[number].T
        if layout.layers[number].bias_start >= 0:
            layout.biases(flat, number)[:] += delta.sum(axis=1)
        if number > 0:
            below = layout.layers[number - 1]
            upstream = layout.weights(parameters, number).T @ delta
            factor = factors[number - 1] if number - 1 < len(factors) else None
            if factor is not None:
                upstream = upstream * factor
            entry = ACTIVATIONS[below.activation]
            delta = entry.times_slope(passed.z[number - 1], passed.a[number], upstream, below.alpha)


def mean_loss(
    layout: Layout, parameters: Array, inputs: Inputs, wanted: Array, loss: str, setting: Setting = None
) -> float:
    """Return the mean loss over all samples given, without any penalty."""
    output = layout.layers[-1].activation
    if isinstance(inputs, tuple):
        outputs = tuple(forward(layout, parameters, each).a[-1] for each in inputs)
        return float(sample_losses(loss, output, wanted, outputs[0], outputs, setting).mean())
    passed = forward(layout, parameters, inputs)
    return float(sample_losses(loss, output, wanted, passed.z[-1], passed.a[-1], setting).mean())


def penalty(layout: Layout, parameters: Array, rates: dict[str, float]) -> float:
    """Return Σ λ · penalty over all weights, for the rates λ of the regularizers named."""
    weights = parameters[layout.is_weight() == 1.0]
    # Weights may have grown until their squares are infinite: with a rate of zero, nothing is added all the same.
    with np.errstate(over="ignore"):
        return float(sum(rate * np.sum(REGULARIZERS[name].value(weights)) for name, rate in rates.items() if rate))


def penalty_gradient(layout: Layout, parameters: Array, rates: dict[str, float]) -> Array:
    """Return the gradient of the penalty: a flat vector, zero at every bias."""
    slopes = [rate * REGULARIZERS[name].slope(parameters) for name, rate in rates.items()]
    return np.asarray(layout.is_weight() * np.sum(slopes, axis=0)) if slopes else np.zeros_like(parameters)


def clipped(gradient: Array, clip_value: float, clip_norm: float) -> Array:
    """Return ``gradient`` with each number clipped to ± ``clip_value``, then its length to ``clip_norm`` (0: not)."""
    if clip_value > 0.0:
        gradient = np.clip(gradient, -clip_value, clip_value)
    length = float(np.sqrt(np.sum(gradient * gradient)))
    return gradient * (clip_norm / length) if clip_norm > 0.0 and length > clip_norm else gradient


def limited(layout: Layout, parameters: Array, max_norm: float) -> Array:
    """Return ``parameters`` with every unit's incoming weights shortened to a length of at most ``max_norm``."""
    flat = parameters.copy()
    for number in range(len(layout.layers)):
        weights = layout.weights(flat, number)
        length = np.sqrt(np.sum(weights * weights, axis=1, keepdims=True))
        weights *= np.where(length > max_norm, max_norm / np.maximum(length, 1e-300), 1.0)
    return flat


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
