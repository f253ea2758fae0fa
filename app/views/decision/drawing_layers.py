"""What the drawing tools show in the picture: guides, a formula, the selected points, and what a tool would do."""

from typing import NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QPainter

from app.painting.drawing import Indices
from app.painting.flood import Formula
from app.painting.guides import NO_GUIDES
from app.theme import Theme
from app.views.decision.drawing_tools.drawing_input import DrawingInput
from app.views.decision.drawing_tools.touch import Touch
from app.views.decision.flood_layer import FloodLayer
from app.views.decision.guides_layer import draw_copies, draw_guides
from app.views.decision.plane import Plane
from app.views.decision.points_layer import marker_diameter
from app.views.decision.selection_layer import SelectionLayer
from engine.datasets.dataset import Dataset


class Carried(NamedTuple):
    """A data set whose points are in the hand: ``dataset`` is ``source`` with its points at ``places`` (n, 2)."""

    source: Dataset
    places: NDArray[np.float64]
    dataset: Dataset


class DrawingLayers:
    """Draws what belongs to the tools of ``drawing``, below and above the points.

    Attributes:
        formula: the one whose side of the plane is shown, or None.
    """

    def __init__(self, drawing: DrawingInput) -> None:
        self.formula: Formula | None = None
        self._drawing = drawing
        self._sheet = drawing.sheet
        self._flood = FloodLayer()
        self._selected = SelectionLayer()
        self._carried: Carried | None = None
        self._seen: tuple[Indices, NDArray[np.bool_], Indices] | None = None

    def as_carried(self, dataset: Dataset) -> Dataset:
        """Return ``dataset`` with its points where they are in the hand; the same object for the same places."""
        moved = self._sheet.moved
        if moved is None or len(moved) != len(dataset):
            self._carried = None
            return dataset
        carried = self._carried
        if carried is None or carried.places is not moved or not _alike(carried.source, dataset):
            carried = self._carried = Carried(dataset, moved, msgspec.structs.replace(dataset, points=moved))
        return carried.dataset

    def draw_below(self, painter: QPainter, plane: Plane, theme: Theme) -> None:
        """Draw what lies below the points."""
        if self.formula is not None:
            self._flood.draw(painter, plane, theme, self.formula)
        guides = self._sheet.tool.guides
        if guides != NO_GUIDES:
            draw_guides(painter, plane, theme, guides)

    def draw_selection(self, painter: QPainter, plane: Plane, ratio: float, theme: Theme) -> None:
        """Ring the selected points that are seen."""
        sheet = self._sheet
        if len(selection := self._seen_selection()):
            points = sheet.points if sheet.moved is None else sheet.moved
            diameter = marker_diameter(len(points), plane)
            rings = self._selected.pixmap(points, selection, plane, ratio, theme, diameter)
            painter.drawPixmap(plane.rect.topLeft(), rings)

    def _seen_selection(self) -> Indices:
        """Return the selected points that are in the picture; the same object as long as both are the same."""
        selection, seen = self._sheet.selection, self._sheet.seen
        if self._seen is None or self._seen[0] is not selection or self._seen[1] is not seen:
            shown = seen[selection]
            self._seen = (selection, seen, selection if shown.all() else selection[shown])
        return self._seen[2]

    def draw_tool(self, painter: QPainter, plane: Plane, theme: Theme, at: tuple[float, float] | None) -> None:
        """Draw what the chosen tool would do ``at`` a place; None if it is nowhere."""
        chosen, tool = self._drawing.chosen, self._sheet.tool
        if chosen is not None:
            chosen.draw(painter, plane, theme, None if at is None else Touch(*at, plane.unit))
        if at is not None and tool.has_reach and tool.guides != NO_GUIDES:
            draw_copies(painter, plane, theme, tool, at)


def _alike(one: Dataset, other: Dataset) -> bool:
    """Return whether two data sets look the same wherever their points lie: the run learns of each place in turn."""
    return one is other or (
        one.classes == other.classes
        and one.soft is None
        and other.soft is None
        and np.array_equal(one.targets, other.targets)
        and np.array_equal(one.is_train, other.is_train)
    )
