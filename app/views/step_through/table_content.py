"""What the tables of an iteration show: texts for cells, values with all digits, and where each row comes from."""

import math
from dataclasses import dataclass

from app.stepping.formula.numbers import text
from app.stepping.records import DIGITS, MEAN, Link
from app.stepping.state import StepState
from app.stepping.tables import (
    BIAS,
    PARAMETER_COLUMNS,
    UNIT_COLUMNS,
    Column,
    Values,
    csv_text,
    parameter_values,
    sample_columns,
    sample_values,
    unit_values,
)
from app.views.parameter_text import Place, UnitPlace, place_of, subscript, symbol, unit_name, unit_place
from engine.features import FEATURES
from engine.trace import Trace

UNITS, WEIGHTS, SAMPLES = "units", "weights", "samples"
NO_NUMBER = "–"


@dataclass(frozen=True, eq=False)
class TableContent:
    """A table with where its rows come from.

    Attributes:
        columns: those that are shown.
        values: what each column holds, row by row.
        links: the unit or parameter of each row.
        layers: how many layers the network has; the last one is the output.
        digits: how many significant ones numbers are shown with.
        whose: which unit and parameter a table of samples is about, in a sentence.
    """

    columns: tuple[Column, ...]
    values: Values
    links: tuple[Link, ...]
    layers: int
    digits: int = DIGITS
    whose: str = ""

    def text(self, row: int, column: int) -> str:
        """Return what a cell shows."""
        value, name = self.values[column][row], self.columns[column].name
        if isinstance(value, float):
            return NO_NUMBER if math.isnan(value) else text(value, self.digits)
        if name == "layer" and value == self.layers:
            return "output"
        return _input_text(str(value)) if name == "input" else str(value)

    def has_numbers(self, column: int) -> bool:
        """Return whether a column holds measured numbers, not numbers of layers and units."""
        return bool(self.links) and isinstance(self.values[column][0], float)

    @property
    def csv(self) -> str:
        """The table as CSV, in its own order."""
        return csv_text(self.columns, self.values)


EMPTY = TableContent((), (), (), 0)


def content_of(state: StepState, kind: str) -> TableContent:
    """Return the table of all units, weights or samples of the iteration of ``state``; empty where there is none."""
    trace = state.trace
    if trace is None:
        return EMPTY
    layout = trace.layout
    if kind == UNITS:
        numbers = range(layout.first_unit(0), layout.first_unit(0) + sum(shape.outputs for shape in layout.layers))
        links = tuple(link for number in numbers for link in [Link(unit=number)] * trace.members)
        # Nobody asks whose numbers they are where there is one sample at a time.
        left_out = "" if trace.members > 1 else "member"
        return _content(state, UNIT_COLUMNS, unit_values(trace, state.focus), links, left_out)
    if kind == SAMPLES:
        return _of_samples(state, trace)
    links = tuple(Link(parameter=index) for index in range(layout.parameter_count))
    left_out = "dL/dw of the sample" if state.focus == MEAN else ""
    return _content(state, PARAMETER_COLUMNS, parameter_values(trace, state.focus), links, left_out)


def place_in(state: StepState) -> tuple[UnitPlace, Place | None]:
    """Return the unit and the parameter that a table of samples is about: those one stands at, or the output."""
    trace, said = state.trace, state.explanation
    assert trace is not None
    layout = trace.layout
    place = UnitPlace(len(layout.layers) - 1, 0)
    if said is not None and said.unit >= layout.first_unit(0):
        place = unit_place(layout, said.unit)
    parameter = place_of(layout, said.parameters[0]) if said is not None and len(said.parameters) == 1 else None
    return place, parameter


def _of_samples(state: StepState, trace: Trace) -> TableContent:
    unit, parameter = place_in(state)
    columns, values = sample_columns(trace), sample_values(trace, unit, parameter)
    links = tuple(Link(sample=sample) for sample in range(trace.kept) for _ in range(trace.members))
    whose = f"z to δ: {unit_name(trace.layout, unit.layer, unit.number)}"
    if parameter is not None:
        whose += f". ∂L/∂w: {symbol(parameter)}"
    return TableContent(columns, values, links, len(trace.layout.layers), state.digits, whose)


def _content(
    state: StepState, columns: tuple[Column, ...], values: Values, links: tuple[Link, ...], left_out: str
) -> TableContent:
    assert state.trace is not None
    shown = [(column, each) for column, each in zip(columns, values, strict=True) if column.name != left_out]
    return TableContent(
        tuple(column for column, _ in shown),
        tuple(each for _, each in shown),
        links,
        len(state.trace.layout.layers),
        state.digits,
    )


def _input_text(name: str) -> str:
    """Return where a weight comes from as the formulas write it: x₁, a₂, or bias."""
    if name == BIAS:
        return name
    return f"a{subscript(int(name))}" if name.isdigit() else FEATURES[name].label
