"""An optimizer's update of one parameter, line by line, from the formulas of its entry."""

from app.stepping.entries import letter_latex, raw_lines, setting_symbol
from app.stepping.formula.reading import FormulaError, read, read_symbol
from app.stepping.formula.tree import Node, Symbol, bound, worth
from app.stepping.formula.writing import three_lines
from app.stepping.records import Line, Link
from app.stepping.sight import Sight
from engine.optimizers import OPTIMIZERS, Optimizer

THETA = r"\theta"


def optimizer_lines(sight: Sight, parameter: Symbol) -> tuple[Line, ...]:
    """Return the lines of the optimizer's step of ``parameter``, from its gradient to its new value."""
    assert parameter.link is not None
    index = parameter.link.parameter
    update = sight.trace.update
    entry = OPTIMIZERS[sight.trace.experiment.training.optimizer.name]
    known = known_symbols(sight, parameter)
    results = {THETA: float(update.stepped[index])} | {
        letter_latex(name): float(update.state_after[row, index]) for row, name in enumerate(entry.state)
    }
    last = _last_lines(entry)
    lines: list[Line] = []
    for number, latex in enumerate(entry.formula):
        try:
            formula = read(latex)
            left = parameter if formula.left == THETA else read_symbol(formula.left)
        except FormulaError:
            lines += raw_lines(latex, parameter, results[THETA], sight.digits, parameter.link)
            continue
        node = bound(formula.forms[0], known)
        value = worth(node)
        # What the line says last is what the trace says, to the last digit.
        if last.get(formula.left) == number:
            value = results.get(formula.left, value)
        link = parameter.link if left is parameter else None
        lines += three_lines(left, node, value, sight.digits, link=link, is_arrow=formula.is_arrow)
        known[formula.left] = Symbol(left.latex, left.text, left.spoken, value, link)
    return tuple(lines)


def known_symbols(sight: Sight, parameter: Symbol) -> dict[str, Node]:
    """Return what the letters of the optimizer's formulas stand for before its step."""
    assert parameter.link is not None
    index = parameter.link.parameter
    update = sight.trace.update
    entry = OPTIMIZERS[sight.trace.experiment.training.optimizer.name]
    known: dict[str, Node] = {
        THETA: parameter,
        "g": Symbol("g", "g", "g", float(update.applied[index]), Link(parameter=index)),
        r"\eta": Symbol(r"\eta", "η", "eta", update.rate),
        "t": Symbol("t", "t", "t", float(update.number)),
    }
    for setting, value in zip(entry.settings, update.settings, strict=True):
        symbol = setting_symbol(setting, value)
        known[symbol.latex] = symbol
    for row, name in enumerate(entry.state):
        latex = letter_latex(name)
        known[latex] = Symbol(latex, name, read_symbol(latex).spoken, float(update.state_before[row, index]))
    return known


def _last_lines(entry: Optimizer) -> dict[str, int]:
    """Return for each left side the number of the last line that has it."""
    last = {}
    for number, latex in enumerate(entry.formula):
        try:
            last[read(latex).left] = number
        except FormulaError:
            continue
    return last
