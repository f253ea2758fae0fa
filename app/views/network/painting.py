"""What is painted over the canvas: labels of features, and marks on what is pointed at, selected or highlighted."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen

from app.theme import Theme
from app.views.decision.markers import MARKER_DEPTH, class_color, filled
from app.views.decision.shapes import shape_of
from app.views.ink import blend, color, sized
from app.views.network.canvas import square
from app.views.network.geometry import Arrangement
from app.views.network.hit_testing import Target
from app.views.network.scene import Scene
from app.views.parameter_text import subscript
from engine.features import FEATURES

HALO = 4.0
STRONGEST = 3.0


def edge_path(a: Arrangement, edge: int) -> QPainterPath:
    """Return the curve of ``edge``, the same that the kernel draws."""
    x0, y0, x1, y1 = (float(ends[edge]) for ends in (a.edge_x0, a.edge_y0, a.edge_x1, a.edge_y1))
    third = (x1 - x0) / 3.0
    path = QPainterPath(QPointF(x0, y0))
    path.cubicTo(QPointF(x0 + third, y0), QPointF(x1 - third, y1), QPointF(x1, y1))
    return path


def anchor_of(a: Arrangement, target: Target) -> QRectF:
    """Return the box of ``target``; for an edge a small one at its middle."""
    if target.kind == "feature":
        return square(a.columns[0], float(a.slot_y[target.index]), float(a.slot_size[target.index]))
    if target.kind == "unit":
        unit = target.index
        return square(float(a.unit_x[unit]), float(a.unit_y[unit]), float(a.unit_size[unit]))
    if target.kind == "bias":
        place = a.bias_of(target.index)
        return square(float(a.bias_x[place]), float(a.bias_y[place]), 2.0 * float(a.bias_radius[place]))
    edge = a.edge_of(target.index)
    x, y = (a.edge_x0[edge] + a.edge_x1[edge]) / 2.0, (a.edge_y0[edge] + a.edge_y1[edge]) / 2.0
    return square(float(x), float(y), 4.0)


def paint_labels(painter: QPainter, a: Arrangement, theme: Theme, font: QFont) -> None:
    """Write every feature's label beside its thumbnail."""
    painter.setFont(sized(font, theme, 12.5))
    strong, weak = color(theme.text), color(blend(theme.surface, theme.muted, 0.85))
    right = a.columns[0] - float(a.slot_size.max()) / 2.0 - 7.0
    for slot, feature in enumerate(FEATURES):
        painter.setPen(strong if a.slot_unit[slot] >= 0 else weak)
        box = QRectF(0.0, float(a.slot_y[slot]) - 12.0 * theme.text_scale, right, 24.0 * theme.text_scale)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, feature.label)


def paint_outputs(painter: QPainter, a: Arrangement, theme: Theme, font: QFont, outputs: int, classes: int) -> None:
    """Mark each of several outputs: by the marker of its class, or as a coordinate of an embedding."""
    if outputs < 2:
        return
    painter.setFont(sized(font, theme, 11))
    for number in range(outputs):
        unit = len(a.unit_x) - outputs + number
        half = float(a.unit_size[unit]) / 2.0
        corner = QPointF(float(a.unit_x[unit]) - half, float(a.unit_y[unit]) - half)
        if classes:
            size = max(7.0, min(11.0, 0.45 * half))
            fill = color(class_color(theme, number, MARKER_DEPTH))
            filled(painter, shape_of(number), corner, size, 1.6, fill, color(theme.surface))
        else:
            painter.setPen(color(theme.text))
            painter.drawText(QPointF(corner.x() - 18.0, corner.y() + 4.0), f"y{subscript(number + 1)}")


def paint_mark(painter: QPainter, a: Arrangement, theme: Theme, scene: Scene, target: Target) -> None:
    """Bring out ``target``: an edge is drawn strongly with its two units framed, anything else gets a frame."""
    if target.kind == "edge":
        edge = a.edge_of(target.index)
        path = edge_path(a, edge)
        width = max(float(scene.edge_widths[edge]), STRONGEST)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for ink, stroke in (
            (color(theme.surface), width + 2.0 * HALO),
            (color(theme.text), width + 2.4),
            (QColor(int(scene.edge_colors[edge])), width),
        ):
            painter.strokePath(path, QPen(ink, stroke, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
        for unit in (int(a.edge_source[edge]), int(a.edge_target[edge])):
            _frame_unit(painter, a, theme, scene, unit, 1.4)
    elif target.kind == "bias":
        _dot(painter, a, scene, a.bias_of(target.index), 1.5, QPen(color(theme.text), 1.8))
    elif target.kind == "unit":
        _frame_unit(painter, a, theme, scene, target.index, 2.2)
    else:
        _frame(painter, theme, anchor_of(a, target), 2.2)


def paint_selection(painter: QPainter, a: Arrangement, theme: Theme, target: Target) -> None:
    """Draw the frame of what the keyboard has selected, at a small distance around it."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(color(theme.accent), 2.0))
    if target.kind == "edge":
        box = anchor_of(a, target)
        painter.setBrush(color(theme.accent))
        painter.drawEllipse(box.center(), 4.5, 4.5)
        return
    box = anchor_of(a, target)
    gap = 3.5 if box.width() > 16.0 else 2.0
    box = box.adjusted(-gap, -gap, gap, gap)
    painter.drawRoundedRect(box, 0.2 * box.width(), 0.2 * box.width())


def _frame_unit(painter: QPainter, a: Arrangement, theme: Theme, scene: Scene, unit: int, width: float) -> None:
    _frame(painter, theme, anchor_of(a, Target("unit", unit)), width)
    # The frame runs through the dot in the corner.
    for place in (a.bias_unit == unit).nonzero()[0].tolist():
        _dot(painter, a, scene, place, 0.6, QPen(color(theme.surface), 1.4))


def _dot(painter: QPainter, a: Arrangement, scene: Scene, place: int, more: float, pen: QPen) -> None:
    radius = float(a.bias_radius[place]) + more
    painter.setPen(pen)
    painter.setBrush(QColor(int(scene.bias_colors[place])))
    painter.drawEllipse(QPointF(float(a.bias_x[place]), float(a.bias_y[place])), radius, radius)


def _frame(painter: QPainter, theme: Theme, box: QRectF, width: float) -> None:
    painter.setPen(QPen(color(theme.text), width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box, 0.2 * box.width(), 0.2 * box.width())
