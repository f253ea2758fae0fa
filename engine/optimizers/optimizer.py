"""What an optimizer is, and the settings that several of them share."""

from collections.abc import Callable
from dataclasses import dataclass

from engine.activations import Value
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
        uses_rate: whether the learning rate counts at all.
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
    uses_rate: bool = True


def memory(name: str, label: str, default: float, remark: str) -> Setting:
    """Return a setting for a share of the past that is kept: from 0 up to, but not including, 1."""
    return Setting(name=name, label=label, default=default, low=0.0, high=1.0, includes_high=False, remark=remark)


def momentum(default: float) -> Setting:
    """Return the setting μ."""
    remark = "How much of the last step's direction goes on; 0 is plain gradient descent."
    return memory("momentum", "Momentum μ", default, remark)


def epsilon(default: float) -> Setting:
    """Return the setting ε."""
    return Setting(
        name="epsilon",
        label="ε",
        default=default,
        low=0.0,
        high=1.0,
        includes_low=False,
        remark="Keeps the division finite where the gradient has always been zero.",
    )


def weight_decay(default: float) -> Setting:
    """Return the setting λ of decoupled weight decay."""
    return Setting(
        name="weight_decay",
        label="Weight decay λ",
        default=default,
        low=0.0,
        high=10.0,
        remark="Every step shrinks each parameter by the share ηλ, whatever its gradient.",
    )
