"""The plots of the scores: given over wanted values, and how often errors or distances of a size occur."""

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from app.frame import Array
from app.theme import RGB, Theme
from app.views.ink import color
from app.views.parameter_text import short_number
from app.views.scores.content import Histogram, Pairs

# So many samples are drawn at most.
MOST_POINTS = 2_000
EDGE = 5.0
# A title may be so wide, even above a small plot.
TITLE_ROOM = 200.0


def draw_pairs(painter: QPainter, box: QRectF, theme: Theme, pairs: Pairs) -> None:
    """Draw what is given over what is wanted; where both have the same unit, also the line of equal values."""
    painter.fillRect(box, color(theme.field))
    finite = np.isfinite(pairs.given)
    wanted, given = (_thinned(each[finite]) for each in (pairs.wanted, pairs.given))
    if len(wanted):
        across, up = (float(wanted.min()), float(wanted.max())), (float(given.min()), float(given.max()))
        if pairs.same_unit:
            across = up = (min(across[0], up[0]), max(across[1], up[1]))
        x = box.left() + EDGE + _shares(wanted, across) * (box.width() - 2.0 * EDGE)
        y = box.bottom() - EDGE - _shares(given, up) * (box.height() - 2.0 * EDGE)
        if pairs.same_unit:
            painter.setPen(QPen(color(theme.muted), 1.0, Qt.PenStyle.DashLine))
            painter.drawLine(QLineF(box.left(), box.bottom(), box.right(), box.top()))
        painter.setPen(QPen(color(theme.positive, 0.7), 3.2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawPoints([QPointF(a, b) for a, b in zip(x.tolist(), y.tolist(), strict=True)])
        _draw_range(painter, box, theme, up, beside=True)
        _draw_range(painter, box, theme, across, beside=False)
    _draw_frame(painter, box, theme)
    _draw_title(painter, box, theme, pairs.title)


def draw_histogram(painter: QPainter, box: QRectF, theme: Theme, histogram: Histogram) -> None:
    """Draw bars; several kinds lie over each other, each as high as its own shares."""
    painter.fillRect(box, color(theme.field))
    inks = {"high": theme.positive, "low": theme.negative}
    count = len(histogram.edges) - 1
    width = box.width() / max(count, 1)
    highest = max((float(shares.max(initial=0.0)) for _, _, shares in histogram.kinds), default=0.0)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    for _, ink, shares in histogram.kinds:
        for number, share in enumerate(shares.tolist()):
            if share <= 0.0:
                continue
            height = max(share / highest * (box.height() - 6.0), 1.0)
            rgb = inks[ink] if ink != "sign" else _by_sign(theme, *histogram.edges[number : number + 2].tolist())
            bar = QRectF(box.left() + number * width, box.bottom() - height, width, height)
            painter.fillRect(bar.adjusted(0.5, 0.0, -0.5, 0.0), color(rgb, 0.85 if len(histogram.kinds) == 1 else 0.55))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    low, high = float(histogram.edges[0]), float(histogram.edges[-1])
    if histogram.mark is not None and low <= histogram.mark[0] <= high:
        x = box.left() + (histogram.mark[0] - low) / (high - low) * box.width()
        painter.setPen(QPen(color(theme.text, 0.8), 1.2, Qt.PenStyle.DashLine))
        painter.drawLine(QLineF(x, box.top(), x, box.bottom()))
        _draw_mark(painter, box, theme, x, histogram.mark[1])
    _draw_range(painter, box, theme, (low, high), beside=False)
    _draw_frame(painter, box, theme)
    if len(histogram.kinds) == 1:
        _draw_title(painter, box, theme, histogram.title)
    else:
        # The kinds need the room above the plot.
        below = QRectF(box.left(), box.bottom() + 1.0, box.width(), _line(painter))
        painter.setPen(color(theme.muted))
        painter.drawText(below, Qt.AlignmentFlag.AlignHCenter, histogram.title)
        _draw_legend(painter, box, theme, [(name, inks[ink]) for name, ink, _ in histogram.kinds])


def _by_sign(theme: Theme, low: float, high: float) -> RGB:
    """Return the color of a bar from ``low`` to ``high``: of too little, of too much, or of about right."""
    if low < 0.0 < high:
        return theme.muted
    return theme.negative if high <= 0.0 else theme.positive


def _thinned(values: Array) -> Array:
    """Return at most 2,000 of ``values``, evenly chosen."""
    return values if len(values) <= MOST_POINTS else values[np.linspace(0, len(values) - 1, MOST_POINTS).astype(int)]


def _shares(values: Array, ends: tuple[float, float]) -> Array:
    """Return where ``values`` lie between ``ends``, 0 … 1; in the middle if both are the same."""
    span = ends[1] - ends[0]
    return (values - ends[0]) / span if 0.0 < span < np.inf else np.full(len(values), 0.5)


def _draw_frame(painter: QPainter, box: QRectF, theme: Theme) -> None:
    painter.setPen(QPen(color(theme.outline), 1.0))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(box)


def _line(painter: QPainter) -> float:
    return QFontMetricsF(painter.font()).height()


def _draw_title(painter: QPainter, box: QRectF, theme: Theme, title: str) -> None:
    painter.setPen(color(theme.muted))
    line = _line(painter)
    text = QFontMetricsF(painter.font()).elidedText(title, Qt.TextElideMode.ElideRight, max(box.width(), TITLE_ROOM))
    painter.drawText(QPointF(box.left(), box.top() - 0.35 * line), text)


def _draw_range(painter: QPainter, box: QRectF, theme: Theme, ends: tuple[float, float], *, beside: bool) -> None:
    painter.setPen(color(theme.muted))
    low, high = (short_number(float(f"{value:.3g}")) for value in ends)
    line = _line(painter)
    if beside:
        place = QRectF(0.0, box.top() - 2.0, box.left() - 4.0, box.height() + 4.0)
        painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, high)
        painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom, low)
        return
    place = QRectF(box.left(), box.bottom() + 1.0, box.width(), line)
    painter.drawText(place, Qt.AlignmentFlag.AlignLeft, low)
    painter.drawText(place, Qt.AlignmentFlag.AlignRight, high)


def _draw_mark(painter: QPainter, box: QRectF, theme: Theme, x: float, text: str) -> None:
    painter.setPen(color(theme.text))
    width = QFontMetricsF(painter.font()).horizontalAdvance(text)
    left = x + 4.0 if x + 4.0 + width < box.right() else x - 4.0 - width
    painter.drawText(QPointF(left, box.top() + _line(painter)), text)


def _draw_legend(painter: QPainter, box: QRectF, theme: Theme, kinds: list[tuple[str, RGB]]) -> None:
    """Name the kinds above the plot, at its right end."""
    metrics, line = QFontMetricsF(painter.font()), _line(painter)
    right = box.right()
    for name, rgb in reversed(kinds):
        width = metrics.horizontalAdvance(name)
        painter.setPen(color(theme.text))
        painter.drawText(QPointF(right - width, box.top() - 0.35 * line), name)
        painter.fillRect(QRectF(right - width - 13.0, box.top() - 0.35 * line - 8.0, 9.0, 9.0), color(rgb, 0.7))
        right -= width + 24.0
