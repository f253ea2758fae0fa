"""An iteration as two tables, of all units and of all parameters: for sorting, and for other programs."""

import csv
import io
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from app.stepping.records import MEAN
from app.views.parameter_text import Place, UnitPlace, subscript
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
# The fields of a ``LayerPass`` that these columns are of, from z on.
UNIT_FIELDS = ("z", "a", "slopes", "upstream", "deltas")
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
        for column, name in zip(columns[3:], UNIT_FIELDS, strict=True):
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


def sample_columns(trace: Trace) -> tuple[Column, ...]:
    """Return what is said of every sample of the batch; the last six columns are of one unit and one parameter."""
    outputs = trace.layout.layers[-1].outputs
    targets = _numbered("y", "y", "What is wanted of the network.", len(trace.wanted))
    predictions = _numbered("prediction", "ŷ", "What comes out of the network.", outputs)
    member = (Column("member", "Of", "Which of the samples that the loss compares."),) if trace.members > 1 else ()
    return (
        Column("sample", "Sample", "The number of the sample in the batch."),
        *member,
        Column("number", "No.", "The number of the sample in the data set."),
        Column("x1", "x₁", "Where the sample lies, from left to right."),
        Column("x2", "x₂", "Where the sample lies, from below upward."),
        *targets,
        *predictions,
        Column("loss", "L", "The loss of the sample alone; the mean of these is the loss of the batch."),
        *(
            column._replace(remark=f"{column.remark} Of the unit one stands at, or the output.")
            for column in UNIT_COLUMNS[3:]
        ),
        Column("dL/dw", "∂L/∂w", "The gradient of the parameter one stands at; the mean of these is what is learned."),
    )


def _numbered(name: str, title: str, remark: str, count: int) -> tuple[Column, ...]:
    if count == 1:
        return (Column(name, title, remark),)
    return tuple(Column(f"{name}{number}", f"{title}{subscript(number)}", remark) for number in range(1, count + 1))


def sample_values(trace: Trace, unit: UnitPlace, parameter: Place | None) -> Values:
    """Return the ``sample_columns`` of every kept sample of the batch, members of a group below each other.

    Args:
        trace: the iteration.
        unit: whose z, a, slope and δ they are.
        parameter: whose gradient; None for none.
    """
    members = range(trace.members)

    def each(rows: Sequence[Array]) -> list[float]:
        """Return one row a member as a column."""
        return np.stack(rows, axis=1).reshape(-1).tolist()

    groups = [number + 1 for number in range(trace.kept) for _ in members]
    last, at = [passes[-1] for passes in trace.passes], [passes[unit.layer] for passes in trace.passes]
    own = np.full(trace.kept, np.nan)
    if parameter is not None:
        own = trace.weight_gradients(parameter.layer, parameter.target, parameter.source)
    return (
        groups,
        *(([*range(1, trace.members + 1)] * trace.kept,) if trace.members > 1 else ()),
        (trace.samples.T.reshape(-1) + 1).tolist(),
        *(each([points[axis] for points in trace.points]) for axis in range(2)),
        *(each([row for _ in members]) for row in trace.wanted),
        *(each([passed.a[output] for passed in last]) for output in range(len(last[0].a))),
        each([trace.losses for _ in members]),
        *(each([getattr(passed, name)[unit.number] for passed in at]) for name in UNIT_FIELDS),
        each([own for _ in members]),
    )


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
