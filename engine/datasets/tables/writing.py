"""Writing points as a table: CSV, JSON or NumPy. Reading it again gives the very same numbers."""

import csv
import io
import json
from collections.abc import Sequence

import numpy as np

from engine.datasets.dataset import Array, Dataset
from engine.datasets.tables.choice import CURVE
from engine.datasets.tables.columns import MISSING_WORDS
from engine.experiment import Data, Points
from engine.tasks import TASKS

FORMATS = ("csv", "json", "npz")


def written(data: Data, dataset: Dataset, form: str) -> bytes:
    """Return the points of ``dataset``, which ``data`` describes, in the format ``form``, a name of ``FORMATS``.

    CSV (UTF-8) and JSON have the columns x1, x2 and class or value; of a curve x and y. Coordinates are in units of
    the plane. NumPy's archive has the arrays inputs (n, 2), targets (n,) and is_train (n,); classes are numbers there.
    """
    if form == "npz":
        file = io.BytesIO()
        np.savez(file, inputs=dataset.points, targets=dataset.targets, is_train=dataset.is_train)
        return file.getvalue()
    names, columns = table_of(data, dataset)
    if form == "json":
        return (json.dumps(dict(zip(names, columns, strict=True)), ensure_ascii=False) + "\n").encode()
    text = io.StringIO(newline="")
    # A name that begins with a single quotation mark must not seem to be quoted by it.
    has_marks = any("'" in cell for cell in columns[-1] if isinstance(cell, str))
    writer = csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC if has_marks else csv.QUOTE_MINIMAL)
    writer.writerow(names)
    writer.writerows(zip(*columns, strict=True))
    return text.getvalue().encode()


def table_of(data: Data, dataset: Dataset) -> tuple[Sequence[str], Sequence[list[object]]]:
    """Return the names of the columns and their cells."""
    x1, x2 = dataset.points.T.tolist()
    if data.task == CURVE:
        return ("x", "y"), (x1, dataset.targets.tolist())
    if not TASKS[data.task].classes:
        return ("x1", "x2", "value"), (x1, x2, dataset.targets.tolist())
    return ("x1", "x2", "class"), (x1, x2, _class_names(data, dataset.targets))


def _class_names(data: Data, targets: Array) -> list[object]:
    """Return the name of every sample's class, if all have one, or else its number."""
    columns = data.source.columns if isinstance(data.source, Points) else None
    names = data.class_names or (columns.classes if columns is not None else ())
    numbers = [int(target) for target in targets]
    most = max(numbers, default=0)
    # A word that stands for a gap would not be read as a name again.
    named = len(names) > most and not MISSING_WORDS.intersection(names[: most + 1])
    return [names[number] for number in numbers] if named else list(numbers)
