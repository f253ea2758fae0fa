"""The activations of every first lecture: linear, sigmoid, tanh, ReLU."""

import numpy as np

from engine.activations.activation import Activation, Value


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


CLASSIC = (
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
        gives="a linear output gives any number",
        remark="A network of linear layers is one linear model, however deep it is.",
        source="Widrow and Hoff, Adaptive switching circuits, 1960: the adaptive linear neuron; the identity.",
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
        gives="a sigmoid stays between 0 and 1",
        remark="It saturates: its slope is 0.25 at most, so gradients shrink with every layer they pass.",
        source="Rumelhart, Hinton and Williams, Learning representations by back-propagating errors, 1986.",
        aliases=("logistic", "logistic-sigmoid"),
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
        gives="a tanh stays between −1 and 1",
        remark="Like the sigmoid but centered on zero, which lets weights move in either direction.",
        source="LeCun, Bottou, Orr and Müller, Efficient BackProp, 1998.",
        aliases=("hyperbolic-tangent",),
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
        gives="a ReLU gives any number from 0 up",
        remark="A strong gradient wherever it is active; a unit whose z is negative on every sample is dead.",
        source="Nair and Hinton, Rectified linear units improve restricted Boltzmann machines, 2010.",
        aliases=("rectifier", "rectified-linear", "rectified-linear-unit", "ramp"),
    ),
)
