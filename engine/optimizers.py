"""Optimizers: what becomes of a gradient.

Each update is written once, as plain NumPy on whole vectors; the kernels compile the same function for SIMD lanes.
An update gets the parameters, their gradient, the optimizer's state (three vectors, zero at the start; unused ones
stay as they are), the learning rate η, the number of this step (from 1) and the settings in the order listed.
It returns the new parameters and the new state.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from engine.activations import Value
from engine.family import Family
from engine.settings import Setting

STATE_VECTORS = 3
MAXIMUM_SETTINGS = 6

State = tuple[Value, Value, Value]
Settings = tuple[float, ...]


@dataclass(frozen=True)
class Optimizer:
    """One optimizer.

    Attributes:
        name: the name in files.
        label: the name people read.
        formula: the update in LaTeX, one line an entry.
        update: (parameter, gradient, state, rate, step, settings) → (new parameter, new state).
        settings: its hyper-parameters besides the learning rate.
        state: the names of the state vectors it uses, in order.
        default_rate: a learning rate that suits it.
        remark: one sentence that teaches.
        source: where the formula is from, and where frameworks differ.
        aliases: other names.
    """

    name: str
    label: str
    formula: tuple[str, ...]
    update: Callable[[Value, Value, State, float, float, Settings], tuple[Value, State]]
    settings: tuple[Setting, ...]
    state: tuple[str, ...]
    default_rate: float
    remark: str
    source: str
    aliases: tuple[str, ...] = ()


def sgd(
    parameter: Value, gradient: Value, state: State, rate: float, step: float, settings: Settings
) -> tuple[Value, State]:
    r"""v ← μv + g;  θ ← θ − ηv.  With μ = 0 this is plain gradient descent.

    As in PyTorch (dampening 0); Keras multiplies the gradient by η before it enters v, which differs only
    while η changes. Source: Polyak, Some methods of speeding up the convergence of iteration methods, 1964.
    """
    velocity = settings[0] * state[0] + gradient
    return parameter - rate * velocity, (velocity, state[1], state[2])


def adam(
    parameter: Value, gradient: Value, state: State, rate: float, step: float, settings: Settings
) -> tuple[Value, State]:
    r"""m ← β₁m + (1−β₁)g;  v ← β₂v + (1−β₂)g²;  θ ← θ − η m̂/(√v̂ + ε), m̂ = m/(1−β₁ᵗ), v̂ = v/(1−β₂ᵗ).

    ε stands outside the root, on the bias-corrected v̂, as in the paper and PyTorch; Keras adds it to √v before
    the correction. Source: Kingma and Ba, Adam: a method for stochastic optimization, 2015, algorithm 1.
    """
    beta1, beta2, epsilon = settings[0], settings[1], settings[2]
    m = beta1 * state[0] + (1.0 - beta1) * gradient
    v = beta2 * state[1] + (1.0 - beta2) * gradient * gradient
    m_corrected = m / (1.0 - beta1**step)
    v_corrected = v / (1.0 - beta2**step)
    return parameter - rate * m_corrected / (np.sqrt(v_corrected) + epsilon), (m, v, state[2])


OPTIMIZERS = Family(
    "optimizer",
    (
        Optimizer(
            name="sgd",
            label="SGD",
            formula=(r"v \leftarrow \mu v + g", r"\theta \leftarrow \theta - \eta v"),
            update=sgd,
            settings=(
                Setting(
                    name="momentum",
                    label="Momentum μ",
                    default=0.0,
                    low=0.0,
                    high=1.0,
                    includes_high=False,
                    remark="How much of the last step's direction goes on; 0 is plain gradient descent.",
                ),
            ),
            state=("v",),
            default_rate=0.03,
            remark="Walk downhill, one batch at a time; momentum keeps a rolling ball's speed.",
            source="Robbins and Monro, 1951; momentum: Polyak, 1964.",
            aliases=("gradient-descent", "momentum", "stochastic-gradient-descent"),
        ),
        Optimizer(
            name="adam",
            label="Adam",
            formula=(
                r"m \leftarrow \beta_1 m + (1 - \beta_1) g",
                r"v \leftarrow \beta_2 v + (1 - \beta_2) g^2",
                r"\theta \leftarrow \theta - \eta\, \frac{m / (1 - \beta_1^t)}"
                r"{\sqrt{v / (1 - \beta_2^t)} + \varepsilon}",
            ),
            update=adam,
            settings=(
                Setting(
                    name="beta1",
                    label="β₁",
                    default=0.9,
                    low=0.0,
                    high=1.0,
                    includes_high=False,
                    remark="How slowly the running mean of the gradient forgets.",
                ),
                Setting(
                    name="beta2",
                    label="β₂",
                    default=0.999,
                    low=0.0,
                    high=1.0,
                    includes_high=False,
                    remark="How slowly the running mean of the squared gradient forgets.",
                ),
                Setting(
                    name="epsilon",
                    label="ε",
                    default=1e-8,
                    low=0.0,
                    high=1.0,
                    includes_low=False,
                    remark="Keeps the division finite where the gradient has always been zero.",
                ),
            ),
            state=("m", "v"),
            default_rate=0.01,
            remark="Every weight gets its own step length, from the mean and the spread of its past gradients.",
            source="Kingma and Ba, Adam: a method for stochastic optimization, 2015.",
        ),
    ),
)
