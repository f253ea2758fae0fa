"""What is kept back while the numbers of a phase are homework: at a place of the walk, and in all other views."""

import math

import numpy as np
from msgspec.structs import replace

from app.frame import Curve, Frame, Hidden
from app.stepping.explanation import explain
from app.stepping.records import Explanation, Phase, Position
from app.stepping.sheet import PHASES
from engine.trace import Trace

# The fields of a frame that say how well the network does.
SCORES = ("train_loss", "test_loss", "train_metric", "test_metric")
SENTENCE = "The numbers of this phase are yours to find."


def veiled(trace: Trace, position: Position, focus: int, *, in_full: bool = False) -> Explanation:
    """Return what is said at ``position`` without the numbers of its phase, for the graph neither.

    Args:
        trace: the iteration.
        position: a place of its ``Itinerary``.
        focus: number of a kept sample, or MEAN.
        in_full: whether long sums are written out.
    """
    said = explain(trace, position, focus, in_full=in_full)
    if position.phase not in PHASES:
        return said
    before = explain(trace, Position(Phase(position.phase - 1)), focus)
    lines = tuple(line for line in said.lines if line.kind == "symbols")
    return replace(said, lines=lines, sentence=SENTENCE, remarks=(), labels=before.labels)


def hidden_in(phase: Phase) -> Hidden:
    """Return what is to be found out in ``phase`` or later, of what a frame holds."""
    return Hidden(outputs=phase <= Phase.FORWARD, losses=phase <= Phase.LOSS, gradient=phase <= Phase.BACKWARD)


def veiled_frame(frame: Frame, phase: Phase) -> Frame:
    """Return ``frame`` without the numbers that are to be found out in ``phase`` or later.

    The pictures stay: nobody reads three digits from a color. What the steps before have brought stays, too.
    """
    hidden = hidden_in(phase)
    if hidden == Hidden():
        return frame
    changes: dict[str, object] = {"hidden": hidden, "statistics": None}
    changes["gradient"] = np.full_like(frame.gradient, np.nan)
    if hidden.losses:
        kept_back = frozenset(name for name in SCORES if not math.isnan(getattr(frame, name)))
        changes |= {"hidden": replace(hidden, scores=kept_back), **dict.fromkeys(SCORES, float("nan"))}
        changes["train_curve"] = _before(frame.train_curve, frame.epoch)
        changes["test_curve"] = _before(frame.test_curve, frame.epoch)
    return replace(frame, **changes)


def _before(curve: Curve, epoch: int) -> Curve:
    """Return what was measured before ``epoch``."""
    known = curve.epochs < epoch
    return Curve(curve.epochs[known], curve.losses[known])
