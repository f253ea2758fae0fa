"""A table of the user's own in the experiment: with its task, as one step, and what painting makes of it."""

from unittest.mock import Mock

import numpy as np
import pytest

from app import changes
from app.description import describe
from app.session import Session
from app.training_worker import TrainingWorker
from engine.compose import compose
from engine.datasets.resolve import resolve
from engine.datasets.tables import Choice, read_table, to_points
from engine.experiment import Points
from engine.experiment_file import read, write
from engine.tasks import TASKS

ROWS = "".join(f"{number},{number % 7},{number % 5},{'pqr'[number % 3]}\n" for number in range(30))
TABLE = read_table(f"a,b,c,kind\n{ROWS}".encode())


def imported(task="classes", target="kind", inputs=("a", "b")):
    return to_points(TABLE, Choice(inputs, target, task))


@pytest.mark.parametrize(
    "start", ["two-classes", "classes", "regression", "regression-1d", "embedding", "segmentation"]
)
@pytest.mark.parametrize(
    ("task", "target", "inputs"),
    [
        ("classes", "kind", ("a", "b")),
        ("classes", "c", ("a", "b", "c")[:2]),
        ("embedding", "kind", ("a", "b")),
        ("regression", "c", ("a", "b")),
        ("regression-1d", "b", ("a",)),
        ("ranking", "c", ("a", "b")),
    ],
)
def test_any_experiment_can_take_any_table(start, task, target, inputs):
    table = imported(task, target, inputs)
    changed = changes.apply(compose(task=start, noise=0.3), "data.points", table)
    assert (changed.data.task, changed.data.classes, changed.data.noise) == (task, table.classes, 0.0)
    assert changed.data.source == table.points
    low, high = (table.classes, table.classes) if TASKS[task].outputs_each else (1, 3)
    assert low <= changed.network.output.units <= high
    assert resolve(changed.data).points.tolist() == table.points.inputs.tolist()
    # It can be saved, too, with what its numbers meant.
    assert read(write(changed)) == changed


def test_the_same_table_again_changes_nothing():
    experiment = changes.apply(compose(), "data.points", imported())
    assert changes.apply(experiment, "data.points", imported()) is experiment


def test_importing_is_one_step_and_can_be_undone(qapp):
    before = compose(data="circle", noise=0.1)
    session = Session(before, Mock(spec=TrainingWorker))
    messages = []
    session.message.connect(messages.append)
    session.change("data.points", imported())
    assert messages[-1].startswith("Task: several classes; the data is now 30 points of a table")
    assert len(session.dataset) == 30
    session.undo()
    assert session.experiment is before
    session.redo()
    assert session.dataset.classes == 3


def test_what_is_painted_there_leaves_the_names_of_the_columns():
    experiment = changes.apply(compose(task="classes"), "data.points", imported())
    columns = experiment.data.source.columns
    painted = changes.with_painted(experiment, resolve(experiment.data), np.array([[0.0, 0.5]]), 1.0)
    assert painted.data.source.columns == columns
    assert describe(experiment, painted) == "Data: 1 point painted, 31 now"
    erased = changes.with_erased(painted, resolve(painted.data), 0.0, 0.5, 0.1)
    assert erased.data.source.columns == columns
    fewer = changes.apply(painted, "data.classes", 2)
    assert isinstance(fewer.data.source, Points)
    assert fewer.data.source.columns == columns
    assert changes.cleared(fewer).data.source.columns is None


def test_another_table_is_described_as_one():
    first = changes.apply(compose(task="classes"), "data.points", imported())
    second = changes.apply(first, "data.points", imported(inputs=("a", "c")))
    assert describe(first, second) == "Data: 30 points of a table"
