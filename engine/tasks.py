"""Tasks: what a network is asked for, and how well it does."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from engine.activations import ACTIVATIONS
from engine.datasets.dataset import Array
from engine.family import Family
from engine.losses import LOSSES
from engine.metrics import accuracy, r_squared


@dataclass(frozen=True)
class Task:
    """One task.

    Attributes:
        name: the name in files.
        label: the name people read.
        classes: the number of classes, or 0 where targets are values.
        losses: names of the losses that suit it; the first is the natural choice.
        outputs: output activations that suit it.
        metric_name: what ``metric`` measures.
        metric: (targets as the network is asked for them, predictions, the two class targets) → a number, best 1.
        remark: one sentence that teaches.
        aliases: other names.
    """

    name: str
    label: str
    classes: int
    losses: tuple[str, ...]
    outputs: tuple[str, ...]
    metric_name: str
    metric: Callable[[Array, Array, tuple[float, float]], float]
    remark: str
    aliases: tuple[str, ...] = ()


TASKS = Family(
    "task",
    (
        Task(
            name="two-classes",
            label="Two classes",
            classes=2,
            losses=("binary-cross-entropy", "mse"),
            outputs=("sigmoid", "tanh", "linear", "relu"),
            metric_name="accuracy",
            metric=accuracy,
            remark="To which of two classes does a point belong?",
            aliases=("classification", "binary"),
        ),
        Task(
            name="regression",
            label="Regression",
            classes=0,
            losses=("mse",),
            outputs=("linear", "tanh", "sigmoid", "relu"),
            metric_name="R²",
            metric=r_squared,
            remark="What value belongs to a point?",
        ),
    ),
)


def output_for(task: str, loss: str) -> str:
    """Return the output activation that suits ``task`` and ``loss`` best."""
    fitting = [name for name in TASKS[task].outputs if name in LOSSES[loss].outputs]
    if loss == "mse" and TASKS[task].classes:
        return "tanh"
    return fitting[0]


def class_targets(loss: str, output: str) -> tuple[float, float]:
    """Return what the output unit is asked for, for the first and the second class."""
    return LOSSES[loss].class_targets or ACTIVATIONS[output].class_targets


def wanted(task: str, loss: str, output: str, targets: Array) -> Array:
    """Return what the network is asked for, from the targets of a data set; both shape (n,)."""
    if not TASKS[task].classes:
        return targets
    first, second = class_targets(loss, output)
    return np.where(targets > 0.5, second, first)
