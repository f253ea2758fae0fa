"""The numbers that are known at a place, for the graph: beside its units and on its edges."""

from collections.abc import Callable

import numpy as np

from app.stepping.formula.numbers import text
from app.stepping.formula.tree import Symbol
from app.stepping.forward import parameters_of, products, term_value
from app.stepping.records import Label, Link, Phase, Position
from app.stepping.sight import Sight
from app.stepping.terms import Term


def labels(sight: Sight, position: Position, term: Term | None) -> tuple[Label, ...]:
    """Return what is known at ``position``, the newest last."""
    found = [_unit(sight, Link(unit=unit), "", row) for unit, row in enumerate(_inputs(sight))]
    if position.phase is Phase.BATCH:
        return tuple(found)
    found += _forward(sight, position if position.phase is Phase.FORWARD else Position(Phase.FORWARD), term)
    if position.phase >= Phase.BACKWARD:
        found += _backward(sight, position if position.phase is Phase.BACKWARD else Position(Phase.BACKWARD), term)
    if position.phase is Phase.UPDATE:
        found += _update(sight, position, term)
    return tuple(found)


def _inputs(sight: Sight) -> list[list[float]]:
    first = [sight.passed(0, member).inputs for member in sight.members]
    return [[sight.number(inputs[row]) for inputs in first] for row in range(len(sight.layout.features))]


def _unit(sight: Sight, link: Link, name: str, values: list[float]) -> Label:
    written = " / ".join(text(value, sight.digits) for value in values)
    return Label(link, f"{name} = {written}" if name else written)


def _of(sight: Sight, quantity: Callable[[int, int, int], Symbol], layer: int, unit: int) -> list[float]:
    values = (quantity(layer, unit, member).value for member in sight.members)
    return [float("nan") if value is None else value for value in values]


def _done(position: Position, layer: int, unit: int, *, downward: bool = False) -> int:
    """Return 1 for a unit that is done, 0 for the one one stands in the middle of, −1 for one that comes later."""
    if position.layer < 0:
        return 1
    if layer != position.layer:
        return 1 if (layer < position.layer) != downward else -1
    if position.unit < 0 or unit < position.unit:
        return 1
    if unit > position.unit:
        return -1
    return 1 if position.term < 0 else 0


def _forward(sight: Sight, position: Position, term: Term | None) -> list[Label]:
    found = []
    for layer, shape in enumerate(sight.layout.layers):
        for unit in range(shape.outputs):
            done = _done(position, layer, unit)
            link = sight.link(layer, unit)
            if done < 0:
                continue
            if position.layer == layer and position.unit == unit:
                found += _products(sight, layer, unit, position.term)
            if done == 0 and term is not None and term.kind in ("weight", "bias"):
                if position.term == len(products(sight, layer, unit, 0)) - 1:
                    found.append(_unit(sight, link, "z", _of(sight, sight.z, layer, unit)))
                continue
            name = "ŷ" if layer == sight.last else "a"
            found.append(_unit(sight, link, name, _of(sight, sight.a, layer, unit)))
            if shape.dropout and not (done == 0 and term is not None and term.kind == "activation"):
                found.append(_unit(sight, link, "ã", _of(sight, sight.sent, layer, unit)))
    return found


def _products(sight: Sight, layer: int, unit: int, last: int) -> list[Label]:
    """The products on the active unit's edges, up to term ``last`` (−1: all)."""
    each = [[term_value(node) for node in products(sight, layer, unit, member)] for member in sight.members]
    own = parameters_of(sight, layer, unit)
    stop = len(own) if last < 0 else min(last + 1, len(own))
    return [_unit(sight, Link(parameter=own[place]), "", [values[place] for values in each]) for place in range(stop)]


def _backward(sight: Sight, position: Position, term: Term | None) -> list[Label]:
    found = []
    for layer in range(sight.last, -1, -1):
        for unit in range(sight.layout.layers[layer].outputs):
            done = _done(position, layer, unit, downward=True)
            if done < 0:
                continue
            is_here = position.layer == layer and position.unit == unit
            knows_delta = done == 1 or (term is not None and term.kind in ("delta", "delta at once", "weight", "bias"))
            if knows_delta:
                link = sight.link(layer, unit)
                found.append(_unit(sight, link, "δ", _of(sight, sight.delta, layer, unit)))
            if is_here:
                found += _upstream(sight, layer, unit, term)
                found += _gradients(sight, layer, unit, term)
    return found


def _upstream(sight: Sight, layer: int, unit: int, term: Term | None) -> list[Label]:
    """What flows back along the edges from the layer above, as far as one has come."""
    if layer == sight.last or (term is not None and term.kind in ("weight", "bias")):
        return []
    above = sight.layout.layers[layer + 1].outputs
    stop = term.number + 1 if term is not None and term.kind == "upstream" else above
    found = []
    for number in range(stop):
        weight = sight.parameter(layer + 1, number, unit)
        deltas = _of(sight, sight.delta, layer + 1, number)
        assert weight.value is not None
        assert weight.link is not None
        found.append(_unit(sight, weight.link, "", [weight.value * delta for delta in deltas]))
    return found


def _gradients(sight: Sight, layer: int, unit: int, term: Term | None) -> list[Label]:
    if term is not None and term.kind not in ("weight", "bias"):
        return []
    shape = sight.layout.layers[layer]
    stop = shape.inputs + 1 if term is None or term.kind == "bias" else term.number + 1
    sources = [source if source < shape.inputs else -1 for source in range(stop)]
    found = []
    for source in sources:
        if sight.index(layer, unit, source) >= 0:
            gradient = sight.gradient(layer, unit, source)
            assert gradient.value is not None
            assert gradient.link is not None
            found.append(_unit(sight, gradient.link, "", [gradient.value]))
    return found


def _update(sight: Sight, position: Position, term: Term | None) -> list[Label]:
    after = sight.trace.update.after
    found: list[int] = []
    for layer, shape in enumerate(sight.layout.layers):
        for unit in range(shape.outputs):
            done = _done(position, layer, unit)
            own = parameters_of(sight, layer, unit)
            if done == 1:
                found += own
            elif done == 0:
                found += own[: position.term + 1]
    return [Label(Link(parameter=index), text(value, sight.digits)) for index, value in _picked(after, found)]


def _picked(values: np.ndarray[tuple[int], np.dtype[np.float64]], indices: list[int]) -> list[tuple[int, float]]:
    return [(index, float(values[index])) for index in indices]
