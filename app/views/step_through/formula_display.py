"""A formula set as in a book: where its pieces are, and how they are drawn."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.stepping.records import Line, Link
from app.theme import LIGHT, RGB, Theme
from app.views.ink import blend, color
from app.views.step_through.formula_layout import Placed, Setting, place
from app.widgets.math_path import EM, math_path

# Letters are as large as fits well into the width, in pixels at a text scale of 1.
SMALLEST, LARGEST, LETTERS_PER_WIDTH = 17.0, 24.0, 34.0
MARGIN_X, MARGIN_Y, BAR = 16.0, 8.0, 3.0
NAME = "Formula"


class FormulaDisplay(QWidget):
    """Shows lines of tokens.

    Signals:
        seen: a rectangle that should be in sight.
    """

    seen = Signal(QRect)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._lines: tuple[Line, ...] = ()
        # Where everything is, by width: a layout asks for several before it settles on one.
        self._known_settings: dict[int, Setting] = {}
        self._hovered = self._selected = -1
        self._highlight: Link | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    # What others call

    def set_theme(self, theme: Theme) -> None:
        """Take the colors and sizes to draw with."""
        self._theme = theme
        self._rearrange()

    def set_lines(self, lines: Sequence[Line], spoken: str) -> None:
        """Show ``lines``, which a screen reader reads as ``spoken``."""
        self.setAccessibleName(spoken or NAME)
        if tuple(lines) == self._lines:
            return
        self._lines = tuple(lines)
        self._hovered = self._selected = -1
        self._rearrange()

    def set_highlight(self, link: Link | None) -> None:
        """Mark the tokens that come from ``link``; None ends it."""
        if link != self._highlight:
            self._highlight = link
            self.update()

    @property
    def lines(self) -> tuple[Line, ...]:
        """What is shown."""
        return self._lines

    @property
    def highlighted(self) -> tuple[str, ...]:
        """The texts of the tokens that are marked."""
        return tuple(each.token.text for each in self._setting.placed if self._is_marked(each))

    def box_of(self, line: int, number: int) -> QRectF:
        """Return where the token ``number`` of a line is."""
        each = next(each for each in self._setting.placed if (each.line, each.number) == (line, number))
        return each.box.translated(self._origin)

    # Layout

    @property
    def _size(self) -> float:
        scale = self._theme.text_scale
        return min(max(self.width() / LETTERS_PER_WIDTH, SMALLEST * scale), LARGEST * scale)

    @property
    def _origin(self) -> QPointF:
        scale = self._theme.text_scale
        return QPointF(MARGIN_X * scale, MARGIN_Y * scale)

    def _setting_at(self, width: int) -> Setting:
        """Return where everything is at ``width``; worked out when somebody asks."""
        if width not in self._known_settings:
            self._known_settings[width] = self._lay_out(width)
        return self._known_settings[width]

    def _lay_out(self, width: int) -> Setting:
        scale = self._theme.text_scale
        size = min(max(width / LETTERS_PER_WIDTH, SMALLEST * scale), LARGEST * scale)
        return place(self._lines, max(width - 2.0 * MARGIN_X * scale, 4.0 * size), size)

    @property
    def _setting(self) -> Setting:
        """Where everything is at the present width."""
        return self._setting_at(self.width())

    def _rearrange(self) -> None:
        self._known_settings.clear()
        self.updateGeometry()
        self.update()
        if self.isVisible():
            self._bring_into_sight()

    def _bring_into_sight(self) -> None:
        if any(token.is_active for line in self._lines for token in line.tokens):
            active = [each.box for each in self._setting.placed if each.token.is_active]
            box = active[0]
            for other in active[1:]:
                box = box.united(other)
            self.seen.emit(box.translated(self._origin).toAlignedRect())

    def hasHeightForWidth(self) -> bool:
        """Return that the height follows from the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all rows at ``width``."""
        return round(self._setting_at(width).height + 2.0 * MARGIN_Y * self._theme.text_scale)

    def sizeHint(self) -> QSize:
        """Return a comfortable width, and the height at the width that was asked for last.

        Layouts ask for the height at their width; working it out for another one would cost as much as drawing.
        """
        comfortable = QSize(360, 40) * self._theme.text_scale
        if self._known_settings:
            comfortable.setHeight(self.heightForWidth(next(reversed(self._known_settings))))
        return comfortable

    def minimumSizeHint(self) -> QSize:
        """Return a width in which a product can be read."""
        return QSize(round(160 * self._theme.text_scale), round(40 * self._theme.text_scale))

    def showEvent(self, event: QShowEvent) -> None:
        """Bring into sight what came while nobody looked."""
        super().showEvent(event)
        self._bring_into_sight()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the lines anew."""
        if event.size().width() != event.oldSize().width():
            self.update()
            if self.isVisible():
                self._bring_into_sight()

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the marks, then the tokens."""
        pad = self._size
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.translate(self._origin)
            self._paint_results(painter)
            # Of a long sum most is out of sight.
            seen = QRectF(event.rect()).translated(-self._origin).adjusted(-pad, -pad, pad, pad)
            numbers = [n for n, each in enumerate(self._setting.placed) if each.box.intersects(seen)]
            for number in numbers:
                self._paint_mark(painter, number, self._setting.placed[number])
            for number in numbers:
                self._paint_token(painter, self._setting.placed[number])

    def _paint_results(self, painter: QPainter) -> None:
        """Put a quiet ground behind what a line of kind “result” says, row by row."""
        theme, pad = self._theme, 0.22 * self._size
        rows: dict[tuple[int, float], QRectF] = {}
        for each in self._setting.placed:
            if self._lines[each.line].kind == "result":
                key = (each.line, each.y)
                rows[key] = rows[key].united(each.box) if key in rows else each.box
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color(theme.selected))
        for box in rows.values():
            painter.drawRoundedRect(box.adjusted(-2.0 * pad, -pad, 2.0 * pad, pad), 6.0, 6.0)

    def _paint_mark(self, painter: QPainter, number: int, each: Placed) -> None:
        theme, pad = self._theme, 0.12 * self._size
        box = each.box.adjusted(-pad, -pad, pad, pad)
        if each.token.is_active:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color(blend(theme.surface, theme.accent, 0.22)))
            painter.drawRoundedRect(box, 5.0, 5.0)
            painter.setBrush(color(theme.accent))
            painter.drawRoundedRect(QRectF(box.left(), box.bottom() - BAR, box.width(), BAR), 1.5, 1.5)
        is_pointed = number == self._hovered or (number == self._selected and self.hasFocus())
        if self._is_marked(each) or is_pointed:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(color(theme.focus if is_pointed else theme.accent), 2.0 if is_pointed else 1.6))
            painter.drawRoundedRect(box, 5.0, 5.0)

    def _paint_token(self, painter: QPainter, each: Placed) -> None:
        shape = math_path(each.token.latex)
        painter.save()
        painter.translate(each.x, each.y)
        painter.scale(self._size / EM, self._size / EM)
        painter.fillPath(shape.outline, color(self._ink(each)))
        painter.restore()

    def _ink(self, each: Placed) -> RGB:
        theme, token = self._theme, each.token
        if token.is_active or self._lines[each.line].kind != "symbols" or self._is_marked(each):
            return theme.text
        return blend(theme.text, theme.muted, 0.6)

    def _is_marked(self, each: Placed) -> bool:
        """Return whether ``each`` comes from what is pointed at here, or elsewhere."""
        link = each.token.link
        return link is not None and link in (self._highlight, self._pointed_link())

    def _pointed(self) -> int:
        return self._hovered if self._hovered >= 0 else (self._selected if self.hasFocus() else -1)

    def _pointed_link(self) -> Link | None:
        number = self._pointed()
        return self._setting.placed[number].token.link if number >= 0 else None
