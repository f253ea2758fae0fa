"""The backward phase by hand: what flows back into a unit, its slope, its δ, the gradients of its parameters."""

from collections.abc import Iterator, Sequence

import numpy as np

from app.stepping.backward_lines import at_once, contributions, delta_node
from app.stepping.by_hand.equation import Blanks, Equation, Key, filled_in, number, whose
from app.stepping.by_hand.slips import Slip
from app.stepping.entries import activation_symbols
from app.stepping.formula.tree import Group, Node, Product, Total
from app.stepping.loss_slopes import formula as slope_formula
from app.views.parameter_text import place_of, unit_name
from engine.activations import ACTIVATIONS


def backward(sight: Blanks, layer: int, unit: int, member: int) -> Iterator[Equation]:
    """Return the equations of what flows back into a unit, of f′(z) and of δ."""
    place, entry = whose(sight, layer, unit, member), ACTIVATIONS[sight.layout.layers[layer].activation]
    upstream, slope = sight.upstream(layer, unit, member), sight.slope(layer, unit, member)
    delta, is_direct = sight.delta(layer, unit, member), at_once(sight, layer)
    if layer < sight.last:
        yield _flowing_back(sight, layer, unit, member, place)
    elif not is_direct:
        right = slope_formula(sight, unit, member)
        yield Equation(
            Key("upstream", layer, unit, member), place, upstream, () if right is None else (right,), number(upstream)
        )
    if not is_direct and not entry.joint:
        yield _derivative(sight, layer, unit, member, place)
    slips: tuple[Slip, ...] = ()
    if not is_direct and not entry.joint:
        slips = (
            Slip(number(upstream), f"{slope.text} is missing: that is {upstream.text} alone. Multiply by the slope."),
            Slip(number(slope), f"{upstream.text} is missing: that is the slope alone."),
        )
    yield Equation(
        Key("delta", layer, unit, member),
        place,
        delta,
        (delta_node(sight, layer, unit, member),),
        number(delta),
        slips=slips,
    )


def _flowing_back(sight: Blanks, layer: int, unit: int, member: int, place: str) -> Equation:
    upstream = sight.upstream(layer, unit, member)
    total: Node = Total(tuple((1, term) for term in contributions(sight, layer, unit, member)))
    if sight.layout.layers[layer].dropout:
        total = Product((Group(total), sight.factor(layer, unit, member)))
    delta = sight.delta(layer, unit, member)
    slip = Slip(number(delta), f"That is {delta.text}: the slope f′(z) comes in the next cell.")
    return Equation(Key("upstream", layer, unit, member), place, upstream, (total,), number(upstream), slips=(slip,))


def _derivative(sight: Blanks, layer: int, unit: int, member: int, place: str) -> Equation:
    shape, slope = sight.layout.layers[layer], sight.slope(layer, unit, member)
    entry, at = ACTIVATIONS[shape.activation], sight.passed(layer, member)
    symbols = activation_symbols(sight, layer, unit, member)
    slips = [Slip(float(at.a[unit, sight.sample]), "That is the activation itself, not its slope.")]
    z = at.z[unit : unit + 1, sight.sample]
    with np.errstate(all="ignore"):
        mistaken = float(np.asarray(entry.slope_at(z, z, shape.alpha)).reshape(-1)[0])
    slips.append(Slip(mistaken, "z was put in where the activation a belongs."))
    return Equation(
        Key("slope", layer, unit, member),
        place,
        slope,
        filled_in(entry.slope_formula, symbols),
        number(slope),
        slips=tuple(slips),
    )


def gradients(sight: Blanks, layer: int, unit: int, indices: Sequence[int]) -> Iterator[Equation]:
    """Return the equations of the gradients of the parameters ``indices`` of a unit."""
    place = unit_name(sight.layout, layer, unit)
    joint_layer = ACTIVATIONS[sight.layout.layers[layer].activation].joint
    for index in indices:
        source = place_of(sight.layout, index).source
        gradient = sight.gradient(layer, unit, source)
        deltas = [sight.delta(layer, unit, member) for member in sight.members]
        terms: list[Node] = [
            Product((delta, sight.input(layer, source, member))) if source >= 0 else delta
            for member, delta in enumerate(deltas)
        ]
        forms: list[Node] = [terms[0] if len(terms) == 1 else Total(tuple((1, term) for term in terms))]
        if len(terms) == 1 and not at_once(sight, layer) and not joint_layer:
            chain = (sight.upstream(layer, unit), sight.slope(layer, unit))
            forms.append(Product((*chain, sight.input(layer, source)) if source >= 0 else chain))
        rate = sight.trace.update.rate
        slips = [Slip(-rate * number(gradient), "That is the change of the weight: η belongs to the update.")]
        if source >= 0 and len(deltas) == 1:
            given = sight.input(layer, source)
            slips.insert(0, Slip(number(deltas[0]), f"The input {given.text} is missing: that is δ alone."))
        yield Equation(
            Key("gradient", layer, unit, source=source), place, gradient, tuple(forms), number(gradient),
            slips=tuple(slips),
        )  # fmt: skip
