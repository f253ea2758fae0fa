"""Activations with bounded values: further squashing functions, the sine, and softmax for the output layer."""

import numpy as np

from engine.activations.activation import Activation, Value
from engine.activations.classic import sigmoid_slope


def softsign(z: Value) -> Value:
    return z / (1.0 + np.abs(z))


def softsign_slope(z: Value, a: Value) -> Value:
    return 1.0 / ((1.0 + np.abs(z)) * (1.0 + np.abs(z)))


def hard_sigmoid(z: Value) -> Value:
    return np.maximum(0.0, np.minimum(1.0, z / 6.0 + 0.5))


def hard_sigmoid_slope(z: Value, a: Value) -> Value:
    return np.where(np.abs(z) < 3.0, 1.0 / 6.0, 0.0)


def sine(z: Value) -> Value:
    return np.sin(z)


def sine_slope(z: Value, a: Value) -> Value:
    return np.cos(z)


def log_softmax(z: Value) -> Value:
    """log softmax(z) over axis 0: with the maximum taken out no exponential overflows and one of them is 1."""
    shifted = z - np.max(z, axis=0)
    return shifted - np.log(np.sum(np.exp(shifted), axis=0))


def softmax(z: Value) -> Value:
    powers = np.exp(z - np.max(z, axis=0))
    return powers / np.sum(powers, axis=0)


def softmax_backward(a: Value, g: Value) -> Value:
    # Σⱼ aⱼ (δᵢⱼ − aᵢ) gⱼ: the Jacobian is symmetric and never written out.
    return a * (g - np.sum(a * g, axis=0))


BOUNDED = (
    Activation(
        name="softsign",
        label="Softsign",
        formula=r"a = \frac{z}{1 + |z|}",
        slope_formula=r"f'(z) = \frac{1}{(1 + |z|)^2}",
        value=softsign,
        slope=softsign_slope,
        low=-1.0,
        high=1.0,
        class_targets=(-1.0, 1.0),
        gives="a softsign stays between −1 and 1",
        remark="Like tanh, but it nears its ends slowly, so it saturates later.",
        source="Bergstra, Desjardins, Lamblin and Bengio, Quadratic polynomials learn better image features, 2009.",
        aliases=("soft-sign",),
    ),
    Activation(
        name="hard-sigmoid",
        label="Hard sigmoid",
        formula=r"a = \max(0, \min(1, \frac{z}{6} + \frac{1}{2}))",
        slope_formula=r"f'(z) = \frac{1}{6} \text{ if } |z| < 3, \text{ else } 0",
        value=hard_sigmoid,
        slope=hard_sigmoid_slope,
        low=0.0,
        high=1.0,
        class_targets=(0.0, 1.0),
        gives="a hard sigmoid stays between 0 and 1",
        remark="A sigmoid of three straight lines: cheap, but beyond ±3 its slope is zero and nothing is learned.",
        source="Courbariaux, Bengio and David, BinaryConnect, 2015; here z/6 + ½ as in PyTorch and Keras 3 "
        "(Keras 2 had 0.2z + ½).",
        aliases=("hardsigmoid", "hard-logistic"),
    ),
    Activation(
        name="sine",
        label="Sine",
        formula=r"a = \sin z",
        slope_formula=r"f'(z) = \cos z",
        value=sine,
        slope=sine_slope,
        low=-1.0,
        high=1.0,
        class_targets=(-1.0, 1.0),
        gives="a sine swings between −1 and 1",
        remark="It repeats itself, so few units draw many waves: good for images, hard to train if weights are large.",
        source="Sitzmann et al., Implicit neural representations with periodic activation functions, 2020.",
        aliases=("sin", "siren", "periodic"),
    ),
    Activation(
        name="softmax",
        label="Softmax",
        formula=r"a_i = \frac{e^{z_i}}{\sum_j e^{z_j}}",
        slope_formula=r"\frac{\partial a_i}{\partial z_j} = a_i\,(\delta_{ij} - a_j)",
        value=softmax,
        slope=sigmoid_slope,  # the diagonal of its Jacobian has the sigmoid's form a (1 − a)
        low=0.0,
        high=1.0,
        class_targets=(0.0, 1.0),
        gives="a softmax gives shares that add up to 1",
        remark="It turns scores into probabilities that add up to 1: one class can only win what the others lose.",
        source="Bridle, Probabilistic interpretation of feedforward classification network outputs, 1990.",
        aliases=("soft-max", "normalized-exponential"),
        joint=True,
        backward=softmax_backward,
        hidden=False,
    ),
)
