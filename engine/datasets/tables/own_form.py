"""The form in which Descent itself writes points as a table, and knows them again.

``x1, x2, class, split``, or ``value`` for ``class``, or ``x, y, split`` for a curve; in NumPy's archives the arrays
inputs, targets and is_train. Where names alone do not say which class is which, ``class number`` does. What stands
behind (the columns of the table that the points once came from) is for other programs.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.datasets.tables.table import Column, Table

CLASS, VALUE, NUMBER = "class", "value", "class number"
PLANE, CURVE = ("x1", "x2"), ("x", "y")
SPLIT, TRAIN, TEST = "split", "train", "test"
TARGETS, IS_TRAIN = "targets", "is_train"


class OwnForm(NamedTuple):
    """The columns of a table of this form: its inputs, its target, and the one that numbers its classes, if any."""

    inputs: tuple[str, ...]
    target: str
    number: str


def own_form(table: Table) -> OwnForm | None:
    """Return what is what in ``table`` if it has the form that Descent writes, or else None."""
    names = table.names
    if _is_numeric(table, PLANE) and {TARGETS, IS_TRAIN} <= set(names):
        return OwnForm(PLANE, CLASS if CLASS in names else TARGETS, TARGETS)
    if _is_numeric(table, CURVE[:1]) and {TARGETS, IS_TRAIN} <= set(names):
        return OwnForm(CURVE[:1], TARGETS, "")
    if SPLIT not in names:
        return None
    if names[:2] == CURVE and _is_numeric(table, CURVE):
        return OwnForm(CURVE[:1], CURVE[1], "")
    if names[:2] == PLANE and _is_numeric(table, PLANE) and names[2] in (CLASS, VALUE):
        return OwnForm(PLANE, names[2], "" if names[2] == VALUE else NUMBER if NUMBER in names else CLASS)
    return None


def tells_the_split(column: Column) -> bool:
    """Return whether ``column`` says which rows are for the test, by its name and entries: it is nothing to learn."""
    if column.name.casefold() == SPLIT:
        return not column.is_numeric and {word.casefold() for word in column.words} <= {TRAIN, TEST}
    is_flag = column.is_numeric and not column.word_count and np.isin(column.numbers, (0.0, 1.0)).all()
    return column.name == IS_TRAIN and bool(is_flag)


def told_split(table: Table) -> tuple[str, NDArray[np.bool_]] | None:
    """Return the name of the column that tells the split, and for every row whether it is trained on, shape (n,).

    A row that is not said to be for the test is for training. None if there is no such column, or nothing to train on.
    """
    column = next((column for column in table.columns if tells_the_split(column)), None)
    if column is None:
        return None
    tests = [number for number, word in enumerate(column.words) if word.casefold() == TEST]
    is_test = column.numbers == 0.0 if column.codes is None else np.isin(column.codes, tests)
    return None if is_test.all() else (column.name, ~is_test)


def _is_numeric(table: Table, names: tuple[str, ...]) -> bool:
    return all(any(column.name == name and column.is_numeric for column in table.columns) for name in names)
