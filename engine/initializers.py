"""Initializers: the weights a network starts from. Biases start at zero."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.family import Family


@dataclass(frozen=True)
class Initializer:
    """One initializer: ``draw(generator, outputs, inputs)`` returns a layer's weights, shape (outputs, inputs)."""

    name: str
    label: str
    formula: str
    draw: Callable[[np.random.Generator, int, int], NDArray[np.float64]]
    remark: str
    source: str
    aliases: tuple[str, ...] = ()


def uniform(generator: np.random.Generator, outputs: int, inputs: int) -> NDArray[np.float64]:
    return generator.uniform(-0.5, 0.5, (outputs, inputs))


def xavier(generator: np.random.Generator, outputs: int, inputs: int) -> NDArray[np.float64]:
    limit = np.sqrt(6.0 / (inputs + outputs))
    return generator.uniform(-limit, limit, (outputs, inputs))


def he(generator: np.random.Generator, outputs: int, inputs: int) -> NDArray[np.float64]:
    return generator.normal(0.0, np.sqrt(2.0 / inputs), (outputs, inputs))


def zeros(generator: np.random.Generator, outputs: int, inputs: int) -> NDArray[np.float64]:
    return np.zeros((outputs, inputs))


INITIALIZERS = Family(
    "initializer",
    (
        Initializer(
            name="xavier",
            label="Xavier",
            formula=r"w \sim U\left(-\sqrt{\tfrac{6}{n_{in} + n_{out}}},\ \sqrt{\tfrac{6}{n_{in} + n_{out}}}\right)",
            draw=xavier,
            remark="Keeps the spread of values and gradients alike from layer to layer; made for tanh and sigmoid.",
            source="Glorot and Bengio, Understanding the difficulty of training deep feedforward networks, 2010.",
            aliases=("glorot", "xavier-uniform"),
        ),
        Initializer(
            name="he",
            label="He",
            formula=r"w \sim N\left(0,\ \tfrac{2}{n_{in}}\right)",
            draw=he,
            remark="Twice Xavier's variance, since ReLU silences half of its inputs.",
            source="He, Zhang, Ren and Sun, Delving deep into rectifiers, 2015.",
            aliases=("kaiming", "he-normal"),
        ),
        Initializer(
            name="uniform",
            label="Uniform",
            formula=r"w \sim U(-0.5,\ 0.5)",
            draw=uniform,
            remark="The same spread everywhere, whatever the size of the layer.",
            source="The usual choice before 2010.",
        ),
        Initializer(
            name="zeros",
            label="Zeros",
            formula=r"w = 0",
            draw=zeros,
            remark="All units of a layer stay equal for ever, so the network can never learn more than one unit could.",
            source="A counter-example: the symmetry is never broken.",
            aliases=("zero",),
        ),
    ),
)
