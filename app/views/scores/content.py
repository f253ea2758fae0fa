"""What the scores of a task are: pure numbers from a frame and its data set, no widgets."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.frame import Array, Frame
from app.views.parameter_text import number_text
from engine import metrics
from engine.datasets.dataset import Dataset
from engine.tasks import TASKS, Task

Row = tuple[str, str, str]


@dataclass(frozen=True, eq=False)
class Scores:
    """What is shown of one set of samples.

    Attributes:
        count: how many samples it has.
        rows: a name, a value, and a sentence that teaches what it is.
        confusion: how many samples of each class (rows) were taken for each class (columns), or None.
        pairs: wanted and given value of each sample, or None; shape (n,) each.
    """

    count: int
    rows: tuple[Row, ...]
    confusion: NDArray[np.int64] | None = None
    pairs: tuple[Array, Array] | None = None


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
            return Scores(len(targets), (*rows, *_distances(outputs, targets)))
        if task.name == "ranking":
            rows.append(("Kendall τ", number_text(metrics.kendall_tau(targets, outputs[0])), TAU))
            return Scores(len(targets), tuple(rows), pairs=(targets, outputs[0]))
        if task.classes:
            confusion = metrics.confusion_matrix(targets, _predicted(frame, task, outputs), dataset.classes)
            if task.is_image:
                rows.append(("Mean IoU", _percent(metrics.intersection_over_union(confusion)), IOU))
            return Scores(len(targets), tuple(rows), confusion=confusion)
        errors = outputs[0] - targets
        rows.append(("RMSE", number_text(float(np.sqrt(np.mean(errors * errors)))), RMSE))
        rows.append(("Largest error", number_text(float(np.max(np.abs(errors)))), "The sample that is farthest off."))
        return Scores(len(targets), tuple(rows), pairs=(targets, outputs[0]))


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
    name = task.metric_name[:1].upper() + task.metric_name[1:]
    if task.metric_unit == "%":
        shown = _percent(metric)
    else:
        shown = f"{metric:.1f} {task.metric_unit}" if task.metric_unit and np.isfinite(metric) else number_text(metric)
    return name, shown, HEADLINES[task.metric_name]


def _percent(share: float) -> str:
    return "–" if np.isnan(share) else f"{100.0 * share:.1f} %"


def _predicted(frame: Frame, task: Task, outputs: Array) -> NDArray[np.int64]:
    if task.outputs_each:
        return metrics.predicted_classes(outputs)
    middle = 0.5 * (frame.output_low + frame.output_high)
    return np.where(np.isfinite(outputs[0]), outputs[0] > middle, -1).astype(np.int64)


def _distances(outputs: Array, targets: Array) -> list[Row]:
    """Return how far apart samples lie, within their class and from other classes, for up to 300 of them."""
    chosen = np.linspace(0, len(targets) - 1, min(len(targets), 300)).astype(np.intp)
    points, labels = outputs[:, chosen], targets[chosen]
    apart = np.sqrt(np.sum((points[:, :, None] - points[:, None, :]) ** 2, axis=0))
    same = labels[:, None] == labels[None, :]
    others = ~np.eye(len(labels), dtype=np.bool_)
    within, between = apart[same & others], apart[~same]
    return [
        ("Within a class", number_text(float(within.mean())) if within.size else "–", "Mean distance of two alike."),
        (
            "Between classes",
            number_text(float(between.mean())) if between.size else "–",
            "Mean distance of two unlike.",
        ),
    ]
