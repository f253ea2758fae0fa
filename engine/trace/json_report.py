"""A trace as one JSON object, so that other programs can check or draw it."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.datasets.dataset import Array
from engine.optimizers import OPTIMIZERS
from engine.trace.records import LayerPass, Trace


def as_json(trace: Trace) -> dict[str, Any]:
    """Return ``trace`` as an object that JSON can hold: numbers that are not finite are None.

    Keys:
        epoch, step: completed before this iteration.
        features: the inputs of the network.
        members: how many samples the loss looks at at a time: 1, or 2 and 3 for losses on pairs and triplets. Then each
            array by sample (“samples”, “points”, and of the layers “inputs” to “delta”) is a list of one a member.
        batch: “first”: how many samples of the epoch came before it; “size”; “samples”: their numbers in the data
            set, from 0; “points”: x₁ and x₂ as the network sees them, (n, 2); “wanted”: (rows, n). Of a batch of more
            than 1000 samples the first 1000 are listed; the mean gradient is that of all.
        layers: in order, the output layer last; each has
            “layer” (from 1), “activation”, “alpha”, “has_bias”;
            “weights” (out × in) and “biases” (out; empty for a layer without), before the step;
            by sample: “inputs” (in, n), “z”, “a”, “dropout” (what dropout multiplies a with, or null), “outputs”
            (what is sent on), “slope” f′(z), “dL_da” and “delta” = ∂L/∂z (out, n), of each sample's own loss;
            as {“weights”, “biases”}: “sample_gradients” (one a sample), “gradient” (of the mean loss),
            “penalty_gradient”, “clipped_gradient” (what the optimizer gets), “state_before” and “state_after” (by the
            names of the optimizer's vectors), and “update” (what is added);
            “new_weights” and “new_biases”.
        losses: of each sample, (n,); “loss”: their mean over the batch; “penalty”: the regularizers'.
        optimizer: “name”, “settings”, “learning_rate” (after its schedule), “number” (of this step, from 1),
            “clip_value”, “clip_norm”, “max_norm” (0: off), and “gradient_norm” (before it is clipped).
        is_finite: whether all of the step is; if not, training stops before it.
    """
    training, update = trace.experiment.training, trace.update
    entry = OPTIMIZERS[training.optimizer.name]
    return {
        "epoch": trace.epoch,
        "step": trace.step,
        "features": list(trace.layout.features),
        "members": trace.members,
        "batch": {
            "first": trace.first,
            "size": trace.size,
            "samples": _by_member([row.tolist() for row in trace.samples]),
            "points": _by_member([numbers(points.T) for points in trace.points]),
            "wanted": numbers(trace.wanted),
        },
        "layers": [_layer(trace, number) for number in range(len(trace.layout.layers))],
        "losses": numbers(trace.losses),
        "loss": numbers(trace.loss),
        "penalty": numbers(trace.penalty),
        "optimizer": {
            "name": entry.name,
            "settings": {setting.name: value for setting, value in zip(entry.settings, update.settings, strict=True)},
            "learning_rate": update.rate,
            "number": update.number,
            "clip_value": training.clip_value,
            "clip_norm": training.clip_norm,
            "max_norm": training.max_norm,
            "gradient_norm": numbers(update.length),
        },
        "is_finite": trace.is_finite,
    }


def numbers(values: Array | float) -> Any:
    """Return ``values`` as nested lists of numbers (or one number), None where one is not finite."""
    array: NDArray[Any] = np.asarray(values, dtype=np.float64)
    finite = np.isfinite(array)
    if not finite.all():
        array = array.astype(object)
        array[~finite] = None
    return array.tolist()


def _by_member(values: Sequence[Any]) -> Any:
    return values[0] if len(values) == 1 else list(values)


def _layer(trace: Trace, number: int) -> dict[str, Any]:
    shape, update = trace.layout.layers[number], trace.update
    passes = [layers[number] for layers in trace.passes]

    def by_sample(name: str) -> Any:
        return _by_member([_array(each, name) for each in passes])

    def parameters(flat: Array) -> dict[str, Any]:
        return {
            "weights": numbers(trace.layout.weights(flat, number)),
            "biases": numbers(trace.layout.biases(flat, number)),
        }

    def state(vectors: Array) -> dict[str, Any]:
        names = OPTIMIZERS[trace.experiment.training.optimizer.name].state
        return {name: parameters(vector) for name, vector in zip(names, vectors, strict=False)}

    before, after = parameters(update.before), parameters(update.after)
    return {
        "layer": number + 1,
        "activation": shape.activation,
        "alpha": shape.alpha,
        "has_bias": shape.bias_start >= 0,
        **before,
        "inputs": by_sample("inputs"),
        "z": by_sample("z"),
        "a": by_sample("a"),
        "dropout": by_sample("factors"),
        "outputs": by_sample("outputs"),
        "slope": by_sample("slopes"),
        "dL_da": by_sample("upstream"),
        "delta": by_sample("deltas"),
        "sample_gradients": [parameters(trace.sample_gradient(sample)) for sample in range(trace.kept)],
        "gradient": parameters(update.gradient),
        "penalty_gradient": parameters(update.penalty),
        "clipped_gradient": parameters(update.applied),
        "state_before": state(update.state_before),
        "state_after": state(update.state_after),
        "update": parameters(update.change),
        "new_weights": after["weights"],
        "new_biases": after["biases"],
    }


def _array(layer: LayerPass, name: str) -> Any:
    values: Array | None = getattr(layer, name)
    return None if values is None else numbers(values)
