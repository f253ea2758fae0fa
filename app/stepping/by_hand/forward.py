"""The forward phase by hand: the weighted sum, the activation, dropout."""

from collections.abc import Iterator

import numpy as np

from app.stepping.by_hand.equation import Blanks, Equation, Key, filled_in, number, whose
from app.stepping.by_hand.slips import Slip
from app.stepping.entries import activation_symbols
from app.stepping.formula.tree import Fraction, Node, Power, Product, Symbol, Total
from app.stepping.forward import products
from engine.activations import ACTIVATIONS


def forward(sight: Blanks, layer: int, unit: int, member: int) -> Iterator[Equation]:
    """Return the equations of z, of a, and of what dropout leaves of it."""
    place = whose(sight, layer, unit, member)
    z, a = sight.z(layer, unit, member), sight.a(layer, unit, member)
    terms = products(sight, layer, unit, member)
    yield Equation(
        Key("z", layer, unit, member),
        place,
        z,
        (Total(tuple((1, term) for term in terms)),),
        number(z),
        slips=(Slip(number(a), f"That is {a.text}, after the activation; z is the sum before it."),),
    )
    shape = sight.layout.layers[layer]
    entry = ACTIVATIONS[shape.activation]
    slips = [Slip(number(z), f"That is z: the activation, {entry.label}, is not applied yet.")]
    if shape.bias_start >= 0 and not entry.joint:
        bare = np.array([number(z) - number(sight.parameter(layer, unit, -1))])
        slips.append(Slip(float(entry.apply(bare, shape.alpha)[0]), "The bias is forgotten in z."))
    slips.append(Slip(number(sight.slope(layer, unit, member)), "That is the slope f′(z), not the activation."))
    yield Equation(
        Key("a", layer, unit, member), place, a, _activation(sight, layer, unit, member), number(a), slips=tuple(slips)
    )
    if shape.dropout:
        sent = sight.sent(layer, unit, member)
        right = Product((a, sight.factor(layer, unit, member)))
        yield Equation(Key("sent", layer, unit, member), place, sent, (right,), number(sent))


def _activation(sight: Blanks, layer: int, unit: int, member: int) -> tuple[Node, ...]:
    shape = sight.layout.layers[layer]
    entry = ACTIVATIONS[shape.activation]
    if entry.name == "softmax":
        powers = [Power(Symbol("e", "e", "e"), sight.z(layer, each, member)) for each in range(shape.outputs)]
        return (Fraction(powers[unit], Total(tuple((1, power) for power in powers))),)
    return filled_in(entry.formula, activation_symbols(sight, layer, unit, member))
