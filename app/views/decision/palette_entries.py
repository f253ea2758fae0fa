"""The tools of the palette, in families: name, label, icon, and what each one does."""

from typing import NamedTuple

from app.views.decision import tool as tools


class ToolEntry(NamedTuple):
    """A tool that can be chosen.

    Attributes:
        kind: its name, which is that of its icon, too.
        label: what it is called.
        remark: what it does, one sentence.
    """

    kind: str
    label: str
    remark: str


class Family(NamedTuple):
    """Tools that share a button and a key.

    Attributes:
        letter: the key; pressed again, it goes on to the family's next tool.
        label: what they are called together.
        entries: the tools.
    """

    letter: str
    label: str
    entries: tuple[ToolEntry, ...]


DRAW = Family(
    "D",
    "Draw",
    (
        ToolEntry(tools.BRUSH, "Brush", "Spray points along the way of the mouse."),
        ToolEntry(tools.POINT, "Single point", "Place one point exactly where the mouse is released."),
    ),
)
ERASE = Family("E", "Erase", (ToolEntry(tools.ERASER, "Eraser", "Erase points along the way of the mouse."),))
CHOOSE = Family(
    "S",
    "Select",
    (
        ToolEntry(
            tools.SELECT,
            "Rectangle",
            "Select points in a rectangle: Shift adds, Alt takes away, Ctrl toggles. Then drag, turn or stretch them.",
        ),
        ToolEntry(
            tools.LASSO,
            "Lasso",
            "Select points by drawing around them: Shift adds, Alt takes away, Ctrl toggles. Then drag or turn them.",
        ),
    ),
)
MOVE = Family(
    "M",
    "Move points",
    (
        ToolEntry(tools.JITTER, "Jitter", "Shake the points under the mouse, as noise would."),
        ToolEntry(tools.ATTRACT, "Magnet", "Draw the points under the mouse together."),
        ToolEntry(tools.REPEL, "Push apart", "Drive the points under the mouse away from it."),
    ),
)
STAMP = Family(
    "F",
    "Figures",
    (
        ToolEntry(tools.LINE, "Line", "Scatter points along a line from where you press to where you release."),
        ToolEntry(tools.CIRCLE, "Circle", "Scatter points along a circle around where you press."),
        ToolEntry(tools.SPIRAL, "Spiral", "Scatter points along a spiral around where you press."),
        ToolEntry(tools.POLYGON, "Polygon", "Scatter points along a polygon around where you press."),
    ),
)
CHANGE = Family(
    "V",
    "Change what is wanted",
    (
        ToolEntry(tools.RECOLOR, "Recolor", "Give the points under the mouse the chosen class."),
        ToolEntry(tools.RAISE, "Raise", "Raise the values of the points under the mouse."),
        ToolEntry(tools.LOWER, "Lower", "Lower the values of the points under the mouse."),
        ToolEntry(tools.LEVEL, "Level", "Bring the values of the points under the mouse to the chosen one."),
    ),
)
FAMILIES = (DRAW, ERASE, CHOOSE, MOVE, STAMP, CHANGE)
ENTRIES = {entry.kind: entry for family in FAMILIES for entry in family.entries}


def is_offered(kind: str, classes: int) -> bool:
    """Return whether a tool makes sense with this many classes; 0 for values, 1 for the points of a curve."""
    if kind == tools.RECOLOR:
        return classes > 1
    return classes == 0 or kind not in (tools.RAISE, tools.LOWER, tools.LEVEL)
