"""The backward phase in formulas: what flows back into a unit, its δ, and the gradients of its parameters."""

from msgspec.structs import replace

from app.stepping.entries import activation_symbols, formula_lines
from app.stepping.formula.numbers import text
from app.stepping.formula.tree import Group, Marked, Mean, Node, Number, Product, Symbol, Total, worth
from app.stepping.formula.writing import COMMA, EQUALS, Writer, number_token, three_lines, word
from app.stepping.forward import parameters_of
from app.stepping.loss_slopes import error, slope_lines
from app.stepping.records import Line, Position, Token
from app.stepping.remarks import activation_remarks, dropout_remarks, kept_remark, product_remarks, zero_remarks
from app.stepping.said import Said
from app.stepping.sight import MOST_TERMS, Sight, shortened
from app.stepping.terms import Term, from_logits
from app.stepping.words import error_sentence
from app.views.parameter_text import Place, connection, layer_name, unit_name
from engine.activations import ACTIVATIONS

# At a whole unit so many gradients are written out; the others are a step at the finest grain away.
SHOWN_GRADIENTS = 3


def said(sight: Sight, position: Position, term: Term | None) -> Said:
    """Return what is said at a place of the backward phase."""
    if position.layer < 0:
        return _whole(sight)
    if position.unit < 0:
        return _layer(sight, position.layer)
    return _unit(sight, position.layer, position.unit, term)


def at_once(sight: Sight, layer: int) -> bool:
    """Return whether the δ of ``layer`` is computed from the logits at once."""
    return layer == sight.last and from_logits(sight.layout, sight.trace.experiment.training.loss)


# ---- ∂L/∂a -----------------------------------------------------------------------------------------------------------


def contributions(sight: Sight, layer: int, unit: int, member: int) -> list[Node]:
    """Return what each unit of the layer above sends back: weight · δ."""
    return [
        Product((sight.parameter(layer + 1, above, unit), sight.delta(layer + 1, above, member, indexed=True)))
        for above in range(sight.layout.layers[layer + 1].outputs)
    ]


def upstream_lines(sight: Sight, layer: int, unit: int, member: int, active: int = -1) -> tuple[Line, ...]:
    """Return the lines of ∂L/∂a; ``active`` is the term one stands at."""
    slope, is_dropped = sight.upstream(layer, unit, member), bool(sight.layout.layers[layer].dropout)
    assert slope.value is not None
    terms = contributions(sight, layer, unit, member)
    shown = list(terms)
    if active >= 0:
        shown[active] = Marked(shown[active])
    total = Total(shortened(shown, active))
    if active < 0 and is_dropped:
        return _through_dropout(sight, layer, unit, member)
    if active < 0:
        return three_lines(slope, total, slope.value, sight.digits, link=slope.link)
    left = _before_dropout(slope) if is_dropped else slope
    lines = three_lines(left, total, worth(Total(tuple((1, term) for term in terms))), sight.digits)
    return (*lines[:-1], Line("result", _term_result(sight, layer, unit, member, active)))


def _before_dropout(slope: Symbol) -> Symbol:
    return replace(
        slope,
        latex=slope.latex.replace(r"\partial a", r"\partial \tilde{a}"),
        text=slope.text.replace("a", "ã", 1),
        spoken=slope.spoken.replace("by a", "by a tilde"),
    )


def _through_dropout(sight: Sight, layer: int, unit: int, member: int) -> tuple[Line, ...]:
    slope = sight.upstream(layer, unit, member)
    assert slope.value is not None

    def times_factor(at: Sight) -> Node:
        total = Total(shortened(contributions(at, layer, unit, member)))
        return Product((Group(total), at.factor(layer, unit, member)))

    return three_lines(slope, sight.mean(times_factor), slope.value, sight.digits, link=slope.link)


def _term_result(sight: Sight, layer: int, unit: int, member: int, active: int) -> tuple[Token, ...]:
    values = []
    for above in range(active + 1):
        weight = sight.parameter(layer + 1, above, unit).value
        delta = sight.delta(layer + 1, above, member).value
        assert weight is not None
        assert delta is not None
        values.append(weight * delta)
    term = contributions(sight, layer, unit, member)[active]
    tokens = list(Writer(sight.digits, with_numbers=False).tokens(Marked(term)))
    tokens += [EQUALS, replace(number_token(values[-1], sight.digits), is_active=True)]
    if active:
        tokens += [COMMA, word("the sum so far"), EQUALS, number_token(sum(values), sight.digits)]
    return tuple(tokens)


# ---- f′(z) and δ -----------------------------------------------------------------------------------------------------


def derivative_lines(sight: Sight, layer: int, unit: int, member: int) -> tuple[Line, ...]:
    """Return the lines of f′(z), of softmax those of how every output moves with this z."""
    shape = sight.layout.layers[layer]
    entry, slope = ACTIVATIONS[shape.activation], sight.slope(layer, unit, member)
    assert slope.value is not None
    if entry.joint:
        lines: list[Line] = []
        for output in range(shape.outputs):
            left, right = _jacobian(sight, unit, output)
            assert left.value is not None
            lines += three_lines(left, right, left.value, sight.digits)
        return tuple(lines)
    if sight.is_mean:
        mean = sight.mean(lambda at: at.slope(layer, unit, member))
        assert isinstance(mean, Mean)
        return three_lines(slope, mean, slope.value, sight.digits, link=slope.link)
    symbols = activation_symbols(sight, layer, unit, member)
    if layer == sight.last:
        # The formulas call it a; of an output it is ŷ.
        symbols["a"] = sight.a(layer, unit, member)
    return formula_lines(entry.slope_formula, symbols, slope, slope.value, sight.digits, slope.link)


def _jacobian(sight: Sight, unit: int, output: int) -> tuple[Symbol, Node]:
    """∂ŷⱼ/∂zᵢ of softmax: ŷᵢ (1 − ŷᵢ) on the diagonal, else −ŷⱼ ŷᵢ."""
    a, own, z = sight.a(sight.last, output), sight.a(sight.last, unit), sight.z(sight.last, unit)
    outputs = sight.passed(sight.last).a
    row = outputs[output] * ((1.0 if output == unit else 0.0) - outputs[unit])
    left = Symbol(
        rf"\frac{{\partial {a.latex}}}{{\partial {z.latex}}}",
        f"∂{a.text}/∂{z.text}",
        f"partial {a.spoken} by {z.spoken}",
        sight.number(row),
        sight.link(sight.last, output),
    )

    def entry(at: Sight) -> Node:
        first, second = at.a(sight.last, output), at.a(sight.last, unit)
        if output == unit:
            return Product((second, Group(Total(((1, Number("1")), (-1, second))))))
        return Total(((-1, Product((first, second))),))

    assert own.value is not None
    return left, sight.mean(entry)


def delta_node(sight: Sight, layer: int, unit: int, member: int) -> Node:
    """Return δ as a product: ∂L/∂a · f′(z), of softmax the sum over all outputs, from logits ŷ − y."""
    if at_once(sight, layer):
        return error(sight, unit)
    if ACTIVATIONS[sight.layout.layers[layer].activation].joint:
        outputs = range(sight.layout.layers[layer].outputs)
        terms = [Product((sight.upstream(layer, j, member), _jacobian(sight, unit, j)[0])) for j in outputs]
        return Total(shortened(terms))
    return Product((sight.upstream(layer, unit, member), sight.slope(layer, unit, member)))


def delta_lines(sight: Sight, layer: int, unit: int, member: int) -> tuple[Line, ...]:
    """Return the lines of δ."""
    delta = sight.delta(layer, unit, member)
    assert delta.value is not None
    right = sight.mean(lambda at: delta_node(at, layer, unit, member))
    return three_lines(delta, right, delta.value, sight.digits, link=delta.link)


# ---- gradients -------------------------------------------------------------------------------------------------------


def gradient_lines(sight: Sight, layer: int, unit: int, source: int) -> tuple[Line, ...]:
    """Return the lines of one parameter's gradient by the chain rule: ∂L/∂a · f′(z) · input, which is δ · input."""
    gradient = sight.gradient(layer, unit, source)
    assert gradient.value is not None
    forms = [sight.mean(lambda at: _short_form(at, layer, unit, source))]
    is_plain = not at_once(sight, layer) and not ACTIVATIONS[sight.layout.layers[layer].activation].joint
    if is_plain and len(sight.members) == 1:
        forms.insert(0, sight.mean(lambda at: _chain(at, layer, unit, source)))
    return three_lines(gradient, forms, gradient.value, sight.digits, link=gradient.link)


def _chain(sight: Sight, layer: int, unit: int, source: int) -> Node:
    factors: tuple[Node, ...] = (sight.upstream(layer, unit), sight.slope(layer, unit))
    return Product((*factors, sight.input(layer, source)) if source >= 0 else factors)


def _short_form(sight: Sight, layer: int, unit: int, source: int) -> Node:
    terms: list[tuple[int, Node]] = []
    for member in sight.members:
        delta = sight.delta(layer, unit, member)
        terms.append((1, Product((delta, sight.input(layer, source, member))) if source >= 0 else delta))
    return terms[0][1] if len(terms) == 1 else Total(tuple(terms))


# ---- places ----------------------------------------------------------------------------------------------------------


def _unit(sight: Sight, layer: int, unit: int, term: Term | None) -> Said:
    kind = "" if term is None else term.kind
    lines: list[Line] = []
    for member in sight.members:
        lines += _lines_of_delta(sight, layer, unit, member, term)
    sources = _sources(sight, layer)
    if term is not None and kind in ("weight", "bias"):
        lines += gradient_lines(sight, layer, unit, term.number)
    elif term is None:
        for source in sources[:SHOWN_GRADIENTS]:
            lines += gradient_lines(sight, layer, unit, source)
    remarks = _remarks(sight, layer, unit, kind)
    if term is None and len(sources) > SHOWN_GRADIENTS:
        remarks = (*remarks, f"{len(sources) - SHOWN_GRADIENTS} more gradients: walk term by term to see each.")
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
    return text(float("nan") if symbol.value is None else symbol.value, sight.digits)


def _sentence(sight: Sight, layer: int, unit: int, term: Term | None) -> str:
    name, lead = unit_name(sight.layout, layer, unit), "On average over the batch, " if sight.is_mean else ""
    delta, slope = sight.delta(layer, unit), sight.slope(layer, unit)
    kind = "" if term is None else term.kind
    if kind in ("loss slope", "delta at once") and len(sight.members) == 1 and len(sight.trace.wanted) > unit:
        return error_sentence(sight, unit)
    if term is not None and kind == "upstream":
        above = unit_name(sight.layout, layer + 1, term.number)
        weight = sight.parameter(layer + 1, term.number, unit)
        return f"{above[:1].upper()}{above[1:]} sends its δ back through the weight {weight.text} that connects them."
    if term is not None and kind in ("weight", "bias"):
        gradient = sight.gradient(layer, unit, term.number)
        way = "larger" if (gradient.value or 0.0) > 0.0 else "smaller"
        place = connection(sight.layout, Place(layer, unit, term.number))
        what = "weight" if kind == "weight" else "bias"
        if not gradient.value:
            return f"The gradient of the {what} {place} is {_number(sight, gradient)}: it moves nothing here."
        verdict = f"were the {what} {place} a little {way}, the loss would rise, so the step goes the other way"
        return f"The gradient is {_number(sight, gradient)}: {verdict}."
    if kind == "slope":
        return f"Where {name} sits, its activation changes by {_number(sight, slope)} for each 1 that z changes."
    if kind == "dropout":
        return "What dropout multiplied on the way forward multiplies on the way back too."
    if kind == "loss slope":
        return f"The slope of the loss by {name} is {_number(sight, sight.upstream(layer, unit))}."
    the = f"{lead}the" if lead else "The"
    return f"{the} loss changes by {_number(sight, delta)} for each 1 that z of {name} changes."


def _layer(sight: Sight, layer: int) -> Said:
    units = sight.layout.layers[layer].outputs
    lines = [
        _delta_line(sight, layer, unit, member) for member in sight.members for unit in range(min(units, MOST_TERMS))
    ]
    name = layer_name(sight.layout, layer)
    sentence = f"The δ of {name} {'are' if units > 1 else 'is'} known, and with them all of its gradients."
    more = (f"{units - MOST_TERMS} more units: walk unit by unit to see each.",) if units > MOST_TERMS else ()
    return Said(tuple(lines), sentence if units > 1 else sentence.replace("them", "it"), more)


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
