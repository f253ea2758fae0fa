"""The numbers that are known at a place, for the graph: beside its units and on its edges."""

from collections.abc import Callable, Sequence

from app.stepping.forward import parameters_of, products, term_value
from app.stepping.records import Label, Link, Phase, Position
from app.stepping.sight import Sight
from app.stepping.terms import Term
from engine.datasets.dataset import Array
from engine.trace import LayerPass

# In a network with more weights than that, only those that one looks at are known by their numbers.
FEW_WEIGHTS = 30


def labels(sight: Sight, position: Position, term: Term | None) -> tuple[Label, ...]:
    """Return what is known at ``position``, the newest last."""
    found = _of_units(sight, -1, "", lambda at: at.inputs)
    if position.phase is Phase.BATCH:
        return tuple(found)
    found += _forward(sight, position if position.phase is Phase.FORWARD else Position(Phase.FORWARD), term)
    if position.phase >= Phase.BACKWARD:
        found += _backward(sight, position if position.phase is Phase.BACKWARD else Position(Phase.BACKWARD), term)
    if position.phase is Phase.UPDATE:
        found += _update(sight, position)
    return tuple(found)


def _of_units(sight: Sight, layer: int, name: str, quantity: Callable[[LayerPass], Array]) -> list[Label]:
    """Return the labels of all units of ``layer`` (−1: the features)."""
    first = sight.link(layer, 0).unit
    rows = [sight.numbers(quantity(sight.passed(max(layer, 0), member))) for member in sight.members]
    values = zip(*rows, strict=True)
    return [Label(Link(unit=first + unit), name, each, sight.digits) for unit, each in enumerate(values)]


def _of_parameter(sight: Sight, index: int, values: Sequence[float]) -> Label:
    return Label(Link(parameter=index), "", tuple(values), sight.digits)


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
    found: list[Label] = []
    for layer, shape in enumerate(sight.layout.layers):
        if _done(position, layer, 0) < 0:
            break
        activated = _of_units(sight, layer, "ŷ" if layer == sight.last else "a", lambda at: at.a)
        sent = _of_units(sight, layer, "ã", lambda at: at.outputs) if shape.dropout else []
        for unit in range(shape.outputs):
            done = _done(position, layer, unit)
            if done < 0:
                break
            if position.layer == layer and position.unit == unit:
                found += _products(sight, layer, unit, position.term)
            if done == 0 and term is not None and term.kind in ("weight", "bias"):
                if position.term == len(parameters_of(sight, layer, unit)) - 1:
                    found.append(_of_units(sight, layer, "z", lambda at: at.z)[unit])
                continue
            found.append(activated[unit])
            if sent and not (done == 0 and term is not None and term.kind == "activation"):
                found.append(sent[unit])
    return found


def _products(sight: Sight, layer: int, unit: int, last: int) -> list[Label]:
    """The products on the active unit's edges, up to term ``last`` (−1: all)."""
    each = [[term_value(node) for node in products(sight, layer, unit, member)] for member in sight.members]
    own = parameters_of(sight, layer, unit)
    stop = len(own) if last < 0 else min(last + 1, len(own))
    return [_of_parameter(sight, own[place], [values[place] for values in each]) for place in range(stop)]


def _backward(sight: Sight, position: Position, term: Term | None) -> list[Label]:
    found: list[Label] = []
    for layer in range(sight.last, -1, -1):
        if _done(position, layer, 0, downward=True) < 0:
            break
        deltas = _of_units(sight, layer, "δ", lambda at: at.deltas)
        for unit in range(sight.layout.layers[layer].outputs):
            done = _done(position, layer, unit, downward=True)
            if done < 0:
                break
            if done == 1 or (term is not None and term.kind in ("delta", "delta at once", "weight", "bias")):
                found.append(deltas[unit])
            if position.layer == layer and position.unit == unit:
                found += _upstream(sight, layer, unit, term)
                found += _gradients(sight, layer, unit, term)
    return found


def _upstream(sight: Sight, layer: int, unit: int, term: Term | None) -> list[Label]:
    """What flows back along the edges from the layer above, as far as one has come."""
    if layer == sight.last or (term is not None and term.kind in ("weight", "bias")):
        return []
    above = sight.layout.layers[layer + 1].outputs
    stop = term.number + 1 if term is not None and term.kind == "upstream" else above
    rows = [sight.numbers(sight.passed(layer + 1, member).deltas) for member in sight.members]
    found = []
    for number in range(stop):
        weight = sight.parameter(layer + 1, number, unit)
        assert weight.value is not None
        assert weight.link is not None
        found.append(_of_parameter(sight, weight.link.parameter, [weight.value * row[number] for row in rows]))
    return found


def _gradients(sight: Sight, layer: int, unit: int, term: Term | None) -> list[Label]:
    if term is not None and term.kind not in ("weight", "bias"):
        return []
    shape = sight.layout.layers[layer]
    stop = shape.inputs + 1 if term is None or term.kind == "bias" else term.number + 1
    sources = [source if source < shape.inputs else -1 for source in range(stop)]
    found = []
    for source in sources:
        index = sight.index(layer, unit, source)
        if index >= 0:
            gradient = sight.gradient(layer, unit, source)
            assert gradient.value is not None
            found.append(_of_parameter(sight, index, [gradient.value]))
    return found


def _update(sight: Sight, position: Position) -> list[Label]:
    """What the parameters have become; in a large network, those of the layer that one looks at."""
    is_small = sight.layout.is_weight().sum() <= FEW_WEIGHTS
    found: list[int] = []
    for layer, shape in enumerate(sight.layout.layers):
        if not is_small and layer != position.layer:
            continue
        for unit in range(shape.outputs):
            done = _done(position, layer, unit)
            own = parameters_of(sight, layer, unit)
            if done == 1:
                found += own
            elif done == 0:
                found += own[: position.term + 1]
    after = sight.trace.update.after[found].tolist()
    return [_of_parameter(sight, index, [value]) for index, value in zip(found, after, strict=True)]
