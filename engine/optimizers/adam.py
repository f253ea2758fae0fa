"""Adam and its kin: the mean of past gradients over the root of their mean square. ε is outside of the root."""

from typing import NamedTuple

import numpy as np

from engine.activations import Value
from engine.optimizers.optimizer import Optimizer, Settings, State, epsilon, memory, weight_decay


class Moments(NamedTuple):
    """Running means of the gradient and of its square, and how much of each is already known at this step."""

    m: Value
    v: Value
    m_known: float
    v_known: float


def moments(gradient: Value, state: State, step: float, settings: Settings) -> Moments:
    """m ← β₁m + (1−β₁)g;  v ← β₂v + (1−β₂)g²;  and 1 − β₁ᵗ, 1 − β₂ᵗ, since both start at zero."""
    beta1, beta2 = settings[0], settings[1]
    m = beta1 * state[0] + (1.0 - beta1) * gradient
    v = beta2 * state[1] + (1.0 - beta2) * gradient * gradient
    return Moments(m, v, 1.0 - beta1**step, 1.0 - beta2**step)


def adam(
    parameter: Value, gradient: Value, state: State, rate: float, step: float, settings: Settings
) -> tuple[Value, State]:
    r"""m ← β₁m + (1−β₁)g;  v ← β₂v + (1−β₂)g²;  θ ← θ − η m̂/(√v̂ + ε), m̂ = m/(1−β₁ᵗ), v̂ = v/(1−β₂ᵗ).

    ε stands outside the root, on the bias-corrected v̂, as in the paper and PyTorch; Keras adds it to √v before
    the correction. Source: Kingma and Ba, Adam: a method for stochastic optimization, 2015, algorithm 1.
    """
    m, v, m_known, v_known = moments(gradient, state, step, settings)
    return parameter - rate * (m / m_known) / (np.sqrt(v / v_known) + settings[2]), (m, v, state[2])


def amsgrad(
    parameter: Value, gradient: Value, state: State, rate: float, step: float, settings: Settings
) -> tuple[Value, State]:
    r"""m, v as in Adam;  u ← max(u, v);  θ ← θ − η m̂/(√û + ε), m̂ = m/(1−β₁ᵗ), û = u/(1−β₂ᵗ).

    Both are corrected for their bias, as in PyTorch and Keras (whose ε is added to √u before the correction); the
    paper corrects neither. Source: Reddi, Kale and Kumar, On the convergence of Adam and beyond, 2018.
    """
    m, v, m_known, v_known = moments(gradient, state, step, settings)
    u = np.maximum(state[2], v)
    return parameter - rate * (m / m_known) / (np.sqrt(u / v_known) + settings[2]), (m, v, u)


def adamw(
    parameter: Value, gradient: Value, state: State, rate: float, step: float, settings: Settings
) -> tuple[Value, State]:
    r"""θ ← θ − ηλθ, then Adam's step.

    The decay is decoupled: it is no part of the gradient, so v does not divide it away as it would an L2 penalty.
    It acts on every parameter, biases too, and is multiplied by η, as in PyTorch (λ = 0.01) and Keras (λ = 0.004).
    Source: Loshchilov and Hutter, Decoupled weight decay regularization, 2019, algorithm 2.
    """
    return adam(parameter - rate * settings[3] * parameter, gradient, state, rate, step, settings)


def nadam(
    parameter: Value, gradient: Value, state: State, rate: float, step: float, settings: Settings
) -> tuple[Value, State]:
    r"""m, v as in Adam;  θ ← θ − η [β₁m/(1−β₁ᵗ⁺¹) + (1−β₁)g/(1−β₁ᵗ)]/(√v̂ + ε).

    The paper's algorithm with one β₁ for all steps; PyTorch and Keras let the β₁ of this look ahead rise from half
    of its value, as β₁(1 − ½ · 0.96ᵗ) in Keras and, slower, with 0.004t for t in PyTorch.
    Source: Dozat, Incorporating Nesterov momentum into Adam, 2016.
    """
    beta1 = settings[0]
    m, v, m_known, v_known = moments(gradient, state, step, settings)
    ahead = beta1 * m / (1.0 - beta1 ** (step + 1.0)) + (1.0 - beta1) * gradient / m_known
    return parameter - rate * ahead / (np.sqrt(v / v_known) + settings[2]), (m, v, state[2])


MOMENTS = (r"m \leftarrow \beta_1 m + (1 - \beta_1) g", r"v \leftarrow \beta_2 v + (1 - \beta_2) g^2")
ADAM_STEP = r"\theta \leftarrow \theta - \eta\, \frac{m / (1 - \beta_1^t)}{\sqrt{v / (1 - \beta_2^t)} + \varepsilon}"
SETTINGS = (
    memory("beta1", "β₁", 0.9, "How slowly the running mean of the gradient forgets."),
    memory("beta2", "β₂", 0.999, "How slowly the running mean of the squared gradient forgets."),
    epsilon(1e-8),
)

ADAM = Optimizer(
    name="adam",
    label="Adam",
    formula=(*MOMENTS, ADAM_STEP),
    update=adam,
    settings=SETTINGS,
    state=("m", "v"),
    default_rate=0.01,
    remark="Every weight gets its own step length, from the mean and the spread of its past gradients.",
    source="Kingma and Ba, Adam: a method for stochastic optimization, 2015.",
    aliases=("adaptive-moment-estimation", "adaptive-moments"),
)

ADAM_KIN = (
    Optimizer(
        name="amsgrad",
        label="AMSGrad",
        formula=(*MOMENTS, r"u \leftarrow \max(u, v)", ADAM_STEP.replace(r"\sqrt{v", r"\sqrt{u")),
        update=amsgrad,
        settings=SETTINGS,
        state=("m", "v", "u"),
        default_rate=0.01,
        remark="Adam that never forgets its largest gradients, so its steps cannot suddenly grow again.",
        source="Reddi, Kale and Kumar, On the convergence of Adam and beyond, 2018.",
        aliases=("ams-grad", "adam-amsgrad"),
    ),
    Optimizer(
        name="adamw",
        label="AdamW",
        formula=(r"\theta \leftarrow \theta - \eta \lambda \theta", *MOMENTS, ADAM_STEP),
        update=adamw,
        settings=(*SETTINGS, weight_decay(0.01)),
        state=("m", "v"),
        default_rate=0.01,
        remark="Adam whose weights also shrink a little every step, all by the same share.",
        source="Loshchilov and Hutter, Decoupled weight decay regularization, 2019.",
        aliases=("adam-w", "adam-weight-decay"),
    ),
    Optimizer(
        name="nadam",
        label="Nadam",
        formula=(
            *MOMENTS,
            r"\theta \leftarrow \theta - \eta\, \frac{\beta_1 m / (1 - \beta_1^{t+1}) + (1 - \beta_1) g / "
            r"(1 - \beta_1^t)}{\sqrt{v / (1 - \beta_2^t)} + \varepsilon}",
        ),
        update=nadam,
        settings=SETTINGS,
        state=("m", "v"),
        default_rate=0.01,
        remark="Adam with Nesterov's look ahead: the newest gradient counts once more.",
        source="Dozat, Incorporating Nesterov momentum into Adam, 2016; with constant β₁.",
        aliases=("n-adam", "nesterov-adam", "adam-nesterov"),
    ),
)
