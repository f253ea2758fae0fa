"""What of a table is learned: which columns are inputs, which is the target, and how both are prepared."""

from typing import Literal

import msgspec
import numpy as np

from engine.datasets.dataset import Array
from engine.datasets.tables.own_form import OwnForm, own_form, tells_the_split
from engine.datasets.tables.table import MAXIMUM_WORDS, Column, Table, TableError
from engine.experiment import MAXIMUM_OUTPUTS
from engine.tasks import TASKS

TASKS_FOR_CLASSES = tuple(task.name for task in TASKS if task.classes and not task.is_image)
TASKS_FOR_VALUES = tuple(task.name for task in TASKS if not task.classes and not task.is_image)
CURVE = "regression-1d"
# Names, labels and remarks.
MISSING = (
    ("drop", "Leave out", "A row in which a chosen cell is empty is left out."),
    ("mean", "Mean", "An empty input becomes the mean of its column; a row without a target is left out."),
)
NORMALIZATIONS = (
    ("none", "None", "Numbers stay as they are; what lies beyond −6 and 6 lies outside the picture."),
    ("standard", "Standard", "Every input less its mean, divided by half its standard deviation."),
    ("min-max", "Min–max", "Every input is stretched so that it goes from −5 to 5."),
)
# What a target is called, and what it may be called where no column holds a few words.
_TARGET_NAMES = ("class", "target", "label", "labels", "targets", "species", "category", "outcome")
_VALUE_NAMES = ("y", "value")
_FIRST_ROWS = 20_000


class Choice(msgspec.Struct, frozen=True):
    """What of a table is learned.

    Attributes:
        inputs: names of columns: one for a curve, two for the plane; more are projected onto two.
        target: the name of the column to learn.
        task: a name of ``engine.tasks``: of ``TASKS_FOR_CLASSES`` or ``TASKS_FOR_VALUES``.
        missing: what becomes of rows with empty cells; see ``MISSING``.
        normalization: how inputs come to lie in the picture; see ``NORMALIZATIONS``. A target that is a value is
            stretched to −1 … 1 if it goes beyond, unless this is “none”.
    """

    inputs: tuple[str, ...]
    target: str
    task: str
    missing: Literal["drop", "mean"] = "drop"
    normalization: Literal["none", "standard", "min-max"] = "standard"


def suggest(table: Table, *, inputs: tuple[str, ...] = (), target: str = "") -> Choice:
    """Return a choice that suits ``table``, with those ``inputs`` and that ``target`` that are said already.

    Raises:
        TableError: there is no such column, or too few numbers to learn from.
    """
    said = tuple(table.column(name).name for name in inputs)
    own = own_form(table)
    if own and said in ((), own.inputs) and target.strip().casefold() in ("", own.target):
        return Choice(own.inputs, own.target, _own_task(table, own), normalization="none")
    chosen = table.column(target) if target else _target(table, said)
    found = said or _inputs(table, chosen)
    if not found:
        raise TableError("No column is left for the inputs: an input is a column of numbers, other than the target.")
    return Choice(
        found, chosen.name, natural_task(chosen, len(found)), normalization=natural_normalization(table, found)
    )


def natural_task(target: Column, inputs: int) -> str:
    """Return the task that suits a target and so many inputs."""
    if inputs == 1:
        return CURVE
    count = class_count(target)
    if target.is_numeric and not is_class_number(target):
        return "regression"
    return "two-classes" if count <= 2 else "classes"


def _own_task(table: Table, own: OwnForm) -> str:
    """Return the task of points that were written by Descent: their classes are numbered from 0."""
    target = table.column(own.target)
    numbers = table.column(own.number) if own.number else target
    if own.number and numbers.is_numeric and (numbers is not target or is_class_number(numbers)):
        return "two-classes" if np.nanmax(numbers.numbers, initial=0.0) < 2.0 else "classes"
    return natural_task(target, len(own.inputs))


def natural_normalization(table: Table, inputs: tuple[str, ...]) -> Literal["none", "standard"]:
    """Return “none” for coordinates of this plane, which are called x1 and x2 or just fit, and else “standard”."""
    names = {name.casefold() for name in inputs}
    if names in ({"x1", "x2"}, {"x"}):
        return "none"
    sizes = [np.nanmax(np.abs(table.column(name).numbers), initial=0.0) for name in inputs]
    return "none" if len(sizes) <= 2 and all(1.0 <= size <= 6.0 for size in sizes) else "standard"


def class_count(column: Column) -> int:
    """Return how many different entries ``column`` has, words and numbers.

    Where there are more than 1,000 numbers among the first rows it is theirs: nobody wants to wait for the rest.
    """
    first = _different(column.numbers[:_FIRST_ROWS])
    if len(column.numbers) > _FIRST_ROWS and len(first) <= MAXIMUM_WORDS:
        first = _different(column.numbers)
    return len(first) + len(column.words) + int(column.has_more_words)


def is_class_number(column: Column) -> bool:
    """Return whether the numbers of ``column`` look like classes: a few whole ones that come again, or 0, 1 …"""
    count = class_count(column)
    if count > MAXIMUM_OUTPUTS:
        return False
    different = _different(column.numbers)
    if not np.all(different == np.rint(different)):
        return False
    given = len(column.numbers) - column.missing
    return count <= 2 or 2 * count <= given or bool(np.all(different == np.arange(len(different))))


def _different(numbers: Array) -> Array:
    return np.unique(numbers[~np.isnan(numbers)])


def is_row_number(column: Column, table: Table) -> bool:
    """Return whether ``column`` only counts the rows, which teaches nothing."""
    if column is not table.columns[0] or len(column.numbers) < 3 or np.isnan(column.numbers).any():
        return False
    first = column.numbers[0]
    return first in (0.0, 1.0) and bool(np.all(column.numbers == first + np.arange(len(column.numbers))))


def _inputs(table: Table, target: Column) -> tuple[str, ...]:
    """Return the columns of numbers, without one that counts the rows unless too few are left."""
    numeric = [c for c in table.columns if c.is_numeric and c is not target and not tells_the_split(c)]
    telling = [column for column in numeric if not is_row_number(column, table)]
    needed = 1 if target.is_numeric and not is_class_number(target) else 2
    return tuple(column.name for column in (telling if len(telling) >= needed else numeric))


def _target(table: Table, inputs: tuple[str, ...]) -> Column:
    """Return the column to learn: by its name, or else the last of words, or else the last."""
    others = [c for c in table.columns if c.name not in inputs and not c.is_empty and not tells_the_split(c)]
    if not others:
        raise TableError("No column is left for the target.")
    by_name = {column.name.casefold(): column for column in others}
    words = [column for column in others if not column.is_numeric and class_count(column) <= MAXIMUM_OUTPUTS]
    named = [by_name[name] for name in _TARGET_NAMES if name in by_name]
    values = [by_name[name] for name in _VALUE_NAMES if name in by_name]
    return (named or words[::-1] or values or others[::-1])[0]
