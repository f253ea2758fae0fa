"""The layers as matrices of cells, each with the norm of its gradient above, so that a vanishing one is seen."""

import numpy as np
from PySide6.QtCore import QLine, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from app.frame import Array, Frame
from app.metric_text import UNKNOWN
from app.pixels import image_of
from app.theme import LIGHT, Theme
from app.views.decision.markers import draw_class
from app.views.gradients.geometry import (
    GAP,
    HEADER,
    MARGIN,
    NARROWEST,
    TITLE,
    Matrix,
    arrange,
)
from app.views.gradients.naming import names_of
from app.views.gradients.norms import bar_share, gradient_norms
from app.views.ink import color, sized
from app.views.parameter_text import number_text, place_of
from app.views.quantities import GRADIENTS, QUANTITIES, end_text, is_hidden, scale_of, values_of
from app.widgets.scale_legend import ScaleLegend
from app.widgets.segmented import SegmentedControl
from engine.experiment import Experiment
from engine.parameters import Layout, layout

COMMON, PER_LAYER = "common", "layer"
SCALES = (
    (COMMON, "Common scale", "One scale for all layers: shows which layers have the largest numbers."),
    (PER_LAYER, "Per layer", "Each layer on its own scale: shows the pattern inside layers with small numbers."),
)
SMALLEST_WITH_LINES, SMALLEST_WITH_MARKER = 6, 7
HIDDEN = ("The gradients are yours to find.", "Yours to find.")


class MatrixDisplay(QWidget):
    """Draws weights, gradients or updates of all layers side by side, below the controls that choose among them.

    Which cell is pointed at or selected is marked; the view finds it out that builds on this.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._theme = LIGHT
        self._layout: Layout = layout(Experiment().network)
        # How many classes have an output, and so a row in the last matrix, of their own.
        self._classes = 0
        self._frame: Frame | None = None
        self._matrices: tuple[Matrix, ...] = ()
        self._hovered = self._selected = self._highlighted = self._pointed = -1
        self.quantity = SegmentedControl("Matrices show", QUANTITIES, GRADIENTS, self)
        self.quantity.chosen.connect(self._redraw)
        self.scale = SegmentedControl("Color scale", SCALES, COMMON, self)
        self.scale.chosen.connect(self._redraw)
        self.legend = ScaleLegend(self)
        self.set_theme(LIGHT)

    def set_theme(self, theme: Theme) -> None:
        """Take the colors and the text size."""
        self._theme = theme
        for part in (self.quantity, self.scale, self.legend):
            part.set_theme(theme)
        self._rearrange()

    def highlight_parameter(self, index: int) -> None:
        """Outline the cell of this flat index; −1 ends it."""
        index = index if 0 <= index < self._layout.parameter_count else -1
        if index != self._highlighted:
            self._highlighted = index
            self._update_matrices()

    def cell_of(self, index: int) -> QRect:
        """Return where the cell of the parameter ``index`` is."""
        place = place_of(self._layout, index)
        x, y, side = self._matrices[place.layer].cell_of(place)
        return QRect(x, y, side, side)

    def sizeHint(self) -> QSize:
        """Return the size it has in a small window."""
        return QSize(1200, 190)

    def minimumSizeHint(self) -> QSize:
        """Return the size below which nothing could be told apart."""
        return QSize(320, 120)

    # Layout and painting

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay everything out anew."""
        self._rearrange()

    def _rearrange(self) -> None:
        scale = self._theme.text_scale
        self._matrices = arrange(self._layout, float(self.width()), float(self.height()), scale)
        middle = round(HEADER * scale / 2.0) + 1
        self.quantity.move(round(MARGIN) - 2, middle - self.quantity.height() // 2)
        self.scale.move(self.quantity.geometry().right() + 14, middle - self.scale.height() // 2)
        self._update_legend()
        self.update()

    def _redraw(self) -> None:
        self._update_legend()
        self.update()

    def _update_matrices(self) -> None:
        # The controls stay as they are, unless the numbers written beside them have changed.
        top = int(HEADER * self._theme.text_scale) if self._pointed < 0 and not self._hides_gradient else 0
        self.update(QRect(0, top, self.width(), self.height() - top))

    def _update_legend(self) -> None:
        if self.scale.current == COMMON:
            end = end_text(self._frame, self.quantity.current, scale_of(self._values()))
            self.legend.show_ends(f"−{end}", f"+{end}")
        else:
            self.legend.show_ends("−max", "+max")
        size = self.legend.sizeHint()
        x = round(self.width() - MARGIN - size.width())
        self.legend.setVisible(x > self.scale.geometry().right() + 8)
        middle = round(HEADER * self._theme.text_scale / 2.0) + 1
        self.legend.setGeometry(x, middle - size.height() // 2, size.width(), size.height())

    @property
    def _hides_gradient(self) -> bool:
        return self._frame is not None and self._frame.hidden.gradient

    def _values(self) -> Array:
        if self._frame is None or is_hidden(self._frame, self.quantity.current):
            return np.zeros(self._layout.parameter_count)
        return values_of(self._frame, self.quantity.current)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw every layer: title, norm, cells; then what is pointed at."""
        theme, values = self._theme, self._values()
        gradient = self._frame.gradient if self._frame is not None else np.zeros(self._layout.parameter_count)
        hidden = self._hides_gradient
        norms = gradient_norms(self._layout, gradient)
        largest = max((norm for norm in norms if np.isfinite(norm)), default=0.0)
        common = scale_of(values) if self.scale.current == COMMON else 0.0
        with QPainter(self) as painter:
            painter.fillRect(event.rect(), color(theme.surface))
            self._paint_name(painter)
            for matrix, norm in zip(self._matrices, norms, strict=True):
                told = UNKNOWN if hidden else number_text(norm)
                self._paint_texts(painter, matrix, told, 0.0 if hidden else bar_share(norm, largest))
                self._paint_cells(painter, matrix, values, common)
            self._paint_classes(painter, self._matrices[-1])
            for index, pen in (
                (self._selected if self.hasFocus() else -1, QPen(color(theme.accent), 2.0)),
                (self._highlighted, QPen(color(theme.text), 2.0)),
                (self._hovered, QPen(color(theme.text), 2.0)),
            ):
                if index >= 0:
                    painter.setPen(pen)
                    painter.setBrush(Qt.BrushStyle.NoBrush)
                    painter.drawRect(self.cell_of(index).adjusted(-1, -1, 0, 0))

    def _paint_name(self, painter: QPainter) -> None:
        """Write what is pointed at between the controls and the legend, where it hides nothing, as long as fits."""
        left = self.scale.geometry().right() + 18.0
        right = (self.legend.x() if self.legend.isVisible() else self.width()) - 12.0
        font = sized(self.font(), self._theme, 11.5)
        metrics = QFontMetricsF(font)
        names = names_of(self._layout, self._frame, self._pointed, self.quantity.current)
        if not names and self._hides_gradient:
            names = HIDDEN
        text = next((name for name in names if metrics.horizontalAdvance(name) <= right - left), "")
        painter.setFont(font)
        painter.setPen(color(self._theme.text))
        box = QRectF(left, 0.0, right - left, HEADER * self._theme.text_scale + 2.0)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)

    def _paint_texts(self, painter: QPainter, matrix: Matrix, norm: str, share: float) -> None:
        theme, scale = self._theme, self._theme.text_scale
        y = HEADER * scale
        last = matrix.layer == len(self._layout.layers) - 1
        name = "Output" if last else f"Layer {matrix.layer + 1}"
        font = sized(self.font(), theme, 11.0, bold=True)
        painter.setFont(font)
        painter.setPen(color(theme.text))
        box = QRectF(matrix.left, y, matrix.width, TITLE * scale)
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(box, middle, name)
        used = QFontMetricsF(font).horizontalAdvance(name) + 7.0
        small = sized(self.font(), theme, 10.5)
        size = f"{matrix.rows} × {matrix.columns}"
        painter.setFont(small)
        painter.setPen(color(theme.muted))
        if used + QFontMetricsF(small).horizontalAdvance(size) <= matrix.width + GAP:
            painter.drawText(box.adjusted(used, 0.0, GAP, 0.0), middle, size)
        line = QRectF(matrix.left, y + TITLE * scale - 2.0, matrix.width, 15.0 * scale)
        painter.drawText(line, middle, f"‖g‖ {norm}")
        bar = QRectF(matrix.left, line.bottom() + 1.0, min(matrix.width, NARROWEST * scale), 3.0)
        painter.fillRect(bar, color(theme.border, 0.6))
        painter.fillRect(QRectF(bar.left(), bar.top(), bar.width() * share, bar.height()), color(theme.muted))

    def _paint_cells(self, painter: QPainter, matrix: Matrix, values: Array, common: float) -> None:
        weights = self._layout.weights(values, matrix.layer)
        biases = self._layout.biases(values, matrix.layer)
        end = common or scale_of(np.concatenate((weights.ravel(), biases)))
        side, rows = matrix.cell, matrix.rows
        parts = [(weights, QRect(matrix.x, matrix.y, side * matrix.columns, side * rows))]
        if matrix.bias_x >= 0:
            parts.append((biases[:, None], QRect(matrix.bias_x, matrix.y, side, side * rows)))
        lines: list[QLine] = []
        for part, box in parts:
            painter.drawImage(box, image_of(self._theme.colors_of(part, -end, end)))
            if side >= SMALLEST_WITH_LINES:
                right, bottom = box.left() + box.width() - 1, box.top() + box.height() - 1
                lines.extend(QLine(box.left(), y, right, y) for y in range(box.top() + side - 1, bottom + 1, side))
                lines.extend(QLine(x, box.top(), x, bottom) for x in range(box.left() + side - 1, right + 1, side))
        painter.setPen(QPen(color(self._theme.surface), 1))
        painter.drawLines(lines)
        painter.setPen(QPen(color(self._theme.border), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for _, box in parts:
            painter.drawRect(box.adjusted(-1, -1, 0, 0))

    def _paint_classes(self, painter: QPainter, matrix: Matrix) -> None:
        """Draw at the right of each row of the output layer the marker of the class it speaks for."""
        if self._classes != matrix.rows or matrix.cell < SMALLEST_WITH_MARKER:
            return
        side = min(0.7 * matrix.cell, 9.0 * self._theme.text_scale)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number in range(matrix.rows):
            center = QPointF(matrix.right + 5.0 + side / 2.0, matrix.y + (number + 0.5) * matrix.cell)
            draw_class(painter, self._theme, number, center, side)
        painter.restore()
