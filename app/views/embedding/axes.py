"""The axes of the embedding: round numbers, quiet lines at them, and the names of both outputs."""

import math

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen

from app.theme import Theme
from app.views.embedding.frame_range import CalmRange
from app.views.ink import color, sized
from app.views.parameter_text import short_number

# Pixels from one number to the next, at least (text scale 1).
TICK_ROOM = 46.0
TICK_LENGTH = 4.0


def round_ticks(low: float, high: float, most: int) -> list[float]:
    """Return about ``most`` multiples of 1, 2 or 5 times a power of ten from ``low`` to ``high``."""
    span = high - low
    if not (math.isfinite(span) and span > 0.0):
        return []
    rough = span / max(most, 1)
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(times * power for times in (1.0, 2.0, 5.0, 10.0) if times * power >= rough * (1.0 - 1e-9))
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [float(f"{number * step:.12g}") for number in range(first, last + 1)]


def ticks_in(range_: CalmRange, box: QRectF, theme: Theme) -> tuple[list[float], list[float]]:
    """Return the round numbers along both axes for which there is room."""
    most = int(box.width() / (TICK_ROOM * theme.text_scale))
    low, high = range_.center - range_.half, range_.center + range_.half
    across, up = (round_ticks(float(low[axis]), float(high[axis]), most) for axis in (0, 1))
    return across, up


def draw_lines(painter: QPainter, box: QRectF, range_: CalmRange, theme: Theme, *, flat: bool) -> None:
    """Draw quiet lines at round numbers; only upright ones if the embedding is ``flat``: of one dimension."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    across, up = ticks_in(range_, box, theme)
    painter.setPen(QPen(color(theme.border, 0.55), 1.0))
    painter.drawLines([QLineF(x, box.top(), x, box.bottom()) for x in _places(across, box, range_, 0)])
    if not flat:
        painter.drawLines([QLineF(box.left(), y, box.right(), y) for y in _places(up, box, range_, 1)])
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)


def draw_axes(painter: QPainter, box: QRectF, range_: CalmRange, theme: Theme, font: QFont, *, flat: bool) -> None:
    """Draw ticks, numbers and names around ``box``."""
    painter.setFont(sized(font, theme, 11))
    metrics = QFontMetricsF(painter.font())
    across, up = ticks_in(range_, box, theme)
    line, words = QPen(color(theme.outline), 1.0), QPen(color(theme.muted))
    for value, x in zip(across, _places(across, box, range_, 0), strict=True):
        painter.setPen(line)
        painter.drawLine(QLineF(x, box.bottom(), x, box.bottom() + TICK_LENGTH))
        painter.setPen(words)
        place = QRectF(x - 40.0, box.bottom() + TICK_LENGTH, 80.0, metrics.height())
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, short_number(value))
    for value, y in zip(up, _places(up, box, range_, 1), strict=True):
        if flat:
            break
        painter.setPen(line)
        painter.drawLine(QLineF(box.left() - TICK_LENGTH, y, box.left(), y))
        painter.setPen(words)
        place = QRectF(box.left() - TICK_LENGTH - 63.0, y - 10.0, 60.0, 20.0)
        painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, short_number(value))
    painter.setPen(QPen(color(theme.text)))
    painter.drawText(QPointF(box.right() + 8.0, box.bottom() + TICK_LENGTH + metrics.ascent()), "y" if flat else "y₁")
    if not flat:
        painter.drawText(QPointF(box.left() - metrics.horizontalAdvance("y₂") - 4.0, box.top() - 6.0), "y₂")


def _places(values: list[float], box: QRectF, range_: CalmRange, axis: int) -> list[float]:
    """Return where ``values`` lie along an axis, in whole pixels and a half, so that lines are sharp."""
    scale = box.width() / (2.0 * range_.half)
    shifted = (np.asarray(values) - range_.center[axis]) * scale
    at = box.center().x() + shifted if axis == 0 else box.center().y() - shifted
    return [float(value) for value in np.floor(at) + 0.5]
