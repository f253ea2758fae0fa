"""Edits of the points reach the experiment exactly, and leave the split as it is."""

import numpy as np
import pytest

from app import changes
from app.changes.basis import replace, with_data
from app.changes.points import drawing_of
from engine.compose import compose
from engine.datasets.resolve import resolve
from engine.experiment import Data, Experiment, Generated, Points
from engine.validation import ExperimentError


def _edited(experiment: Experiment, change: changes.DrawingChange) -> Experiment:
    return changes.with_edited(experiment, resolve(experiment.data), change)


def _of_task(task: str, points: Points) -> Experiment:
    return with_data(changes.apply(Experiment(), "data.task", task), source=points)


def test_an_edit_that_changes_nothing_is_none() -> None:
    experiment = Experiment()
    assert _edited(experiment, lambda drawing: drawing) is experiment


def test_moved_points_stay_on_their_side_of_the_split() -> None:
    experiment = Experiment(data=Data(source=Generated("moons", 100), noise=0.3))
    before = resolve(experiment.data)
    moved = _edited(experiment, lambda drawing: drawing.with_moved(np.arange(50), drawing.points[:50] + 0.5))
    after = resolve(moved.data)
    np.testing.assert_array_equal(after.is_train, before.is_train)
    np.testing.assert_array_equal(after.points[:50], before.points[:50] + 0.5)
    np.testing.assert_array_equal(after.points[50:], before.points[50:])
    assert moved.data.noise == 0.0


def test_wrong_labels_are_drawn_and_only_those_that_are_wrong() -> None:
    experiment = Experiment(data=Data(source=Generated("moons", 200), label_noise=0.2))
    noisy = resolve(experiment.data)
    painted = _edited(experiment, lambda drawing: drawing.with_added([[0.0, 0.0]], 1.0))
    assert painted.data.label_noise == 0.0
    after = resolve(painted.data)
    np.testing.assert_array_equal(after.targets[:-1], noisy.targets)
    # The classes that the split is drawn in are now the wrong ones, so a few may change sides.
    assert np.count_nonzero(after.is_train[:-1] != noisy.is_train) <= 6


@pytest.mark.parametrize("task", ["two-classes", "segmentation"])
def test_an_emptied_canvas_has_no_label_noise_to_strike_what_is_painted(task: str) -> None:
    noisy = with_data(changes.apply(Experiment(), "data.task", task), label_noise=1.0)
    empty = changes.apply(noisy, "data.empty", None)
    assert empty.data.label_noise == 0.0


def test_points_of_a_curve_are_drawn_four_times_as_high() -> None:
    experiment = _of_task("regression-1d", Points([[1.0, 0.25]], [0.25]))
    dataset = resolve(experiment.data)
    assert drawing_of(experiment, dataset).points.tolist() == [[1, 1]]
    moved = _edited(experiment, lambda drawing: drawing.with_moved(np.array([0]), np.array([[2.0, 2.0]])))
    assert moved.data.source == Points([[2.0, 0.5]], [0.5], origins=[[1.0, 0.25]])
    told = _edited(experiment, lambda drawing: drawing.with_targets(np.array([0]), 0.75))
    assert told.data.source == Points([[1.0, 0.75]], [0.75], origins=[[1.0, 0.25]])


def test_pixels_can_be_recolored_but_not_moved() -> None:
    experiment = _of_task("reconstruction", Points(np.zeros((4, 2)), np.zeros(4), shape=(2, 2)))
    recolored = _edited(experiment, lambda drawing: drawing.with_targets(np.array([3]), 1.0))
    assert recolored.data.source.shape == (2, 2)
    assert recolored.data.source.targets.tolist() == [0, 0, 0, 1]
    with pytest.raises(ExperimentError, match="stay where they are"):
        _edited(experiment, lambda drawing: drawing.without(np.array([0])))


@pytest.mark.parametrize(("task", "blank"), [("segmentation", 0.0), ("reconstruction", 1.0)])
def test_clearing_a_picture_leaves_a_blank_one_of_the_same_size(task: str, blank: float) -> None:
    experiment = compose(task=task, samples=100)
    cleared = changes.apply(experiment, "data.empty", None)
    before, after = resolve(experiment.data), resolve(cleared.data)
    assert after.shape == before.shape == (10, 10)
    np.testing.assert_array_equal(after.points, before.points)
    np.testing.assert_array_equal(after.targets, blank)
    assert changes.apply(cleared, "data.empty", None) is cleared
    # One that an older file holds without any pixels comes back in the usual size.
    lost = replace(experiment, data=replace(experiment.data, source=Points(np.zeros((0, 2)), np.zeros(0))))
    assert resolve(changes.apply(lost, "data.empty", None).data).shape == (32, 32)
