"""What the tables of an iteration show: texts for cells, values with all digits, and where each row comes from."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter

from app.stepping.formula.numbers import text
from app.stepping.records import DIGITS, MEAN, Link
from app.stepping.state import StepState
from app.stepping.tables import (
    BIAS,
    PARAMETER_COLUMNS,
    UNIT_COLUMNS,
    Column,
    csv_text,
    parameter_rows,
    unit_rows,
)
from app.views.parameter_text import subscript
from engine.features import FEATURES

UNITS, WEIGHTS = "units", "weights"
NO_NUMBER = "–"


@dataclass(frozen=True, eq=False)
class TableContent:
    """A table with where its rows come from.

    Attributes:
        columns: those that are shown.
        rows: the values of these columns.
        links: the unit or parameter of each row.
        layers: how many layers the network has; the last one is the output.
        digits: how many significant ones numbers are shown with.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[object, ...], ...]
    links: tuple[Link, ...]
    layers: int
    digits: int = DIGITS

    def text(self, row: int, column: int) -> str:
        """Return what a cell shows."""
        value, name = self.rows[row][column], self.columns[column].name
        if isinstance(value, float):
            return NO_NUMBER if math.isnan(value) else text(value, self.digits)
        if name == "layer" and value == self.layers:
            return "output"
        return _input_text(str(value)) if name == "input" else str(value)

    @property
    def csv(self) -> str:
        """The table as CSV, in its own order."""
        return csv_text(self.columns, self.rows)


EMPTY = TableContent((), (), (), 0)


def content_of(state: StepState, kind: str) -> TableContent:
    """Return the table of all units or of all weights of the iteration of ``state``; empty where there is none."""
    trace = state.trace
    if trace is None:
        return EMPTY
    if kind == UNITS:
        layout, units = trace.layout, unit_rows(trace, state.focus)
        links = tuple(Link(unit=layout.first_unit(row.layer - 1) + row.unit - 1) for row in units)
        # Nobody asks whose numbers they are where there is one sample at a time.
        return _content(state, UNIT_COLUMNS, units, links, left_out="" if trace.members > 1 else "member")
    rows = parameter_rows(trace, state.focus)
    links = tuple(Link(parameter=index) for index in range(len(rows)))
    own = "dL/dw of the sample"
    return _content(state, PARAMETER_COLUMNS, rows, links, left_out=own if state.focus == MEAN else "")


def _content(
    state: StepState,
    columns: tuple[Column, ...],
    rows: Sequence[tuple[object, ...]],
    links: tuple[Link, ...],
    left_out: str,
) -> TableContent:
    shown = [number for number, column in enumerate(columns) if column.name != left_out]
    values = tuple(map(tuple, rows)) if len(shown) == len(columns) else tuple(map(itemgetter(*shown), rows))
    assert state.trace is not None
    layers = len(state.trace.layout.layers)
    return TableContent(tuple(columns[number] for number in shown), values, links, layers, state.digits)


def _input_text(name: str) -> str:
    """Return where a weight comes from as the formulas write it: x₁, a₂, or bias."""
    if name == BIAS:
        return name
    return f"a{subscript(int(name))}" if name.isdigit() else FEATURES[name].label
