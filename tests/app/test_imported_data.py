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
from engine.datasets.tables import Choice, read_table, suggest, to_points, written
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


def with_split():
    rows = "".join(f"{n},{n % 7},{'pq'[n % 2]},{('train', 'test', 'train')[n % 3]}\n" for n in range(30))
    table = read_table(f"a,b,kind,split\n{rows}".encode())
    imported = to_points(table, Choice(("a", "b"), "kind", "two-classes"))
    return changes.apply(compose(fold=2), "data.points", imported)


def trained_on(experiment):
    return resolve(experiment.data).is_train.tolist()


def test_the_split_of_a_table_is_kept_and_saved():
    experiment = with_split()
    assert trained_on(experiment) == [True, False, True] * 10
    assert (experiment.data.train_share, experiment.data.fold) == (0.6667, 0)
    assert read(write(experiment)) == experiment


def test_painting_moving_and_erasing_leave_the_split_of_a_table():
    experiment = with_split()
    dataset = resolve(experiment.data)
    painted = changes.with_painted(experiment, dataset, np.array([[0.0, 0.5], [1.0, 1.0]]), 1.0)
    assert trained_on(painted) == [True, False, True] * 10 + [True, True]
    moved = changes.with_edited(
        painted, resolve(painted.data), lambda drawing: drawing.with_moved([0, 1], np.array([[5.0, 5.0], [5.0, 5.0]]))
    )
    erased = changes.with_edited(moved, resolve(moved.data), lambda drawing: drawing.without([0, 4, 30]))
    expected = [is_train for place, is_train in enumerate(trained_on(painted)) if place not in (0, 4, 30)]
    assert trained_on(erased) == expected
    assert read(write(erased)) == erased
    none = changes.with_edited(erased, resolve(erased.data), lambda drawing: drawing.without(np.arange(29)))
    assert (len(resolve(none.data)), none.data.source.is_train) == (0, None)
    # Only points for the test are left: then one must be trained on.
    tests = changes.with_edited(experiment, dataset, lambda drawing: drawing.without(np.flatnonzero(dataset.is_train)))
    assert resolve(tests.data).train_count > 0


@pytest.mark.parametrize(
    ("change", "value", "said"),
    [
        ("data.train_share", 0.5, "Training share: 50%"),
        ("data.split_seed", 1, "Split: drawn again, number 1"),
        ("data.stratified", False, "Stratified split: off"),
        ("data.seed", 3, "Data seed: 3"),
    ],
)
def test_whatever_the_split_goes_by_takes_the_place_of_the_table_s(change, value, said):
    experiment = with_split()
    changed = changes.apply(experiment, change, value)
    assert changed.data.source.is_train is None
    assert describe(experiment, changed) == said
    assert trained_on(changed) != trained_on(experiment)


def test_a_split_that_comes_out_the_same_by_itself_is_drawn():
    experiment = compose(data="circle", samples=40, data_seed=5)
    dataset = resolve(experiment.data)
    table = read_table(written(experiment.data, dataset, "csv"))
    again = changes.apply(experiment, "data.points", to_points(table, suggest(table)))
    assert trained_on(again) == dataset.is_train.tolist()
    assert again.data.source.is_train is None
    # In another one it is not, so that it is kept as it was.
    other = changes.apply(compose(train_share=0.5), "data.points", to_points(table, suggest(table)))
    assert trained_on(other) == dataset.is_train.tolist()
    assert other.data.train_share == 0.7


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
