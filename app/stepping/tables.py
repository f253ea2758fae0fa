"""An iteration as two tables, of all units and of all parameters: for sorting, and for other programs."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from app.stepping.records import MEAN
from engine.datasets.dataset import Array
from engine.trace import Trace

BIAS = "bias"


class Column(NamedTuple):
    """One column of a table: its name in files, its title on the screen, and what it holds, in a sentence."""

    name: str
    title: str
    remark: str


class UnitRow(NamedTuple):
    """One unit behind the inputs; numbers are counted from 1. Those of the sample, or means over the batch.

    ``member`` says whose numbers they are where the loss compares two or three samples.
    """

    layer: int
    unit: int
    member: int
    z: float
    a: float
    slope: float
    upstream: float
    delta: float


class ParameterRow(NamedTuple):
    """One weight or bias; numbers are counted from 1.

    ``input`` is the name of the feature, the number of the unit in the layer below, or “bias”. ``own`` is the gradient
    of the sample's own loss, all others are of the whole batch: ``gradient`` and ``penalty`` add up to what becomes
    ``applied``, of which the optimizer makes ``update``.
    """

    layer: int
    unit: int
    input: str
    before: float
    own: float
    gradient: float
    penalty: float
    applied: float
    update: float
    after: float


UNIT_COLUMNS = (
    Column("layer", "Layer", "The layer, counted from the inputs on."),
    Column("unit", "Unit", "The number of the unit in its layer."),
    Column("member", "Sample", "Which of the samples that the loss compares."),
    Column("z", "z", "The sum of the inputs, each times its weight, and the bias."),
    Column("a", "a", "The activation: what the unit makes of z."),
    Column("slope", "f′(z)", "The slope of the activation: how much a grows with z."),
    Column("dL/da", "∂L/∂a", "How much the loss would grow with a."),
    Column("delta", "δ", "How much the loss would grow with z: ∂L/∂a times the slope."),
)
PARAMETER_COLUMNS = (
    Column("layer", "Layer", "The layer, counted from the inputs on."),
    Column("unit", "Unit", "The number of the unit that the weight leads to."),
    Column("input", "Input", "Where the weight comes from."),
    Column("before", "Before", "The weight or bias before this iteration."),
    Column("dL/dw of the sample", "Sample's ∂L/∂w", "The gradient of this sample's own loss."),
    Column("dL/dw", "∂L/∂w", "The gradient of the mean loss over the batch."),
    Column("penalty", "Penalty", "What the regularization adds to the gradient."),
    Column("applied", "Applied", "The gradient that the optimizer gets, after clipping."),
    Column("update", "Update", "What the optimizer adds to the weight."),
    Column("after", "After", "The weight or bias after this iteration."),
)


def unit_rows(trace: Trace, focus: int) -> tuple[UnitRow, ...]:
    """Return every unit behind the inputs, with the numbers of the kept sample ``focus``, or their means for MEAN."""
    rows: list[UnitRow] = []
    for layer in range(len(trace.layout.layers)):
        for member, passes in enumerate(trace.passes):
            at = passes[layer]
            columns = [_numbers(each, focus) for each in (at.z, at.a, at.slopes, at.upstream, at.deltas)]
            rows += [
                UnitRow(layer + 1, unit + 1, member + 1, *numbers)
                for unit, numbers in enumerate(zip(*columns, strict=True))
            ]
    # Members of a group stand below each other.
    return tuple(sorted(rows, key=lambda row: row[:3]))


def parameter_rows(trace: Trace, focus: int) -> tuple[ParameterRow, ...]:
    """Return every parameter in the order of the flat vector; ``own`` is that of the kept sample ``focus``.

    For MEAN it is not a number: there is no such sample.
    """
    update = trace.update
    own = np.full(len(update.before), np.nan) if focus == MEAN else trace.sample_gradient(focus)
    vectors = (update.before, own, update.gradient, update.penalty, update.applied, update.change, update.after)
    numbers = list(zip(*(vector.tolist() for vector in vectors), strict=True))
    rows: list[ParameterRow] = []
    for layer, shape in enumerate(trace.layout.layers):
        names = trace.layout.features if layer == 0 else tuple(str(number + 1) for number in range(shape.inputs))
        for place, index in enumerate(range(shape.weights.start, shape.weights.stop)):
            unit, source = divmod(place, shape.inputs)
            rows.append(ParameterRow(layer + 1, unit + 1, names[source], *numbers[index]))
        for unit, index in enumerate(range(shape.biases.start, shape.biases.stop)):
            rows.append(ParameterRow(layer + 1, unit + 1, BIAS, *numbers[index]))
    return tuple(rows)


def csv_text(columns: Sequence[Column], rows: Iterable[Sequence[object]]) -> str:
    """Return a table as CSV: a row of names, then ``rows``, numbers with all digits, decimals behind a point."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([column.name for column in columns])
    writer.writerows([_in_full(cell) for cell in row] for row in rows)
    return text.getvalue()


def _in_full(cell: object) -> str:
    return repr(cell) if isinstance(cell, float) else str(cell)


def _numbers(values: Array, focus: int) -> list[float]:
    """Return the column ``focus`` of ``values`` (rows, samples), or the mean over all."""
    with np.errstate(all="ignore"):
        numbers: list[float] = (values.mean(axis=1) if focus == MEAN else values[:, focus]).tolist()
    return numbers
