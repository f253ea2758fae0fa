"""What is worth knowing about the numbers at a place: dead and saturated units, products that vanish or explode."""

import numpy as np

from app.stepping.formula.numbers import text
from app.stepping.sight import Sight
from engine.activations import ACTIVATIONS

SATURATED = 0.01
EXPLODING, VANISHING = 100.0, 1e-6


def activation_remarks(sight: Sight, layer: int, unit: int) -> tuple[str, ...]:
    """Return what is to be said about where a unit sits on its activation."""
    entry = ACTIVATIONS[sight.layout.layers[layer].activation]
    remarks = []
    for member in sight.members:
        at = sight.passed(layer, member)
        slopes = at.slopes[unit] if sight.is_mean else at.slopes[unit, sight.sample : sight.sample + 1]
        remark = _dead(entry.label, slopes, is_mean=sight.is_mean)
        if remark is None and np.all(np.abs(slopes) < SATURATED):
            where = "on every sample of the batch" if sight.is_mean else "here"
            size = text(float(np.max(np.abs(slopes))), 2)
            remark = f"Saturated: {entry.label} is nearly flat {where} (|slope| ≤ {size}), so little can be learned."
        if remark is not None and remark not in remarks:
            remarks.append(remark)
    return tuple(remarks)


def _dead(label: str, slopes: np.ndarray[tuple[int], np.dtype[np.float64]], *, is_mean: bool) -> str | None:
    silent = int(np.sum(slopes == 0.0))
    if silent == 0:
        return None
    if not is_mean:
        return f"The slope of {label} is 0 here: this unit learns nothing from this sample."
    if silent == slopes.size:
        return f"Dead on the whole batch: the slope of {label} is 0 on each of its {slopes.size} samples."
    return f"The slope of {label} is 0 on {silent} of {slopes.size} samples; from those this unit learns nothing."


def dropout_remarks(sight: Sight, layer: int, unit: int) -> tuple[str, ...]:
    """Return what dropout does to a unit."""
    factors = sight.passed(layer).factors
    if factors is None:
        return ()
    share = sight.layout.layers[layer].dropout
    if sight.is_mean:
        silent = int(np.sum(factors[unit] == 0.0))
        return (f"Dropout silences this unit on {silent} of {factors.shape[1]} samples.",)
    if factors[unit, sight.sample] == 0.0:
        return ("Dropout silences this unit for this sample: what it sends on is 0, and it learns nothing.",)
    kept = text(1.0 / (1.0 - share), sight.digits)
    return (f"Dropout keeps this unit, and multiplies by 1/(1 − {share:g}) = {kept} to make up for the silenced ones.",)


def zero_remarks(sight: Sight, output: int) -> tuple[str, ...]:
    """Return why the slope of the loss by an output is zero, where it is."""
    trace = sight.trace
    if sight.is_mean or any(float(layers[-1].upstream[output, sight.sample]) for layers in trace.passes):
        return ()
    loss = trace.experiment.training.loss
    if trace.from_logits:
        return ()
    if loss == "mae":
        return ("The loss has its kink here: its slope is taken to be 0.",)
    if "hinge" in loss or trace.members > 1:
        return ("The gradient is 0: the margin is satisfied already, so there is nothing to learn.",)
    return ("The gradient is 0: the output is right already.",)


def product_remarks(value: float) -> tuple[str, ...]:
    """Return what is to be said about a δ."""
    size = abs(value)
    if not np.isfinite(size):
        return ("This is not a finite number any more: the run has exploded.",)
    if size > EXPLODING:
        return (f"Exploding: a δ of this size ({text(value, 3)}) makes steps that are far too long.",)
    if 0.0 < size < VANISHING:
        return (f"Vanishing: a δ this small ({text(value, 3)}) leaves next to nothing to learn from.",)
    return ()


def kept_remark(sight: Sight) -> tuple[str, ...]:
    """Return what is left out of a very large batch."""
    trace = sight.trace
    if not sight.is_mean or trace.kept == trace.size:
        return ()
    return (f"Of the {trace.size} samples of this batch the first {trace.kept} are taken apart.",)
