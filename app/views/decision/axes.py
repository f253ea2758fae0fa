"""What stands around the picture: caption, ticks, names of the axes and the color scale."""

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen, QPixmap

from app.theme import Theme
from app.views.decision.field_image import field_image
from app.views.decision.markers import draw_class
from app.views.decision.plane import Plane
from app.views.decision.shapes import class_name
from app.views.ink import color, sized
from app.views.parameter_text import short_number
from engine.datasets.resolve import CURVE_SCALE

TICKS = (-6, -4, -2, 0, 2, 4, 6)
TICK_LENGTH = 4.0
SCALE_GAP, SCALE_WIDTH = 10.0, 10.0
# As a share of the scale: what lies nearer to zero in its middle is called zero.
SMALLEST_MIDDLE = 1e-3
# How much of a hidden class is seen in the legend.
FAINT = 0.3


@dataclass(frozen=True)
class Surroundings:
    """All that the surroundings depend on; equal ones look the same.

    Attributes:
        caption: what the picture shows.
        focused: whether the caption names a unit instead of the whole network.
        low, high: the values at the ends of the color scale.
        bands: number of colors, 0 for a smooth scale.
        classes: 2 if the ends of the scale stand for two classes, else 0.
        counts: how many samples each class has, where a legend of the classes takes the place of the scale.
        curve: whether y is drawn over x, without any scale of colors.
        names: what the classes are called, as in the data set.
        hidden: classes whose points are not drawn; in the legend they are faint.
        warning: what is wrong with the data: it takes the place of the caption, unless that names a unit.
    """

    caption: str
    focused: bool = False
    low: float = 0.0
    high: float = 1.0
    bands: int = 0
    classes: int = 0
    counts: tuple[int, ...] = ()
    curve: bool = False
    names: tuple[str, ...] = ()
    hidden: frozenset[int] = frozenset()
    warning: str = ""


def draw_surroundings(
    width: int, height: int, ratio: float, plane: Plane, theme: Theme, font: QFont, shown: Surroundings
) -> QPixmap:
    """Return the surroundings on the ground color, as large as the widget, to be kept and drawn below the picture."""
    pixmap = QPixmap(max(round(width * ratio), 1), max(round(height * ratio), 1))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(color(theme.surface))
    with QPainter(pixmap) as painter:
        paint_surroundings(painter, width, plane, theme, font, shown)
    return pixmap


def paint_surroundings(
    painter: QPainter, width: int, plane: Plane, theme: Theme, font: QFont, shown: Surroundings
) -> None:
    """Draw the surroundings in a picture that is ``width`` wide."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    small = sized(font, theme, 11)
    _draw_ticks(painter, plane, theme, small, shown.curve)
    _draw_caption(painter, plane, theme, sized(font, theme, 12, bold=shown.focused), shown)
    if shown.counts:
        _draw_legend(painter, plane, theme, small, shown, float(width))
    elif not shown.curve:
        _draw_scale(painter, plane, theme, small, shown, float(width))


def _draw_ticks(painter: QPainter, plane: Plane, theme: Theme, font: QFont, curve: bool) -> None:
    metrics = QFontMetricsF(font)
    line, words = QPen(color(theme.outline), 1.0), QPen(color(theme.muted))
    painter.setFont(font)
    bottom = plane.top + plane.side
    # In a small picture every second number is enough.
    every = 1 if plane.unit * 2.0 > 2.2 * metrics.horizontalAdvance("−6") else 3
    for place, tick in enumerate(TICKS):
        at = plane.to_pixel(tick, tick)
        painter.setPen(line)
        painter.drawLine(QLineF(at.x(), bottom, at.x(), bottom + TICK_LENGTH))
        painter.drawLine(QLineF(plane.left - TICK_LENGTH, at.y(), plane.left, at.y()))
        if place % every:
            continue
        painter.setPen(words)
        text = short_number(tick)
        painter.drawText(
            QRectF(at.x() - 20.0, bottom + TICK_LENGTH, 40.0, metrics.height()), Qt.AlignmentFlag.AlignCenter, text
        )
        box = QRectF(plane.left - TICK_LENGTH - 43.0, at.y() - 10.0, 40.0, 20.0)
        up = short_number(tick * CURVE_SCALE) if curve else text
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, up)
    painter.setPen(QPen(color(theme.text)))
    right, above = ("x", "y") if curve else ("x₁", "x₂")
    x1 = QPointF(plane.left + plane.side + 10.0, bottom + TICK_LENGTH + metrics.ascent())
    painter.drawText(x1, right)
    painter.drawText(
        QPointF(plane.left - TICK_LENGTH - 3.0 - metrics.horizontalAdvance(above), plane.top - 10.0), above
    )


def _draw_caption(painter: QPainter, plane: Plane, theme: Theme, font: QFont, shown: Surroundings) -> None:
    metrics = QFontMetricsF(font)
    painter.setFont(font)
    painter.setPen(QPen(color(theme.text if shown.focused else theme.muted)))
    box = QRectF(plane.left, plane.top - metrics.height() - 5.0, plane.side, metrics.height())
    warns = bool(shown.warning) and not shown.focused
    if warns:
        # A dot in the color of trouble before it; the words stay as calm as the caption whose place they take.
        dot = 0.28 * metrics.height()
        painter.setPen(QPen(color(theme.text)))
        text = metrics.elidedText(shown.warning, Qt.TextElideMode.ElideRight, plane.side - 3.0 * dot)
        left = box.center().x() - 0.5 * metrics.horizontalAdvance(text) - 1.2 * dot
        painter.save()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color(theme.problem))
        painter.drawEllipse(QPointF(left, box.center().y()), dot, dot)
        painter.restore()
        box.translate(1.2 * dot, 0.0)
    else:
        text = metrics.elidedText(shown.caption, Qt.TextElideMode.ElideRight, plane.side)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def _draw_scale(painter: QPainter, plane: Plane, theme: Theme, font: QFont, shown: Surroundings, width: float) -> None:
    metrics = QFontMetricsF(font)
    bar = QRectF(plane.left + plane.side + SCALE_GAP, plane.top, SCALE_WIDTH, plane.side)
    low, high = shown.low, shown.high
    steps = np.linspace(1.0, -1.0, 256, dtype=np.float32)[:, None]
    painter.drawImage(bar, field_image(steps, theme, -1.0, 1.0, shown.bands))
    painter.setPen(QPen(color(theme.outline), 1.0))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(bar.adjusted(0.5, 0.5, -0.5, -0.5))
    painter.setFont(font)
    left = bar.right() + 4.0
    height = metrics.height()
    middle = low + 0.5 * (high - low)
    if abs(middle) < SMALLEST_MIDDLE * (high - low):
        # Both ends lie alike on both sides of zero, but for what nobody sees.
        middle = 0.0
    places = ((high, bar.top() - 1.0), (middle, bar.center().y() - 0.5 * height), (low, bar.bottom() - height + 1.0))
    painter.setPen(QPen(color(theme.muted)))
    names_ends = shown.classes == 2 and not shown.focused and plane.side >= 4.0 * height
    # In a small picture with large text the middle would be written over the names of the ends.
    has_middle = plane.side >= (5.2 if names_ends else 3.2) * height
    for text, (value, top) in zip(_fitting([value for value, _ in places], metrics, width - left), places, strict=True):
        if has_middle or value != middle:
            painter.drawText(QPointF(left, top + metrics.ascent()), text)
    if names_ends:
        painter.setPen(QPen(color(theme.text)))
        low_name, high_name = (
            metrics.elidedText(class_name(number, 2, shown.names), Qt.TextElideMode.ElideRight, width - left)
            for number in range(2)
        )
        painter.drawText(QPointF(left, bar.top() - 1.0 + height + metrics.ascent()), high_name)
        painter.drawText(QPointF(left, bar.bottom() + 1.0 - height - metrics.descent()), low_name)


def _fitting(values: list[float], metrics: QFontMetricsF, room: float) -> list[str]:
    """Return ``values`` with three digits, which is what one reads off a scale, or all with fewer if one is too wide.

    They keep one digit at least.
    """
    for digits in (3, 2, 1):
        texts = [short_number(float(f"{value:.{digits}g}")) for value in values]
        if all(metrics.horizontalAdvance(text) <= room for text in texts):
            break
    return texts


def _draw_legend(painter: QPainter, plane: Plane, theme: Theme, font: QFont, shown: Surroundings, width: float) -> None:
    """Draw marker, name and number of samples of every class, the first at the top."""
    metrics, scale, counts = QFontMetricsF(font), theme.text_scale, shown.counts
    row = min(metrics.height() * 2.3, plane.side / len(counts))
    painter.setFont(font)
    left = plane.left + plane.side + SCALE_GAP
    for number, count in enumerate(counts):
        middle = plane.top + (number + 0.5) * row
        center = QPointF(left + 6.0 * scale, middle)
        is_hidden = number in shown.hidden
        painter.setOpacity(FAINT if is_hidden else 1.0)
        draw_class(painter, theme, number, center, min(10.0 * min(scale, 1.4), row))
        painter.setOpacity(1.0)
        if row < 0.8 * metrics.height():
            # Names would be written over each other; the order of the markers says as much.
            continue
        text = left + 15.0 * scale
        # The count stands below the name, or is left out where rows are too low for it.
        has_count = row >= 1.9 * metrics.height()
        up = 0.5 * metrics.height() if has_count else 0.0
        painter.setPen(QPen(color(theme.muted if is_hidden else theme.text)))
        base = middle - up + 0.35 * metrics.ascent()
        name = class_name(number, len(counts), shown.names)
        painter.drawText(QPointF(text, base), metrics.elidedText(name, Qt.TextElideMode.ElideRight, width - text))
        if has_count:
            painter.setPen(QPen(color(theme.muted)))
            painter.drawText(QPointF(text, base + 0.95 * metrics.height()), short_count(count))


def short_count(count: int) -> str:
    """Return a number of samples in at most four characters: 62, 1.2k, 31k."""
    if count < 1_000:
        return str(count)
    return f"{count / 1000.0:.1f}k" if count < 9_950 else f"{count / 1000.0:.0f}k"
