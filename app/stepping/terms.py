"""What the terms of a unit are in each phase: what the finest grain of the walk steps through."""

from typing import NamedTuple

from app.stepping.records import Phase
from engine.losses import LOSSES
from engine.parameters import LayerShape, Layout


class Term(NamedTuple):
    """One term of what is computed for a unit.

    Attributes:
        kind: forward “weight”, “bias”, “activation”, “dropout”; backward “loss slope”, “delta at once”, “upstream”,
            “dropout”, “slope”, “delta”, then “weight” and “bias” for their gradients; in the update “weight”, “bias”.
        number: which weight (its input in the layer), or which unit of the layer above; −1 for the others.
    """

    kind: str
    number: int = -1


def from_logits(layout: Layout, loss: str) -> bool:
    """Return whether the output's δ is computed from z at once, as cross-entropies with their partner are."""
    return LOSSES[loss].partner == layout.layers[-1].activation


def outputs_apart(layout: Layout, loss: str) -> int:
    """Return for how many outputs the loss is computed one by one; 0 where it is one formula."""
    outputs = layout.layers[-1].outputs
    return outputs if outputs > 1 and not LOSSES[loss].joint else 0


def terms(layout: Layout, loss: str, phase: Phase, layer: int) -> tuple[Term, ...]:
    """Return the terms of every unit of ``layer`` in order; none where ``phase`` has no layers."""
    if phase in (Phase.BATCH, Phase.LOSS) or layer < 0:
        return ()
    shape = layout.layers[layer]
    parameters = _parameters(shape)
    if phase is Phase.FORWARD:
        return (*parameters, Term("activation"), *_dropout(shape))
    if phase is Phase.UPDATE:
        return parameters
    if layer < len(layout.layers) - 1:
        above = tuple(Term("upstream", number) for number in range(layout.layers[layer + 1].outputs))
        return (*above, *_dropout(shape), Term("slope"), Term("delta"), *parameters)
    if from_logits(layout, loss):
        return (Term("delta at once"), *parameters)
    return (Term("loss slope"), Term("slope"), Term("delta"), *parameters)


def _parameters(shape: LayerShape) -> tuple[Term, ...]:
    bias = (Term("bias"),) if shape.bias_start >= 0 else ()
    return (*(Term("weight", source) for source in range(shape.inputs)), *bias)


def _dropout(shape: LayerShape) -> tuple[Term, ...]:
    return (Term("dropout"),) if shape.dropout else ()
