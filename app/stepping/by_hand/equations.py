"""The equations of a phase, one after the other."""

from collections.abc import Iterator, Sequence

from app.stepping.by_hand.backward import backward, gradients
from app.stepping.by_hand.equation import Blanks, Equation
from app.stepping.by_hand.forward import forward
from app.stepping.by_hand.loss import loss
from app.stepping.by_hand.update import update
from app.stepping.forward import parameters_of
from app.stepping.records import Phase


def equations(sight: Blanks, phase: Phase, units: Sequence[range], most_parameters: int) -> Iterator[Equation]:
    """Return the equations of ``phase`` in the order in which they are worked out.

    Args:
        sight: one sample of an iteration; not the mean.
        units: the units to take from each layer.
        most_parameters: how many of a unit's weights and bias are taken at most; if not all, the bias is the last.
    """
    layers = range(len(units))
    if phase is Phase.FORWARD:
        for layer in layers:
            for unit in units[layer]:
                for member in sight.members:
                    yield from forward(sight, layer, unit, member)
    elif phase is Phase.LOSS:
        yield from loss(sight)
    elif phase is Phase.BACKWARD:
        for layer in reversed(layers):
            for unit in units[layer]:
                for member in sight.members:
                    yield from backward(sight, layer, unit, member)
                yield from gradients(sight, layer, unit, _some(sight, layer, unit, most_parameters))
    elif phase is Phase.UPDATE:
        for layer in layers:
            for unit in units[layer]:
                for index in _some(sight, layer, unit, most_parameters):
                    yield from update(sight, layer, unit, index)


def _some(sight: Blanks, layer: int, unit: int, most: int) -> tuple[int, ...]:
    own = parameters_of(sight, layer, unit)
    return own if len(own) <= most else (*own[: most - 1], own[-1])
