"""Optimizers with one learning rate for all parameters: gradient descent with momentum, and the sign of it."""

import numpy as np

from engine.activations import Value
from engine.optimizers.optimizer import Optimizer, Settings, State, memory, momentum, weight_decay


def sgd(
    parameter: Value, gradient: Value, state: State, rate: float, step: float, settings: Settings
) -> tuple[Value, State]:
    r"""v ← μv + g;  θ ← θ − ηv.  With μ = 0 this is plain gradient descent.

    As in PyTorch (dampening 0); Keras multiplies the gradient by η before it enters v, which differs only
    while η changes. Source: Polyak, Some methods of speeding up the convergence of iteration methods, 1964.
    """
    velocity = settings[0] * state[0] + gradient
    return parameter - rate * velocity, (velocity, state[1], state[2])


def nesterov(
    parameter: Value, gradient: Value, state: State, rate: float, step: float, settings: Settings
) -> tuple[Value, State]:
    r"""v ← μv + g;  θ ← θ − η(g + μv).

    The gradient is taken where θ is, and the step looks ahead by one more μv: the usual rewriting of Nesterov's
    method, as in PyTorch; Keras multiplies the gradient by η before it enters v, which differs only while η
    changes. Sources: Nesterov, A method of solving a convex programming problem with convergence rate O(1/k²),
    1983; rewritten by Sutskever, Martens, Dahl and Hinton, On the importance of initialization and momentum, 2013.
    """
    velocity = settings[0] * state[0] + gradient
    return parameter - rate * (gradient + settings[0] * velocity), (velocity, state[1], state[2])


def lion(
    parameter: Value, gradient: Value, state: State, rate: float, step: float, settings: Settings
) -> tuple[Value, State]:
    r"""θ ← θ − η (sign(β₁m + (1−β₁)g) + λθ);  m ← β₂m + (1−β₂)g.

    As in the authors' code and in Keras; PyTorch has no Lion.
    Source: Chen et al., Symbolic discovery of optimization algorithms, 2023, algorithm 2.
    """
    beta1, beta2, decay = settings[0], settings[1], settings[2]
    direction = np.sign(beta1 * state[0] + (1.0 - beta1) * gradient)
    m = beta2 * state[0] + (1.0 - beta2) * gradient
    return parameter - rate * (direction + decay * parameter), (m, state[1], state[2])


SGD = Optimizer(
    name="sgd",
    label="SGD",
    formula=(r"v \leftarrow \mu v + g", r"\theta \leftarrow \theta - \eta v"),
    update=sgd,
    settings=(momentum(0.0),),
    state=("v",),
    default_rate=0.03,
    remark="Walk downhill, one batch at a time; momentum keeps a rolling ball's speed.",
    source="Robbins and Monro, 1951; momentum: Polyak, 1964.",
    aliases=(
        "gd",
        "gradient-descent",
        "momentum",
        "stochastic-gradient-descent",
        "batch-gradient-descent",
        "mini-batch-gradient-descent",
        "heavy-ball",
    ),
)

NESTEROV = Optimizer(
    name="nesterov",
    label="Nesterov",
    formula=(r"v \leftarrow \mu v + g", r"\theta \leftarrow \theta - \eta\,(g + \mu v)"),
    update=nesterov,
    settings=(momentum(0.9),),
    state=("v",),
    default_rate=0.01,
    remark="Momentum that looks ahead: it brakes before the valley's far side rises, not after.",
    source="Nesterov, 1983; in this form: Sutskever, Martens, Dahl and Hinton, 2013.",
    aliases=("nag", "nesterov-momentum", "nesterov-accelerated-gradient", "sgd-nesterov"),
)

LION = Optimizer(
    name="lion",
    label="Lion",
    formula=(
        r"\theta \leftarrow \theta - \eta\,(\operatorname{sign}(\beta_1 m + (1 - \beta_1) g) + \lambda \theta)",
        r"m \leftarrow \beta_2 m + (1 - \beta_2) g",
    ),
    update=lion,
    settings=(
        memory("beta1", "β₁", 0.9, "How much the past counts in the direction of this step."),
        memory("beta2", "β₂", 0.99, "How slowly the running mean of the gradient forgets."),
        weight_decay(0.0),
    ),
    state=("m",),
    default_rate=0.003,
    remark="Only the sign counts: every parameter moves by exactly η, up or down, however small its gradient.",
    source="Chen et al., Symbolic discovery of optimization algorithms, 2023; found by a program, not by a person.",
    aliases=("evolved-sign-momentum", "sign-momentum"),
)
