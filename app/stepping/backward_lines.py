"""The formulas of the backward phase: what flows back into a unit, f′(z), δ, and the gradients of the parameters."""

from msgspec.structs import replace

from app.stepping.entries import activation_symbols, formula_lines
from app.stepping.formula.tree import Group, Marked, Mean, Node, Number, Product, Symbol, Total, worth
from app.stepping.formula.writing import COMMA, EQUALS, Writer, number_token, three_lines, word
from app.stepping.loss_slopes import error
from app.stepping.records import Line, Token
from app.stepping.sight import Sight
from app.stepping.terms import from_logits
from engine.activations import ACTIVATIONS


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
    total = Total(sight.shortened(shown, active))
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
        total = Total(at.shortened(contributions(at, layer, unit, member)))
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
        return Total(sight.shortened(terms))
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
