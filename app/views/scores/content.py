"""What the scores of a task are: pure numbers from a frame and its data set, no widgets."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.frame import Array, Frame
from app.metric_text import NONE, metric_heading, metric_text
from app.views.parameter_text import number_text
from engine import metrics
from engine.datasets.dataset import Dataset
from engine.losses import LOSSES
from engine.settings import complete
from engine.tasks import TASKS, Task

Row = tuple[str, str, str]

# Among so many samples distances are measured at most.
MOST_COMPARED = 300
BARS = 31
# Beyond, differences leave the range of numbers.
LARGEST_DRAWN = 1e150


@dataclass(frozen=True, eq=False)
class Pairs:
    """Wanted and given value of each sample, shape (n,) each, and whether both have the same unit."""

    title: str
    wanted: Array
    given: Array
    same_unit: bool


@dataclass(frozen=True, eq=False)
class Histogram:
    """How often values of a size occur.

    Attributes:
        title: what is counted.
        edges: the limits of the bars, shape (bars + 1,).
        kinds: name, ink (“high”, “low”, or “sign”: by the sign of the value) and share of each bar, shape (bars,).
        mark: a value to mark, and what it is called; or None.
    """

    title: str
    edges: Array
    kinds: tuple[tuple[str, str, Array], ...]
    mark: tuple[float, str] | None = None


@dataclass(frozen=True, eq=False)
class Scores:
    """What is shown of one set of samples.

    Attributes:
        count: how many samples it has.
        rows: a name, a value, and a sentence that teaches what it is.
        confusion: how many samples of each class (rows) were taken for each class (columns), or None.
        columns: of each class, beside the matrix: a name, a sentence, and the shares (classes,).
        pairs: wanted and given values to plot, or None.
        histogram: how errors or distances are spread, or None.
        class_names: what the classes 0, 1 … are called, as in the data set.
    """

    count: int
    rows: tuple[Row, ...]
    confusion: NDArray[np.int64] | None = None
    columns: tuple[tuple[str, str, Array], ...] = ()
    pairs: Pairs | None = None
    histogram: Histogram | None = None
    class_names: tuple[str, ...] = ()


def scores_of(frame: Frame, dataset: Dataset, *, test: bool) -> Scores | None:
    """Return the scores of the test set, or of the training set; None while the outputs are not known."""
    mask = ~dataset.is_train if test else dataset.is_train
    outputs = frame.test_outputs if test else frame.train_outputs
    targets = dataset.targets[mask]
    if outputs.shape[1] != len(targets):
        return None
    if not len(targets):
        return Scores(0, ())
    task = TASKS[frame.experiment.data.task]
    metric = frame.test_metric if test else frame.train_metric
    rows = [_headline(task, metric)]
    with np.errstate(invalid="ignore", over="ignore", divide="ignore"):
        if task.name == "embedding":
            within, between = _distances(outputs, targets)
            rows += [_mean_row("Within a class", within, "alike"), _mean_row("Between classes", between, "unlike")]
            return Scores(len(targets), tuple(rows), histogram=_spread_of_distances(within, between, _margin(frame)))
        if task.name == "ranking":
            rows.append(("Kendall τ", number_text(metrics.kendall_tau(targets, outputs[0])), TAU))
            pairs = Pairs("score over hidden score", targets, outputs[0], same_unit=False)
            return Scores(len(targets), tuple(rows), pairs=pairs)
        if task.classes:
            confusion = metrics.confusion_matrix(targets, _predicted(frame, task, outputs), dataset.classes)
            if task.is_image:
                rows.append(("Mean IoU", _percent(metrics.intersection_over_union(confusion)), IOU))
            columns = _columns(confusion, is_image=task.is_image)
            return Scores(len(targets), tuple(rows), confusion, columns, class_names=dataset.class_names)
        errors = outputs[0] - targets
        rows.append(("RMSE", number_text(float(np.sqrt(np.mean(errors * errors)))), RMSE))
        rows.append(("Largest error", number_text(float(np.max(np.abs(errors)))), "The sample that is farthest off."))
        pairs = Pairs("output over target", targets, outputs[0], same_unit=True)
        return Scores(len(targets), tuple(rows), pairs=pairs, histogram=_spread_of_errors(errors))


TAU = "1: every pair is ordered rightly; 0: as good as guessing; −1: all the wrong way round."
IOU = "Mean over the parts of the picture: what is rightly found, of all that is found or should be."
RMSE = "The root of the mean squared error: how far off a prediction typically is, in the unit of the target."
HEADLINES = {
    "accuracy": "The share of samples whose class is right.",
    "pixel accuracy": "The share of pixels whose part is right.",
    "R²": "1: every value is right; 0: no better than always the mean.",
    "k-NN accuracy": "How often the five nearest neighbors vote for a sample's own class.",
    "ordered pairs": "The share of pairs that the score puts in the right order.",
    "PSNR": "How much stronger the picture is than its error, on a logarithmic scale: 30 dB looks good.",
}


def _headline(task: Task, metric: float) -> Row:
    return metric_heading(task.metric_name), metric_text(metric, task.metric_unit), HEADLINES[task.metric_name]


def _percent(share: float) -> str:
    return metric_text(share, "%")


def _columns(confusion: NDArray[np.int64], *, is_image: bool) -> tuple[tuple[str, str, Array], ...]:
    """Return precision, recall and F1 of every class, and the IoU of the parts of an image."""
    precision, recall = metrics.precision_and_recall(confusion)
    f1 = metrics.f1_scores(confusion)
    columns = [
        ("Precision", "Of those taken for the class, how many are it.", precision),
        ("Recall", "Of those that are the class, how many were found.", recall),
        ("F1", "The harmonic mean of precision and recall.", f1),
    ]
    if is_image:
        # F1 = 2r / (a + b) and IoU = r / (a + b − r), where r of a wanted and b given pixels are right.
        columns.append(("IoU", "What is rightly found, of all that is found or should be.", f1 / (2.0 - f1)))
    return tuple(columns)


def _predicted(frame: Frame, task: Task, outputs: Array) -> NDArray[np.int64]:
    if task.outputs_each:
        return metrics.predicted_classes(outputs)
    middle = 0.5 * (frame.output_low + frame.output_high)
    return np.where(np.isfinite(outputs[0]), outputs[0] > middle, -1).astype(np.int64)


def _distances(outputs: Array, targets: Array) -> tuple[Array, Array]:
    """Return the distances of samples within their class and from other classes, among up to 300 of them."""
    chosen = np.linspace(0, len(targets) - 1, min(len(targets), MOST_COMPARED)).astype(np.intp)
    points, labels = outputs[:, chosen], targets[chosen]
    apart = np.sqrt(np.sum((points[:, :, None] - points[:, None, :]) ** 2, axis=0))
    same = labels[:, None] == labels[None, :]
    # Each pair once.
    pair = np.triu(np.ones(same.shape, dtype=np.bool_), k=1)
    return apart[same & pair], apart[~same & pair]


def _mean_row(name: str, distances: Array, kind: str) -> Row:
    shown = number_text(float(distances.mean())) if distances.size else NONE
    return name, shown, f"The mean distance of two {kind} samples."


def _margin(frame: Frame) -> tuple[float, str]:
    """Return the distance at which the loss is content, and its name: the triplet loss compares squares."""
    training = frame.experiment.training
    value = complete(LOSSES[training.loss].settings, training.loss_settings)[0]
    return (math.sqrt(value), "√α") if LOSSES[training.loss].members == 3 else (value, "margin")


def _spread_of_distances(within: Array, between: Array, margin: tuple[float, str]) -> Histogram | None:
    finite = [each[np.isfinite(each)] for each in (within, between)]
    highest = max((float(each.max(initial=0.0)) for each in finite), default=0.0)
    if not 0.0 < highest < LARGEST_DRAWN:
        return None
    edges = np.linspace(0.0, highest, BARS + 1)
    shares = [np.histogram(each, edges)[0] / max(len(each), 1) for each in finite]
    names = ("within a class", "between classes")
    kinds = tuple((name, ink, share) for name, ink, share in zip(names, ("high", "low"), shares, strict=True))
    return Histogram("distances", edges, kinds, margin)


def _spread_of_errors(errors: Array) -> Histogram | None:
    finite = errors[np.isfinite(errors)]
    largest = float(np.max(np.abs(finite), initial=0.0))
    if not 0.0 < largest < LARGEST_DRAWN:
        return None
    # An odd number of bars: errors around zero are neither.
    edges = np.linspace(-largest, largest, BARS + 1)
    return Histogram("errors", edges, (("errors", "sign", np.histogram(finite, edges)[0] / len(finite)),))
