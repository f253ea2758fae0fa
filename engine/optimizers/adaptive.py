"""Optimizers that divide each gradient by the size of its own past: Adagrad, RMSprop, Adadelta. ε is in the root."""

import numpy as np

from engine.activations import Value
from engine.optimizers.optimizer import Optimizer, Settings, State, epsilon, memory, momentum


def adagrad(
    parameter: Value, gradient: Value, state: State, rate: float, step: float, settings: Settings
) -> tuple[Value, State]:
    r"""G ← G + g²;  θ ← θ − η g/√(G + ε).

    ε stands inside the root, as in Keras, which starts G at 0.1; PyTorch puts ε outside. Source: Duchi, Hazan and
    Singer, Adaptive subgradient methods for online learning and stochastic optimization, 2011.
    """
    total = state[0] + gradient * gradient
    return parameter - rate * gradient / np.sqrt(total + settings[0]), (total, state[1], state[2])


def rmsprop(
    parameter: Value, gradient: Value, state: State, rate: float, step: float, settings: Settings
) -> tuple[Value, State]:
    r"""v ← βv + (1−β)g²;  b ← μb + g/√(v + ε);  θ ← θ − ηb.

    ε stands inside the root, as in Keras; PyTorch puts it outside. η stands outside of b, as in PyTorch; in Keras
    it is inside, which differs only while η changes. Without momentum (μ = 0) b is this step alone.
    Source: Tieleman and Hinton, lecture 6e of Neural Networks for Machine Learning, 2012.
    """
    beta, epsilon_, mu = settings[0], settings[1], settings[2]
    v = beta * state[0] + (1.0 - beta) * gradient * gradient
    b = mu * state[1] + gradient / np.sqrt(v + epsilon_)
    return parameter - rate * b, (v, b, state[2])


def adadelta(
    parameter: Value, gradient: Value, state: State, rate: float, step: float, settings: Settings
) -> tuple[Value, State]:
    r"""s ← ρs + (1−ρ)g²;  g′ = √(Δ + ε)/√(s + ε)·g;  Δ ← ρΔ + (1−ρ)g′²;  θ ← θ − g′.

    There is no learning rate, as in the paper; PyTorch and Keras multiply g′ by one all the same, by default 1 and
    0.001. Source: Zeiler, ADADELTA: an adaptive learning rate method, 2012, algorithm 1.
    """
    rho, epsilon_ = settings[0], settings[1]
    s = rho * state[0] + (1.0 - rho) * gradient * gradient
    change = np.sqrt(state[1] + epsilon_) / np.sqrt(s + epsilon_) * gradient
    changes = rho * state[1] + (1.0 - rho) * change * change
    return parameter - change, (s, changes, state[2])


ADAPTIVE = (
    Optimizer(
        name="adagrad",
        label="Adagrad",
        formula=(r"G \leftarrow G + g^2", r"\theta \leftarrow \theta - \eta\, \frac{g}{\sqrt{G + \varepsilon}}"),
        update=adagrad,
        settings=(epsilon(1e-8),),
        state=("G",),
        default_rate=0.1,
        remark="Rarely moved weights take long steps; but G only ever grows, so all steps die out in the end.",
        source="Duchi, Hazan and Singer, Adaptive subgradient methods, 2011.",
        aliases=("ada-grad", "adaptive-gradient"),
    ),
    Optimizer(
        name="rmsprop",
        label="RMSprop",
        formula=(
            r"v \leftarrow \beta v + (1 - \beta) g^2",
            r"b \leftarrow \mu b + \frac{g}{\sqrt{v + \varepsilon}}",
            r"\theta \leftarrow \theta - \eta b",
        ),
        update=rmsprop,
        settings=(
            memory("beta", "β", 0.9, "How slowly the running mean of the squared gradient forgets; often 0.9 or 0.95."),
            epsilon(1e-8),
            momentum(0.0),
        ),
        state=("v", "b"),
        default_rate=0.01,
        remark="Adagrad that forgets: it divides by the size of recent gradients only, so its steps go on.",
        source="Tieleman and Hinton, lecture 6e of Neural Networks for Machine Learning, 2012.",
        aliases=("rms-prop", "rms"),
    ),
    Optimizer(
        name="adadelta",
        label="Adadelta",
        formula=(
            r"s \leftarrow \rho s + (1 - \rho) g^2",
            r"g' = \frac{\sqrt{\Delta + \varepsilon}}{\sqrt{s + \varepsilon}}\, g",
            r"\Delta \leftarrow \rho \Delta + (1 - \rho) g'^2",
            r"\theta \leftarrow \theta - g'",
        ),
        update=adadelta,
        settings=(
            memory("rho", "ρ", 0.95, "How slowly the running means of squared gradients and squared steps forget."),
            epsilon(1e-6),
        ),
        state=("s", "Δ"),
        default_rate=1.0,
        remark="It needs no learning rate: the size of its past steps says how long the next one is.",
        source="Zeiler, ADADELTA: an adaptive learning rate method, 2012.",
        aliases=("ada-delta",),
        uses_rate=False,
    ),
)
