"""Changes of the points one by one: what is painted, erased, moved, or given another class."""

import dataclasses

import numpy as np

from app.changes.basis import replace, with_data
from app.painting.drawing import Drawing, DrawingChange
from app.painting.eraser import kept
from engine.compose import natural_classes, natural_data, natural_samples
from engine.datasets.dataset import MAXIMUM_SAMPLES, Array, Dataset, frozen
from engine.datasets.resolve import CURVE_SCALE, resolve
from engine.experiment import Data, Experiment, Generated, Points
from engine.tasks import TASKS
from engine.validation import ExperimentError

NO_POINTS = Points(inputs=np.zeros((0, 2)), targets=np.zeros(0))
# Of a curve, y is what is wanted; the picture is four times as high. A power of two, so nothing is lost on the way.
_CURVE = np.array((1.0, CURVE_SCALE))


def drawing_of(experiment: Experiment, dataset: Dataset) -> Drawing:
    """Return the points of ``dataset``, which is that of ``experiment``, as they are drawn."""
    points, origins = dataset.points, dataset.points if dataset.origins is None else dataset.origins
    if _is_curve(experiment):
        points, origins = points / _CURVE, origins / _CURVE
    return Drawing(points, dataset.targets, origins)


def with_edited(experiment: Experiment, dataset: Dataset, change: DrawingChange) -> Experiment:
    """Return ``experiment`` with what ``change`` makes of its points; the same object if that is the same drawing.

    Generated data become explicit points first, as they are in ``dataset``: with all their noise, which is then zero.
    A point of a curve has its y as target: it follows the point, or the point follows it if only that was changed.

    Raises:
        ExperimentError: there would be too many points, or the pixels of an image would move.
    """
    before = drawing_of(experiment, dataset)
    after = change(before)
    if after is before:
        return experiment
    if len(after) > MAXIMUM_SAMPLES:
        raise ExperimentError(f"There is room for {MAXIMUM_SAMPLES:,} points; erase some before painting more.")
    if dataset.shape is not None and after.points is not before.points:
        raise ExperimentError("The pixels of a picture stay where they are; only what is wanted there can be changed.")
    source = experiment.data.source
    is_train = _is_train(source.is_train, before, after) if isinstance(source, Points) else None
    if _is_curve(experiment):
        after = _curve(before, after)
    origins = None if np.array_equal(after.origins, after.points) else frozen(after.origins)
    points = Points(
        inputs=frozen(after.points),
        targets=frozen(after.targets),
        origins=origins,
        # What is drawn among the points of a table means the same as they do.
        columns=source.columns if isinstance(source, Points) else None,
        shape=dataset.shape,
        is_train=is_train,
    )
    return with_data(experiment, source=points, noise=0.0, label_noise=0.0)


def _is_train(known: Array | None, before: Drawing, after: Drawing) -> Array | None:
    """Return which points are trained on after a change, where a table said it: those that are new are.

    A point is known by its origin, which it keeps wherever it goes.
    """
    if known is None:
        return None
    old, new = before.origins, after.origins
    if len(new) >= len(old) and np.array_equal(new[: len(old)], old):
        return frozen(np.concatenate((known, np.ones(len(new) - len(old)))))
    places, wanted = (np.ascontiguousarray(each + 0.0).view(np.complex128).ravel() for each in (old, new))
    order = np.argsort(places, kind="stable")
    found = order[np.minimum(np.searchsorted(places, wanted, sorter=order), len(old) - 1)] if len(old) else order
    result = np.where(places[found] == wanted, known[found], 1.0) if len(old) else np.ones(len(new))
    # Where no point is left to train on, the split is drawn again.
    return frozen(result) if result.any() else None


def with_painted(experiment: Experiment, dataset: Dataset, points: Array, target: float) -> Experiment:
    """Return ``experiment`` with ``points`` (k, 2) added, all with the same ``target``."""
    return with_edited(experiment, dataset, painting(points, target))


def with_erased(experiment: Experiment, dataset: Dataset, x1: float, x2: float, radius: float) -> Experiment:
    """Return ``experiment`` without the points within ``radius`` of (x1, x2); the same object if there are none."""
    return with_edited(experiment, dataset, erasing(x1, x2, radius))


def painting(points: Array, target: float) -> DrawingChange:
    """Return the change that adds ``points`` (k, 2), all with the same ``target``."""
    return lambda drawing: drawing.with_added(points, target)


def erasing(x1: float, x2: float, radius: float) -> DrawingChange:
    """Return the change that takes the points within ``radius`` of (x1, x2) away."""
    return lambda drawing: drawing.without(np.flatnonzero(~kept(drawing.points, x1, x2, radius)))


def cleared(experiment: Experiment) -> Experiment:
    """Return ``experiment`` with no points at all: an empty canvas to paint on.

    A picture keeps its pixels: all become those of the first class, or white.
    """
    source = _blank_picture(experiment.data) if TASKS[experiment.data.task].is_image else NO_POINTS
    if experiment.data.source == source:
        return experiment
    return with_data(experiment, source=source, noise=0.0, label_noise=0.0)


def _blank_picture(data: Data) -> Points:
    """Return a picture as large as that of ``data``, with nothing on it."""
    dataset = resolve(data)
    if dataset.shape is None:
        task, name = TASKS[data.task], natural_data(TASKS[data.task])
        source = Generated(name, natural_samples(task))
        dataset = resolve(replace(data, source=source, classes=natural_classes(task, name), noise=0.0))
    blank = np.zeros(len(dataset)) if dataset.classes else np.ones(len(dataset))
    return Points(inputs=dataset.points, targets=frozen(blank), shape=dataset.shape)


def _is_curve(experiment: Experiment) -> bool:
    return experiment.data.task == "regression-1d"


def _curve(before: Drawing, after: Drawing) -> Drawing:
    """Return ``after`` in the units of the data, each y as its own target."""
    points = after.points * _CURVE
    if after.points is before.points:
        points[:, 1] = after.targets
    return dataclasses.replace(after, points=points, targets=points[:, 1].copy(), origins=after.origins * _CURVE)
