"""The update in formulas: from the batch's mean gradient, through penalty and clipping, to the new parameter."""

from collections.abc import Sequence

import numpy as np

from app.stepping.entries import symbols_line
from app.stepping.formula.numbers import text
from app.stepping.formula.tree import Call, Fraction, Node, Product, Symbol, Total
from app.stepping.formula.writing import EQUALS, dots_line, number_token, three_lines
from app.stepping.forward import parameters_of
from app.stepping.optimizer_lines import optimizer_lines
from app.stepping.records import Line, Position, Token
from app.stepping.said import Said
from app.stepping.sight import Sight, slope_by
from app.stepping.terms import Term
from app.stepping.words import left_out
from app.views.parameter_text import connection, layer_name, place_of, unit_name
from engine.optimizers import OPTIMIZERS
from engine.schedules import SCHEDULES


def said(sight: Sight, position: Position, term: Term | None) -> Said:
    """Return what is said at a place of the update."""
    if position.unit < 0:
        return _several(sight, position.layer)
    if term is None:
        return _unit(sight, position.layer, position.unit)
    return _parameter(sight, position.layer, position.unit, term.number)


def gradient_lines(sight: Sight, parameter: Symbol) -> tuple[Line, ...]:
    """Return the lines of g, what the optimizer gets: the mean gradient, with the penalty's, clipped."""
    assert parameter.link is not None
    assert parameter.value is not None
    index, digits = parameter.link.parameter, sight.digits
    update, training = sight.trace.update, sight.trace.experiment.training
    g = Symbol("g", "g", "g", float(update.gradient[index]), parameter.link)
    parts: list[tuple[int, Node]] = [(1, slope_by(parameter, g.value, parameter.link))]
    if sight.layout.is_weight()[index] == 1.0:
        if training.l1:
            rate = Symbol(r"\lambda_1", "λ₁", "lambda one", training.l1)
            parts.append((1, Product((rate, Call("sign", (parameter,))))))
        if training.l2:
            parts.append((1, Product((Symbol(r"\lambda_2", "λ₂", "lambda two", training.l2), parameter))))
    value = float(update.gradient[index] + update.penalty[index])
    lines = list(three_lines(g, Total(tuple(parts)), value, digits, link=parameter.link))
    bounded = float(update.bounded[index])
    if bounded != value:
        limit = Symbol("c", "c", "c", training.clip_value)
        inner = Call("min", (limit, Symbol("g", "g", "g", value)))
        clipped = Call("max", (Total(((-1, limit),)), inner))
        lines += three_lines(g, clipped, bounded, digits, link=parameter.link, is_arrow=True)
    if training.clip_norm and update.length > training.clip_norm:
        longest = Symbol(r"c_{\max}", "cₘₐₓ", "c max", training.clip_norm)
        length = Symbol(r"\|g\|", "‖g‖", "the length of the whole gradient", update.length)
        shortened = Product((Symbol("g", "g", "g", bounded), Fraction(longest, length)))
        applied = float(update.applied[index])
        lines += three_lines(g, shortened, applied, digits, link=parameter.link, is_arrow=True)
    return tuple(lines)


def norm_lines(sight: Sight, layer: int, unit: int, source: int) -> tuple[Line, ...]:
    """Return the lines of max-norm; none where it changes nothing."""
    update, limit = sight.trace.update, sight.trace.experiment.training.max_norm
    index = sight.index(layer, unit, source)
    if update.stepped[index] == update.after[index]:
        return ()
    stepped = sight.parameter(layer, unit, source, update.stepped)
    weights = sight.layout.weights(update.stepped, layer)[unit]
    length = Symbol(r"\|w\|", "‖w‖", "the length of the unit's weights", float(np.sqrt(np.sum(weights * weights))))
    longest = Symbol("c", "c", "c", limit)
    value = float(update.after[index])
    right = Product((stepped, Fraction(longest, length)))
    return three_lines(stepped, right, value, sight.digits, link=stepped.link, is_arrow=True)


def _parameter(sight: Sight, layer: int, unit: int, source: int) -> Said:
    parameter = sight.parameter(layer, unit, source)
    assert parameter.link is not None
    index = parameter.link.parameter
    lines = (
        *gradient_lines(sight, parameter),
        *optimizer_lines(sight, parameter),
        *norm_lines(sight, layer, unit, source),
    )
    update = sight.trace.update
    change = float(update.change[index])
    what = "bias" if source < 0 else "weight"
    verb = "rises" if change > 0.0 else "falls"
    before, after = text(update.before[index], sight.digits), text(update.after[index], sight.digits)
    place = connection(sight.layout, place_of(sight.layout, index))
    sentence = f"The {what} {place} {verb} from {before} to {after}."
    if change == 0.0:
        sentence = f"The {what} {place} stays {before}."
    elif not np.isfinite(change):
        sentence = f"The {what} {place} was {before}, and this step has no finite number for it."
    return Said(lines, sentence, _remarks(sight, index), (index,))


def _unit(sight: Sight, layer: int, unit: int) -> Said:
    lines: list[Line] = []
    own = parameters_of(sight, layer, unit)
    for index in own[: sight.shown(len(own))]:
        place = place_of(sight.layout, index)
        before = sight.parameter(layer, unit, place.source)
        change = Symbol(
            rf"\Delta {before.latex}", f"Δ{before.text}", f"the change of {before.spoken}",
            float(sight.trace.update.change[index]), before.link,
        )  # fmt: skip
        right = Total(((1, before), (1, change)))
        after = float(sight.trace.update.after[index])
        lines += three_lines(before, right, after, sight.digits, link=before.link, is_arrow=True)
    name = unit_name(sight.layout, layer, unit)
    sentence = _moved(sight, own, f"of {name}") + (", each by its own Δ." if len(own) > 1 else ".")
    if not np.any(sight.trace.update.change[list(own)]):
        sentence = f"{_label(sight)} moves no parameter of {name}: every Δ is 0."
    hidden = len(own) - sight.shown(len(own))
    remarks = (
        *left_out(sight, "parameter", hidden, "walk term by term"),
        "Walk term by term to see how each Δ comes from the gradient.",
        *_general_remarks(sight),
    )
    return Said((*lines, *dots_line(hidden)), sentence, remarks, own)


def _several(sight: Sight, layer: int) -> Said:
    entry, update = OPTIMIZERS[sight.trace.experiment.training.optimizer.name], sight.trace.update
    lines = [symbols_line(latex) for latex in entry.formula]
    rate = Token(r"\eta", "η", "eta")
    if entry.uses_rate:
        lines.append(Line("result", (rate, EQUALS, number_token(update.rate, sight.digits))))
    layers = range(len(sight.layout.layers)) if layer < 0 else [layer]
    own = [
        index
        for number in layers
        for unit in range(sight.layout.layers[number].outputs)
        for index in parameters_of(sight, number, unit)
    ]
    largest = own[int(np.argmax(np.abs(np.nan_to_num(update.change[own]))))]
    where = "of the network" if layer < 0 else f"of {layer_name(sight.layout, layer)}"
    kind = "bias" if place_of(sight.layout, largest).is_bias else "weight"
    which = connection(sight.layout, place_of(sight.layout, largest))
    change = text(update.change[largest], sight.digits)
    sentence = f"{_moved(sight, own, where)}. The {kind} {which} moves farthest, by {change}."
    if not np.any(update.change[own]):
        sentence = f"{_label(sight)} moves no parameter {where}: every Δ is 0."
    return Said(tuple(lines), sentence, _general_remarks(sight), tuple(own) if layer >= 0 else ())


def _moved(sight: Sight, own: Sequence[int], where: str) -> str:
    """Return that the optimizer moves the parameters ``own``, or how many of them."""
    moving, count = int(np.count_nonzero(sight.trace.update.change[list(own)])), len(own)
    which = {1: "the one parameter", 2: "both parameters"}.get(count, f"all {count} parameters")
    if moving < count:
        which = f"{moving} of the {count} parameters"
    return f"{_label(sight)} moves {which} {where}"


def _label(sight: Sight) -> str:
    return OPTIMIZERS[sight.trace.experiment.training.optimizer.name].label


def _remarks(sight: Sight, index: int) -> tuple[str, ...]:
    update, digits = sight.trace.update, sight.digits
    remarks = []
    if update.bounded[index] != update.gradient[index] + update.penalty[index]:
        size = text(sight.trace.experiment.training.clip_value, digits)
        remarks.append(f"Clipped: the gradient is cut to a size of {size}.")
    if update.penalty[index]:
        way = "toward 0" if update.penalty[index] * update.before[index] > 0.0 else "away from 0"
        remarks.append(f"Weight decay: the penalty alone pulls this weight {way}.")
    if update.stepped[index] != update.after[index]:
        remarks.append("Max-norm: the weights into this unit had become too long and are shortened.")
    return (*remarks, *_general_remarks(sight))


def _general_remarks(sight: Sight) -> tuple[str, ...]:
    trace, digits = sight.trace, sight.digits
    training, remarks = trace.experiment.training, []
    if not trace.is_finite:
        remarks.append("The step is not finite: the run has diverged, and training stops before it.")
    if training.clip_norm and trace.update.length > training.clip_norm:
        length, limit = text(trace.update.length, digits), text(training.clip_norm, digits)
        remarks.append(f"Clipped: the whole gradient, {length} long, is shortened to {limit}.")
    entry = OPTIMIZERS[training.optimizer.name]
    settings = {setting.name: value for setting, value in zip(entry.settings, trace.update.settings, strict=True)}
    if settings.get("weight_decay"):
        remarks.append(f"Weight decay: {entry.label} shrinks every parameter a little, whatever its gradient.")
    if entry.uses_rate and trace.update.rate != training.learning_rate:
        label = SCHEDULES[training.schedule.name].label
        start, now = text(training.learning_rate, digits), text(trace.update.rate, digits)
        if start != now:
            remarks.append(f"The schedule ({label}) has brought η from {start} to {now}.")
    if not entry.uses_rate:
        remarks.append(f"{entry.label} has no learning rate.")
    if trace.size > 1:
        what = {1: "samples", 2: "pairs", 3: "triplets"}[trace.members]
        remarks.append(f"The whole batch makes one step: g is the mean of the gradients of its {trace.size} {what}.")
    return tuple(remarks)
