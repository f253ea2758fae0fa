"""Frames for the tests of views: a real experiment, computed by the NumPy reference."""

import numpy as np

from app.frame import Curve, Frame
from engine import reference
from engine.datasets.dataset import Dataset
from engine.datasets.resolve import resolve
from engine.experiment import Experiment
from engine.features import compute
from engine.losses import LOSSES
from engine.parameters import Layout, initial, layout
from engine.settings import complete
from engine.tasks import TASKS, class_targets, wanted


def grid(size: int) -> np.ndarray:
    """Return the points of a size × size grid over the domain, row 0 at the top, shape (size², 2)."""
    axis = (np.arange(size) + 0.5) / size * 12.0 - 6.0
    x1, x2 = np.meshgrid(axis, axis[::-1])
    return np.column_stack((x1.ravel(), x2.ravel()))


def sample_frame(
    experiment: Experiment | None = None, *, running: bool = False, focus_unit: int = -1
) -> tuple[Experiment, Dataset, Layout, Frame]:
    """Return what a view is shown: an experiment, its data, the shape of its network and a frame of it."""
    experiment = experiment or Experiment()
    dataset, shape, parameters = resolve(experiment.data), layout(experiment.network), initial(experiment)
    task, loss, output = experiment.data.task, experiment.training.loss, experiment.network.output.activation
    names = experiment.network.features
    inputs = compute(names, dataset.points)
    everything = np.ones(len(dataset), dtype=np.bool_)
    targets = wanted(task, loss, output, dataset, everything)
    setting = (*complete(LOSSES[loss].settings, experiment.training.loss_settings), None)[0]

    def members(mask: np.ndarray) -> np.ndarray | tuple[np.ndarray, ...]:
        """Return the inputs of the samples; for losses on groups those of their neighbors, too."""
        own = inputs[:, mask]
        count = LOSSES[loss].members
        return own if count == 1 else tuple(np.roll(own, shift, axis=1) for shift in range(count))

    outputs = reference.forward(shape, parameters, inputs).a[-1]

    def part(mask: np.ndarray) -> tuple[float, float]:
        if not mask.any():
            return float("nan"), float("nan")
        predicted = reference.forward(shape, parameters, inputs[:, mask]).a[-1]
        return (
            reference.mean_loss(shape, parameters, members(mask), targets[:, mask], loss, setting),
            TASKS[task].metric(dataset.targets[mask], predicted, class_targets(loss, output)),
        )

    train_loss, train_metric = part(dataset.is_train)
    test_loss, test_metric = part(~dataset.is_train)
    gradient = (
        reference.gradient(shape, parameters, members(dataset.is_train), targets[:, dataset.is_train], loss, setting)
        if dataset.is_train.any()
        else np.zeros_like(parameters)
    )

    def fields(size: int) -> np.ndarray:
        activations = reference.forward(shape, parameters, compute(names, grid(size))).a
        return np.concatenate(activations).astype(np.float32).reshape(-1, size, size)

    low, high = class_targets(loss, output) if TASKS[task].classes else (-1.0, 1.0)
    epochs = np.arange(50.0)
    frame = Frame(
        experiment=experiment,
        layout=shape,
        running=running,
        epoch=49,
        step=49 * 18,
        train_loss=train_loss,
        test_loss=test_loss,
        penalty=0.0,
        train_metric=train_metric,
        test_metric=test_metric,
        samples_per_second=0.0,
        parameters=parameters,
        gradient=gradient,
        update=-0.03 * gradient,
        unit_fields=fields(40),
        output_fields=fields(128)[-experiment.network.output.units :],
        focus_field=fields(128)[focus_unit] if focus_unit >= 0 else None,
        focus_unit=focus_unit,
        output_low=low,
        output_high=high,
        train_curve=Curve(epochs, 0.1 + 0.6 * np.exp(-epochs / 15.0)),
        test_curve=Curve(epochs, 0.15 + 0.6 * np.exp(-epochs / 18.0)),
        train_outputs=outputs[:, dataset.is_train],
        test_outputs=outputs[:, ~dataset.is_train],
        learning_rate=experiment.training.learning_rate,
        stopped=None,
        best_epoch=None,
    )
    return experiment, dataset, shape, frame
