"""What is painted over the network while one walks through an iteration: veils, arrows, rings, numbers."""

import math
from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPen, QPolygonF

from app.theme import RGB, Theme
from app.views.ink import blend, color, sized
from app.views.network.geometry import Arrangement
from app.views.network.hit_testing import Target
from app.views.network.painting import anchor_of
from app.views.network.stage import Stage
from app.views.network.stage_labels import PADDING_Y, PlacedLabel, point_on, slope_on

FONT = 12.0
# How much a unit is hidden whose numbers are not known yet.
VEIL = 0.66
ARROW, MOST_ARROWS = 6.5, 2
# Where arrows may be, as a share of the way from the end that edges do not have in common, and how far apart.
ARROW_PLACES, ARROWS_APART = (0.26, 0.55, 0.18, 0.34, 0.42, 0.66, 0.1), 0.2


def label_font(font: QFont, theme: Theme) -> QFont:
    """Return the letters of labels."""
    return sized(font, theme, FONT)


def paint_stage(painter: QPainter, a: Arrangement, theme: Theme, stage: Stage, labels: Sequence[PlacedLabel]) -> None:
    """Show what flows and where δ is known, and ring what one looks at."""
    _arrows(painter, a, theme, stage, labels)
    _deltas(painter, a, theme, stage)
    for unit in stage.active:
        _ring(painter, theme, _box(a, unit))


def paint_stage_labels(painter: QPainter, theme: Theme, font: QFont, labels: Sequence[PlacedLabel]) -> None:
    """Write the numbers; those of what one looks at stand out."""
    usual = label_font(font, theme)
    for label in labels:
        box = label.box
        painter.setPen(QPen(color(theme.outline), 1.0) if label.focused else Qt.PenStyle.NoPen)
        painter.setBrush(color(theme.raised if label.focused else theme.surface, 0.96 if label.focused else 0.86))
        painter.drawRoundedRect(box, 4.0, 4.0)
        painter.setFont(usual)
        painter.setPen(color(theme.text if label.focused else blend(theme.text, theme.muted, 0.5)))
        height = (box.height() - 2.0 * PADDING_Y) / len(label.texts)
        for row, text in enumerate(label.texts):
            place = QRectF(box.left(), box.top() + PADDING_Y + row * height, box.width(), height)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip, text)


def _box(a: Arrangement, unit: int) -> QRectF:
    return anchor_of(a, Target("unit", unit))


def paint_veil(painter: QPainter, a: Arrangement, theme: Theme, stage: Stage) -> None:
    """Veil the units whose numbers are not known yet."""
    painter.setPen(Qt.PenStyle.NoPen)
    veil = color(theme.surface, VEIL)
    for unit in np.flatnonzero(~stage.reached).tolist():
        # The dot of the bias reaches out of its unit.
        painter.fillRect(_box(a, unit).adjusted(-4.0, -1.0, 1.0, 4.0), veil)


def _tint(theme: Theme, share: float) -> RGB:
    """Return the color of a number: the ends of the scale, pale where it is small; gray for none."""
    if not share or not math.isfinite(share):
        return blend(theme.surface, theme.muted, 0.6)
    end = theme.positive if share > 0.0 else theme.negative
    return blend(blend(theme.surface, theme.muted, 0.35), end, 0.35 + 0.65 * min(abs(share), 1.0) ** 0.6)


def _arrows(painter: QPainter, a: Arrangement, theme: Theme, stage: Stage, labels: Sequence[PlacedLabel]) -> None:
    """Draw arrowheads along the edges that take part, the way things go."""
    if not stage.direction or not stage.flow.any():
        return
    size = ARROW * min(theme.text_scale, 1.4)
    painter.setPen(QPen(color(theme.surface), 1.2))
    for edge in np.flatnonzero(stage.strong).tolist():
        painter.setBrush(color(_tint(theme, float(stage.flow[edge]))))
        shared_left = int(a.edge_source[edge]) in stage.active
        drawn: list[float] = []
        for share in ARROW_PLACES:
            way = 1.0 - share if shared_left else share
            at = point_on(a, edge, way)
            hidden = any(label.box.adjusted(-size, -size, size, size).contains(at) for label in labels)
            if hidden or any(abs(way - other) < ARROWS_APART for other in drawn):
                continue
            painter.drawPolygon(_arrow(at, math.atan(slope_on(a, edge, way)), stage.direction * size))
            drawn.append(way)
            if len(drawn) == MOST_ARROWS:
                break


def _arrow(at: QPointF, angle: float, size: float) -> QPolygonF:
    """Return an arrowhead at ``at`` that points along ``angle``, or against it where ``size`` is negative."""
    cos, sin = math.cos(angle), math.sin(angle)

    def turned(along: float, across: float) -> QPointF:
        return QPointF(at.x() + along * cos - across * sin, at.y() + along * sin + across * cos)

    return QPolygonF(
        [
            turned(size, 0.0),
            turned(-0.8 * size, 0.9 * size),
            turned(-0.35 * size, 0.0),
            turned(-0.8 * size, -0.9 * size),
        ]
    )


def _deltas(painter: QPainter, a: Arrangement, theme: Theme, stage: Stage) -> None:
    """Frame each unit whose δ is known in its color."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for unit in np.flatnonzero(~np.isnan(stage.deltas)).tolist():
        box = _box(a, unit)
        painter.setPen(QPen(color(_tint(theme, float(stage.deltas[unit]))), 3.0 if box.width() > 20.0 else 2.0))
        painter.drawRoundedRect(box, 0.2 * box.width(), 0.2 * box.width())


def _ring(painter: QPainter, theme: Theme, box: QRectF) -> None:
    """Draw the ring around what one looks at, at a small distance, so that its own frame is seen."""
    gap = 4.0 if box.width() > 20.0 else 2.5
    box = box.adjusted(-gap, -gap, gap, gap)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for ink, width in ((color(theme.text, 0.16), 8.0), (color(theme.text), 2.6)):
        painter.setPen(QPen(ink, width))
        painter.drawRoundedRect(box, 0.22 * box.width(), 0.22 * box.width())
