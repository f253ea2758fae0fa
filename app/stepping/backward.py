"""The backward phase in formulas: what flows back into a unit, its δ, and the gradients of its parameters."""

from app.stepping.backward_lines import at_once, delta_lines, derivative_lines, gradient_lines, upstream_lines
from app.stepping.formula.numbers import text
from app.stepping.formula.tree import Symbol
from app.stepping.formula.writing import EQUALS, dots_line, number_token
from app.stepping.forward import parameters_of
from app.stepping.loss_slopes import slope_lines
from app.stepping.records import Line, Position, Token
from app.stepping.remarks import activation_remarks, dropout_remarks, kept_remark, product_remarks, zero_remarks
from app.stepping.said import Said
from app.stepping.sight import Sight
from app.stepping.terms import Term
from app.stepping.words import error_sentence, left_out, more_units, nudge_sentence, of_members
from app.views.parameter_text import Place, connection, layer_name, unit_name

# At a whole unit so many gradients are written out; the others are a step at the finest grain away.
SHOWN_GRADIENTS = 3
# Where all is wanted, gradients are written out as long as they have no more products than these.
MOST_PRODUCTS = 60


def said(sight: Sight, position: Position, term: Term | None) -> Said:
    """Return what is said at a place of the backward phase."""
    if position.layer < 0:
        return _whole(sight)
    if position.unit < 0:
        return _layer(sight, position.layer)
    return _unit(sight, position.layer, position.unit, term)


def _unit(sight: Sight, layer: int, unit: int, term: Term | None) -> Said:
    kind = "" if term is None else term.kind
    lines: list[Line] = []
    for member in sight.members:
        lines += _lines_of_delta(sight, layer, unit, member, term)
    sources = _sources(sight, layer)
    if term is not None and kind in ("weight", "bias"):
        lines += gradient_lines(sight, layer, unit, term.number)
    elif term is None:
        room = max(SHOWN_GRADIENTS, MOST_PRODUCTS // sight.written_samples)
        shown = min(sight.shown(len(sources), SHOWN_GRADIENTS), room)
        for source in sources[:shown]:
            lines += gradient_lines(sight, layer, unit, source)
        lines += dots_line(len(sources) - shown)
    remarks = _remarks(sight, layer, unit, kind)
    if term is None:
        remarks += left_out(sight, "gradient", len(sources) - shown, "walk term by term")
    return Said(tuple(lines), _sentence(sight, layer, unit, term), remarks, _parameters(sight, layer, unit, term))


def _lines_of_delta(sight: Sight, layer: int, unit: int, member: int, term: Term | None) -> list[Line]:
    kind = "" if term is None else term.kind
    lines: list[Line] = []
    if kind in ("", "loss slope") and layer == sight.last and not at_once(sight, layer):
        lines += slope_lines(sight, unit, member)
    if term is not None and kind == "upstream":
        lines += upstream_lines(sight, layer, unit, member, term.number)
    elif kind in ("", "dropout") and layer < sight.last:
        lines += upstream_lines(sight, layer, unit, member)
    if kind in ("", "slope") and not at_once(sight, layer):
        lines += derivative_lines(sight, layer, unit, member)
    if kind in ("", "delta", "delta at once"):
        lines += delta_lines(sight, layer, unit, member)
    return lines


def _sources(sight: Sight, layer: int) -> list[int]:
    shape = sight.layout.layers[layer]
    return [*range(shape.inputs), *([-1] if shape.bias_start >= 0 else [])]


def _parameters(sight: Sight, layer: int, unit: int, term: Term | None) -> tuple[int, ...]:
    if term is None:
        return parameters_of(sight, layer, unit)
    if term.kind in ("weight", "bias"):
        return (sight.index(layer, unit, term.number),)
    if term.kind == "upstream":
        return (sight.index(layer + 1, term.number, unit),)
    return ()


def _remarks(sight: Sight, layer: int, unit: int, kind: str) -> tuple[str, ...]:
    remarks: tuple[str, ...] = ()
    if kind in ("", "loss slope", "delta at once") and layer == sight.last:
        remarks += zero_remarks(sight, unit)
    if kind in ("", "slope"):
        remarks += activation_remarks(sight, layer, unit)
    if kind in ("", "dropout"):
        remarks += dropout_remarks(sight, layer, unit)
    if kind in ("", "delta", "delta at once"):
        for member in sight.members:
            value = sight.delta(layer, unit, member).value
            remarks += product_remarks(float("nan") if value is None else value)
    return tuple(dict.fromkeys((*remarks, *kept_remark(sight))))


def _number(sight: Sight, symbol: Symbol) -> str:
    return text(_value(symbol), sight.digits)


def _sentence(sight: Sight, layer: int, unit: int, term: Term | None) -> str:
    name = unit_name(sight.layout, layer, unit)
    delta, slope = sight.delta(layer, unit), sight.slope(layer, unit)
    kind = "" if term is None else term.kind
    if kind in ("loss slope", "delta at once") and len(sight.members) == 1 and len(sight.trace.wanted) > unit:
        return error_sentence(sight, unit)
    if term is not None and kind == "upstream":
        above = unit_name(sight.layout, layer + 1, term.number)
        weight = sight.parameter(layer + 1, term.number, unit)
        return f"{above[:1].upper()}{above[1:]} sends its δ back through the weight {weight.text} that connects them."
    if term is not None and kind in ("weight", "bias"):
        what = "weight" if kind == "weight" else "bias"
        place = connection(sight.layout, Place(layer, unit, term.number))
        return _gradient_sentence(sight, f"{what} {place}", sight.gradient(layer, unit, term.number))
    if kind == "slope":
        where = "On average over the batch, a" if sight.is_mean else "Here a"
        return f"{where} small change of z changes the activation of {name} {_number(sight, slope)} times as much."
    if kind == "dropout":
        return "What dropout multiplied on the way forward, it multiplies on the way back, too."
    if kind == "loss slope":
        upstream = sight.upstream(layer, unit)
        return nudge_sentence(sight, f"{name}{of_members(sight)}", _value(upstream))
    return nudge_sentence(sight, f"z of {name}{of_members(sight)}", _value(delta))


def _gradient_sentence(sight: Sight, what: str, gradient: Symbol) -> str:
    value, mean = _value(gradient), "mean " if sight.is_mean else ""
    if not value:
        return f"The {mean}gradient of the {what} is {_number(sight, gradient)}: it moves nothing here."
    way, wish = ("raise", "smaller") if value > 0.0 else ("lower", "larger")
    who = "the batch" if sight.is_mean else "this sample"
    return (
        f"The {mean}gradient is {_number(sight, gradient)}: a larger {what} would {way} the loss, "
        f"so {who} wants it {wish}."
    )


def _value(symbol: Symbol) -> float:
    return float("nan") if symbol.value is None else symbol.value


def _layer(sight: Sight, layer: int) -> Said:
    units = sight.layout.layers[layer].outputs
    lines: list[Line] = []
    for member in sight.members:
        lines += [_delta_line(sight, layer, unit, member) for unit in range(sight.shown(units))]
        lines += dots_line(units - sight.shown(units))
    name = layer_name(sight.layout, layer)
    mean = "mean " if sight.is_mean else ""
    sentence = f"The {mean}δ of each unit of {name} is known" if units > 1 else f"The {mean}δ of {name} is known"
    return Said(
        tuple(lines),
        f"{sentence}, and with it the gradients of its weights{_and_biases(sight, layer)}.",
        more_units(sight, layer),
    )


def _and_biases(sight: Sight, layer: int) -> str:
    shape = sight.layout.layers[layer]
    return "" if shape.bias_start < 0 else " and biases" if shape.outputs > 1 else " and its bias"


def _delta_line(sight: Sight, layer: int, unit: int, member: int) -> Line:
    indexed = sight.layout.layers[layer].outputs > 1
    delta = sight.delta(layer, unit, member, indexed=indexed)
    assert delta.value is not None
    head = Token(delta.latex, delta.text, delta.spoken, None, delta.link)
    return Line("result", (head, EQUALS, number_token(delta.value, sight.digits, delta.link)))


def _whole(sight: Sight) -> Said:
    gradient = sight.trace.update.gradient if sight.is_mean else sight.trace.sample_gradient(sight.sample)
    length = float((gradient @ gradient) ** 0.5)
    symbol = Symbol(r"\|\nabla L\|", "‖∇L‖", "the length of the gradient", length)
    head = Token(symbol.latex, symbol.text, symbol.spoken)
    line = Line("result", (head, EQUALS, number_token(length, sight.digits)))
    whose = "of the batch's mean loss" if sight.is_mean else "of this sample's loss"
    return Said((line,), f"The error has flowed back to the inputs; the gradient {whose} is known for every parameter.")
