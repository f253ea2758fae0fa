"""Initializers: the weights a network starts from. Biases start at zero."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.family import Family
from engine.settings import Setting

Weights = NDArray[np.float64]
Draw = Callable[..., Weights]


@dataclass(frozen=True)
class Initializer:
    """One initializer.

    Attributes:
        name: the name in files.
        label: the name people read.
        formula: the distribution of a weight w in LaTeX; n_in and n_out are the inputs and outputs of the layer.
        draw: (generator, outputs, inputs, *settings) → a layer's weights, shape (outputs, inputs).
        remark: one sentence that teaches.
        source: where it is from.
        aliases: other names.
        settings: its settings.
    """

    name: str
    label: str
    formula: str
    draw: Draw
    remark: str
    source: str
    aliases: tuple[str, ...] = ()
    settings: tuple[Setting, ...] = ()


def uniform(generator: np.random.Generator, outputs: int, inputs: int, limit: float) -> Weights:
    return generator.uniform(-limit, limit, (outputs, inputs))


def normal(generator: np.random.Generator, outputs: int, inputs: int, sigma: float) -> Weights:
    return generator.normal(0.0, sigma, (outputs, inputs))


def constant(generator: np.random.Generator, outputs: int, inputs: int, value: float = 0.0) -> Weights:
    return np.full((outputs, inputs), value)


def _scaled(share: float, *, both: bool, draw: Draw) -> Draw:
    """Return a draw of variance ``share`` / n, where n are the inputs or, for ``both``, the mean with the outputs."""

    def scaled(generator: np.random.Generator, outputs: int, inputs: int) -> Weights:
        n = (inputs + outputs) / 2.0 if both else inputs
        # A uniform distribution on ±l has the variance l²/3.
        return draw(generator, outputs, inputs, np.sqrt(share * (3.0 if draw is uniform else 1.0) / n))

    return scaled


def orthogonal(generator: np.random.Generator, outputs: int, inputs: int) -> Weights:
    q, r = np.linalg.qr(generator.normal(size=(max(outputs, inputs), min(outputs, inputs))))
    # Without the signs of R's diagonal, Q would not be spread evenly over all rotations (Mezzadri, 2007).
    q *= np.where(np.diag(r) < 0.0, -1.0, 1.0)
    return q if outputs >= inputs else np.ascontiguousarray(q.T)


INITIALIZERS = Family(
    "initializer",
    (
        Initializer(
            name="xavier",
            label="Xavier",
            formula=r"w \sim U\left(-\sqrt{\tfrac{6}{n_{in} + n_{out}}},\ \sqrt{\tfrac{6}{n_{in} + n_{out}}}\right)",
            draw=_scaled(1.0, both=True, draw=uniform),
            remark="Keeps the spread of values and gradients alike from layer to layer; made for tanh and sigmoid.",
            source="Glorot and Bengio, Understanding the difficulty of training deep feedforward networks, 2010.",
            aliases=("glorot", "xavier-uniform", "glorot-uniform"),
        ),
        Initializer(
            name="he",
            label="He",
            formula=r"w \sim N\left(0,\ \tfrac{2}{n_{in}}\right)",
            draw=_scaled(2.0, both=False, draw=normal),
            remark="Twice Xavier's variance, since ReLU silences half of its inputs.",
            source="He, Zhang, Ren and Sun, Delving deep into rectifiers, 2015.",
            aliases=("kaiming", "he-normal", "kaiming-normal"),
        ),
        Initializer(
            name="uniform",
            label="Uniform",
            formula=r"w \sim U(-r,\ r)",
            draw=uniform,
            remark="The same spread everywhere, whatever the size of the layer.",
            source="Rumelhart, Hinton and Williams, 1986; the usual choice before 2010.",
            aliases=("random", "random-uniform"),
            settings=(
                Setting(
                    name="range",
                    label="Range r",
                    default=0.5,
                    low=0.0,
                    high=10.0,
                    includes_low=False,
                    remark="No weight is farther from zero than this.",
                ),
            ),
        ),
        Initializer(
            name="zeros",
            label="Zeros",
            formula=r"w = 0",
            draw=constant,
            remark="All units of a layer stay equal for ever, so the network can never learn more than one unit could.",
            source="Rumelhart, Hinton and Williams, 1986: a counter-example, the symmetry is never broken.",
            aliases=("zero",),
        ),
        Initializer(
            name="constant",
            label="Constant",
            formula=r"w = c",
            draw=constant,
            remark="Equal weights get equal gradients: the units of a layer stay copies of each other.",
            source="Rumelhart, Hinton and Williams, 1986: a counter-example, the symmetry is never broken.",
            aliases=("fill",),
            settings=(
                Setting(
                    name="value", label="Value c", default=0.1, low=-10.0, high=10.0, remark="What every weight is."
                ),
            ),
        ),
        Initializer(
            name="normal",
            label="Normal",
            formula=r"w \sim N(0,\ \sigma^2)",
            draw=normal,
            remark="Mostly small weights; the right spread depends on the size of the layer, and this one ignores it.",
            source="Krizhevsky, Sutskever and Hinton, ImageNet classification with deep CNNs, 2012 (σ = 0.01 there).",
            aliases=("gaussian", "random-normal"),
            settings=(
                Setting(
                    name="sigma",
                    label="Spread σ",
                    default=0.5,
                    low=0.0,
                    high=10.0,
                    includes_low=False,
                    remark="The standard deviation: two thirds of the weights are closer to zero than this.",
                ),
            ),
        ),
        Initializer(
            name="xavier-normal",
            label="Xavier, normal",
            formula=r"w \sim N\left(0,\ \tfrac{2}{n_{in} + n_{out}}\right)",
            draw=_scaled(1.0, both=True, draw=normal),
            remark="Xavier's spread, drawn from a bell curve: it matters little, only the variance counts.",
            source="Glorot and Bengio, Understanding the difficulty of training deep feedforward networks, 2010.",
            aliases=("glorot-normal",),
        ),
        Initializer(
            name="he-uniform",
            label="He, uniform",
            formula=r"w \sim U\left(-\sqrt{\tfrac{6}{n_{in}}},\ \sqrt{\tfrac{6}{n_{in}}}\right)",
            draw=_scaled(2.0, both=False, draw=uniform),
            remark="He's variance without the rare large weights of a bell curve; for ReLU.",
            source="He, Zhang, Ren and Sun, Delving deep into rectifiers, 2015.",
            aliases=("kaiming-uniform",),
        ),
        Initializer(
            name="lecun-uniform",
            label="LeCun, uniform",
            formula=r"w \sim U\left(-\sqrt{\tfrac{3}{n_{in}}},\ \sqrt{\tfrac{3}{n_{in}}}\right)",
            draw=_scaled(1.0, both=False, draw=uniform),
            remark="Gives z the same spread as the inputs, so that units start where their slope is large.",
            source="LeCun, Bottou, Orr and Müller, Efficient BackProp, 1998, section 4.6.",
        ),
        Initializer(
            name="lecun-normal",
            label="LeCun, normal",
            formula=r"w \sim N\left(0,\ \tfrac{1}{n_{in}}\right)",
            draw=_scaled(1.0, both=False, draw=normal),
            remark="Gives z the same spread as the inputs; the start that SELU needs.",
            source="LeCun, Bottou, Orr and Müller, Efficient BackProp, 1998; for SELU: Klambauer et al., 2017.",
            aliases=("lecun",),
        ),
        Initializer(
            name="orthogonal",
            label="Orthogonal",
            formula=r"W W^T = I \text{ or } W^T W = I",
            draw=orthogonal,
            remark="A random rotation: it neither stretches nor squeezes, however many layers follow each other.",
            source="Saxe, McClelland and Ganguli, Exact solutions to the nonlinear dynamics of learning, 2014.",
            aliases=("orthonormal", "rotation"),
        ),
    ),
)
