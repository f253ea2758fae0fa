"""Loss functions: how wrong a prediction is.

Each is a mean over samples (and over outputs where there are several). Value and slope are written once, as plain
NumPy expressions of target y and prediction p, and serve as reference and as kernel. A loss that has a *partner*
activation is computed from that activation's pre-activation z, which stays exact where p rounds to 0 or 1.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from engine.activations import Value
from engine.family import Family


@dataclass(frozen=True)
class Loss:
    """One loss.

    Attributes:
        name: the name in files.
        label: the name people read.
        formula: the value of one sample in LaTeX, with target y and prediction ŷ.
        slope_formula: its slope by the prediction in LaTeX.
        value: L(y, p) of one sample.
        slope: ∂L/∂p.
        outputs: names of the output activations it can be trained with; the first is offered.
        class_targets: what it calls the two classes, or None where the output activation decides.
        partner: the activation with which it is computed from z, or None.
        logit_value: L(y, z) of one sample through the partner.
        logit_delta: δ = ∂L/∂z through the partner, from y and p.
        remark: one sentence that teaches.
        source: where the formula is from.
        aliases: other names.
    """

    name: str
    label: str
    formula: str
    slope_formula: str
    value: Callable[[Value, Value], Value]
    slope: Callable[[Value, Value], Value]
    outputs: tuple[str, ...]
    class_targets: tuple[float, float] | None
    remark: str
    source: str
    partner: str | None = None
    logit_value: Callable[[Value, Value], Value] | None = None
    logit_delta: Callable[[Value, Value], Value] | None = None
    aliases: tuple[str, ...] = ()


def squared_error(y: Value, p: Value) -> Value:
    return (p - y) * (p - y)


def squared_error_slope(y: Value, p: Value) -> Value:
    return 2.0 * (p - y)


def binary_cross_entropy(y: Value, p: Value) -> Value:
    return -(y * np.log(p) + (1.0 - y) * np.log(1.0 - p))


def binary_cross_entropy_slope(y: Value, p: Value) -> Value:
    return (p - y) / (p * (1.0 - p))


def binary_cross_entropy_from_logit(y: Value, z: Value) -> Value:
    return np.maximum(z, 0.0) - y * z + np.log1p(np.exp(-np.abs(z)))


def cross_entropy_delta(y: Value, p: Value) -> Value:
    return p - y


LOSSES = Family(
    "loss",
    (
        Loss(
            name="mse",
            label="Mean squared error",
            formula=r"L = (y - \hat{y})^2",
            slope_formula=r"\frac{\partial L}{\partial \hat{y}} = 2\,(\hat{y} - y)",
            value=squared_error,
            slope=squared_error_slope,
            outputs=("linear", "tanh", "sigmoid", "relu"),
            class_targets=None,
            remark="Large errors count most: twice the error costs four times as much.",
            source="Legendre, 1805; Gauss, 1809: least squares.",
            aliases=("mean-squared-error", "squared-error", "l2"),
        ),
        Loss(
            name="binary-cross-entropy",
            label="Binary cross-entropy",
            formula=r"L = -\left[y \log \hat{y} + (1 - y) \log(1 - \hat{y})\right]",
            slope_formula=r"\frac{\partial L}{\partial \hat{y}} = \frac{\hat{y} - y}{\hat{y}\,(1 - \hat{y})}",
            value=binary_cross_entropy,
            slope=binary_cross_entropy_slope,
            outputs=("sigmoid",),
            class_targets=(0.0, 1.0),
            partner="sigmoid",
            logit_value=binary_cross_entropy_from_logit,
            logit_delta=cross_entropy_delta,
            remark="With a sigmoid output the slope at z is simply ŷ − y, so a confident mistake is corrected fast.",
            source="Bishop, Pattern Recognition and Machine Learning, 2006, section 4.3.2.",
            aliases=("bce", "cross-entropy", "log-loss"),
        ),
    ),
)
