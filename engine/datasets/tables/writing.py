"""Writing points as a table: CSV, JSON or NumPy. Reading it again gives the very same numbers."""

import csv
import io
import json
import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.datasets.dataset import Array, Dataset
from engine.datasets.tables import own_form
from engine.datasets.tables.choice import CURVE
from engine.datasets.tables.class_targets import in_order
from engine.datasets.tables.columns import MISSING_WORDS
from engine.datasets.tables.table import distinct_names
from engine.datasets.tables.text_format import is_number
from engine.experiment import Data, Points
from engine.tasks import TASKS

FORMATS = ("csv", "json", "npz")


def written(data: Data, dataset: Dataset, form: str) -> bytes:
    """Return the points of ``dataset``, which ``data`` describes, in the format ``form``, a name of ``FORMATS``.

    CSV (UTF-8) and JSON have the columns of ``table_of``. NumPy's archive has the arrays inputs (n, 2), or (n, 1) for
    a curve, targets (n,) and is_train (n,); classes are numbers there, and their names, if they have any, stand in
    class (n,).
    """
    if form == "npz":
        inputs = dataset.points[:, :1] if data.task == CURVE else dataset.points
        arrays: dict[str, NDArray[Any]] = {"inputs": inputs, "targets": dataset.targets, "is_train": dataset.is_train}
        called = _names(data, dataset)
        if any(called):
            arrays[own_form.CLASS] = np.array([called[int(target)] for target in dataset.targets], dtype=np.str_)
        file = io.BytesIO()
        np.savez(file, **arrays)  # type: ignore[arg-type]
        return file.getvalue()
    names, columns = table_of(data, dataset)
    if form == "json":
        return (json.dumps(dict(zip(names, columns, strict=True)), ensure_ascii=False) + "\n").encode()
    text = io.StringIO(newline="")
    # A name that begins with a single quotation mark must not seem to be quoted by it.
    words = {*names, *(_names(data, dataset) if own_form.CLASS in names else ())}
    has_marks = any("'" in word for word in words)
    writer = csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC if has_marks else csv.QUOTE_MINIMAL)
    writer.writerow(names)
    writer.writerows(zip(*columns, strict=True))
    return text.getvalue().encode()


def table_of(data: Data, dataset: Dataset) -> tuple[Sequence[str], Sequence[list[object]]]:
    """Return the names of the columns and their cells.

    Coordinates are in units of the plane: x1, x2 and class or value, of a curve x and y. ``class number`` follows where
    the names of the classes do not tell their order. Then comes ``split``, train or test, and at the end, for points
    that come from a table, its own columns in its own units, as far as they can be told from the coordinates.
    """
    x1, x2 = dataset.points.T.tolist()
    targets: list[object] = dataset.targets.tolist()
    columns: dict[str, list[object]]
    if data.task == CURVE:
        columns = {"x": x1, "y": targets}
    elif not TASKS[data.task].classes:
        columns = {"x1": x1, "x2": x2, own_form.VALUE: targets}
    else:
        called, numbers = _names(data, dataset), [int(target) for target in dataset.targets]
        entries: list[object] = [called[number] for number in numbers] if any(called) else list(numbers)
        columns = {"x1": x1, "x2": x2, own_form.CLASS: entries}
        if any(called) and not _tell_the_order(called, dataset.targets):
            columns[own_form.NUMBER] = list(numbers)
    columns[own_form.SPLIT] = np.where(dataset.is_train, own_form.TRAIN, own_form.TEST).tolist()
    theirs = _of_their_table(data, dataset)
    return (
        distinct_names((*columns, *(name for name, _ in theirs))),
        [*columns.values(), *(cells for _, cells in theirs)],
    )


def _names(data: Data, dataset: Dataset) -> list[str]:
    """Return what the classes are called, by their numbers: empty where one has no name, or no sample.

    A word that stands for a gap would not be read as a name again.
    """
    columns = data.source.columns if isinstance(data.source, Points) else None
    known = data.class_names or (columns.classes if columns is not None else ())
    names = (*known, *("" for _ in range(dataset.classes - len(known))))[: dataset.classes]
    has_samples = np.isin(range(dataset.classes), dataset.targets)
    return [name if has and name not in MISSING_WORDS else "" for name, has in zip(names, has_samples, strict=True)]


def _tell_the_order(names: Sequence[str], targets: Array) -> bool:
    """Return whether classes are told by their names: each has one, and the alphabet orders them as they are."""
    own = [names[number] for number in np.unique(targets).astype(int).tolist()]
    # Behind the last one that is used there may be others, of which a table knows nothing.
    return own == list(names[: len(own)]) == in_order(own) and all(name and not is_number(name) for name in own)


def _of_their_table(data: Data, dataset: Dataset) -> list[tuple[str, list[object]]]:
    """Return the columns of the table that the points come from, each with its cells in its own units."""
    columns = data.source.columns if isinstance(data.source, Points) else None
    if columns is None:
        return []
    found: list[tuple[str, list[object]]] = []
    for place, weights in enumerate(columns.weights):
        used = [(name, weight) for name, weight in zip(columns.names, weights, strict=True) if weight]
        # A projection of many columns cannot be taken back.
        if len(used) == 1:
            name, weight = used[0]
            found.append((name, _unscaled(dataset.points[:, place], weight, columns.shifts[place])))
    if not dataset.classes and columns.target_weight:
        found.append((columns.target, _unscaled(dataset.targets, columns.target_weight, columns.target_shift)))
    return [] if {name for name, _ in found} <= {*own_form.PLANE, *own_form.CURVE, own_form.VALUE} else found


def _unscaled(values: Array, weight: float, shift: float) -> list[object]:
    """Return what ``weight`` · original + ``shift`` was, without the digits that rounding made up on the way."""
    original = (values - shift) / weight
    largest = float(np.abs(original).max(initial=0.0))
    digits = 14 - math.ceil(math.log10(largest)) if largest > 0.0 else 0
    rounded: list[object] = [round(value, digits) for value in original.tolist()]
    return rounded
