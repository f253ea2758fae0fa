"""How many points each class has, to train on and to test on, and what is missing. Plain arrays."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from app.views.decision.shapes import class_name, short_name
from engine.datasets.dataset import Dataset

# More classes than this are not named one by one.
MOST_NAMED = 3


class Coverage(NamedTuple):
    """How many points there are, of each class: shape (classes,), or (1,) of all where targets are values.

    Attributes:
        train: those that are trained on.
        test: those that are kept for the test.
    """

    train: NDArray[np.intp]
    test: NDArray[np.intp]

    @property
    def total(self) -> NDArray[np.intp]:
        """All of each class."""
        return self.train + self.test


NOTHING = Coverage(np.zeros(1, dtype=np.intp), np.zeros(1, dtype=np.intp))


def coverage(dataset: Dataset) -> Coverage:
    """Return how many points of ``dataset`` each class has."""
    if not dataset.classes:
        return Coverage(np.array([dataset.train_count]), np.array([dataset.test_count]))
    numbers = dataset.targets.astype(np.intp)
    total = np.bincount(numbers, minlength=dataset.classes)
    train = np.bincount(numbers[dataset.is_train], minlength=dataset.classes)
    return Coverage(train, total - train)


def warning(dataset: Dataset, counts: Coverage, *, wants_test: bool) -> str:
    """Return what is missing in ``dataset``, the worst first, in a few words without a full stop; empty if nothing is.

    An empty canvas misses nothing: one has only begun. ``wants_test`` is whether any points shall be kept for the test.
    """
    if not len(dataset):
        return ""
    if not counts.train.sum():
        return "No points to train on"
    if wants_test and not counts.test.sum():
        return "No points to test on"
    if not dataset.classes:
        return ""
    for empty, singular, plural in (
        (counts.total == 0, "has no points", "have no points"),
        (counts.train == 0, "has none to train on", "have none to train on"),
        ((counts.test == 0) & wants_test, "has none to test on", "have none to test on"),
    ):
        numbers = np.flatnonzero(empty).tolist()
        if len(numbers) == 1:
            return f"Class {class_name(numbers[0], dataset.classes, dataset.class_names)} {singular}"
        if numbers:
            return f"{_classes(numbers, dataset)} {plural}"
    return ""


def _classes(numbers: list[int], dataset: Dataset) -> str:
    if len(numbers) > MOST_NAMED:
        return f"{len(numbers)} classes"
    names = [short_name(number, dataset.classes, dataset.class_names) for number in numbers]
    return f"Classes {', '.join(names[:-1])} and {names[-1]}"
