"""The picture of a curve: the network's, those of its hidden units, and the points, painted as in the plane."""

import msgspec
import numpy as np
from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from app.frame import Array
from app.views.decision.axes import Surroundings
from app.views.decision.canvas import Canvas
from app.views.decision.plane import Plane
from app.views.decision.stroke_input import StrokeInput
from app.views.ink import color
from engine.datasets.dataset import DOMAIN, Dataset
from engine.datasets.resolve import CURVE_SCALE
from engine.experiment import Experiment
from engine.parameters import Layout

NO_LAYER = -1


class CurveCanvas(Canvas):
    """Shows points (x, y) in plane units, where y is four times as high as its value, and curves over x."""

    def __init__(self, strokes: StrokeInput, parent: QWidget | None = None) -> None:
        super().__init__(strokes, parent)
        self._layer = NO_LAYER

    def set_layer(self, layer: int) -> None:
        """Draw the curves of the units of this hidden layer; −1 for none."""
        self._layer = layer
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
        return [
            (unit, np.asarray(frame.unit_fields[unit, 0], dtype=np.float64)) for unit in range(first, first + count)
        ]

    def _prepare(self) -> None:
        focused = self._frame is not None and self._frame.focus_unit >= 0
        self._shown = Surroundings("The network's curve", focused, -1.5, 1.5, curve=True)

    @property
    def _invitation(self) -> str:
        return "Draw points here:\nthe network lays a curve through them"

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
        curves = self.unit_curves()
        for place, (unit, values) in enumerate(curves):
            ink = color(theme.classes[(place + 2) % len(theme.classes)], 0.75)
            self._draw_curve(painter, plane, values, QPen(ink, 2.6 if unit == frame.focus_unit else 1.2))
        if frame.focus_field is not None and frame.focus_unit not in [unit for unit, _ in curves]:
            pen = QPen(color(theme.positive), 2.0, Qt.PenStyle.DashLine)
            self._draw_curve(painter, plane, np.asarray(frame.focus_field[0], dtype=np.float64), pen)
        if self._residuals:
            self._draw_residuals(painter, plane, curve)
        self._draw_curve(painter, plane, curve, QPen(color(theme.text), 2.6))

    def _draw_curve(self, painter: QPainter, plane: Plane, values: Array, pen: QPen) -> None:
        low, high = DOMAIN
        x = low + (np.arange(len(values)) + 0.5) * ((high - low) / len(values))
        finite = np.isfinite(values)
        if not finite.any():
            return
        # Far outside, pixels have no numbers any more.
        y = np.clip(values[finite] / CURVE_SCALE, -60.0, 60.0)
        places = plane.to_pixels(np.column_stack((x[finite], y)))
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.drawPolyline(QPolygonF([QPointF(a, b) for a, b in places.tolist()]))

    def _draw_residuals(self, painter: QPainter, plane: Plane, curve: Array) -> None:
        dataset = self._dataset
        if dataset is None or not len(dataset):
            return
        points = dataset.points[dataset.is_train][:2_000]
        low, high = DOMAIN
        place = np.clip((points[:, 0] - low) / (high - low) * len(curve) - 0.5, 0.0, len(curve) - 1.0)
        y = np.interp(place, np.arange(len(curve)), np.nan_to_num(curve)) / CURVE_SCALE
        starts = plane.to_pixels(points)
        ends = plane.to_pixels(np.column_stack((points[:, 0], np.clip(y, -60.0, 60.0))))
        ink = QColor(color(self._theme.problem))
        ink.setAlphaF(0.6)
        painter.setPen(QPen(ink, 1.0))
        painter.drawLines([QLineF(*a, *b) for a, b in zip(starts.tolist(), ends.tolist(), strict=True)])
