"""An iteration as two tables, of all units and of all parameters: for sorting, and for other programs."""

import csv
import io
from collections.abc import Sequence
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


# What a table holds: a sequence for each column, all of them as long as there are rows.
Values = tuple[Sequence[object], ...]

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
    Column("input", "Input", "Where the weight comes from: a feature, a unit of the layer below, or the bias."),
    Column("before", "Before", "The weight or bias before this iteration."),
    Column("dL/dw of the sample", "Sample's ∂L/∂w", "The gradient of this sample's own loss."),
    Column("dL/dw", "∂L/∂w", "The gradient of the mean loss over the batch."),
    Column("penalty", "Penalty", "What the regularization adds to the gradient."),
    Column("applied", "Applied", "The gradient that the optimizer gets, after clipping."),
    Column("update", "Update", "What the optimizer adds to the weight."),
    Column("after", "After", "The weight or bias after this iteration."),
)


def unit_values(trace: Trace, focus: int) -> Values:
    """Return the ``UNIT_COLUMNS`` of every unit behind the inputs, members of a group below each other.

    The numbers are those of the kept sample ``focus``, or the means over the batch for MEAN.
    """
    columns: tuple[list[object], ...] = tuple([] for _ in UNIT_COLUMNS)
    for layer, shape in enumerate(trace.layout.layers):
        count = shape.outputs * trace.members
        columns[0].extend([layer + 1] * count)
        columns[1].extend(unit + 1 for unit in range(shape.outputs) for _ in range(trace.members))
        columns[2].extend([*range(1, trace.members + 1)] * shape.outputs)
        at = [passes[layer] for passes in trace.passes]
        for column, name in zip(columns[3:], ("z", "a", "slopes", "upstream", "deltas"), strict=True):
            each = [_numbers(getattr(member, name), focus) for member in at]
            column.extend(number for numbers in zip(*each, strict=True) for number in numbers)
    return columns


def parameter_values(trace: Trace, focus: int) -> Values:
    """Return the ``PARAMETER_COLUMNS`` of every parameter, in the order of the flat vector.

    The sample's own gradient is that of the kept sample ``focus``; for MEAN it is not a number: no sample has it.
    """
    update = trace.update
    own = np.full(len(update.before), np.nan) if focus == MEAN else trace.sample_gradient(focus)
    vectors = (update.before, own, update.gradient, update.penalty, update.applied, update.change, update.after)
    layers: list[int] = []
    units: list[int] = []
    inputs: list[str] = []
    for layer, shape in enumerate(trace.layout.layers):
        names = trace.layout.features if layer == 0 else tuple(str(number + 1) for number in range(shape.inputs))
        biases = shape.outputs if shape.bias_start >= 0 else 0
        layers.extend([layer + 1] * (shape.inputs * shape.outputs + biases))
        units.extend(unit + 1 for unit in range(shape.outputs) for _ in range(shape.inputs))
        units.extend(range(1, biases + 1))
        inputs.extend(names * shape.outputs)
        inputs.extend([BIAS] * biases)
    return (layers, units, inputs, *(vector.tolist() for vector in vectors))


def csv_text(columns: Sequence[Column], values: Values) -> str:
    """Return a table as CSV: a row of names, then the rows, numbers with all digits, decimals behind a point."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([column.name for column in columns])
    writer.writerows([_in_full(cell) for cell in row] for row in zip(*values, strict=True))
    return text.getvalue()


def _in_full(cell: object) -> str:
    return repr(cell) if isinstance(cell, float) else str(cell)


def _numbers(values: Array, focus: int) -> list[float]:
    """Return the column ``focus`` of ``values`` (rows, samples), or the mean over all."""
    with np.errstate(all="ignore"):
        numbers: list[float] = (values.mean(axis=1) if focus == MEAN else values[:, focus]).tolist()
    return numbers
