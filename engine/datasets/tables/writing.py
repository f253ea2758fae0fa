"""Writing points as a table: CSV, JSON or NumPy. Reading it again gives the very same numbers."""

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.datasets.dataset import Dataset
from engine.datasets.tables import own_form
from engine.datasets.tables.choice import CURVE
from engine.datasets.tables.table import Report
from engine.datasets.tables.written_columns import columns_of, names_of
from engine.experiment import Data

FORMATS = ("csv", "json", "npz")
# So many rows at a time that a window stays fluent while another thread writes them.
PORTION_ROWS = 1_000


def written(data: Data, dataset: Dataset, form: str) -> bytes:
    """Return the points of ``dataset``, which ``data`` describes, in the format ``form``, a name of ``FORMATS``.

    CSV (UTF-8) and JSON have the columns of ``columns_of``. NumPy's archive has the arrays inputs (n, 2), or (n, 1) for
    a curve, targets (n,) and is_train (n,); classes are numbers there, and their names, if they have any, stand in
    class (n,).
    """
    return b"".join(pieces(data, dataset, form))


def pieces(data: Data, dataset: Dataset, form: str, report: Report = lambda share: None) -> Iterator[bytes]:
    """Yield the same bit by bit; ``report`` is told the share done, and what it raises ends the writing."""
    if form == "npz":
        yield _archive(data, dataset)
        return
    for share, piece in _json(data, dataset) if form == "json" else _csv(data, dataset, ","):
        report(share)
        yield piece


def cells(data: Data, dataset: Dataset, report: Report = lambda share: None) -> str:
    """Return the points as cells that a spreadsheet takes when they are pasted: with tabs, a line each."""
    parts = []
    for share, piece in _csv(data, dataset, "\t"):
        report(share)
        parts.append(piece)
    return b"".join(parts).decode()


def _csv(data: Data, dataset: Dataset, delimiter: str) -> Iterator[tuple[float, bytes]]:
    columns = columns_of(data, dataset)
    # A name that begins with a single quotation mark must not seem to be quoted by it.
    has_marks = any("'" in word for word in (*(column.name for column in columns), *names_of(data, dataset)))
    text = io.StringIO(newline="")
    writer = csv.writer(
        text,
        delimiter=delimiter,
        lineterminator="\n",
        quoting=csv.QUOTE_NONNUMERIC if has_marks else csv.QUOTE_MINIMAL,
    )
    writer.writerow([column.name for column in columns])
    for share, rows in _portions(len(dataset)):
        writer.writerows(zip(*(column.cells(rows) for column in columns), strict=True))
        yield share, text.getvalue().encode()
        text.seek(0)
        text.truncate()


def _json(data: Data, dataset: Dataset) -> Iterator[tuple[float, bytes]]:
    columns = columns_of(data, dataset)
    for place, column in enumerate(columns):
        beginning = f"{', ' if place else '{'}{json.dumps(column.name, ensure_ascii=False)}: ["
        for share, rows in _portions(len(dataset)):
            inside = json.dumps(column.cells(rows), ensure_ascii=False)[1:-1]
            yield (place + share) / len(columns), f"{beginning}{inside}".encode()
            beginning = ", "
        yield (place + 1) / len(columns), b"]"
    yield 1.0, b"}\n"


def _portions(count: int) -> Iterator[tuple[float, slice]]:
    """Yield the rows of each portion, at least one, and what share of all lies before it."""
    for start in range(0, max(count, 1), PORTION_ROWS):
        yield start / max(count, 1), slice(start, start + PORTION_ROWS)


def _archive(data: Data, dataset: Dataset) -> bytes:
    inputs = dataset.points[:, :1] if data.task == CURVE else dataset.points
    arrays: dict[str, NDArray[Any]] = {
        "inputs": inputs,
        own_form.TARGETS: dataset.targets,
        own_form.IS_TRAIN: dataset.is_train,
    }
    called = names_of(data, dataset)
    if any(called):
        arrays[own_form.CLASS] = np.array(called)[dataset.targets.astype(np.int64)]
    file = io.BytesIO()
    np.savez(file, **arrays)  # type: ignore[arg-type]
    return file.getvalue()
