"""Painting the panels of the explorers."""

import math
from typing import TypeVar

import numpy as np
from pyqtgraph.functions import create_qpolygonf, ndarray_from_qpolygonf
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QPolygonF

from app.frame import Array
from app.theme import Theme
from app.views.embedding.axes import round_ticks
from app.views.explorers.panels import Levels, Line, Panel, ink
from app.views.ink import blend, color
from app.views.parameter_text import short_number

# The histogram stands in the lower part of its panel.
BARS_HEIGHT = 0.42
# Pixels from one point of a curve to the next.
POINT_EVERY = 1.5
# Below this power of ten a level is at the bottom.
LOWEST_POWER = -8
DASHES: tuple[tuple[float, ...], ...] = ((), (5.0, 2.5), (1.5, 2.0), (6.0, 2.0, 1.5, 2.0))


Number = TypeVar("Number", float, Array)


class Scale:
    """Where the values of a panel lie in its box."""

    def __init__(self, panel: Panel, box: QRectF) -> None:
        self.box, self.panel = box, panel
        self.left, self.right = float(panel.x[0]), float(panel.x[-1])
        self.low, self.high = panel.up
        self._start, self._bottom = box.left(), box.bottom()
        self._per_x, self._per_y = box.width() / (self.right - self.left), box.height() / (self.high - self.low)

    def across(self, x: Number) -> Number:
        """Return the pixels of the places ``x``; infinite ones of numbers that are far too large."""
        with np.errstate(over="ignore"):
            return self._start + (x - self.left) * self._per_x

    def up(self, y: Number) -> Number:
        """Return the pixels of the values ``y``; infinite ones of numbers that are far too large."""
        with np.errstate(over="ignore"):
            return self._bottom - (y - self.low) * self._per_y

    def line(self, values: Array) -> list[QPolygonF]:
        """Return the curve in pixels, in pieces where some of it is not a number; far outside it is cut."""
        count = len(values)
        # Points closer together than this are only slow to draw; at the ends, where a loss may be infinite, all count.
        every = max(1, int(POINT_EVERY * count / max(self.box.width(), 1.0)))
        steps = np.arange(count)
        chosen = np.flatnonzero((steps % every == 0) | (steps < every) | (steps >= count - every))
        reach, shown = self.high - self.low, values[chosen]
        with np.errstate(invalid="ignore"):
            ys = self.up(np.clip(shown, self.low - reach, self.high + reach))
        xs = self.across(self.panel.x[chosen])
        ends = np.flatnonzero(np.diff(np.concatenate(([False], np.isfinite(shown), [False])).astype(np.int8)))
        return [_polygon(xs[a:b], ys[a:b]) for a, b in ends.reshape(-1, 2)]


def _polygon(xs: Array, ys: Array) -> QPolygonF:
    polygon: QPolygonF = create_qpolygonf(len(xs))
    ndarray_from_qpolygonf(polygon)[:] = np.column_stack((xs, ys))
    return polygon


def draw_panel(painter: QPainter, panel: Panel, box: QRectF, theme: Theme, index: int, reading: str) -> None:
    """Draw one plot into ``box``, numbers and names around it; ``index`` is the place that is read off, or −1."""
    scale = Scale(panel, box)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.fillRect(box, color(theme.field))
    _draw_axes(painter, scale, theme)
    painter.save()
    painter.setClipRect(box)
    if panel.bars is not None:
        _draw_bars(painter, scale, theme)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for x, name in panel.marks:
        _draw_mark(painter, scale, theme, x, name)
    for line in reversed(panel.lines):
        draw_line(painter, scale.line(line.values), line, theme)
    _draw_points(painter, scale, theme)
    if index >= 0:
        _draw_reading(painter, scale, theme, index)
    _draw_notes(painter, scale, theme)
    painter.restore()
    painter.setPen(QPen(color(theme.outline), 1.0))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(box)
    _draw_heading(painter, box, theme, panel.title, reading)


def pen_of(line: Line, theme: Theme) -> QPen:
    """Return what a line is drawn with: its own color, and a stroke of its own beside the network's."""
    pen = QPen(color(ink(theme, line.ink)), (2.4 if line.strong else 1.5) * min(theme.text_scale, 1.5))
    pen.setJoinStyle(Qt.PenJoinStyle.BevelJoin)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if line.ink.startswith("other") and not line.strong:
        dash = DASHES[int(line.ink[5:]) % len(DASHES)]
        if dash:
            pen.setDashPattern(dash)
    return pen


def draw_line(painter: QPainter, pieces: list[QPolygonF], line: Line, theme: Theme) -> None:
    """Draw a curve."""
    painter.setPen(pen_of(line, theme))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for piece in pieces:
        painter.drawPolyline(piece)


def _draw_heading(painter: QPainter, box: QRectF, theme: Theme, title: str, reading: str) -> None:
    metrics = QFontMetricsF(painter.font())
    room = QRectF(box.left(), box.top() - 1.25 * metrics.height(), box.width() + 4.0, metrics.height())
    parts = reading.split("   ")
    # The place goes first where not all has room, then the value: a number cut in the middle would lie.
    while len(parts) > 1 and metrics.horizontalAdvance("   ".join(parts)) > room.width():
        parts.pop(0)
    reading = "   ".join(parts)
    width = metrics.horizontalAdvance(reading)
    painter.setPen(color(theme.text))
    painter.drawText(room, Qt.AlignmentFlag.AlignRight, reading)
    painter.setPen(color(theme.muted))
    left = room.width() - width - 8.0
    if not reading or metrics.horizontalAdvance(title) <= left:
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft, title)


def _draw_axes(painter: QPainter, scale: Scale, theme: Theme) -> None:
    metrics, box = QFontMetricsF(painter.font()), scale.box
    line = metrics.height()
    faint, axis, words = color(blend(theme.field, theme.border, 0.55)), color(theme.outline), color(theme.muted)
    name = scale.panel.across
    if metrics.horizontalAdvance(name) > 0.8 * box.width():
        name = scale.panel.place
    end = box.right() - metrics.horizontalAdvance(name) - 8.0
    below = box.bottom() + 1.0
    for tick in round_ticks(scale.left, scale.right, max(2, int(box.width() / (2.6 * line)))):
        x, text = scale.across(tick), short_number(tick)
        painter.setPen(axis if tick == 0.0 else faint)
        painter.drawLine(QLineF(x, box.top(), x, box.bottom()))
        half = 0.5 * metrics.horizontalAdvance(text)
        painter.setPen(words)
        if x + half < end:
            left = max(x - half, box.left() - 6.0)
            painter.drawText(QPointF(left, below + metrics.ascent()), text)
    painter.setPen(color(theme.text))
    painter.drawText(QRectF(box.left(), below, box.width(), line), Qt.AlignmentFlag.AlignRight, name)
    for tick in round_ticks(scale.low, scale.high, max(2, int(box.height() / (1.7 * line)))):
        y = scale.up(tick)
        painter.setPen(axis if tick == 0.0 else faint)
        painter.drawLine(QLineF(box.left(), y, box.right(), y))
        painter.setPen(words)
        place = QRectF(box.left() - 90.0, y - 0.5 * line, 86.0, line)
        painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, short_number(tick))


def _draw_bars(painter: QPainter, scale: Scale, theme: Theme) -> None:
    bars = scale.panel.bars
    assert bars is not None
    highest = int(bars.counts.max(initial=0))
    if not highest:
        return
    height = BARS_HEIGHT * scale.box.height()
    inks = [color(blend(theme.field, rgb, share)) for rgb, share in ((theme.positive, 0.45), (theme.problem, 0.65))]
    left, right, bottom = scale.box.left(), scale.box.right(), scale.box.bottom()
    edges = scale.across(bars.edges).tolist()
    for number, (count, marked) in enumerate(zip(bars.counts.tolist(), bars.marked.tolist(), strict=True)):
        start, end = edges[number], edges[number + 1]
        if count and left <= end and start <= right:
            # What there is shows, however little.
            tall = max(count / highest * height, 1.5)
            gap = min(1.0, 0.2 * (end - start))
            painter.fillRect(QRectF(start, bottom - tall, end - start - gap, tall), inks[marked])


def _draw_notes(painter: QPainter, scale: Scale, theme: Theme) -> None:
    """Write the notes into the upper left corner, as many as leave half of the plot free."""
    metrics, box = QFontMetricsF(painter.font()), scale.box
    notes = scale.panel.notes[: int(0.55 * box.height() / metrics.height())]
    if not notes or max(map(metrics.horizontalAdvance, notes)) + 10.0 > box.width():
        return
    width = max(metrics.horizontalAdvance(note) for note in notes) + 10.0
    ground = QRectF(box.left() + 4.0, box.top() + 4.0, width, len(notes) * metrics.height() + 4.0)
    painter.fillRect(ground, color(theme.field, 0.8))
    painter.setPen(color(theme.text))
    for number, note in enumerate(notes):
        y = ground.top() + 2.0 + number * metrics.height() + metrics.ascent()
        painter.drawText(QPointF(ground.left() + 5.0, y), note)


def _draw_points(painter: QPainter, scale: Scale, theme: Theme) -> None:
    box = scale.box
    for points in scale.panel.points:
        known = np.isfinite(points.x) & np.isfinite(points.y)
        xs, ys = scale.across(points.x[known]), scale.up(points.y[known])
        # What lies beyond the plot is shown at its edge.
        xs = np.clip(xs, box.left() + 2.0, box.right() - 2.0)
        ys = np.clip(ys, box.top() + 2.0, box.bottom() - 2.0)
        # Points of the same pixel are drawn once.
        places = np.unique(np.round(np.column_stack((xs, ys))), axis=0)
        size = 5.0 * min(theme.text_scale, 1.5)
        spots = [QPointF(x, y) for x, y in places.tolist()]
        if points.are_rings:
            painter.setPen(QPen(color(ink(theme, points.ink)), 1.4))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for spot in spots:
                painter.drawEllipse(spot, 0.9 * size, 0.9 * size)
            continue
        painter.setPen(QPen(color(ink(theme, points.ink), 0.55), size, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawPoints(spots)


def _draw_mark(painter: QPainter, scale: Scale, theme: Theme, at: float, name: str) -> None:
    box = scale.box
    if not scale.left <= at <= scale.right:
        return
    x, metrics = scale.across(at), QFontMetricsF(painter.font())
    painter.setPen(QPen(color(theme.text, 0.8), 1.2, Qt.PenStyle.DashLine))
    painter.drawLine(QLineF(x, box.top(), x, box.bottom()))
    if metrics.horizontalAdvance(name) + 4.0 > max(box.right() - x, x - box.left()):
        name = name.split()[-1]
    width = metrics.horizontalAdvance(name)
    left = x + 4.0 if x + 4.0 + width < box.right() else x - 4.0 - width
    painter.drawText(QPointF(left, box.top() + metrics.height()), name)


def _draw_reading(painter: QPainter, scale: Scale, theme: Theme, index: int) -> None:
    box, x = scale.box, scale.across(float(scale.panel.x[index]))
    painter.setPen(QPen(color(theme.text, 0.7), 1.0))
    painter.drawLine(QLineF(x, box.top(), x, box.bottom()))
    for line in reversed(scale.panel.lines):
        value = float(line.values[index])
        if math.isfinite(value) and scale.low <= value <= scale.high:
            painter.setPen(QPen(color(theme.field), 1.5))
            painter.setBrush(color(ink(theme, line.ink)))
            radius = 4.0 if line.strong else 3.0
            painter.drawEllipse(QPointF(x, scale.up(value)), radius, radius)


def draw_levels(painter: QPainter, levels: Levels, box: QRectF, theme: Theme) -> None:
    """Draw what is left from layer to layer as columns on a logarithmic scale."""
    metrics = QFontMetricsF(painter.font())
    line = metrics.height()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.fillRect(box, color(theme.field))
    powers = [math.log10(value) for value in levels.values if value > 0.0 and math.isfinite(value)]
    lowest = max(min([math.floor(min(powers, default=0.0)), -2]), LOWEST_POWER)
    highest = max(math.ceil(max(powers, default=0.0) - 1e-9), 0)
    every = max(1, math.ceil((highest - lowest) * 1.5 * line / max(box.height(), 1.0)))
    for power in range(highest, lowest - 1, -every):
        y = box.bottom() - (power - lowest) / (highest - lowest) * box.height()
        painter.setPen(color(theme.outline if power == 0 else blend(theme.field, theme.border, 0.55)))
        painter.drawLine(QLineF(box.left(), y, box.right(), y))
        painter.setPen(color(theme.muted))
        place = QRectF(box.left() - 90.0, y - 0.5 * line, 86.0, line)
        text = short_number(10.0**power) if power >= -2 else f"10{str(power).translate(_SUPERSCRIPTS)}"
        painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
    width = box.width() / max(len(levels.values), 1)
    for number, (name, value) in enumerate(zip(levels.names, levels.values, strict=True)):
        left = box.left() + number * width
        share = (math.log10(value) - lowest) / (highest - lowest) if value > 0.0 and math.isfinite(value) else 0.0
        tall = min(max(share * box.height(), 2.0), box.height())
        bar = QRectF(left + 0.16 * width, box.bottom() - tall, 0.68 * width, tall)
        rgb = theme.problem if value < 0.01 else theme.positive
        painter.fillRect(bar, color(blend(theme.field, rgb, 0.8 if levels.chosen in (number, -1) else 0.4)))
        painter.setPen(color(theme.text if levels.chosen == number else theme.muted))
        painter.drawText(QRectF(left, box.bottom() + 1.0, width, line), Qt.AlignmentFlag.AlignHCenter, name)
    painter.setPen(QPen(color(theme.outline), 1.0))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(box)
    _draw_heading(painter, box, theme, levels.title, "")


_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
