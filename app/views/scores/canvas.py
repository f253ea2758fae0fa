"""The drawn part of the scores: the confusion matrix with a line for each class, or plots of values."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.metric_text import metric_text
from app.theme import LIGHT, Theme
from app.views.decision.markers import draw_class
from app.views.decision.shapes import class_name
from app.views.ink import blend, color, sized
from app.views.scores.content import Scores
from app.views.scores.plots import draw_histogram, draw_pairs

# Room for “predicted”, markers and numbers around the matrix or the plot (text scale 1).
LEFT, TOP, BOTTOM = 62.0, 22.0, 16.0
# The histogram is at most so many times as wide as it is high.
WIDEST = 4.5
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
        before = self._scores
        counts = [None if each is None or each.confusion is None else len(each.confusion) for each in (before, scores)]
        if counts[0] != counts[1]:
            # The cell under the mouse may be no more.
            self._pointed = (-1, -1)
        self._scores = scores
        self.update()

    def matrix(self) -> QRectF:
        """Return where the cells of the matrix (or the plot) lie."""
        scale = self._theme.text_scale
        side = max(20.0, min(self.height() - (TOP + BOTTOM) * scale, self.width() - (LEFT + 14.0) * scale))
        return QRectF(LEFT * scale, TOP * scale, side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the matrix and its table, or the plots."""
        scores, theme = self._scores, self._theme
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setFont(sized(self.font(), theme, 11))
            if scores is None or not scores.count:
                return
            if scores.confusion is not None:
                self._draw_matrix(painter, scores.confusion)
                self._draw_table(painter, scores)
                return
            if scores.pairs is not None:
                draw_pairs(painter, self.matrix(), theme, scores.pairs)
            box = self.histogram_box(scores)
            if scores.histogram is not None and box is not None:
                draw_histogram(painter, box, theme, scores.histogram)

    def histogram_box(self, scores: Scores) -> QRectF | None:
        """Return where the histogram lies: beside the plot if there is one; None without room for it."""
        box, scale = self.matrix(), self._theme.text_scale
        left = box.right() + 34.0 * scale if scores.pairs is not None else 10.0 * scale
        width = min(self.width() - left - 8.0, WIDEST * box.height())
        return QRectF(left, box.top(), width, box.height()) if width > 90.0 * scale else None

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
        middle = Qt.AlignmentFlag.AlignVCenter
        left = QRectF(0.0, box.top(), box.left() - 22.0, box.height())
        painter.drawText(left, Qt.AlignmentFlag.AlignRight | middle, "actual")
        above = QRectF(0.0, 0.0, box.left() - 4.0, box.top() + 4.0)
        painter.drawText(above, Qt.AlignmentFlag.AlignRight | middle, "predicted")
        painter.setPen(QPen(color(theme.outline), 1.0))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box)
        self._draw_pointed(painter, box, cell)

    def _draw_pointed(self, painter: QPainter, box: QRectF, cell: float) -> None:
        """Frame the row and the column that cross in the cell under the mouse."""
        actual, taken = self._pointed
        if actual < 0:
            return
        painter.setPen(QPen(color(self._theme.text, 0.6), 1.0))
        painter.drawRect(QRectF(box.left(), box.top() + actual * cell, box.width(), cell))
        painter.drawRect(QRectF(box.left() + taken * cell, box.top(), cell, box.height()))
        painter.setPen(QPen(color(self._theme.text), 2.0))
        painter.drawRect(QRectF(box.left() + taken * cell, box.top() + actual * cell, cell, cell))

    def _draw_class(self, painter: QPainter, center: QPointF, number: int, count: int) -> None:
        draw_class(painter, self._theme, number, center, 9.0)

    def _table(self, scores: Scores) -> QRectF | None:
        """Return where precision, recall and so on stand, without their heads; None without room or classes."""
        if scores.confusion is None:
            return None
        box, scale = self.matrix(), self._theme.text_scale
        metrics = QFontMetricsF(sized(self.font(), self._theme, 11))
        left = box.right() + 16.0 * scale
        width = len(scores.columns) * (metrics.horizontalAdvance("Precision") + 14.0)
        return QRectF(left, box.top(), width, box.height()) if left + width <= self.width() else None

    def _draw_table(self, painter: QPainter, scores: Scores) -> None:
        """Draw precision, recall and so on of every class in the lines of the matrix."""
        table, theme = self._table(scores), self._theme
        if table is None or scores.confusion is None:
            return
        width, line = table.width() / len(scores.columns), table.height() / len(scores.confusion)
        where = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for column, (name, _, values) in enumerate(scores.columns):
            left = table.left() + column * width
            painter.setPen(color(theme.muted))
            painter.drawText(QRectF(left, 0.0, width, table.top()), where, name)
            for number, value in enumerate(values.tolist()):
                painter.setPen(color(theme.text))
                painter.drawText(QRectF(left, table.top() + number * line, width, line), where, metric_text(value, "%"))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say what a cell of the matrix counts, or what a column of the table means."""
        scores, box, at = self._scores, self.matrix(), event.position()
        if scores is None or scores.confusion is None or not scores.count:
            self._point_at((-1, -1), "")
            return
        count = len(scores.confusion)
        table = self._table(scores)
        if table is not None and table.left() <= at.x() < table.right():
            name, remark, _ = scores.columns[int((at.x() - table.left()) / table.width() * len(scores.columns))]
            self._point_at((-1, -1), f"{name}: {remark[:1].lower()}{remark[1:]}")
            return
        if not box.contains(at):
            self._point_at((-1, -1), "")
            return
        taken = min(int((at.x() - box.left()) / box.width() * count), count - 1)
        actual = min(int((at.y() - box.top()) / box.height() * count), count - 1)
        number = int(scores.confusion[actual, taken])
        samples = "1 sample" if number == 1 else f"{number:,} samples"
        verb = "was" if number == 1 else "were"
        own, other = (class_name(each, count, scores.class_names) for each in (actual, taken))
        taken_for = "rightly recognized" if actual == taken else f"taken for class {other}"
        self._point_at((actual, taken), f"{samples} of class {own} {verb} {taken_for}.")

    def _point_at(self, cell: tuple[int, int], sentence: str) -> None:
        if cell != self._pointed:
            self._pointed = cell
            self.update()
        self.hint.emit(sentence)

    def leaveEvent(self, event: QEvent) -> None:
        """Forget the mouse."""
        self._point_at((-1, -1), "")
