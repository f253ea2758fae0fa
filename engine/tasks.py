"""Tasks: what a network is asked for, and how well it does."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from engine.activations import ACTIVATIONS
from engine.datasets.dataset import Array, Dataset
from engine.family import Family
from engine.losses import LOSSES
from engine.metrics import (
    accuracy,
    class_accuracy,
    nearest_neighbor_accuracy,
    ordered_share,
    psnr,
    r_squared,
)

# From the targets (n,) and the outputs (k, n) of a set, and what a single output is asked for in two classes.
Metric = Callable[[Array, Array, tuple[float, float]], float]
ANY_CLASSES = 8
VALUES = ("mse", "half-squared-error", "mae", "huber", "log-cosh")
FREE_OUTPUTS = (
    "linear", "tanh", "sigmoid", "relu", "leaky-relu", "elu", "softplus", "gelu", "silu", "selu", "softsign",
    "hard-sigmoid", "sine",
)  # fmt: skip


@dataclass(frozen=True)
class Task:
    """One task.

    Attributes:
        name: the name in files.
        label: the name people read.
        classes: the largest number of classes, or 0 where targets are values.
        outputs_each: whether there is an output for each class.
        losses: names of the losses that suit it; the first is the natural choice.
        outputs: output activations that suit it.
        metric_name: what ``metric`` measures.
        metric: how well the outputs fit the targets; the larger the better.
        metric_unit: “%” for a share, which is then shown in percent; “dB”, or nothing.
        remark: one sentence that teaches.
        aliases: other names.
        is_image: whether the samples are the pixels of a picture.
    """

    name: str
    label: str
    classes: int
    outputs_each: bool
    losses: tuple[str, ...]
    outputs: tuple[str, ...]
    metric_name: str
    metric: Metric
    metric_unit: str
    remark: str
    aliases: tuple[str, ...] = ()
    is_image: bool = False


def _of_one(metric: Callable[[Array, Array, tuple[float, float]], float]) -> Metric:
    return lambda targets, outputs, pair: metric(targets, outputs[0], pair)


def _two_classes(targets: Array, outputs: Array, pair: tuple[float, float]) -> float:
    return accuracy(np.where(targets > 0.5, pair[1], pair[0]), outputs[0], pair)


def _classes(targets: Array, outputs: Array, pair: tuple[float, float]) -> float:
    return class_accuracy(targets, outputs)


TASKS = Family(
    "task",
    (
        Task(
            name="two-classes",
            label="Two classes",
            classes=2,
            outputs_each=False,
            losses=(
                "binary-cross-entropy",
                "mse",
                "half-squared-error",
                "mae",
                "huber",
                "log-cosh",
                "hinge",
                "squared-hinge",
            ),
            outputs=FREE_OUTPUTS,
            metric_name="accuracy",
            metric=_two_classes,
            metric_unit="%",
            remark="To which of two classes does a point belong?",
            aliases=("classification", "binary"),
        ),
        Task(
            name="classes",
            label="Several classes",
            classes=ANY_CLASSES,
            outputs_each=True,
            losses=(
                "categorical-cross-entropy",
                "sparse-categorical-cross-entropy",
                "multi-class-hinge",
                "mse",
                "half-squared-error",
            ),
            outputs=("softmax", "linear", "sigmoid"),
            metric_name="accuracy",
            metric=_classes,
            metric_unit="%",
            remark="To which of several classes does a point belong? One output for each, and the largest wins.",
            aliases=("several-classes", "multi-class", "multiclass"),
        ),
        Task(
            name="regression",
            label="Regression",
            classes=0,
            outputs_each=False,
            losses=VALUES,
            outputs=FREE_OUTPUTS,
            metric_name="R²",
            metric=_of_one(r_squared),
            metric_unit="",
            remark="What value belongs to a point?",
        ),
        Task(
            name="regression-1d",
            label="Regression of a curve",
            classes=0,
            outputs_each=False,
            losses=VALUES,
            outputs=FREE_OUTPUTS,
            metric_name="R²",
            metric=_of_one(r_squared),
            metric_unit="",
            remark="What y belongs to an x? The network draws a curve through the points.",
            aliases=("curve", "1d"),
        ),
        Task(
            name="embedding",
            label="Embedding",
            classes=ANY_CLASSES,
            outputs_each=False,
            losses=("contrastive", "triplet"),
            outputs=("linear", "tanh"),
            metric_name="k-NN accuracy",
            metric=lambda targets, outputs, pair: nearest_neighbor_accuracy(outputs, targets),
            metric_unit="%",
            remark="Where should points lie so that their own class is near and every other far?",
            aliases=("metric-learning",),
        ),
        Task(
            name="ranking",
            label="Ranking",
            classes=0,
            outputs_each=False,
            losses=("margin-ranking",),
            outputs=("linear", "tanh"),
            metric_name="ordered pairs",
            metric=_of_one(lambda targets, scores, pair: ordered_share(targets, scores)),
            metric_unit="%",
            remark="Which of two points is the better one? The network learns a score from pairs alone.",
        ),
        Task(
            name="segmentation",
            label="Image, by class",
            classes=ANY_CLASSES,
            outputs_each=True,
            losses=("pixel-cross-entropy", "mse"),
            outputs=("softmax",),
            metric_name="pixel accuracy",
            metric=_classes,
            metric_unit="%",
            remark="To which part of a picture does each pixel belong? The network sees nothing but its position.",
            aliases=("image-segmentation",),
            is_image=True,
        ),
        Task(
            name="reconstruction",
            label="Image, by gray value",
            classes=0,
            outputs_each=False,
            losses=VALUES,
            outputs=FREE_OUTPUTS,
            metric_name="PSNR",
            metric=_of_one(lambda targets, values, pair: psnr(targets, values)),
            metric_unit="dB",
            remark="How bright is each pixel of a picture? The network becomes the picture.",
            aliases=("image-reconstruction", "image"),
            is_image=True,
        ),
        Task(
            name="soft-classes",
            label="Soft classes",
            classes=ANY_CLASSES,
            outputs_each=True,
            losses=("kl-divergence", "categorical-cross-entropy", "mse"),
            outputs=("softmax",),
            metric_name="accuracy",
            metric=_classes,
            metric_unit="%",
            remark="How likely is each class? The targets are probabilities, not labels.",
            aliases=("soft-targets",),
        ),
    ),
)


def class_count(task: str, classes: int) -> int:
    """Return how many classes the targets of ``task`` have if ``classes`` are chosen; 0 where they are values."""
    return min(TASKS[task].classes, classes)


def output_units(task: str, classes: int) -> tuple[int, int]:
    """Return the least and the largest number of output units."""
    if TASKS[task].outputs_each:
        return classes, classes
    return (1, 3) if task == "embedding" else (1, 1)


def unfit_features(task: str, features: Sequence[str]) -> list[str]:
    """Return the features that ``task`` cannot use: those of x₂, where x₂ is what is to be found."""
    return [name for name in features if "x2" in name] if task == "regression-1d" else []


def output_for(task: str, loss: str) -> str:
    """Return the output activation that suits ``task`` and ``loss`` best."""
    entry = TASKS[task]
    fitting = [name for name in entry.outputs if name in LOSSES[loss].outputs]
    if loss in VALUES and entry.classes == 2:
        return "tanh"
    # Scores and embeddings need room, probabilities their softmax, gray values their 0 to 1.
    if task == "reconstruction":
        return "sigmoid"
    return fitting[0]


def class_targets(loss: str, output: str) -> tuple[float, float]:
    """Return what a single output unit is asked for, for the first and the second class."""
    return LOSSES[loss].class_targets or ACTIVATIONS[output].class_targets


def wanted(
    task: str, loss: str, output: str, dataset: Dataset, mask: np.ndarray[tuple[int], np.dtype[np.bool_]]
) -> Array:
    """Return what the network is asked for, shape (rows, n), for the samples of ``mask``.

    One row of values or class numbers, or one row a class. For losses on groups it depends on the group, and this is
    only room for it.
    """
    targets = dataset.targets[mask]
    if not TASKS[task].outputs_each:
        if TASKS[task].classes != 2:
            return targets[None, :]
        first, second = class_targets(loss, output)
        return np.where(targets > 0.5, second, first)[None, :]
    if LOSSES[loss].target == "index":
        return targets[None, :]
    if dataset.soft is not None:
        return np.ascontiguousarray(dataset.soft[mask].T)
    return np.asarray(targets[None, :] == np.arange(dataset.classes)[:, None], dtype=np.float64)
