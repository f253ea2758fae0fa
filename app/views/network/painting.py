"""What is painted over the canvas: labels of features, and marks on what is pointed at, selected or highlighted."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen

from app.theme import Theme
from app.views.decision.markers import draw_class
from app.views.decision.shapes import class_name
from app.views.ink import blend, color, sized
from app.views.network.canvas import square
from app.views.network.geometry import OUTPUT_LABEL, Arrangement
from app.views.network.hit_testing import Target
from app.views.network.scene import Scene
from app.views.parameter_text import subscript
from engine.features import FEATURES
from engine.parameters import Layout

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


def paint_labels(
    painter: QPainter, a: Arrangement, theme: Theme, font: QFont, scene: Scene, layout: Layout, classes: int
) -> None:
    """Write what the features are, what each of several outputs stands for, and where there is dropout.

    ``classes`` is the number of classes that have an output of their own.
    """
    _name_features(painter, a, theme, font)
    if layout.layers[-1].outputs > 1:
        _name_outputs(painter, a, theme, font, layout.layers[-1].outputs, classes)
    for number, shape in enumerate(layout.layers):
        if shape.dropout:
            units = range(layout.first_unit(number), layout.first_unit(number) + shape.outputs)
            _show_dropout(painter, a, theme, font, scene, units, shape.dropout)


def _name_features(painter: QPainter, a: Arrangement, theme: Theme, font: QFont) -> None:
    painter.setFont(sized(font, theme, 12.5))
    strong, weak = color(theme.text), color(blend(theme.surface, theme.muted, 0.85))
    right = a.columns[0] - float(a.slot_size.max()) / 2.0 - 7.0
    for slot, feature in enumerate(FEATURES):
        painter.setPen(strong if a.slot_unit[slot] >= 0 else weak)
        box = QRectF(0.0, float(a.slot_y[slot]) - 12.0 * theme.text_scale, right, 24.0 * theme.text_scale)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, feature.label)


def _name_outputs(painter: QPainter, a: Arrangement, theme: Theme, font: QFont, outputs: int, classes: int) -> None:
    """Name each output at its right: marker and name of its class, or coordinate of an embedding."""
    painter.setFont(sized(font, theme, 11.5))
    height = painter.fontMetrics().height()
    for number in range(outputs):
        unit = len(a.unit_x) - outputs + number
        left, middle = float(a.unit_x[unit] + a.unit_size[unit] / 2.0) + 4.0, float(a.unit_y[unit])
        room = QRectF(left, middle - 0.5 * height, OUTPUT_LABEL * theme.text_scale, height)
        name = class_name(number, classes) if classes else f"y{subscript(number + 1)}"
        if classes:
            size = 9.0 * min(theme.text_scale, 1.4)
            center = QPointF(left + 5.0 * theme.text_scale, middle - 0.45 * height)
            draw_class(painter, theme, number, center, size, 1.2)
            room.translate(0.0, 0.45 * height)
            room.setWidth(10.0 * theme.text_scale)
        painter.setPen(color(theme.text))
        across = Qt.AlignmentFlag.AlignHCenter if classes else Qt.AlignmentFlag.AlignLeft
        painter.drawText(room, across | Qt.AlignmentFlag.AlignVCenter, name)


def _show_dropout(
    painter: QPainter, a: Arrangement, theme: Theme, font: QFont, scene: Scene, units: range, share: float
) -> None:
    """Draw ``units`` of a layer in dashed frames: each is left out now and then; say how often above the first."""
    # Gaps in the ground's color make dashes of the frame that is there.
    gaps = QPen(color(theme.surface), 2.4)
    gaps.setDashPattern([1.6, 1.8])
    for unit in units:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(gaps)
        box = anchor_of(a, Target("unit", unit))
        painter.drawRoundedRect(box, 0.2 * box.width(), 0.2 * box.width())
        _dots_of(painter, a, theme, scene, unit, 0.0)
    painter.setFont(sized(font, theme, 10.0))
    metrics = painter.fontMetrics()
    text = f"dropout {100.0 * share:.3g} %"
    if metrics.horizontalAdvance(text) + 14.0 > a.pitch:
        text = f"{100.0 * share:.3g} %"
    pill = QRectF(0.0, 0.0, metrics.horizontalAdvance(text) + 10.0, metrics.height() + 1.0)
    top = float(a.unit_y[units[0]] - a.unit_size[units[0]] / 2.0)
    pill.moveCenter(
        QPointF(float(a.unit_x[units[0]]), max(top + 1.0 - pill.height() / 2.0, a.top + pill.height() / 2.0))
    )
    painter.setPen(QPen(color(blend(theme.border, theme.muted, 0.45)), 1.0))
    painter.setBrush(color(theme.raised))
    painter.drawRoundedRect(pill, 0.5 * pill.height(), 0.5 * pill.height())
    painter.setPen(color(theme.text))
    painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)


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
    _dots_of(painter, a, theme, scene, unit, 0.6)


def _dots_of(painter: QPainter, a: Arrangement, theme: Theme, scene: Scene, unit: int, more: float) -> None:
    """Draw the bias of ``unit`` again, ``more`` pixels larger: a frame runs through the dot in the corner."""
    for place in (a.bias_unit == unit).nonzero()[0].tolist():
        _dot(painter, a, scene, place, more, QPen(color(theme.surface), 1.4))


def _dot(painter: QPainter, a: Arrangement, scene: Scene, place: int, more: float, pen: QPen) -> None:
    radius = float(a.bias_radius[place]) + more
    painter.setPen(pen)
    painter.setBrush(QColor(int(scene.bias_colors[place])))
    painter.drawEllipse(QPointF(float(a.bias_x[place]), float(a.bias_y[place])), radius, radius)


def _frame(painter: QPainter, theme: Theme, box: QRectF, width: float) -> None:
    painter.setPen(QPen(color(theme.text), width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box, 0.2 * box.width(), 0.2 * box.width())
