"""What is missing in the data is said, the worst first."""

import numpy as np
import pytest

from app.views.decision.coverage import coverage, warning
from engine.datasets.dataset import Dataset

NAMES = ("", "dogs")


def said(targets: list[int], train: list[int], classes: int, wants_test: bool = True) -> str:
    dataset = Dataset(
        np.zeros((len(targets), 2)), np.array(targets, float), np.array(train, bool), classes, class_names=NAMES
    )
    return warning(dataset, coverage(dataset), wants_test=wants_test)


def test_points_are_counted_by_class_and_part() -> None:
    dataset = Dataset(np.zeros((4, 2)), np.array([0.0, 2.0, 2.0, 0.0]), np.array([True, True, False, True]), 3)
    counts = coverage(dataset)
    assert counts.train.tolist() == [2, 0, 1]
    assert counts.test.tolist() == [0, 0, 1]
    assert counts.total.tolist() == [2, 0, 2]
    values = coverage(Dataset(np.zeros((3, 2)), np.ones(3), np.array([True, True, False])))
    assert (values.train.tolist(), values.test.tolist()) == ([2], [1])


@pytest.mark.parametrize(
    ("targets", "train", "classes", "wanted"),
    [
        ([], [], 3, ""),
        ([0, 0, 1, 1, 2, 2], [1, 0, 1, 0, 1, 0], 3, ""),
        ([0, 0, 1, 1], [0, 0, 0, 0], 3, "No points to train on"),
        ([0, 1, 2], [1, 1, 1], 3, "No points to test on"),
        ([0, 0, 1, 1], [1, 0, 1, 0], 3, "Class 3 has no points"),
        ([0, 0, 2, 2], [1, 0, 1, 0], 3, "Class dogs has no points"),
        ([0, 0], [1, 0], 3, "Classes dogs and 3 have no points"),
        ([0, 0], [1, 0], 4, "Classes dogs, 3 and 4 have no points"),
        ([0, 0], [1, 0], 8, "7 classes have no points"),
        ([0, 0, 1], [1, 0, 0], 2, "Class dogs has none to train on"),
        ([0, 0, 1], [1, 0, 1], 2, "Class dogs has none to test on"),
        ([0, 0], [1, 1], 0, "No points to test on"),
        ([0, 0], [1, 0], 0, ""),
    ],
)
def test_what_is_missing_is_said(targets: list[int], train: list[int], classes: int, wanted: str) -> None:
    assert said(targets, train, classes) == wanted


def test_who_trains_on_everything_misses_no_test() -> None:
    assert said([0, 1, 2], [1, 1, 1], 3, wants_test=False) == ""
    assert said([0, 0], [1, 1], 2, wants_test=False) == "Class dogs has no points"
