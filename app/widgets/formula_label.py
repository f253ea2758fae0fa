"""Formulas set as in a book, from their LaTeX."""

import re
from collections.abc import Sequence
from functools import lru_cache
from html import unescape

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QWidget

from app.style import css
from app.theme import LIGHT, RGB, Theme
from app.widgets.formula_text import formula_text
from app.widgets.typesetting import typeset

FONT_SIZE, GAP = 15.0, 8
# A formula that is wider than this, in pixels at a text scale of 1, is drawn smaller.
MAXIMUM_WIDTH = 440.0


@lru_cache(maxsize=512)
def formula_picture(latex: str, color: RGB, size: float, ratio: float) -> QImage:
    """Return ``latex`` in ``color``, on nothing, in letters ``size`` pixels high, for a screen of this pixel ratio.

    Setting one takes up to 50 ms, so they are kept.
    """
    formula = typeset(latex, size, css(color))
    width, height = formula.getsize()
    image = QImage(round(width * ratio) + 1, round(height * ratio) + 1, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    renderer = QSvgRenderer(QByteArray(formula.svg().encode()))
    with QPainter(image) as painter:
        renderer.render(painter, QRectF(0.0, 0.0, width * ratio, height * ratio))
    image.setDevicePixelRatio(ratio)
    return image


class FormulaLabel(QWidget):
    """One or more formulas below each other; set when they are first to be seen.

    Args:
        remark: the tooltip: what the letters mean.
    """

    def __init__(self, remark: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._lines: tuple[str, ...] = ()
        self.setAccessibleName("Formula")
        self.setToolTip(remark)

    def set_theme(self, theme: Theme) -> None:
        """Take the colors and sizes to draw with."""
        self._theme = theme
        self.updateGeometry()
        self.update()

    def set_lines(self, lines: Sequence[str]) -> None:
        """Show these LaTeX formulas."""
        self._lines = tuple(lines)
        self.setAccessibleDescription("; ".join(plain_text(line) for line in lines))
        self.updateGeometry()
        self.update()

    def lines(self) -> tuple[str, ...]:
        """Return the LaTeX formulas that are shown."""
        return self._lines

    def sizeHint(self) -> QSize:
        """Return room for all lines, the widest of them made smaller if need be."""
        images = self._images()
        if not images:
            return QSize(0, 0)
        heights = sum(round(image.deviceIndependentSize().height()) for image in images)
        width = max(image.deviceIndependentSize().width() for image in images)
        return QSize(round(width), heights + self._gap() * (len(images) - 1))

    def minimumSizeHint(self) -> QSize:
        """Return the size hint: a formula is shown whole."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the lines."""
        y = 0.0
        with QPainter(self) as painter:
            for image in self._images():
                painter.drawImage(QRectF(0.0, y, *image.deviceIndependentSize().toTuple()), image)
                y += image.deviceIndependentSize().height() + self._gap()

    def _gap(self) -> int:
        return self._theme.pixels(GAP)

    def _images(self) -> list[QImage]:
        return [self._image(line) for line in self._lines]

    def _image(self, line: str) -> QImage:
        size, ratio = FONT_SIZE * self._theme.text_scale, self.devicePixelRatioF()
        image = formula_picture(line, self._theme.text, size, ratio)
        room = MAXIMUM_WIDTH * self._theme.text_scale
        width = image.deviceIndependentSize().width()
        if width <= room:
            return image
        return formula_picture(line, self._theme.text, size * room / width, ratio)


def plain_text(latex: str) -> str:
    """Return ``latex`` for screen readers and searches: without marks of any kind."""
    text = formula_text(latex).replace("<sup>", "^").replace("<sub>", "_")
    return unescape(re.sub(r"<[^>]*>", "", text))
