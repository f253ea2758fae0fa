"""From the chosen columns of a table to points of the plane."""

from collections.abc import Sequence

import msgspec
import numpy as np
from numpy.typing import NDArray

from engine.datasets.dataset import DOMAIN, Array, frozen
from engine.datasets.tables.choice import CURVE, TASKS_FOR_CLASSES, TASKS_FOR_VALUES, Choice
from engine.datasets.tables.class_targets import class_targets, numbered_targets
from engine.datasets.tables.own_form import OwnForm, own_form, told_split
from engine.datasets.tables.projection import principal_components
from engine.datasets.tables.scaling import Scaled, scaled, target_scaled
from engine.datasets.tables.table import Column, Table, TableError, figure, listed, quoted
from engine.experiment import MAXIMUM_COORDINATE, Columns, Points
from engine.tasks import TASKS

Mask = NDArray[np.bool_]


class Imported(msgspec.Struct, frozen=True, eq=False):
    """Points of a table and what they are for.

    Attributes:
        points: in plane units, with what their numbers meant in the table.
        task: a name of ``engine.tasks``.
        classes: how many classes there are; 2 where targets are values.
        remarks: what was done with the table, in sentences; the first says how much was taken over.
        train_share: the share of the rows that are trained on, where a column of the table says which; else None.
    """

    points: Points
    task: str
    classes: int
    remarks: tuple[str, ...]
    train_share: float | None = None


def to_points(table: Table, choice: Choice) -> Imported:
    """Return the points that ``choice`` makes of ``table``.

    Raises:
        TableError: it cannot be: too few or unfit columns, words where numbers belong, all of one class …
    """
    inputs, target = [table.column(name) for name in choice.inputs], table.column(choice.target)
    _check(choice, inputs, target)
    is_class = choice.task in TASKS_FOR_CLASSES
    own = _as_written(table, choice)
    number = _numbers_of_classes(table, own, target) if is_class and own is not None else None
    matrix, kept, said = _complete(inputs, number or target, choice)
    names: tuple[str, ...] = ()
    targets = target.numbers[kept]
    if is_class:
        targets, names = (number and numbered_targets(target, number, kept)) or class_targets(target, kept)
    labels = tuple(name or str(place) for place, name in enumerate(names))
    _check_targets(target, targets, labels, choice.task)
    coordinates, weights, shifts, how = _placed(matrix, choice)
    goal = Scaled(targets, 1.0, 0.0, "") if is_class else target_scaled(targets, target.name, choice.normalization)
    if choice.task == CURVE:
        coordinates = np.column_stack((coordinates[:, 0], goal.values))
    columns = Columns(
        names=tuple(column.name for column in inputs),
        weights=tuple(tuple(row) for row in weights.tolist()),
        shifts=tuple(shifts.tolist()),
        target=target.name,
        target_weight=goal.weight,
        target_shift=goal.shift,
        classes=names,
    )
    wanted = np.ascontiguousarray(goal.values)
    is_train, share, split_said = _split(table, kept)
    points = Points(
        inputs=frozen(np.ascontiguousarray(coordinates)),
        targets=frozen(wanted),
        # Of what was drawn here the columns have nothing to tell but names.
        columns=columns if own is None or any(names) else None,
        is_train=is_train,
    )
    first = "the first " if table.is_cut else ""
    remarks = (
        f"{len(wanted):,} of {first}{table.row_count:,} rows are used{_counts(wanted, labels)}.",
        *said, *how, goal.remark, split_said, _outside(coordinates), *table.remarks,
    )  # fmt: skip
    return Imported(points, choice.task, max(2, len(names)), tuple(remark for remark in remarks if remark), share)


def _split(table: Table, kept: Mask) -> tuple[Array | None, float | None, str]:
    """Return which of the ``kept`` rows are trained on, (n,), the share of them, and that in a sentence.

    Where all are, there is nothing to tell them apart by; where nothing is said, there is no share and no sentence.
    """
    told = told_split(table)
    is_train = None if told is None else told[1][kept]
    if told is None or is_train is None or not is_train.any():
        return None, None, ""
    count = int(np.count_nonzero(~is_train))
    said = f"{quoted(told[0])} says which rows are for the test: {count:,}."
    if not count:
        return None, 1.0, said
    # To be shown; what counts is which rows they are.
    share = min(max(round(float(np.mean(is_train)), 4), 0.0001), 0.9999)
    return frozen(is_train.astype(np.float64)), share, said


def _as_written(table: Table, choice: Choice) -> OwnForm | None:
    """Return the form of ``table`` if Descent wrote it and all of it is taken over as it is, or else None."""
    own = own_form(table)
    as_it_is = own is not None and choice.normalization == "none"
    return own if own and as_it_is and (choice.inputs, choice.target) == (own.inputs, own.target) else None


def _numbers_of_classes(table: Table, own: OwnForm, target: Column) -> Column | None:
    """Return the column that numbers the classes that ``target`` names, or None if there is none of sense."""
    if not own.number:
        return None
    number = table.column(own.number)
    return number if numbered_targets(target, number, ~np.isnan(number.numbers)) else None


def _check(choice: Choice, inputs: Sequence[Column], target: Column) -> None:
    """Raise TableError if these columns do not suit the task."""
    if choice.task not in (*TASKS_FOR_CLASSES, *TASKS_FOR_VALUES):
        raise TableError(f"The task must be {', '.join((*TASKS_FOR_CLASSES, *TASKS_FOR_VALUES))}, not {choice.task}.")
    if len({column.name for column in inputs}) < len(inputs):
        raise TableError("An input must not be chosen twice.")
    if target.name in choice.inputs:
        raise TableError(f"{quoted(target.name)} cannot be an input and the target at once.")
    label = TASKS[choice.task].label
    if choice.task == CURVE and len(inputs) != 1:
        raise TableError(f"The task “{label}” takes one input, not {len(inputs)}.")
    if choice.task != CURVE and len(inputs) < 2:
        raise TableError(f"The task “{label}” takes two inputs or more, not {len(inputs)}.")
    for column in (*inputs, target):
        if column.is_empty:
            raise TableError(f"The column {quoted(column.name)} is empty.")
    for column in inputs if choice.task in TASKS_FOR_CLASSES else (*inputs, target):
        _check_numbers(column)


def _check_numbers(column: Column) -> None:
    if column.word_count:
        row, word = column.first_word
        raise TableError(f"Row {row:,} of {quoted(column.name)} holds {quoted(word)} where a number belongs.")
    with np.errstate(invalid="ignore"):
        beyond = np.flatnonzero(np.abs(column.numbers) > MAXIMUM_COORDINATE)
    if beyond.size:
        value, largest = figure(column.numbers[beyond[0]]), figure(MAXIMUM_COORDINATE)
        raise TableError(f"Row {beyond[0] + 1:,} of {quoted(column.name)} holds {value}; numbers go up to {largest}.")


def _complete(inputs: Sequence[Column], target: Column, choice: Choice) -> tuple[Array, Mask, list[str]]:
    """Return the inputs of the rows that are taken over, (n, k), which rows those are, and what was done to them.

    Raises:
        TableError: no row is left.
    """
    matrix = np.column_stack([column.numbers for column in inputs])
    said = []
    has_target = ~np.isnan(target.numbers)
    if target.codes is not None:
        has_target |= target.codes >= 0
    empty = np.isnan(matrix)
    kept = has_target if choice.missing == "mean" else has_target & ~empty.any(axis=1)
    if not kept.any():
        raise TableError("No row is left: each has an empty cell in a chosen column.")
    if choice.missing == "mean" and empty[kept].any():
        for place, column in enumerate(inputs):
            filled = np.count_nonzero(empty[kept, place])
            if filled:
                mean = float(np.nanmean(matrix[:, place]))
                matrix[empty[:, place], place] = mean
                cells = "1 empty cell" if filled == 1 else f"{filled:,} empty cells"
                said.append(f"{cells} of {quoted(column.name)} became its mean, {figure(mean)}.")
    left = len(kept) - int(np.count_nonzero(kept))
    if left:
        rows = "1 row was" if left == 1 else f"{left:,} rows were"
        what = "a target" if choice.missing == "mean" else "a number in every chosen column"
        said.append(f"{rows} left out for want of {what}.")
    return matrix[kept], kept, said


def _check_targets(target: Column, targets: Array, names: Sequence[str], task: str) -> None:
    if task == "two-classes" and len(names) > 2:
        raise TableError(f"{quoted(target.name)} has {len(names)} classes; the task “{TASKS[task].label}” takes two.")
    if (targets == targets[0]).all():
        what = quoted(names[int(targets[0])]) if names else "the same number"
        raise TableError(f"Every row has {what} in {quoted(target.name)}: there is nothing to learn.")


def _placed(matrix: Array, choice: Choice) -> tuple[Array, Array, Array, list[str]]:
    """Return coordinates (n, 1 or 2), the weights and shifts that lead to them, and how in sentences."""
    count = matrix.shape[1]
    names: Sequence[str] = [quoted(name) for name in choice.inputs]
    weights, shifts, said = np.eye(count), np.zeros(count), []
    if count > 2:
        projection = principal_components(matrix)
        matrix, weights, shifts = projection.values, projection.weights, projection.shifts
        names = ("component 1", "component 2")
        said.append(
            f"{count} columns were standardized and projected onto their two principal components, which keep "
            f"{projection.share:.0%} of the variance: {listed(choice.inputs)}."
        )
    axes = ("x₁", "x₂") if matrix.shape[1] > 1 else ("x",)
    parts = [scaled(matrix[:, place], names[place], axis, choice.normalization) for place, axis in enumerate(axes)]
    factors = np.array([part.weight for part in parts])
    return (
        np.column_stack([part.values for part in parts]),
        factors[:, None] * weights,
        factors * shifts + np.array([part.shift for part in parts]),
        [*said, *(part.remark for part in parts)],
    )


def _counts(targets: Array, names: Sequence[str]) -> str:
    if not names:
        return ""
    counts = np.bincount(targets.astype(np.int64), minlength=len(names))
    return ": " + ", ".join(f"{count:,} of {quoted(name)}" for name, count in zip(names, counts, strict=True))


def _outside(coordinates: Array) -> str:
    low, high = DOMAIN
    count = int(np.count_nonzero(((coordinates < low) | (coordinates > high)).any(axis=1)))
    if not count:
        return ""
    points = "1 point lies" if count == 1 else f"{count:,} points lie"
    return f"{points} outside the picture, which goes from −6 to 6."
