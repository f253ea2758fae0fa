"""The picture of a curve: the network's, those of its hidden units, and the points, painted as in the plane."""

from dataclasses import replace

import msgspec
import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from app.frame import Array, Frame
from app.painting.curve_formula import CurveFormula
from app.theme import RGB, Theme
from app.views.decision.axes import Surroundings
from app.views.decision.canvas import Canvas
from app.views.decision.drawing_tools.drawing_input import DrawingInput
from app.views.decision.plane import SMALLEST_SIDE, Plane
from app.views.decision.stroke_input import StrokeInput
from app.views.decision.tool import BRUSH, ERASER, Tool
from app.views.ink import blend, color, sized
from app.views.parameter_text import unit_place
from engine.datasets.dataset import DOMAIN, Dataset
from engine.datasets.resolve import CURVE_SCALE
from engine.experiment import Experiment
from engine.parameters import Layout

NO_LAYER = -1
# What follows the layers in the list of curves: the last hidden layer's, each times its weight to the output.
PARTS = "parts"
# Room around the picture (text scale 1): the numbers of y are longer than those of x₂, and there is no color scale.
TOP, LEFT, BOTTOM, RIGHT = 21, 36, 20, 22
# So near the mouse must be to a unit's curve to point at it, in pixels.
REACH = 9.0
# Places at which a curve that is typed is drawn, and how far from it points are shown to stray, in standard deviations.
TYPED_STEPS, DEVIATIONS = 400, 2.0


class CurveCanvas(Canvas):
    """Shows points (x, y) in plane units, where y is four times as high as its value, and curves over x."""

    def __init__(self, strokes: StrokeInput, drawing: DrawingInput, parent: QWidget | None = None) -> None:
        super().__init__(strokes, drawing, parent)
        self._layer = NO_LAYER
        self._weighted = False
        self._typed: CurveFormula | None = None
        self._typed_noise = 0.0

    def show_typed(self, formula: CurveFormula | None, noise: float) -> None:
        """Draw the curve that is being typed, and how far points stray from it; None draws none."""
        self._typed, self._typed_noise = formula, noise
        self.update()

    @property
    def frame(self) -> Frame | None:
        """The moment that is drawn."""
        return self._frame

    @property
    def plane(self) -> Plane:
        """Where the picture lies: a square, as for the plane, between longer numbers and no scale."""
        scale = self._theme.text_scale
        top, left, bottom, right = (round(margin * scale) for margin in (TOP, LEFT, BOTTOM, RIGHT))
        across, up = self.width() - left - right, self.height() - top - bottom
        side = max(min(across, up), SMALLEST_SIDE)
        return Plane(left + max(across - side, 0) // 2, top + max(up - side, 0) // 2, side)

    def set_layer(self, layer: int, *, weighted: bool = False) -> None:
        """Draw the curves of the units of this hidden layer; −1 for none.

        Those of the last hidden layer may be drawn as what they add to the output: times their weight.
        """
        self._layer, self._weighted = layer, weighted
        self._renew()

    def show_experiment(self, experiment: Experiment, dataset: Dataset, shape: Layout) -> None:
        """Take the data: points of one kind, whose place tells their value."""
        points = dataset.points / (1.0, CURVE_SCALE)
        drawn = msgspec.structs.replace(dataset, points=points, targets=np.zeros(len(points)), classes=1)
        super().show_experiment(experiment, drawn, shape)
        # Painted points arrive as the data have them.
        self.strokes.arrived(points)

    def curve(self) -> Array | None:
        """Return the network's y at evenly spread x from −6 to 6, or None before the first frame."""
        if self._frame is None or not self._frame.output_fields.size:
            return None
        # The output does not depend on x₂, so any row will do.
        return np.asarray(self._frame.output_fields[0, 0], dtype=np.float64)

    def unit_curves(self) -> list[tuple[int, Array]]:
        """Return number and curve of each unit of the chosen layer."""
        frame = self._frame
        if frame is None or not frame.unit_fields.size or not 0 <= self._layer < len(frame.layout.layers) - 1:
            return []
        first = frame.layout.first_unit(self._layer)
        count = frame.layout.layers[self._layer].outputs
        weights = np.ones(count)
        if self._weighted and self._layer == len(frame.layout.layers) - 2:
            start = frame.layout.layers[-1].weights_start
            weights = frame.parameters[start : start + count]
        with np.errstate(over="ignore", invalid="ignore"):
            return [
                (first + number, float(weights[number]) * np.asarray(frame.unit_fields[first + number, 0], np.float64))
                for number in range(count)
            ]

    def unit_at(self, x: float, y: float) -> tuple[int, float] | None:
        """Return number and value of the unit whose curve passes nearest to (x, y) in plane units, or None."""
        best: tuple[float, int, float] | None = None
        for unit, values in self.unit_curves():
            value = value_over(values, x)
            apart = abs(value / CURVE_SCALE - y) * self.plane.unit
            if apart <= REACH and (best is None or apart < best[0]):
                best = (apart, unit, value)
        return None if best is None else (best[1], best[2])

    @property
    def _pointed_unit(self) -> int:
        """The unit whose curve the mouse points at, or −1."""
        plane, mouse = self.plane, self._mouse
        if mouse is None or self.strokes.active or not plane.contains(mouse):
            return -1
        found = self.unit_at(*plane.to_plane(mouse))
        return -1 if found is None else found[0]

    def _prepare(self) -> None:
        focused = self._frame is not None and self._frame.focus_unit >= 0
        self._shown = Surroundings("The network's curve", focused, -1.5, 1.5, curve=True, warning=self._wanted.warning)

    @property
    def _invitation(self) -> str:
        return "Draw points here:\nthe network lays a curve through them,\nthe right button erases"

    def _as_drawn(self, seen: tuple[float, float]) -> tuple[float, float]:
        return seen[0], seen[1] / CURVE_SCALE

    def _tool_of(self, button: Qt.MouseButton) -> Tool:
        """Erase with the right button: there is no other kind of point to paint."""
        erases = button == Qt.MouseButton.RightButton and self._tool.kind == BRUSH
        return replace(self._tool, kind=ERASER) if erases else self._tool

    def _draw_field(self, painter: QPainter, plane: Plane) -> None:
        theme = self._theme
        painter.fillRect(plane.rect, color(theme.field))
        painter.setPen(QPen(color(theme.border), 1.0))
        for way in (-4.0, -2.0, 0.0, 2.0, 4.0):
            at = plane.to_pixel(way, way)
            painter.drawLine(QLineF(at.x(), plane.top, at.x(), plane.top + plane.side))
            painter.drawLine(QLineF(plane.left, at.y(), plane.left + plane.side, at.y()))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame, curve = self._frame, self.curve()
        if frame is None or curve is None:
            return
        curves, pointed = self.unit_curves(), self._pointed_unit
        for place, (unit, values) in enumerate(curves):
            strong = unit in (frame.focus_unit, pointed)
            # The others step back while one is looked at.
            share = 1.0 if strong else 0.3 if pointed >= 0 else 0.75
            # Mixed here: broad lines that let the ground through take five times as long to draw.
            ink = color(blend(theme.field, unit_color(theme, place), share))
            self._draw_curve(painter, plane, values, QPen(ink, 2.4 if strong else 1.3))
        if frame.focus_field is not None and frame.focus_unit not in [unit for unit, _ in curves]:
            pen = QPen(color(theme.positive), 2.0, Qt.PenStyle.DashLine)
            self._draw_curve(painter, plane, np.asarray(frame.focus_field[0], dtype=np.float64), pen)
        if self._residuals:
            self._draw_residuals(painter, plane, curve)

    def _draw_points(self, painter: QPainter, plane: Plane, ratio: float) -> None:
        """Draw the network's curve over the points, which would hide it where it fits well."""
        super()._draw_points(painter, plane, ratio)
        if self._typed is not None:
            self._draw_typed(painter, plane, self._typed)
        curve = self.curve()
        if curve is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_curve(painter, plane, curve, QPen(color(self._theme.field), 4.2))
        self._draw_curve(painter, plane, curve, QPen(color(self._theme.text), 2.6))
        self._draw_label(painter, plane)

    def _draw_typed(self, painter: QPainter, plane: Plane, formula: CurveFormula) -> None:
        low, high = DOMAIN
        x: Array = low + (np.arange(TYPED_STEPS, dtype=np.float64) + 0.5) * ((high - low) / TYPED_STEPS)
        values = formula.values(x)
        accent = self._theme.accent
        if self._typed_noise:
            # Most points land within two standard deviations.
            defined = np.isfinite(values)
            y = np.clip(values[defined] / CURVE_SCALE, -60.0, 60.0)
            reach = DEVIATIONS * self._typed_noise / CURVE_SCALE
            edge = np.concatenate(
                (np.column_stack((x[defined], y + reach)), np.column_stack((x[defined], y - reach))[::-1])
            )
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color(accent, 0.16))
            painter.drawPolygon(QPolygonF([QPointF(a, b) for a, b in plane.to_pixels(edge).tolist()]))
        self._draw_curve(painter, plane, values, QPen(color(accent), 2.0, Qt.PenStyle.DashLine))

    def _draw_label(self, painter: QPainter, plane: Plane) -> None:
        """Name the unit whose curve the mouse points at, beside it."""
        pointed, frame, mouse = self._pointed_unit, self._frame, self._mouse
        if pointed < 0 or frame is None or mouse is None:
            return
        place = unit_place(frame.layout, pointed).number
        text = f"unit {place + 1} × weight" if self._weighted else f"unit {place + 1}"
        painter.setFont(sized(self.font(), self._theme, 11, bold=True))
        metrics = QFontMetricsF(painter.font())
        width, height = metrics.horizontalAdvance(text) + 12.0, metrics.height() + 4.0
        # Beside the mouse on the side where there is room.
        left = mouse.x() + 12.0 if mouse.x() + 12.0 + width < plane.left + plane.side else mouse.x() - 12.0 - width
        box = QRectF(left, max(mouse.y() - height - 8.0, plane.top + 2.0), width, height)
        painter.setPen(QPen(color(unit_color(self._theme, place)), 1.2))
        painter.setBrush(color(self._theme.surface, 0.92))
        painter.drawRoundedRect(box, 4.0, 4.0)
        painter.setPen(color(self._theme.text))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def _draw_curve(self, painter: QPainter, plane: Plane, values: Array, pen: QPen) -> None:
        low, high = DOMAIN
        x = low + (np.arange(len(values)) + 0.5) * ((high - low) / len(values))
        finite = np.isfinite(values)
        if not finite.any():
            return
        # Far outside, pixels have no numbers any more.
        y = np.clip(values[finite] / CURVE_SCALE, -60.0, 60.0)
        places = plane.to_pixels(np.column_stack((x[finite], y)))
        # On a smooth line no one sees the joints, and these are drawn in half the time.
        pen.setJoinStyle(Qt.PenJoinStyle.BevelJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF([QPointF(a, b) for a, b in places.tolist()]))

    def _draw_residuals(self, painter: QPainter, plane: Plane, curve: Array) -> None:
        dataset = self._dataset
        if dataset is None or not len(dataset):
            return
        points = dataset.points[dataset.is_train][:2_000]
        low, high = DOMAIN
        place = np.clip((points[:, 0] - low) / (high - low) * len(curve) - 0.5, 0.0, len(curve) - 1.0)
        # A run that is about to diverge may put out anything; far outside, one length is as good as another.
        heights = np.clip(np.nan_to_num(curve), -60.0 * CURVE_SCALE, 60.0 * CURVE_SCALE)
        y = np.interp(place, np.arange(len(curve)), heights) / CURVE_SCALE
        starts = plane.to_pixels(points)
        ends = plane.to_pixels(np.column_stack((points[:, 0], y)))
        ink = QColor(color(self._theme.problem))
        ink.setAlphaF(0.6)
        painter.setPen(QPen(ink, 1.0))
        painter.drawLines([QLineF(*a, *b) for a, b in zip(starts.tolist(), ends.tolist(), strict=True)])


def unit_color(theme: Theme, place: int) -> RGB:
    """Return the color of the curve of the unit at ``place`` in its layer; that of the points comes last."""
    return theme.classes[(place + 1) % len(theme.classes)]


def value_over(values: Array, x: float) -> float:
    """Return the value of a curve, evenly spread over the domain, at ``x``."""
    low, high = DOMAIN
    return float(values[int(np.clip((x - low) / (high - low) * len(values), 0, len(values) - 1))])
