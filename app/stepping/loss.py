"""The phase of the loss in formulas."""

import numpy as np

from app.stepping.entries import class_of, formula_lines, raw_lines, setting_symbol
from app.stepping.formula.numbers import text
from app.stepping.formula.reading import read, spoken_digits
from app.stepping.formula.tree import (
    Call,
    Fraction,
    Group,
    Mean,
    Node,
    Number,
    Power,
    Product,
    Root,
    Symbol,
    Total,
    bound,
    worth,
)
from app.stepping.formula.writing import three_lines
from app.stepping.records import Line, Position
from app.stepping.remarks import kept_remark
from app.stepping.said import Said
from app.stepping.sight import ONE, Sight
from app.stepping.words import loss_sentence
from app.views.parameter_text import subscript
from engine.losses import LOSSES
from engine.settings import complete
from engine.tasks import TASKS

TWO, HALF, ZERO = Number("2"), Fraction(Number("1"), Number("2")), Number("0")


def said(sight: Sight, position: Position) -> Said:
    """Return what is said about the loss: of one output, or of the whole."""
    entry = LOSSES[sight.trace.experiment.training.loss]
    lines: list[Line] = []
    if sight.is_mean:
        lines += _mean_lines(sight)
    elif position.unit >= 0:
        lines += output_lines(sight, position.unit)
        if position.unit == sight.layout.layers[-1].outputs - 1:
            lines += _mean_of_outputs(sight)
    elif entry.joint:
        lines += joint_lines(sight)
    else:
        outputs = range(sight.layout.layers[-1].outputs)
        for output in outputs:
            lines += output_lines(sight, output)
        lines += _mean_of_outputs(sight) if len(outputs) > 1 else ()
    lines += _penalty_lines(sight) if sight.is_mean else ()
    return Said(tuple(lines), loss_sentence(sight, position.unit), (*_remarks(sight), *kept_remark(sight)))


def symbols_of(sight: Sight, output: int) -> dict[str, Node]:
    """Return what the letters of an elementwise loss's formulas stand for at one output."""
    several = sight.layout.layers[-1].outputs > 1
    symbols: dict[str, Node] = {
        "y": sight.target(min(output, len(sight.trace.wanted) - 1), several=several),
        r"\hat{y}": sight.a(sight.last, output),
    }
    return symbols | settings_of(sight)


def settings_of(sight: Sight) -> dict[str, Node]:
    """Return the loss's setting under its letter."""
    entry = LOSSES[sight.trace.experiment.training.loss]
    values = complete(entry.settings, sight.trace.experiment.training.loss_settings)
    found = [setting_symbol(setting, value) for setting, value in zip(entry.settings, values, strict=True)]
    return {symbol.latex: symbol for symbol in found}


def output_loss(sight: Sight, output: int) -> float:
    """Return the loss of one output by itself, of one sample."""
    outputs = sight.layout.layers[-1].outputs
    if outputs == 1:
        return float(sight.trace.losses[sight.sample])
    entry = LOSSES[sight.trace.experiment.training.loss]
    settings = complete(entry.settings, sight.trace.experiment.training.loss_settings)
    wanted, a = sight.trace.wanted[:, sight.sample], sight.passed(sight.last).a[:, sight.sample]
    return float(np.asarray(entry.value(wanted, a, *settings))[output])


def output_lines(sight: Sight, output: int) -> tuple[Line, ...]:
    """Return the lines of the loss of one output."""
    entry = LOSSES[sight.trace.experiment.training.loss]
    several = sight.layout.layers[-1].outputs > 1
    left = _indexed_loss(output) if several else sight.loss()
    return formula_lines(
        entry.formula, symbols_of(sight, output), left, output_loss(sight, output), sight.digits,
        sight.link(sight.last, output),
    )  # fmt: skip


def _indexed_loss(output: int, value: float | None = None) -> Symbol:
    return Symbol(f"L_{{{output + 1}}}", f"L{subscript(output + 1)}", f"L {spoken_digits(output + 1)}", value)


def _mean_of_outputs(sight: Sight) -> tuple[Line, ...]:
    outputs = sight.layout.layers[-1].outputs
    each = [_indexed_loss(output, output_loss(sight, output)) for output in range(outputs)]
    loss, share = sight.loss(), Fraction(ONE, Number(f"{outputs}"))
    assert loss.value is not None
    return three_lines(loss, Product((share, Group(Total(sight.shortened(each))))), loss.value, sight.digits)


def _mean_lines(sight: Sight) -> tuple[Line, ...]:
    loss, mean = sight.loss(), sight.mean(lambda at: at.loss())
    assert isinstance(mean, Mean)
    mean = Mean(Symbol("L_i", "Lᵢ", "each sample's loss"), mean.terms, mean.count)
    assert loss.value is not None
    return three_lines(loss, mean, loss.value, sight.digits)


def _penalty_lines(sight: Sight) -> tuple[Line, ...]:
    training = sight.trace.experiment.training
    if not (training.l1 or training.l2):
        return ()
    weights = sight.trace.update.before[sight.layout.is_weight() == 1.0]
    parts: list[tuple[int, Node]] = []
    if training.l1:
        rate = Symbol(r"\lambda_1", "λ₁", "lambda one", training.l1)
        total = Symbol(r"\sum |w|", "∑|w|", "the sum of the sizes of all weights", float(np.abs(weights).sum()))
        parts.append((1, Product((rate, total))))
    if training.l2:
        rate = Symbol(r"\lambda_2", "λ₂", "lambda two", training.l2)
        total = Symbol(r"\sum w^2", "∑w²", "the sum of the squares of all weights", float((weights * weights).sum()))
        parts.append((1, Product((HALF, rate, total))))
    penalty = Symbol("R", "R", "R", sight.trace.penalty)
    return three_lines(penalty, Total(tuple(parts)), sight.trace.penalty, sight.digits)


# ---- losses of all outputs together ----------------------------------------------------------------------------------


def joint_lines(sight: Sight) -> tuple[Line, ...]:
    """Return the lines of a loss that is one formula over all outputs, or over the members of a group."""
    entry = LOSSES[sight.trace.experiment.training.loss]
    loss = sight.loss()
    assert loss.value is not None
    built = joint(sight)
    if built is None:
        return raw_lines(entry.formula, loss, loss.value, sight.digits)
    lines: list[Line] = []
    where, formula = built
    for symbol, node in where:
        assert symbol.value is not None
        lines += three_lines(symbol, node, symbol.value, sight.digits)
    return (*lines, *three_lines(loss, formula, loss.value, sight.digits))


# What is worked out first, and the formula.
_Built = tuple[list[tuple[Symbol, Node]], Node]


def joint(sight: Sight) -> _Built | None:
    """Return the quantities that such a loss is made of, each with its formula, and its own; None where unknown."""
    build = _JOINT.get(sight.trace.experiment.training.loss)
    return None if build is None else build(sight)


def _outputs(sight: Sight) -> range:
    return range(sight.layout.layers[-1].outputs)


def _log(inside: Node) -> Node:
    return Call("log", (inside,), bare=True)


def _minus(node: Node) -> Node:
    return Total(((-1, node),))


def _cross_entropy(sight: Sight) -> _Built:
    terms = [Product((sight.target(j, several=True), _log(sight.a(sight.last, j)))) for j in _outputs(sight)]
    return [], _minus(Group(Total(sight.shortened(terms))))


def _sparse(sight: Sight) -> _Built:
    return [], _minus(_log(sight.a(sight.last, class_of(sight))))


def _divergence(sight: Sight) -> _Built:
    terms = []
    for j in _outputs(sight):
        y = sight.target(j, several=True)
        terms.append(Product((y, Call("log", (Fraction(y, sight.a(sight.last, j)),), bare=True))))
    return [], Total(sight.shortened(terms))


def right_class(sight: Sight) -> int:
    """Return the number of the class that is wanted, from one row a class."""
    return int(np.argmax(sight.trace.wanted[:, max(sight.sample, 0)]))


def lead(sight: Sight, output: int) -> Node:
    """Return 1 + ŷⱼ − ŷ of the right class: by how much another class comes too close."""
    right = sight.a(sight.last, right_class(sight))
    return Total(((1, ONE), (1, sight.a(sight.last, output)), (-1, right)))


def _class_hinge(sight: Sight) -> _Built:
    others = [j for j in _outputs(sight) if j != right_class(sight)]
    return [], Total(sight.shortened([Call("max", (ZERO, lead(sight, j))) for j in others]))


def difference(sight: Sight, output: int, first: int, second: int) -> Node:
    """Return (ŷ of one member − ŷ of the other) for one output."""
    a, b = sight.a(sight.last, output, first), sight.a(sight.last, output, second)
    return Group(Total(((1, a), (-1, b))))


def _squares(sight: Sight, first: int, second: int) -> Node:
    terms = [Power(difference(sight, j, first, second), TWO) for j in _outputs(sight)]
    return Total(tuple((1, term) for term in terms))


def distance(sight: Sight) -> tuple[Symbol, Node]:
    """Return d, how far the members of a pair lie apart, with its formula."""
    node = Root(_squares(sight, 0, 1))
    return Symbol("d", "d", "d", worth(node)), node


def _contrastive(sight: Sight) -> _Built:
    d, node = distance(sight)
    symbols = settings_of(sight) | {"y": sight.target(0, several=False), "d": d}
    formula = LOSSES["contrastive"].formula.partition(r", \quad")[0]
    return [(d, node)], bound(read(formula).forms[0], symbols)


def violation(sight: Sight) -> tuple[list[tuple[Symbol, Node]], Node]:
    """Return the squared distances of a triplet, and by how much the margin is missed (below 0: not at all)."""
    where = []
    for number, (sign, spoken) in enumerate((("p", "positive"), ("n", "negative")), start=1):
        node = _squares(sight, 0, number)
        raised = {"p": "ₚ", "n": "ₙ"}[sign]
        where.append((Symbol(rf"d_{sign}^2", f"d{raised}²", f"d {spoken} squared", worth(node)), node))
    margin = next(iter(settings_of(sight).values()))
    return where, Total(((1, where[0][0]), (-1, where[1][0]), (1, margin)))


def _triplet(sight: Sight) -> _Built:
    where, missed = violation(sight)
    return where, Call("max", (ZERO, missed))


def _ranking(sight: Sight) -> _Built:
    s = [sight.a(sight.last, 0, member) for member in sight.members]
    symbols = settings_of(sight) | {"y": sight.target(0, several=False), "s_1": s[0], "s_2": s[1]}
    return [], bound(read(LOSSES["margin-ranking"].formula).forms[0], symbols)


_JOINT = {
    "categorical-cross-entropy": _cross_entropy,
    "pixel-cross-entropy": _cross_entropy,
    "sparse-categorical-cross-entropy": _sparse,
    "kl-divergence": _divergence,
    "multi-class-hinge": _class_hinge,
    "contrastive": _contrastive,
    "triplet": _triplet,
    "margin-ranking": _ranking,
}


def _remarks(sight: Sight) -> tuple[str, ...]:
    loss = sight.loss().value
    entry = LOSSES[sight.trace.experiment.training.loss]
    remarks = []
    if sight.is_mean:
        satisfied = int(np.sum(sight.trace.losses == 0.0))
        if satisfied and has_margin(entry.name):
            count = sight.trace.kept
            remarks.append(f"On {satisfied} of {count} the margin is satisfied already: they cost and teach nothing.")
        if sight.trace.penalty:
            remarks.append(f"The penalty on the weights comes on top: {text(sight.trace.penalty, sight.digits)}.")
    elif loss == 0.0 and has_margin(entry.name):
        remarks.append("The margin is satisfied already: the loss is 0, and so is all that follows from it.")
    if entry.partner and not sight.is_mean:
        outputs = sight.passed(sight.last).a[:, sight.sample]
        if np.any((outputs == 0.0) | (outputs == 1.0)):
            remarks.append("ŷ rounds to 0 or 1 here, so the loss is computed from z, which keeps it exact.")
    if TASKS[sight.trace.experiment.data.task].is_image and not sight.is_mean:
        remarks.append("One sample is one pixel.")
    return tuple(remarks)


def has_margin(loss: str) -> bool:
    """Return whether the loss leaves alone what is right by a margin."""
    return "hinge" in loss or LOSSES[loss].members > 1
