"""Train an experiment for some epochs and say how it went."""

import sys
import time
from typing import Any

import msgspec
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from engine.experiment import Experiment
from engine.parameters import unpack
from engine.tasks import TASKS
from engine.trainer import Trainer
from engine.validation import ExperimentError

NO_SAMPLES = "There are no training samples to learn from."


def train(experiment: Experiment, epochs: int, *, show_progress: bool) -> dict[str, Any]:
    """Return what came of ``epochs`` epochs of ``experiment``.

    Losses are means without the penalty. ``metric`` is the task's own, called ``metric_name``, of the test set, or of
    the training set where there is no other; ``accuracy`` is the same where there are classes, ``r_squared`` in a
    regression, and None elsewhere.
    ``stopped`` is the sentence that says why the run ended early, or None. ``seconds`` is the time spent training,
    compiling left out.

    Raises:
        ExperimentError: there is nothing to train on.
    """
    trainer = Trainer(experiment)
    if not trainer.steps_per_epoch:
        raise ExperimentError(NO_SAMPLES)
    trainer.step_once()
    trainer.reset()  # the step was for the compiler
    columns = (
        TextColumn("epoch"),
        MofNCompleteColumn(),
        BarColumn(),
        TextColumn("{task.fields[loss]}"),
        TimeRemainingColumn(),
    )
    seconds = 0.0
    with Progress(*columns, console=Console(file=sys.stderr), disable=not show_progress) as progress:
        bar = progress.add_task("", total=epochs, loss="")
        while trainer.epoch < epochs and not trainer.has_ended:
            left = trainer.steps_to_epoch_end() + (epochs - trainer.epoch - 1) * trainer.steps_per_epoch
            start = time.perf_counter()
            trainer.run(0.1, steps=left)
            seconds += time.perf_counter() - start
            if show_progress:
                progress.update(bar, completed=trainer.epoch, loss=f"train loss {trainer.measure().train_loss:.6g}")
    measured = trainer.measure()
    task = TASKS[experiment.data.task]
    has_classes = task.classes > 0
    metric = measured.test_metric if trainer.dataset.test_count else measured.train_metric
    samples = trainer.epoch * trainer.dataset.train_count
    stopped = trainer.divergence.message if trainer.divergence else None
    return {
        "epochs": trainer.epoch,
        "steps": trainer.step,
        "train_loss": measured.train_loss,
        "test_loss": measured.test_loss,
        "penalty": measured.penalty,
        "accuracy": metric if has_classes else None,
        "train_accuracy": measured.train_metric if has_classes else None,
        "r_squared": metric if task.metric_name == "R²" else None,
        "metric_name": task.metric_name,
        "metric": metric,
        "seconds": seconds,
        "samples_per_second": samples / seconds if seconds > 0.0 else 0.0,
        "stopped": stopped,
        "ended_by": trainer.stopped.message if trainer.stopped else None,
        "best_epoch": trainer.stopped.best_epoch if trainer.stopped else None,
        "parameters": [msgspec.to_builtins(layer) for layer in unpack(trainer.layout, trainer.parameters)],
    }
