"""The forward phase in formulas: a unit's weighted sum, its activation, what dropout leaves of it."""

from msgspec.structs import replace

from app.stepping.entries import activation_symbols, formula_lines, raw_lines, read_or_none
from app.stepping.formula.numbers import text
from app.stepping.formula.reading import spoken_digits
from app.stepping.formula.tree import Fraction, Marked, Mean, Node, Power, Product, Symbol, Total
from app.stepping.formula.writing import COMMA, EQUALS, Writer, dots_line, number_token, three_lines, word
from app.stepping.records import Line, Position, Token
from app.stepping.remarks import activation_remarks, dropout_remarks
from app.stepping.said import Said
from app.stepping.sight import Sight
from app.stepping.terms import Term
from app.stepping.words import more_units, of_members
from app.views.parameter_text import layer_name, subscript, unit_name
from engine.activations import ACTIVATIONS


def said(sight: Sight, position: Position, term: Term | None) -> Said:
    """Return what is said at a place of the forward phase."""
    if position.layer < 0:
        return _whole(sight)
    if position.unit < 0:
        return _layer(sight, position.layer)
    return _unit(sight, position.layer, position.unit, term)


def parameters_of(sight: Sight, layer: int, unit: int) -> tuple[int, ...]:
    """Return a unit's weights and bias as numbers of the flat vector."""
    shape = sight.layout.layers[layer]
    first = sight.index(layer, unit, 0)
    bias = (sight.index(layer, unit, -1),) if shape.bias_start >= 0 else ()
    return (*range(first, first + shape.inputs), *bias)


def products(sight: Sight, layer: int, unit: int, member: int) -> list[Node]:
    """Return the terms of z: weight · input for each input, and the bias."""
    shape = sight.layout.layers[layer]
    terms: list[Node] = [
        Product((sight.parameter(layer, unit, source), sight.input(layer, source, member)))
        for source in range(shape.inputs)
    ]
    return [*terms, sight.parameter(layer, unit, -1)] if shape.bias_start >= 0 else terms


def sum_lines(sight: Sight, layer: int, unit: int, member: int, active: int = -1) -> tuple[Line, ...]:
    """Return the lines of z; ``active`` is the term one stands at: its own value and the sum so far come last."""
    terms = products(sight, layer, unit, member)
    z = sight.z(layer, unit, member)
    shown = list(terms)
    if active >= 0:
        shown[active] = Marked(shown[active])
    assert z.value is not None
    lines = three_lines(z, Total(sight.shortened(shown, active)), z.value, sight.digits, link=z.link)
    if active < 0:
        return lines
    return (*lines[:-1], Line("result", _term_result(sight, terms, active)))


def _term_result(sight: Sight, terms: list[Node], active: int) -> tuple[Token, ...]:
    term = terms[active]
    tokens = list(Writer(sight.digits, with_numbers=False).tokens(Marked(term)))
    value = term_value(term)
    link = term.factors[0].link if isinstance(term, Product) and isinstance(term.factors[0], Symbol) else None
    tokens += [EQUALS, replace(number_token(value, sight.digits, link), is_active=True)]
    if active:
        so_far = sum(term_value(each) for each in terms[: active + 1])
        tokens += [COMMA, word("the sum so far"), EQUALS, number_token(so_far, sight.digits)]
    return tuple(tokens)


def term_value(term: Node) -> float:
    """Return what one term of a sum is worth."""
    factors = term.factors if isinstance(term, Product) else (term,)
    value = 1.0
    for factor in factors:
        assert isinstance(factor, Symbol)
        assert factor.value is not None
        value *= factor.value
    return value


def activation_lines(sight: Sight, layer: int, unit: int, member: int) -> tuple[Line, ...]:
    """Return the lines of a = f(z)."""
    entry = ACTIVATIONS[sight.layout.layers[layer].activation]
    a = sight.a(layer, unit, member)
    assert a.value is not None
    if entry.name == "softmax":
        share = sight.mean(lambda at: _softmax(at, layer, unit, member))
        return three_lines(a, share, a.value, sight.digits, link=a.link)
    if not sight.is_mean:
        symbols = activation_symbols(sight, layer, unit, member)
        return formula_lines(entry.formula, symbols, a, a.value, sight.digits, a.link)
    if read_or_none(entry.formula) is None:
        return raw_lines(entry.formula, a, a.value, sight.digits, a.link)
    return three_lines(a, _mean_of(sight, layer, unit, member), a.value, sight.digits, link=a.link)


def _mean_of(sight: Sight, layer: int, unit: int, member: int) -> Node:
    """The mean over the batch of f(z), each sample's f(z) as a number."""
    z = sight.z(layer, unit, member)
    mean = sight.mean(lambda at: at.a(layer, unit, member))
    assert isinstance(mean, Mean)
    return Mean(Symbol(f"f({z.latex})", f"f({z.text})", f"f of {z.spoken}"), mean.terms, mean.count)


def _softmax(sight: Sight, layer: int, unit: int, member: int) -> Node:
    base = Symbol("e", "e", "e")
    powers = [Power(base, sight.z(layer, each, member)) for each in range(sight.layout.layers[layer].outputs)]
    return Fraction(powers[unit], Total(sight.shortened(powers, unit)))


def dropout_lines(sight: Sight, layer: int, unit: int, member: int) -> tuple[Line, ...]:
    """Return the lines of what dropout makes of an activation."""
    sent = sight.sent(layer, unit, member)
    assert sent.value is not None
    right = sight.mean(lambda at: Product((at.a(layer, unit, member), at.factor(layer, unit, member))))
    return three_lines(sent, right, sent.value, sight.digits, link=sent.link)


def _unit(sight: Sight, layer: int, unit: int, term: Term | None) -> Said:
    shape = sight.layout.layers[layer]
    lines: list[Line] = []
    for member in sight.members:
        if term is None:
            lines += sum_lines(sight, layer, unit, member)
            lines += activation_lines(sight, layer, unit, member)
            lines += dropout_lines(sight, layer, unit, member) if shape.dropout else ()
        elif term.kind == "activation":
            lines += activation_lines(sight, layer, unit, member)
        elif term.kind == "dropout":
            lines += dropout_lines(sight, layer, unit, member)
        else:
            active = term.number if term.kind == "weight" else shape.inputs
            lines += sum_lines(sight, layer, unit, member, active)
    kind = "" if term is None else term.kind
    remarks: tuple[str, ...] = ()
    if kind in ("", "activation"):
        remarks += activation_remarks(sight, layer, unit)
    if kind in ("", "dropout"):
        remarks += dropout_remarks(sight, layer, unit)
    own = parameters_of(sight, layer, unit)
    if kind in ("weight", "bias") and term is not None:
        own = (sight.index(layer, unit, term.number),)
    elif kind:
        own = ()
    return Said(tuple(lines), _sentence(sight, layer, unit, term), remarks, own)


def _sentence(sight: Sight, layer: int, unit: int, term: Term | None) -> str:
    name, lead = unit_name(sight.layout, layer, unit), "On average over the batch, " if sight.is_mean else ""
    name = name if lead else name[:1].upper() + name[1:]
    z, a = sight.z(layer, unit), sight.a(layer, unit)
    label = ACTIVATIONS[sight.layout.layers[layer].activation].label
    if term is not None and term.kind == "weight":
        weight, given = sight.parameter(layer, unit, term.number), sight.input(layer, term.number)
        product = term_value(Product((weight, given)))
        verb = "adds" if product >= 0.0 else "takes away"
        return _lead(
            lead,
            f"the input {given.text} = {_text(sight, given)}, times its weight {weight.text} = "
            f"{_text(sight, weight)}, {verb} {text(abs(product), sight.digits)}.",
        )
    if term is not None and term.kind == "bias":
        bias = sight.parameter(layer, unit, -1)
        sums = "the sums come to z = " if lead else "the sum is z = "
        return _lead(lead, f"the bias {_text(sight, bias)} is added whatever comes in, and {sums}{_text(sight, z)}.")
    if term is not None and term.kind == "dropout":
        return _lead(lead, f"dropout turns {_text(sight, a)} into {_text(sight, sight.sent(layer, unit))}.")
    turned = f"{label} turns "
    if term is None and sight.layout.layers[layer].activation == "linear":
        sums, what = f"{name} adds up its weighted inputs", "that"
        if lead:
            sums, what = f"{lead}the weighted inputs of {name} add up", "each sample's sum"
        return f"{sums} to {_text(sight, z)}, and {label} leaves {what} as it is{of_members(sight)}."
    if lead:
        if term is not None:
            return f"{lead}z is {_text(sight, z)}, and {turned}each sample's z into an a: {_text(sight, a)} on average."
        return (
            f"{lead}the weighted inputs of {name} add up to {_text(sight, z)}. {turned}each sample's sum into an "
            f"activation; their mean is {_text(sight, a)}{of_members(sight)}."
        )
    if term is not None:
        return f"{turned}the sum {_text(sight, z)} into {_text(sight, a)}{of_members(sight)}."
    sums = f"{name} adds up its weighted inputs to {_text(sight, z)}"
    return f"{sums}, and {turned}this into {_text(sight, a)}{of_members(sight)}."


def _lead(lead: str, sentence: str) -> str:
    return lead + sentence if lead else sentence[:1].upper() + sentence[1:]


def _text(sight: Sight, symbol: Symbol) -> str:
    return text(symbol.value if symbol.value is not None else float("nan"), sight.digits)


def _layer(sight: Sight, layer: int) -> Said:
    units = sight.layout.layers[layer].outputs
    lines: list[Line] = []
    for member in sight.members:
        lines += [_summary(sight, layer, unit, member) for unit in range(sight.shown(units))]
        lines += dots_line(units - sight.shown(units))
    name = layer_name(sight.layout, layer)
    name = name[:1].upper() + name[1:]
    who = f"each of its {units} units" if units > 1 else "its unit"
    label = ACTIVATIONS[sight.layout.layers[layer].activation].label
    means = " What you see are means over the batch." if sight.is_mean else ""
    sentence = f"{name} is done: {who} has added up its inputs, which gives z, and {label} has turned z into "
    return Said(tuple(lines), f"{sentence}{'ŷ' if layer == sight.last else 'a'}.{means}", more_units(sight, layer))


def _summary(sight: Sight, layer: int, unit: int, member: int) -> Line:
    """One unit in one line: its z and its a."""
    place, own = f"{unit + 1}", sight.layout.layers[layer].outputs > 1
    tokens: list[Token] = []
    for symbol in (sight.z(layer, unit, member), sight.a(layer, unit, member)):
        needs_index = own and layer != sight.last
        names = _indexed(symbol, place) if needs_index else symbol
        assert symbol.value is not None
        tokens += [COMMA] if tokens else []
        tokens += [
            Token(names.latex, names.text, names.spoken, None, symbol.link),
            EQUALS,
            number_token(symbol.value, sight.digits, symbol.link),
        ]
    return Line("result", tuple(tokens))


def _indexed(symbol: Symbol, place: str) -> Symbol:
    return replace(
        symbol,
        latex=f"{symbol.latex}_{{{place}}}",
        text=symbol.text[:1] + subscript(int(place)) + symbol.text[1:],
        spoken=f"{symbol.spoken} {spoken_digits(int(place))}",
    )


def _whole(sight: Sight) -> Said:
    last = sight.last
    lines = [
        _summary(sight, last, unit, member)
        for member in sight.members
        for unit in range(sight.layout.layers[last].outputs)
    ]
    outputs = ", ".join(
        _text(sight, sight.a(last, unit, member))
        for member in sight.members
        for unit in range(sight.layout.layers[last].outputs)
    )
    out = "what comes out, on average over the batch, is" if sight.is_mean else "what comes out is"
    sentence = f"The inputs have passed through all layers, and {out} {outputs}."
    return Said(tuple(lines), sentence)
