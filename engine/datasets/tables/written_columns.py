"""The columns of the table that points are written as."""

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from engine.datasets.dataset import Array, Dataset
from engine.datasets.tables import own_form
from engine.datasets.tables.choice import CURVE
from engine.datasets.tables.class_targets import in_order
from engine.datasets.tables.columns import MISSING_WORDS
from engine.datasets.tables.table import distinct_names
from engine.datasets.tables.text_format import is_number
from engine.experiment import Data, Points
from engine.tasks import TASKS

Cell = str | int | float


class WrittenColumn(NamedTuple):
    """A name, and a function that returns the cells of some rows."""

    name: str
    cells: Callable[[slice], Sequence[Cell]]


def columns_of(data: Data, dataset: Dataset) -> list[WrittenColumn]:
    """Return the columns of the points of ``dataset``, which ``data`` describes.

    Coordinates are in units of the plane: x1, x2 and class or value, of a curve x and y. ``class number`` follows where
    the names of the classes do not tell their order. Then comes ``split``, train or test, and at the end, for points
    that come from a table, its own columns in its own units, as far as they can be told from the coordinates.
    """
    x1, x2 = dataset.points.T
    if data.task == CURVE:
        columns = [_numbers("x", x1), _numbers("y", dataset.targets)]
    elif not TASKS[data.task].classes:
        columns = [_numbers("x1", x1), _numbers("x2", x2), _numbers(own_form.VALUE, dataset.targets)]
    else:
        called, classes = names_of(data, dataset), dataset.targets.astype(np.int64)
        columns = [_numbers("x1", x1), _numbers("x2", x2)]
        columns.append(_words(own_form.CLASS, called, classes) if any(called) else _numbers(own_form.CLASS, classes))
        if any(called) and not _tell_the_order(called, dataset.targets):
            columns.append(_numbers(own_form.NUMBER, classes))
    columns.append(_words(own_form.SPLIT, (own_form.TEST, own_form.TRAIN), dataset.is_train.astype(np.int64)))
    columns += _of_their_table(data, dataset)
    names = distinct_names(column.name for column in columns)
    return [column._replace(name=name) for name, column in zip(names, columns, strict=True)]


def names_of(data: Data, dataset: Dataset) -> list[str]:
    """Return what the classes are called, by their numbers: empty where one has no name, or no sample.

    A word that stands for a gap would not be read as a name again.
    """
    columns = data.source.columns if isinstance(data.source, Points) else None
    known = data.class_names or (columns.classes if columns is not None else ())
    names = (*known, *("" for _ in range(dataset.classes - len(known))))[: dataset.classes]
    has_samples = np.isin(range(dataset.classes), dataset.targets)
    return [name if has and name not in MISSING_WORDS else "" for name, has in zip(names, has_samples, strict=True)]


def _numbers(name: str, values: np.ndarray) -> WrittenColumn:
    return WrittenColumn(name, lambda rows: values[rows].tolist())


def _words(name: str, words: Sequence[str], numbers: np.ndarray) -> WrittenColumn:
    return WrittenColumn(name, lambda rows: [words[number] for number in numbers[rows].tolist()])


def _tell_the_order(names: Sequence[str], targets: Array) -> bool:
    """Return whether classes are told by their names: each has one, and the alphabet orders them as they are."""
    own = [names[number] for number in np.unique(targets).astype(int).tolist()]
    # Behind the last one that is used there may be others, of which a table knows nothing.
    return own == list(names[: len(own)]) == in_order(own) and all(name and not is_number(name) for name in own)


def _of_their_table(data: Data, dataset: Dataset) -> list[WrittenColumn]:
    """Return the columns of the table that the points come from, in its own units."""
    columns = data.source.columns if isinstance(data.source, Points) else None
    if columns is None:
        return []
    found: list[WrittenColumn] = []
    for place, weights in enumerate(columns.weights):
        used = [(name, weight) for name, weight in zip(columns.names, weights, strict=True) if weight]
        # A projection of many columns cannot be taken back.
        if len(used) == 1:
            name, weight = used[0]
            found.append(_unscaled(name, dataset.points[:, place], weight, columns.shifts[place]))
    if not dataset.classes and columns.target_weight:
        found.append(_unscaled(columns.target, dataset.targets, columns.target_weight, columns.target_shift))
    told = {*own_form.PLANE, *own_form.CURVE, own_form.VALUE}
    return [] if {column.name for column in found} <= told else found


def _unscaled(name: str, values: Array, weight: float, shift: float) -> WrittenColumn:
    """Return what ``weight`` · original + ``shift`` was, without the digits that rounding made up on the way."""
    original = (values - shift) / weight
    largest = float(np.abs(original).max(initial=0.0))
    digits = 14 - math.ceil(math.log10(largest)) if largest > 0.0 else 0
    return WrittenColumn(name, lambda rows: [round(value, digits) for value in original[rows].tolist()])
