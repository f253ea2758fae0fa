"""Splitting points by a formula: what becomes of those for which it holds, and of the others."""

import numpy as np

from app.description import counted
from app.painting.drawing import Drawing, Indices
from app.painting.flood import Formula
from app.views.decision.drawing_tools.sheet import NOTHING, Sheet

# What may become of points: they stay, go, or get this class or value.
STAY, GO = "stay", "go"
Fate = str | float


def reached(sheet: Sheet) -> Indices:
    """Return the numbers of the points that are split: the selected ones if there are any, else all that are seen."""
    return sheet.chosen if len(sheet.selection) else np.flatnonzero(sheet.free)


def told(sheet: Sheet, formula: Formula) -> str:
    """Return for how many points the formula holds, as a sentence."""
    split = formula.split(sheet.points[reached(sheet)])
    holds, whole = int(split.above.sum()), len(split.above)
    which = "selected " if len(sheet.selection) else ""
    text = f"It holds for {holds:,} of {whole:,} {which}{'point' if whole == 1 else 'points'}."
    undefined = int(split.undefined.sum())
    if undefined:
        text += f" {counted(undefined, 'point')} where it has no value {'stays' if undefined == 1 else 'stay'}."
    return text


def flood(sheet: Sheet, formula: Formula, text: str, holds: Fate, elsewhere: Fate) -> None:
    """Let the points have the fate ``holds`` where the formula holds, else ``elsewhere``; one step of the history."""
    those = reached(sheet)
    split = formula.split(sheet.points[those])
    fates = ((those[split.above], holds), (those[split.below], elsewhere))
    gone = np.concatenate([indices for indices, fate in fates if fate == GO] or [NOTHING])

    def change(drawing: Drawing) -> Drawing:
        for indices, fate in fates:
            if isinstance(fate, float) and len(indices) and np.any(drawing.targets[indices] != fate):
                drawing = drawing.with_targets(indices, fate)
        return drawing.without(gone) if len(gone) else drawing

    sheet.edit(change, f"Split by {text}", NOTHING if len(gone) else None)
