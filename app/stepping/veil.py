"""What is said at a place while its numbers are homework: the formulas, but nothing that they come to."""

from msgspec.structs import replace

from app.stepping.explanation import explain
from app.stepping.records import Explanation, Phase, Position
from app.stepping.sheet import PHASES
from engine.trace import Trace

SENTENCE = "The numbers of this phase are yours to find."


def veiled(trace: Trace, position: Position, focus: int) -> Explanation:
    """Return what is said at ``position`` without the numbers of its phase, for the graph neither.

    Args:
        trace: the iteration.
        position: a place of its ``Itinerary``.
        focus: number of a kept sample, or MEAN.
    """
    said = explain(trace, position, focus)
    if position.phase not in PHASES:
        return said
    before = explain(trace, Position(Phase(position.phase - 1)), focus)
    lines = tuple(line for line in said.lines if line.kind == "symbols")
    return replace(said, lines=lines, sentence=SENTENCE, remarks=(), labels=before.labels)
