"""What is said at a place of an iteration: the formulas with their numbers, in plain words and for the graph."""

import numpy as np

from app.stepping import backward, batch, forward, loss, update
from app.stepping.labels import labels
from app.stepping.records import DIGITS, Explanation, Phase, Position
from app.stepping.said import Said
from app.stepping.sight import Sight
from app.stepping.terms import Term, terms
from app.views.parameter_text import layer_name, unit_name
from engine.trace import Trace

PHASE_NAMES = {
    Phase.BATCH: "Batch",
    Phase.FORWARD: "Forward",
    Phase.LOSS: "Loss",
    Phase.BACKWARD: "Backward",
    Phase.UPDATE: "Update",
}


def explain(
    trace: Trace, position: Position, focus: int, digits: int = DIGITS, *, in_full: bool = False
) -> Explanation:
    """Return what is said at ``position``.

    Args:
        trace: the iteration.
        position: a place of its ``Itinerary``.
        focus: number of a kept sample, or MEAN for the means over the batch.
        digits: how many significant digits the text has, 3 to 6; the values of tokens are exact.
        in_full: whether long sums and lists are written out instead of being shortened with “…”.
    """
    sight = Sight(trace, focus, digits, in_full=in_full)
    term = term_at(trace, position)
    # What overflows on the way to a divergence is shown as it is.
    with np.errstate(all="ignore"):
        said = _said(sight, position, term)
        return Explanation(
            title=_title(sight, position, term),
            lines=said.lines,
            sentence=said.sentence,
            remarks=said.remarks,
            unit=_unit(sight, position),
            parameters=said.parameters,
            labels=labels(sight, position, term),
        )


def term_at(trace: Trace, position: Position) -> Term | None:
    """Return which term of its unit ``position`` is, or None where it is none."""
    if position.term < 0:
        return None
    loss = trace.experiment.training.loss
    return terms(trace.layout, loss, position.phase, position.layer)[position.term]


def _said(sight: Sight, position: Position, term: Term | None) -> Said:
    if position.phase is Phase.BATCH:
        return batch.said(sight)
    if position.phase is Phase.LOSS:
        return loss.said(sight, position)
    phase = {Phase.FORWARD: forward, Phase.BACKWARD: backward, Phase.UPDATE: update}[position.phase]
    said: Said = phase.said(sight, position, term)
    return said


def _unit(sight: Sight, position: Position) -> int:
    if position.phase is Phase.LOSS:
        alone = sight.layout.layers[sight.last].outputs == 1
        return sight.link(sight.last, max(position.unit, 0)).unit if alone or position.unit >= 0 else -1
    return sight.link(position.layer, position.unit).unit if position.unit >= 0 else -1


def _title(sight: Sight, position: Position, term: Term | None) -> str:
    parts = [PHASE_NAMES[position.phase]]
    if position.phase is Phase.LOSS and position.unit >= 0:
        parts.append(f"output {position.unit + 1}")
    if position.layer >= 0:
        parts.append(layer_name(sight.layout, position.layer).removeprefix("the "))
        if position.unit >= 0 and sight.layout.layers[position.layer].outputs > 1:
            parts.append(f"unit {position.unit + 1}")
    if term is not None:
        parts.append(_term_name(sight, position, term))
    if sight.is_mean and position.phase is not Phase.UPDATE:
        parts.append("mean over the batch")
    return " · ".join(parts)


def _term_name(sight: Sight, position: Position, term: Term) -> str:
    gradient = "gradient of " if position.phase is Phase.BACKWARD else ""
    if term.kind in ("weight", "bias"):
        return gradient + sight.parameter(position.layer, position.unit, term.number).text
    if term.kind == "upstream":
        return f"from {unit_name(sight.layout, position.layer + 1, term.number)}"
    names = {"slope": "slope f′(z)", "delta": "δ", "delta at once": "δ", "loss slope": "∂L/∂ŷ"}
    return names.get(term.kind, term.kind)
