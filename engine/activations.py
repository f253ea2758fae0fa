"""Activation functions: what a unit makes of its pre-activation z.

Each value and slope is written once, as a plain NumPy expression. On arrays it is the readable reference;
compiled by the kernels it works on SIMD lanes. To add one, write its two functions and list it in ``ACTIVATIONS``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.family import Family

# A NumPy array in the reference, a vector of SIMD lanes in a compiled kernel: both take the same operators.
Value = Any


@dataclass(frozen=True)
class Activation:
    """One activation function.

    Attributes:
        name: the name in files.
        label: the name people read.
        formula: the value in LaTeX.
        slope_formula: the slope da/dz in LaTeX.
        value: a = f(z).
        slope: f'(z) from z and a = f(z), whichever is easier.
        low, high: the range of a (may be infinite).
        class_targets: what an output unit with this activation is asked for, for the first and the second class.
        remark: one sentence that teaches.
        source: where the formula is from.
        aliases: other names.
    """

    name: str
    label: str
    formula: str
    slope_formula: str
    value: Callable[[Value], Value]
    slope: Callable[[Value, Value], Value]
    low: float
    high: float
    class_targets: tuple[float, float]
    remark: str
    source: str
    aliases: tuple[str, ...] = ()


def linear(z: Value) -> Value:
    return z


def linear_slope(z: Value, a: Value) -> Value:
    return 1.0 + 0.0 * z


def sigmoid(z: Value) -> Value:
    return 1.0 / (1.0 + np.exp(-z))


def sigmoid_slope(z: Value, a: Value) -> Value:
    return a * (1.0 - a)


def tanh(z: Value) -> Value:
    return np.tanh(z)


def tanh_slope(z: Value, a: Value) -> Value:
    return 1.0 - a * a


def relu(z: Value) -> Value:
    return np.maximum(z, 0.0)


def relu_slope(z: Value, a: Value) -> Value:
    return np.where(z > 0.0, 1.0, 0.0)


ACTIVATIONS = Family(
    "activation",
    (
        Activation(
            name="linear",
            label="Linear",
            formula=r"a = z",
            slope_formula=r"f'(z) = 1",
            value=linear,
            slope=linear_slope,
            low=-np.inf,
            high=np.inf,
            class_targets=(-1.0, 1.0),
            remark="A network of linear layers is one linear model, however deep it is.",
            source="The identity; the natural output of a regression.",
            aliases=("identity", "none"),
        ),
        Activation(
            name="sigmoid",
            label="Sigmoid",
            formula=r"a = \frac{1}{1 + e^{-z}}",
            slope_formula=r"f'(z) = a\,(1 - a)",
            value=sigmoid,
            slope=sigmoid_slope,
            low=0.0,
            high=1.0,
            class_targets=(0.0, 1.0),
            remark="It saturates: its slope is 0.25 at most, so gradients shrink with every layer they pass.",
            source="Rumelhart, Hinton and Williams, Learning representations by back-propagating errors, 1986.",
            aliases=("logistic",),
        ),
        Activation(
            name="tanh",
            label="Tanh",
            formula=r"a = \tanh z = \frac{e^{z} - e^{-z}}{e^{z} + e^{-z}}",
            slope_formula=r"f'(z) = 1 - a^2",
            value=tanh,
            slope=tanh_slope,
            low=-1.0,
            high=1.0,
            class_targets=(-1.0, 1.0),
            remark="Like the sigmoid but centered on zero, which lets weights move in either direction.",
            source="LeCun, Bottou, Orr and Müller, Efficient BackProp, 1998.",
        ),
        Activation(
            name="relu",
            label="ReLU",
            formula=r"a = \max(0, z)",
            slope_formula=r"f'(z) = 1 \text{ if } z > 0, \text{ else } 0",
            value=relu,
            slope=relu_slope,
            low=0.0,
            high=np.inf,
            class_targets=(0.0, 1.0),
            remark="A strong gradient wherever it is active; a unit whose z is negative on every sample is dead.",
            source="Nair and Hinton, Rectified linear units improve restricted Boltzmann machines, 2010.",
            aliases=("rectifier",),
        ),
    ),
)
