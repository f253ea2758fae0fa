"""Learning-rate schedules: what the learning rate η is multiplied with as the epochs go by.

Each factor is written once, as plain NumPy of the epochs done: a number that may have a fraction, since η follows the
schedule within an epoch too. The settings come in the order listed.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from engine.activations import Value
from engine.family import Family
from engine.settings import Setting

Settings = tuple[float, ...]


@dataclass(frozen=True)
class Schedule:
    """One schedule.

    Attributes:
        name: the name in files.
        label: the name people read.
        formula: the factor in LaTeX; t are the epochs done.
        factor: (t, settings) → what η is multiplied with.
        settings: its settings.
        remark: one sentence that teaches.
        source: where it is from.
        aliases: other names.
        watches_loss: whether η also depends on how the loss develops; its factor is then 1, and the trainer reduces
            η by the rule of its settings.
    """

    name: str
    label: str
    formula: str
    factor: Callable[[Value, Settings], Value]
    settings: tuple[Setting, ...]
    remark: str
    source: str
    aliases: tuple[str, ...] = ()
    watches_loss: bool = False


def constant(t: Value, settings: Settings) -> Value:
    return 1.0 + 0.0 * t


def step(t: Value, settings: Settings) -> Value:
    every, decay = settings[0], settings[1]
    return decay ** np.floor(t / every)


def exponential(t: Value, settings: Settings) -> Value:
    return settings[0] ** t


def inverse_time(t: Value, settings: Settings) -> Value:
    return 1.0 / (1.0 + settings[0] * t)


def _falling(share: Value, floor: Value) -> Value:
    # Half a cosine wave, from 1 at share 0 down to the floor at share 1.
    return floor + (1.0 - floor) * 0.5 * (1.0 + np.cos(np.pi * share))


def cosine(t: Value, settings: Settings) -> Value:
    epochs, floor = settings[0], settings[1]
    return _falling(np.minimum(t / epochs, 1.0), floor)


def warmup_cosine(t: Value, settings: Settings) -> Value:
    warmup, epochs, floor = settings[0], settings[1], settings[2]
    rising = floor + (1.0 - floor) * t / warmup
    # The fall takes an epoch at least, even where the warm-up is as long as the whole.
    share = np.maximum(t - warmup, 0.0) / np.maximum(epochs - warmup, 1.0)
    return np.where(t < warmup, rising, _falling(np.minimum(share, 1.0), floor))


def _epochs(name: str, label: str, default: float, remark: str) -> Setting:
    return Setting(name=name, label=label, default=default, low=1.0, high=1e6, remark=remark)


def _decay(default: float, remark: str) -> Setting:
    return Setting(name="decay", label="Decay γ", default=default, low=0.0, high=1.0, includes_low=False, remark=remark)


def _floor(default: float) -> Setting:
    return Setting(
        name="floor", label="Floor", default=default, low=0.0, high=1.0, remark="The share of η that is left at least."
    )


SCHEDULES = Family(
    "schedule",
    (
        Schedule(
            name="constant",
            label="Constant",
            formula=r"\eta_t = \eta",
            factor=constant,
            settings=(),
            remark="The same learning rate all the time: simple, but near the minimum the steps may stay too long.",
            source="Cauchy, 1847: gradient descent.",
            aliases=("none", "fixed"),
        ),
        Schedule(
            name="step",
            label="Step",
            formula=r"\eta_t = \eta\,\gamma^{\lfloor t / T \rfloor}",
            factor=step,
            settings=(
                _epochs("every", "Every T epochs", 100.0, "After so many epochs the learning rate drops once more."),
                _decay(0.5, "What the learning rate is multiplied with at each drop."),
            ),
            remark="Long steps while they pay, then shorter ones all at once: the loss often drops with them.",
            source="Krizhevsky, Sutskever and Hinton, ImageNet classification with deep CNNs, 2012 (by hand there).",
            aliases=("step-decay", "staircase"),
        ),
        Schedule(
            name="exponential",
            label="Exponential",
            formula=r"\eta_t = \eta\,\gamma^t",
            factor=exponential,
            settings=(_decay(0.995, "What is left of the learning rate after each epoch."),),
            remark="Every epoch takes the same share off: fast at first, hardly noticeable later.",
            source="Bengio, Practical recommendations for gradient-based training of deep architectures, 2012.",
            aliases=("exponential-decay", "exp"),
        ),
        Schedule(
            name="inverse-time",
            label="Inverse time",
            formula=r"\eta_t = \frac{\eta}{1 + k t}",
            factor=inverse_time,
            settings=(
                Setting(
                    name="rate",
                    label="Rate k",
                    default=0.01,
                    low=0.0,
                    high=1e3,
                    remark="After 1/k epochs half of the learning rate is left, after 2/k a third.",
                ),
            ),
            remark="It falls slowly enough to get anywhere and far enough to settle: proven for noisy gradients.",
            source="Robbins and Monro, A stochastic approximation method, 1951.",
            aliases=("inverse-time-decay", "time-based", "1/t", "hyperbolic"),
        ),
        Schedule(
            name="cosine",
            label="Cosine",
            formula=r"\eta_t = \eta\left(f + (1 - f)\,\frac{1 + \cos(\pi t / T)}{2}\right)",
            factor=cosine,
            settings=(
                _epochs("epochs", "Epochs T", 500.0, "After so many epochs it has come down to its floor."),
                _floor(0.0),
            ),
            remark="Long steps for a good while, then gently down to almost nothing.",
            source="Loshchilov and Hutter, SGDR: stochastic descent with warm restarts, 2017 (here without them).",
            aliases=("cosine-annealing", "cosine-decay"),
        ),
        Schedule(
            name="warmup-cosine",
            label="Warm-up, then cosine",
            formula=r"\eta_t = \eta\left(f + (1 - f)\,\frac{t}{W}\right) \text{ if } t < W, \text{ else } "
            r"\eta\left(f + (1 - f)\,\frac{1 + \cos(\pi (t - W) / (T - W))}{2}\right)",
            factor=warmup_cosine,
            settings=(
                _epochs("warmup", "Warm-up W", 20.0, "For so many epochs the learning rate rises from its floor to η."),
                _epochs("epochs", "Epochs T", 500.0, "After so many epochs it has come down to its floor."),
                _floor(0.01),
            ),
            remark="Short steps until the first wild gradients are over, then the whole rate, then gently down.",
            source="Goyal et al., Accurate, large minibatch SGD: training ImageNet in 1 hour, 2017; the fall: "
            "Loshchilov and Hutter, 2017.",
            aliases=("warm-up-cosine", "warmup", "warm-up", "linear-warmup"),
        ),
        Schedule(
            name="plateau",
            label="Plateau",
            formula=r"\eta \leftarrow \gamma \eta \text{ after } P \text{ epochs without progress}",
            factor=constant,
            settings=(
                Setting(
                    name="factor",
                    label="Factor γ",
                    default=0.5,
                    low=0.0,
                    high=1.0,
                    includes_low=False,
                    includes_high=False,
                    remark="What the learning rate is multiplied with on each plateau.",
                ),
                _epochs("patience", "Patience P", 20.0, "For so many epochs in a row it waits for a better loss."),
                Setting(
                    name="threshold",
                    label="Threshold",
                    default=1e-4,
                    low=0.0,
                    high=1e3,
                    remark="Only a loss that is lower by more than this counts as better.",
                ),
                _floor(0.001),
            ),
            remark="It waits until the loss no longer falls, and only then takes shorter steps.",
            source="ReduceLROnPlateau of Keras, 2015, and PyTorch, 2017; the same idea in Bengio, 2012.",
            aliases=("reduce-on-plateau", "reduce-lr-on-plateau"),
            watches_loss=True,
        ),
    ),
)
