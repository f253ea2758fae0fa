"""The blanks of one phase of an iteration, as they stand on a sheet of homework or on a worksheet."""

from collections.abc import Sequence
from typing import NamedTuple

import msgspec
import numpy as np

from app.stepping.by_hand.carried import rounded
from app.stepping.by_hand.equation import Blanks, Equation, Key, has_small_batch
from app.stepping.by_hand.equations import equations
from app.stepping.entries import symbols_line
from app.stepping.formula.numbers import text as number_text
from app.stepping.formula.tree import filled, symbols, worth
from app.stepping.formula.writing import three_lines
from app.stepping.numeric_entry import agrees
from app.stepping.records import MEAN, Line, Link, Phase, Token
from engine.activations import ACTIVATIONS
from engine.losses import LOSSES
from engine.optimizers import OPTIMIZERS
from engine.trace import Trace

PHASES = (Phase.FORWARD, Phase.LOSS, Phase.BACKWARD, Phase.UPDATE)
# Numbers are given with as few digits of these as suffice to find the answer.
DIGITS = range(4, 7)
# More blanks than this are no exercise any more; of a large network the first units of every layer are asked for.
MOST_BLANKS = 40
# Of each unit, then, a weight and the bias.
FEWEST_PARAMETERS = 2
ANSWER_DIGITS = 6
NOT_FINITE = "The numbers of this step are not finite: the run has diverged, and there is nothing to work out."
TOO_FINE = "The numbers of this phase cannot be found from rounded ones: look at another sample or iteration."
LEFT_OUT = "What is not finite, a very long sum, or not to be found from rounded numbers is not asked for."
# Nobody adds up more than this by hand.
MOST_NUMBERS = 26
TOO_MANY = "Only the first units of each layer are asked for: all would be too many."
NO_BLANKS = "In this phase nothing is computed."


class Cell(msgspec.Struct, frozen=True):
    """One blank.

    Attributes:
        place: whose it is, in words: “unit 2 of layer 1”.
        label: the quantity.
        lines: its formula in symbols, then with the given numbers where there are any; what other cells ask for
            keeps its name.
        value: the exact number.
        equation: where it comes from.
        digits: how many significant ones the given numbers have.
    """

    place: str
    label: Token
    lines: tuple[Line, ...]
    value: float
    equation: Equation
    digits: int

    @property
    def heading(self) -> str:
        """Whose it is, to stand above it: letters of formulas stay as they are."""
        is_word = self.place.startswith(("unit", "output", "the", "this"))
        return self.place[:1].upper() + self.place[1:] if is_word else self.place

    @property
    def link(self) -> Link | None:
        """The unit or parameter that the number belongs to."""
        return self.label.link

    @property
    def answer(self) -> str:
        """The exact number as text, with enough digits to compare."""
        return number_text(self.value, ANSWER_DIGITS)


class Sheet(msgspec.Struct, frozen=True, eq=False):
    """The blanks of one phase.

    Attributes:
        trace: the iteration that they are from.
        phase: what is to be worked out.
        sample: number of the kept sample whose numbers they are.
        cells: the blanks in the order in which they can be worked out.
        note: what is left out, or why there are none; a sentence or empty.
    """

    trace: Trace
    phase: Phase
    sample: int
    cells: tuple[Cell, ...]
    note: str = ""


def sheet(
    trace: Trace, focus: int, phase: Phase, most: int = MOST_BLANKS, beside: frozenset[Key] = frozenset()
) -> Sheet:
    """Return the blanks of ``phase``.

    Args:
        trace: the iteration.
        focus: number of a kept sample. With MEAN it is the first one's: by hand one goes through one sample at a time.
        phase: nothing is computed in that of the batch.
        most: how many blanks there are about.
        beside: what is asked for in other phases, and therefore not given either.
    """
    sample = 0 if focus == MEAN else focus
    if phase not in PHASES:
        return Sheet(trace, phase, sample, (), NO_BLANKS)
    part = _part(trace, phase, most)
    # What overflows on the way to a divergence is left out.
    with np.errstate(all="ignore"):
        found = list(equations(Blanks(trace, sample), phase, part.units, part.parameters))
        digits = {each.key: _digits(each) for each in found}
        asked = frozenset(key for key, count in digits.items() if count)
        blank = equations(Blanks(trace, sample, asked | beside), phase, part.units, part.parameters)
        made = tuple(_cell(each, trace, digits[each.key]) for each in blank if each.key in asked)
    if not made:
        is_finite = any(np.isfinite(each.value) for each in found)
        return Sheet(trace, phase, sample, (), TOO_FINE if is_finite else NOT_FINITE)
    notes = []
    if not part.is_whole:
        notes.append(TOO_MANY)
    if focus == MEAN and trace.size > 1:
        notes.append("These are the numbers of the first sample of the batch: by hand one takes one at a time.")
    if len(asked) < len(found):
        notes.append(LEFT_OUT)
    return Sheet(trace, phase, sample, made, " ".join(notes))


def sheets(trace: Trace, focus: int, most: int = MOST_BLANKS) -> tuple[Sheet, ...]:
    """Return the blanks of all phases: what is asked for in one is given in none."""
    alone = [sheet(trace, focus, phase, most) for phase in PHASES]
    asked = frozenset(cell.equation.key for each in alone for cell in each.cells)
    return tuple(sheet(trace, focus, phase, most, asked) for phase in PHASES)


def cells(trace: Trace, focus: int, phase: Phase) -> tuple[Cell, ...]:
    """Return the blanks of ``phase`` as they stand on its ``sheet``."""
    return sheet(trace, focus, phase).cells


def solved_lines(cell: Cell) -> tuple[Line, ...]:
    """Return the formula of ``cell`` with all of its numbers and the result."""
    equation = cell.equation
    if not equation.forms:
        return cell.lines
    forms = [filled(form) for form in equation.forms]
    left = equation.left
    return three_lines(left, forms, cell.value, cell.digits, link=left.link, is_arrow=equation.is_arrow)


def _digits(equation: Equation) -> int:
    """Return how many digits of the given numbers suffice to find the answer; 0 where it is not to be asked for."""
    if not np.isfinite(equation.value):
        return 0
    if not equation.forms:
        return DIGITS[0]
    if sum(1 for _ in symbols(equation.forms[0])) > MOST_NUMBERS:
        return 0
    for digits in DIGITS:
        if agrees(worth(rounded(equation.forms[0], digits)), equation.value):
            return digits
    return 0


def _cell(equation: Equation, trace: Trace, digits: int) -> Cell:
    left = equation.left
    label = Token(left.latex, left.text, left.spoken, None, left.link)
    if equation.forms:
        # The last of three lines is the result.
        lines = three_lines(left, equation.forms, equation.value, digits, is_arrow=equation.is_arrow)[:-1]
        # The quantity need not be said again before its numbers.
        lines = (*lines[:1], *(Line(line.kind, line.tokens[1:]) for line in lines[1:]))
        if not any(symbol.value is not None and not symbol.is_blank for symbol in symbols(equation.forms[0])):
            # Nothing in it is given.
            lines = lines[:1]
    else:
        lines = (symbols_line(_formula(equation.key, trace)),)
    return Cell(equation.place, label, lines, equation.value, equation, digits)


def _formula(key: Key, trace: Trace) -> str:
    """Return a formula that cannot be filled in, as its entry writes it."""
    loss = LOSSES[trace.experiment.training.loss]
    if key.quantity == "loss":
        return loss.formula
    if key.quantity == "upstream":
        return loss.slope_formula
    entry = ACTIVATIONS[trace.layout.layers[key.layer].activation]
    return entry.slope_formula if key.quantity == "slope" else entry.formula


class _Part(NamedTuple):
    """What of the network is asked for: which units of each layer, at most how many parameters of each unit."""

    units: list[range]
    parameters: int
    is_whole: bool


def _part(trace: Trace, phase: Phase, most: int) -> _Part:
    """Return as many units of every layer as make no more than ``most`` blanks, but never less than one."""
    layers = trace.layout.layers
    widest, longest = max(layer.outputs for layer in layers), max(layer.inputs for layer in layers) + 1
    for kept in range(widest, 0, -1):
        for parameters in (longest, FEWEST_PARAMETERS):
            units = [range(min(layer.outputs, kept)) for layer in layers]
            if _blanks(trace, phase, units, parameters) <= most:
                return _Part(units, parameters, kept == widest and parameters == longest)
    return _Part([range(1) for _ in layers], FEWEST_PARAMETERS, False)


def _blanks(trace: Trace, phase: Phase, units: Sequence[range], most_parameters: int) -> int:
    """Return about how many blanks there would be."""
    optimizer, members, total = OPTIMIZERS[trace.experiment.training.optimizer.name], trace.members, 0
    for asked, shape in zip(units, trace.layout.layers, strict=True):
        parameters = min(shape.inputs + (shape.bias_start >= 0), most_parameters)
        each = {
            Phase.FORWARD: members * (3 if shape.dropout else 2),
            Phase.LOSS: 0,
            Phase.BACKWARD: 3 * members + parameters,
            Phase.UPDATE: parameters * (len(optimizer.formula) + has_small_batch(trace)),
        }[phase]
        total += len(asked) * each
    return total
