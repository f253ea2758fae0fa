"""What a choice costs: every optimizer, activation, regularizer and task, relative to plain descent with tanh."""

import time
from collections.abc import Iterator
from typing import Any

from rich.console import Console
from rich.table import Table

from engine.activations import ACTIVATIONS
from engine.compose import compose
from engine.experiment import Experiment
from engine.optimizers import OPTIMIZERS
from engine.tasks import TASKS
from engine.trainer import Trainer

# 2-8-8-1, batch 10, 250 samples, all trained on.
COMMON: dict[str, Any] = {
    "hidden": (8, 8), "batch_size": 10, "samples": 250, "train_share": 1.0, "learning_rate": 1e-3,
}  # fmt: skip
BASE: dict[str, Any] = {"data": "circle", "loss": "mse", "optimizer": "sgd", "activation": "tanh"}
ROUNDS = 5


def cases() -> Iterator[tuple[str, str, Experiment]]:
    """Yield group, name and experiment of everything that is timed; the first is what the others are compared with."""
    yield "base", "SGD, tanh", compose(**COMMON, **BASE)
    for optimizer in OPTIMIZERS.entries[1:]:
        yield "optimizer", optimizer.label, compose(**COMMON, **{**BASE, "optimizer": optimizer.name})
    for activation in ACTIVATIONS:
        if activation.hidden and activation.name != "tanh":
            yield "activation", activation.label, compose(**COMMON, **{**BASE, "activation": activation.name})
    extras: tuple[tuple[str, dict[str, Any]], ...] = (
        ("L2", {"l2": 1e-3}),
        ("clipping by norm", {"clip_norm": 1.0}),
        ("max-norm", {"max_norm": 2.0}),
        ("dropout", {"dropout": 0.2}),
        ("jitter", {"jitter": 0.1}),
        ("cosine schedule", {"schedule": "cosine"}),
    )
    for name, chosen in extras:
        yield "training", name, compose(**COMMON, **BASE, **chosen)
    yield "task", "Two classes", compose(**COMMON)
    for task in TASKS.entries[1:]:
        classes: dict[str, Any] = {"classes": 3} if task.name in ("classes", "soft-classes") else {}
        yield "task", task.label, compose(task=task.name, **COMMON, **classes)


def report(seconds: float = 0.1) -> list[dict[str, Any]]:
    """Time all cases in turn, print what each costs relative to its base, and return the numbers.

    The base of tasks is the task of two classes. Rounds go through all cases, so that a machine that gets slower does
    so for all of them; the best round counts. An epoch takes the same number of steps everywhere but with images.
    """
    timed = [(group, name, Trainer(experiment)) for group, name, experiment in cases()]
    best = [0.0] * len(timed)
    for number in range(ROUNDS + 1):
        for place, (_, _, trainer) in enumerate(timed):
            before, start = trainer.step, time.perf_counter()
            trainer.run(seconds)
            rate = (trainer.step - before) / (time.perf_counter() - start)
            # The first round may compile, and finds out how long a slice may be.
            best[place] = max(best[place], rate) if number else 0.0
    bases = {"task": next(rate for (group, _, _), rate in zip(timed, best, strict=True) if group == "task")}
    rows: list[dict[str, Any]] = [
        {"group": group, "name": name, "steps_per_second": rate, "cost": bases.get(group, best[0]) / rate}
        for (group, name, _), rate in zip(timed, best, strict=True)
    ]
    console = Console()
    console.width = max(console.width, 80)
    table = Table(
        "", "choice", title="time of a step of 2-8-8-1, batch 10, relative to SGD with tanh (tasks: two classes)"
    )
    table.add_column("steps per second", justify="right")
    table.add_column("cost", justify="right")
    for row in rows:
        table.add_row(row["group"], row["name"], f"{row['steps_per_second']:,.0f}", f"×{row['cost']:.2f}")
    console.print(table)
    return rows
