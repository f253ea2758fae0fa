"""The drawn part of the scores: the confusion matrix with a line for each class, or given over wanted values."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.frame import Array
from app.theme import LIGHT, Theme
from app.views.decision.markers import MARKER_DEPTH, class_color, filled
from app.views.decision.shapes import class_name, shape_of
from app.views.ink import blend, color, sized
from app.views.parameter_text import short_number
from app.views.scores.content import Scores
from engine.metrics import f1_scores, precision_and_recall

COLUMNS = (
    ("Precision", "of those taken for the class, how many are it"),
    ("Recall", "of those that are the class, how many were found"),
    ("F1", "the harmonic mean of precision and recall"),
)
MOST_POINTS = 2_000
Counts = NDArray[np.int64]


class ScoresCanvas(QWidget):
    """Draws what there is to draw of ``Scores``; ``hint`` says what lies under the mouse."""

    hint = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._scores: Scores | None = None
        self._pointed = (-1, -1)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(120, 90)

    def sizeHint(self) -> QSize:
        """Return a comfortable size."""
        return QSize(420, 150)

    def set_theme(self, theme: Theme) -> None:
        """Take the colors and sizes."""
        self._theme = theme
        self.update()

    def show_scores(self, scores: Scores | None) -> None:
        """Draw these scores."""
        self._scores = scores
        self.update()

    def matrix(self) -> QRectF:
        """Return where the cells of the matrix (or the plot) lie."""
        scale = self._theme.text_scale
        side = max(20.0, min(self.height() - 26.0 * scale - 4.0, self.width() - 70.0 * scale))
        return QRectF(56.0 * scale, 20.0 * scale, side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the matrix and its table, or the plot."""
        scores, theme = self._scores, self._theme
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setFont(sized(self.font(), theme, 11))
            if scores is None or not scores.count:
                return
            if scores.confusion is not None:
                self._draw_matrix(painter, scores.confusion)
                self._draw_table(painter, scores.confusion)
            elif scores.pairs is not None:
                self._draw_pairs(painter, *scores.pairs)

    def _draw_matrix(self, painter: QPainter, confusion: Counts) -> None:
        theme, box = self._theme, self.matrix()
        count = len(confusion)
        cell = box.width() / count
        rows = np.maximum(confusion.sum(axis=1), 1)
        font = sized(self.font(), theme, min(11.0, 0.46 * cell / theme.text_scale))
        for actual in range(count):
            for taken in range(count):
                share = float(confusion[actual, taken] / rows[actual])
                ink = theme.positive if actual == taken else theme.negative
                place = QRectF(box.left() + taken * cell, box.top() + actual * cell, cell, cell)
                painter.fillRect(place.adjusted(0.5, 0.5, -0.5, -0.5), color(blend(theme.zero, ink, share)))
                if cell > 13.0:
                    bright = share > 0.55
                    ground = (255, 255, 255) if bright and not theme.is_dark else theme.text
                    painter.setPen(color((16, 18, 22) if bright and theme.is_dark else ground))
                    painter.setFont(font)
                    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, f"{confusion[actual, taken]:,}")
        painter.setFont(sized(self.font(), theme, 11))
        for number in range(count):
            self._draw_class(painter, QPointF(box.left() - 12.0, box.top() + (number + 0.5) * cell), number, count)
            self._draw_class(painter, QPointF(box.left() + (number + 0.5) * cell, box.top() - 9.0), number, count)
        painter.setPen(color(theme.muted))
        left = QRectF(0.0, box.top(), box.left() - 22.0, box.height())
        painter.drawText(left, Qt.AlignmentFlag.AlignCenter, "actual")
        painter.setPen(QPen(color(theme.outline), 1.0))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box)

    def _draw_class(self, painter: QPainter, center: QPointF, number: int, count: int) -> None:
        fill = color(class_color(self._theme, number, MARKER_DEPTH))
        filled(painter, shape_of(number), center, 9.0, 1.0, fill, color(self._theme.surface))

    def _draw_table(self, painter: QPainter, confusion: Counts) -> None:
        """Draw precision, recall and F1 of every class in the lines of the matrix."""
        theme, box = self._theme, self.matrix()
        metrics = QFontMetricsF(painter.font())
        left = box.right() + 16.0 * theme.text_scale
        width = metrics.horizontalAdvance("Precision") + 14.0
        if left + 3.0 * width > self.width():
            return
        precision, recall = precision_and_recall(confusion)
        table = np.column_stack((precision, recall, f1_scores(confusion)))
        line = box.height() / len(confusion)
        for column, (name, _) in enumerate(COLUMNS):
            painter.setPen(color(theme.muted))
            head = QRectF(left + column * width, 0.0, width, box.top())
            painter.drawText(head, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, name)
            painter.setPen(color(theme.text))
            for number, value in enumerate(table[:, column].tolist()):
                place = QRectF(left + column * width, box.top() + number * line, width, line)
                shown = "–" if np.isnan(value) else f"{100.0 * value:.1f} %"
                painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, shown)

    def _draw_pairs(self, painter: QPainter, wanted: Array, given: Array) -> None:
        """Draw the given value of up to 2,000 samples over the wanted one, and the line on which both are equal."""
        theme, box = self._theme, self.matrix()
        finite = np.isfinite(given)
        wanted, given = wanted[finite][:MOST_POINTS], given[finite][:MOST_POINTS]
        painter.fillRect(box, color(theme.field))
        painter.setPen(QPen(color(theme.outline), 1.0))
        painter.drawRect(box)
        if not len(wanted):
            return
        low, high = float(wanted.min()), float(wanted.max())
        bottom, top = min(low, float(np.quantile(given, 0.01))), max(high, float(np.quantile(given, 0.99)))
        spans = max(high - low, 1e-9), max(top - bottom, 1e-9)
        x = box.left() + 4.0 + (wanted - low) / spans[0] * (box.width() - 8.0)
        y = np.clip(box.bottom() - 4.0 - (given - bottom) / spans[1] * (box.height() - 8.0), box.top(), box.bottom())
        ends = [box.bottom() - 4.0 - (value - bottom) / spans[1] * (box.height() - 8.0) for value in (low, high)]
        painter.setPen(QPen(color(theme.muted), 1.0, Qt.PenStyle.DashLine))
        painter.drawLine(QLineF(box.left() + 4.0, ends[0], box.right() - 4.0, ends[1]))
        painter.setPen(QPen(color(theme.positive, 0.75), 3.2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawPoints([QPointF(a, b) for a, b in zip(x.tolist(), y.tolist(), strict=True)])
        painter.setPen(color(theme.muted))
        line = 15.0 * theme.text_scale
        above = QRectF(box.left(), box.top() - line - 2.0, self.width() - box.left(), line)
        painter.drawText(above, Qt.AlignmentFlag.AlignLeft, "output over target")
        beside = QRectF(0.0, box.top(), box.left() - 4.0, box.height())
        painter.drawText(beside, Qt.AlignmentFlag.AlignRight, short_number(round(top, 3)))
        corner = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom
        painter.drawText(beside, corner, short_number(round(bottom, 3)))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say what a cell of the matrix counts."""
        scores, box = self._scores, self.matrix()
        at = event.position()
        if scores is None or scores.confusion is None or not scores.count or not box.contains(at):
            self.hint.emit("")
            return
        count = len(scores.confusion)
        taken = min(int((at.x() - box.left()) / box.width() * count), count - 1)
        actual = min(int((at.y() - box.top()) / box.height() * count), count - 1)
        number = int(scores.confusion[actual, taken])
        samples = "1 sample" if number == 1 else f"{number:,} samples"
        verb = "was" if number == 1 else "were"
        own, other = class_name(actual, count), class_name(taken, count)
        taken_for = "rightly recognized" if actual == taken else f"taken for class {other}"
        self.hint.emit(f"{samples} of class {own} {verb} {taken_for}.")

    def leaveEvent(self, event: QEvent) -> None:
        """Forget the mouse."""
        self.hint.emit("")
