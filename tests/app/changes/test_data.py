"""Changes of what is learned, and what they bring along."""

import numpy as np
import pytest

from app import changes
from app.description import describe
from engine.compose import compose
from engine.datasets.resolve import resolve
from engine.experiment import Data, Experiment, Generated, Points
from engine.tasks import TASKS
from engine.validation import ExperimentError


@pytest.fixture
def experiment() -> Experiment:
    return Experiment()


@pytest.mark.parametrize("task", TASKS.names)
def test_every_task_comes_with_data_loss_and_output_that_fit(experiment, task):
    regression = changes.apply(experiment, "data.task", "regression")
    for start in (experiment, regression):
        changed = changes.apply(start, "data.task", task)
        assert changed.data.task == task
        assert resolve(changed.data).train_count > 0


def test_regression_trains_a_linear_output_on_squared_error(experiment):
    changed = changes.apply(experiment, "data.task", "regression")
    assert changed.data.source == Generated(name="plane", samples=250)
    assert (changed.training.loss, changed.network.output.activation) == ("mse", "linear")


def test_a_data_set_of_another_task_switches_the_task(experiment):
    changed = changes.apply(experiment, "data.generator", "bumps")
    assert (changed.data.task, changed.data.source.name, changed.training.loss) == ("regression", "bumps", "mse")
    back = changes.apply(changed, "data.generator", "spiral")
    assert (back.data.task, back.training.loss, back.network.output.activation) == (
        "two-classes",
        "binary-cross-entropy",
        "sigmoid",
    )


def test_painted_classes_survive_a_change_of_task_and_values_do_not(experiment):
    painted = changes.with_painted(changes.cleared(experiment), resolve(changes.cleared(experiment).data), [[1, 2]], 1)
    regression = changes.apply(painted, "data.task", "regression")
    assert regression.data.source == painted.data.source
    valued = changes.with_painted(regression, resolve(regression.data), [[0, 0]], 0.5)
    assert isinstance(changes.apply(valued, "data.task", "two-classes").data.source, Generated)


def test_painting_turns_generated_data_into_points_with_their_noise():
    experiment = Experiment(data=Data(source=Generated("circle", 40), noise=0.5))
    dataset = resolve(experiment.data)
    painted = changes.with_painted(experiment, dataset, np.array([[0.0, 1.0], [0.0, 2.0]]), 1.0)
    assert painted.data.noise == 0.0
    np.testing.assert_array_equal(painted.data.source.inputs[:40], dataset.points)
    np.testing.assert_array_equal(painted.data.source.inputs[40:], [[0.0, 1.0], [0.0, 2.0]])
    np.testing.assert_array_equal(painted.data.source.targets[40:], [1.0, 1.0])
    assert describe(experiment, painted) == "Data: 2 points painted, 42 now"


def test_erasing_takes_what_lies_within_the_radius():
    experiment = Experiment(data=Data(source=Points([[0, 0], [1, 0], [3, 0]], [0, 1, 1])))
    dataset = resolve(experiment.data)
    assert changes.with_erased(experiment, dataset, 0.0, 0.0, 1.0).data.source == Points([[3, 0]], [1])
    assert changes.with_erased(experiment, dataset, 5.0, 5.0, 1.0) is experiment


def test_an_empty_canvas_has_no_points(experiment):
    empty = changes.apply(experiment, "data.empty", None)
    assert len(resolve(empty.data)) == 0
    assert changes.cleared(empty) is empty
    assert describe(experiment, empty).startswith("Data: an empty canvas")
    with pytest.raises(ExperimentError, match="no number to choose"):
        changes.apply(empty, "data.samples", 5)
    assert changes.apply(empty, "data.generator", "xor").data.source == Generated("xor", 250)


def test_painting_on_noisy_data_leaves_the_split_as_it_is() -> None:
    experiment = Experiment(data=Data(source=Generated("moons", 100), noise=0.6, seed=4))
    dataset = resolve(experiment.data)
    painted = changes.with_painted(experiment, dataset, np.array([[5.5, 5.5]]), 1.0)
    again = resolve(painted.data)
    # One more point moves the border between both parts by one at most.
    assert np.count_nonzero(again.is_train[:-1] != dataset.is_train) <= 1
    erased = changes.with_erased(painted, again, 5.5, 5.5, 0.1)
    np.testing.assert_array_equal(resolve(erased.data).is_train, dataset.is_train)
    np.testing.assert_array_equal(resolve(erased.data).points, dataset.points)


@pytest.mark.parametrize("task", TASKS.names)
@pytest.mark.parametrize("start", TASKS.names)
def test_any_task_can_follow_any_other(start: str, task: str) -> None:
    changed = changes.apply(compose(task=start), "data.task", task)
    assert changed.data.task == task
    assert len(resolve(changed.data)) > 0
    back = changes.apply(changed, "data.task", start)
    assert back.data.task == start
