"""The selection names samples, and drops them when the data no longer hold them there."""

import numpy as np
import pytest

from app.point_selection import PointSelection
from engine.datasets.dataset import Dataset


def _dataset(points: list[list[float]]) -> Dataset:
    return Dataset(np.array(points, dtype=float).reshape(-1, 2), np.zeros(len(points)), np.ones(len(points), bool))


@pytest.fixture
def selection() -> PointSelection:
    selection = PointSelection()
    selection.follow(_dataset([[0, 0], [1, 1], [2, 2]]))
    return selection


def test_what_is_chosen_is_ascending_and_exists(selection: PointSelection) -> None:
    selection.choose([2, 0, 2, 7, -1])
    assert selection.indices.tolist() == [0, 2]
    assert not selection.indices.flags.writeable


def test_it_tells_only_what_is_new(selection: PointSelection) -> None:
    told: list[list[int]] = []
    selection.changed.connect(lambda indices: told.append(indices.tolist()))
    selection.choose([1])
    selection.choose([1])
    selection.clear()
    selection.clear()
    assert told == [[1], []]


def test_it_stays_while_its_points_do(selection: PointSelection) -> None:
    selection.choose([1])
    selection.follow(_dataset([[0, 0], [1, 1], [2, 2], [3, 3]]))
    assert selection.indices.tolist() == [1]


@pytest.mark.parametrize("points", [[[0, 0]], [[1, 1], [2, 2]], []])
def test_it_is_dropped_with_its_points(selection: PointSelection, points: list[list[float]]) -> None:
    selection.choose([1])
    selection.follow(_dataset(points))
    assert not len(selection.indices)


def test_whoever_changes_the_data_may_say_what_is_selected(selection: PointSelection) -> None:
    selection.choose([0])
    selection.follow(_dataset([[1, 1], [2, 2]]), [1])
    assert selection.indices.tolist() == [1]
    selection.follow(_dataset([[1, 1], [2, 2], [3, 3]]))
    assert selection.indices.tolist() == [1]
