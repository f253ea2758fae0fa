"""What is chosen in the palette: which tool the mouse is, and how it works."""

from dataclasses import dataclass, field

from app.painting.brush import Brush
from app.painting.class_states import ALL_OPEN, ClassStates
from app.painting.guides import NO_GUIDES, Guides

BRUSH, POINT, ERASER, SELECT, LASSO = "brush", "point", "eraser", "select", "lasso"
JITTER, ATTRACT, REPEL = "jitter", "attract", "repel"
LINE, CIRCLE, SPIRAL, POLYGON = "line", "circle", "spiral", "polygon"
RECOLOR, RAISE, LOWER, LEVEL = "recolor", "raise", "lower", "level"
STROKES = (BRUSH, ERASER)
STAMPS = (LINE, CIRCLE, SPIRAL, POLYGON)
# They act on what lies within a radius, which is shown around the mouse.
REACHING = (BRUSH, ERASER, JITTER, ATTRACT, REPEL, RECOLOR, RAISE, LOWER, LEVEL)
# They add points of a class, or make points to be of it.
ADDING = (BRUSH, POINT, *STAMPS, RECOLOR)
# They leave points where nothing is; what is there may mean something else to the mouse.
SPRAYING = (BRUSH, POINT)
SMALLEST_REACH = 0.2


@dataclass(frozen=True)
class Tool:
    """What the buttons of the mouse do.

    Attributes:
        kind: the name of the tool.
        target: what the left button paints: a class, or a value.
        other: what the right button paints.
        brush: how points are sprayed; its radius is that of all tools that have one.
        only_class: whether the eraser takes away points of the class ``target`` only.
        strength: how strongly points are moved or their values changed, from 0 to 1.
        turns: how often a spiral goes around.
        corners: how many a polygon has.
        guides: the grid, symmetry and limits that everything obeys.
        states: which classes are locked or hidden.
    """

    kind: str = BRUSH
    target: float = 0.0
    other: float = 1.0
    brush: Brush = field(default_factory=Brush)
    only_class: bool = False
    strength: float = 0.3
    turns: float = 2.0
    corners: int = 5
    guides: Guides = NO_GUIDES
    states: ClassStates = ALL_OPEN

    @property
    def erasing(self) -> bool:
        """Whether both buttons erase."""
        return self.kind == ERASER

    @property
    def radius(self) -> float:
        """The radius of what the tool reaches; of no width, all but the brush would reach nothing."""
        return self.brush.radius if self.kind == BRUSH else max(self.brush.radius, SMALLEST_REACH)

    @property
    def has_reach(self) -> bool:
        """Whether a ring around the mouse shows what the tool reaches."""
        return self.kind in REACHING
