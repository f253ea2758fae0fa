"""The slope of the loss by an output, in formulas: where the backward phase begins."""

from app.stepping.entries import completed, raw_lines, read_or_none
from app.stepping.formula.reading import spoken_digits
from app.stepping.formula.tree import (
    Call,
    Choice,
    Comparison,
    Fraction,
    Group,
    Mean,
    Node,
    Number,
    Product,
    Symbol,
    Total,
    worth,
)
from app.stepping.formula.writing import three_lines
from app.stepping.loss import (
    TWO,
    ZERO,
    difference,
    distance,
    lead,
    right_class,
    settings_of,
    symbols_of,
    violation,
)
from app.stepping.records import Line
from app.stepping.sight import ONE, Sight
from app.views.parameter_text import subscript
from engine.losses import LOSSES


def slope_lines(sight: Sight, output: int, member: int) -> tuple[Line, ...]:
    """Return the lines of ∂L/∂ŷ of one output."""
    entry = LOSSES[sight.trace.experiment.training.loss]
    slope = sight.upstream(sight.last, output, member)
    assert slope.value is not None
    if formula(sight, output, member) is None:
        return raw_lines(entry.slope_formula, slope, slope.value, sight.digits, slope.link)
    lines: list[Line] = []
    if entry.members == 1 and not entry.joint and not sight.is_mean:
        parts = read_or_none(entry.slope_formula)
        assert parts is not None
        for symbol, node in completed(parts, symbols_of(sight, output))[0]:
            lines += three_lines(symbol, node, worth(node), sight.digits)
    elif not sight.is_mean and member == 0:
        lines += _before(sight)
    right = formula(sight, output, member)
    assert right is not None
    if sight.is_mean:
        # What makes it up differs from sample to sample: of each its slope as a number.
        mean = sight.mean(lambda at: at.upstream(sight.last, output, member))
        assert isinstance(mean, Mean)
        is_same = entry.members == 1 and not entry.joint
        right = Mean(right if is_same else _of_sample(slope), mean.terms, mean.count)
    return (*lines, *three_lines(slope, right, slope.value, sight.digits, link=slope.link))


def formula(sight: Sight, output: int, member: int) -> Node | None:
    """Return ∂L/∂ŷ as a tree, or None for a loss whose slope is only known as it stands."""
    entry = LOSSES[sight.trace.experiment.training.loss]
    if entry.members > 1:
        build = {"contrastive": _contrastive, "triplet": _triplet, "margin-ranking": _ranking}.get(entry.name)
        return build(sight, output, member) if build else None
    if entry.joint:
        return _class_hinge(sight, output) if entry.name == "multi-class-hinge" else None
    parts = read_or_none(entry.slope_formula)
    if parts is None:
        return None
    slope = completed(parts, symbols_of(sight, output))[1][0]
    outputs = sight.layout.layers[-1].outputs
    # The loss of a sample is the mean over its outputs.
    return slope if outputs == 1 else Product((Fraction(ONE, Number(f"{outputs}")), _grouped(slope)))


def _grouped(node: Node) -> Node:
    return Group(node) if isinstance(node, Total | Choice) else node


def _of_sample(slope: Symbol) -> Symbol:
    latex = slope.latex.replace(r"\partial L", r"\partial L_i")
    return Symbol(latex, slope.text.replace("∂L", "∂Lᵢ"), f"each sample's {slope.spoken}")


def _before(sight: Sight) -> tuple[Line, ...]:
    """Return the lines of what the slope of a group's loss is made of."""
    entry = LOSSES[sight.trace.experiment.training.loss]
    if entry.name == "contrastive":
        d, node = distance(sight)
        assert d.value is not None
        return three_lines(d, node, d.value, sight.digits)
    return ()


def _class_hinge(sight: Sight, output: int) -> Node:
    right = right_class(sight)
    if output != right:
        return Choice(((ONE, Comparison(lead(sight, output), ">", ZERO)), (ZERO, None)))
    others = [j for j in range(sight.layout.layers[-1].outputs) if j != right]
    return Total(tuple((-1, sight.upstream(sight.last, j)) for j in others))


def _contrastive(sight: Sight, output: int, member: int) -> Node:
    d, _ = distance(sight)
    y, margin = sight.target(0, several=False), next(iter(settings_of(sight).values()))
    push = Fraction(Call("max", (ZERO, Total(((1, margin), (-1, d))))), d)
    if not d.value:
        # In the same place there is no direction in which to part.
        push = Fraction(ZERO, ONE)
    pull = Group(Total(((1, y), (-1, Product((Group(Total(((1, ONE), (-1, y)))), push))))))
    return Product((pull, difference(sight, output, member, 1 - member)))


def _triplet(sight: Sight, output: int, member: int) -> Node:
    first, second = ((2, 1), (1, 0), (0, 2))[member]
    _, missed = violation(sight)
    pull = Product((TWO, difference(sight, output, first, second)))
    return Choice(((pull, Comparison(missed, ">", ZERO)), (ZERO, None)))


def _ranking(sight: Sight, output: int, member: int) -> Node:
    y = sight.target(0, several=False)
    margin = next(iter(settings_of(sight).values()))
    missed = Total(((1, margin), (-1, Product((y, difference(sight, output, 0, 1))))))
    push: Node = y if member else Total(((-1, y),))
    return Choice(((push, Comparison(missed, ">", ZERO)), (ZERO, None)))


def error(sight: Sight, output: int) -> Node:
    """Return ŷ − y, the δ of an output whose loss is computed from its logit."""
    a = sight.a(sight.last, output)
    if LOSSES[sight.trace.experiment.training.loss].target != "index":
        return Total(((1, a), (-1, sight.target(output, several=sight.layout.layers[-1].outputs > 1))))
    wanted = 1.0 if round(float(sight.trace.wanted[0, max(sight.sample, 0)])) == output else 0.0
    index = output + 1
    y = Symbol(f"y_{{{index}}}", f"y{subscript(index)}", f"y {spoken_digits(index)}", wanted)
    return Total(((1, a), (-1, y)))
