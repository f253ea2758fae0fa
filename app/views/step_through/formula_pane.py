"""The formula of one place, set as in a book: symbols, numbers, result; its pieces know where they come from."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from app.stepping.records import Line, Link, Token
from app.theme import LIGHT, RGB, Theme
from app.views.ink import blend, color
from app.views.step_through.formula_copy import as_latex, as_text, full_number, in_full
from app.views.step_through.formula_layout import Placed, Setting, place
from app.widgets.math_path import EM, math_path

# Letters are as large as fits well into the width, in pixels at a text scale of 1.
SMALLEST, LARGEST, LETTERS_PER_WIDTH = 17.0, 24.0, 34.0
MARGIN_X, MARGIN_Y, BAR = 16.0, 8.0, 3.0
NAME = "Formula"
HELP = "The arrow keys go from piece to piece. Ctrl C copies, the context menu offers LaTeX and all digits."
_MOVES = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_ROWS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_EDGES = (Qt.Key.Key_Home, Qt.Key.Key_End)


class FormulaPane(QWidget):
    """Shows lines of tokens.

    Signals:
        token_hovered: the Link of the token that is pointed at, by mouse or keyboard, or None.
        hint: one line about it.
        seen: a rectangle that should be in sight.
    """

    token_hovered = Signal(object)
    hint = Signal(str)
    seen = Signal(QRect)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._lines: tuple[Line, ...] = ()
        self._setting = Setting((), 0.0, 0.0)
        self._hovered = self._selected = -1
        self._highlight: Link | None = None
        self._told: tuple[Link | None, str] = (None, "")
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(NAME)
        self.setAccessibleDescription(HELP)
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
        self._tell()

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

    def _lay_out(self, width: int) -> Setting:
        scale = self._theme.text_scale
        size = min(max(width / LETTERS_PER_WIDTH, SMALLEST * scale), LARGEST * scale)
        return place(self._lines, max(width - 2.0 * MARGIN_X * scale, 4.0 * size), size)

    def _rearrange(self) -> None:
        self._setting = self._lay_out(self.width())
        self.updateGeometry()
        self.update()
        active = [each.box for each in self._setting.placed if each.token.is_active]
        if active:
            box = active[0]
            for other in active[1:]:
                box = box.united(other)
            self.seen.emit(box.translated(self._origin).toAlignedRect())

    def hasHeightForWidth(self) -> bool:
        """Return that the height follows from the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all rows at ``width``."""
        setting = self._setting if width == self.width() else self._lay_out(width)
        return round(setting.height + 2.0 * MARGIN_Y * self._theme.text_scale)

    def sizeHint(self) -> QSize:
        """Return the height at the present width."""
        return QSize(round(360 * self._theme.text_scale), self.heightForWidth(max(self.width(), 200)))

    def minimumSizeHint(self) -> QSize:
        """Return a width in which a product can be read."""
        return QSize(round(160 * self._theme.text_scale), round(40 * self._theme.text_scale))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the lines anew."""
        if event.size().width() != event.oldSize().width():
            self._rearrange()

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the marks, then the tokens."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.translate(self._origin)
            self._paint_results(painter)
            for number, each in enumerate(self._setting.placed):
                self._paint_mark(painter, number, each)
            for each in self._setting.placed:
                self._paint_token(painter, each)

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

    # Pointing

    def _pointed(self) -> int:
        return self._hovered if self._hovered >= 0 else (self._selected if self.hasFocus() else -1)

    def _pointed_link(self) -> Link | None:
        number = self._pointed()
        return self._setting.placed[number].token.link if number >= 0 else None

    def _tell(self) -> None:
        """Tell everyone what is pointed at."""
        number = self._pointed()
        token = self._setting.placed[number].token if number >= 0 else None
        hint = "" if token is None else token.text
        if token is not None and token.value is not None:
            full = full_number(token.value).replace("-", "−")
            hint = full if full == token.text else f"{token.text}, with all digits {full}"
        told = (self._pointed_link(), hint)
        if told[0] != self._told[0]:
            self.token_hovered.emit(told[0])
        if told[1] != self._told[1]:
            self.hint.emit(told[1])
        self._told = told
        self.update()

    def _token_at(self, position: QPointF) -> int:
        pad = 0.12 * self._size
        point = position - self._origin
        for number, each in enumerate(self._setting.placed):
            if each.box.adjusted(-pad, -pad, pad, pad).contains(point):
                return number
        return -1

    def _set_hovered(self, number: int) -> None:
        if number != self._hovered:
            self._hovered = number
            self._tell()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Mark the token under the mouse, and all that come from the same place."""
        self._set_hovered(self._token_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the mouse any more."""
        self._set_hovered(-1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select the token under the mouse, for the keys."""
        self._select(self._token_at(event.position()))

    def _select(self, number: int) -> None:
        self._selected = number
        if number >= 0:
            token = self._setting.placed[number].token
            self.setAccessibleDescription(f"{token.spoken or token.text}. {HELP}")
            self.seen.emit(self._setting.placed[number].box.translated(self._origin).toAlignedRect())
        self._tell()

    # Keyboard

    def event(self, event: QEvent) -> bool:
        """Keep the arrow keys and copying from the window's shortcuts while this has the focus."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            moves = event.key() in (*_MOVES, *_ROWS, *_EDGES) and not event.modifiers()
            if moves or event.matches(QKeySequence.StandardKey.Copy):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from token to token, or copy."""
        key = Qt.Key(event.key())
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_text()
        elif event.modifiers() or not self._setting.placed:
            super().keyPressEvent(event)
        elif key in _MOVES:
            self._select(self._next(_MOVES[key]))
        elif key in _ROWS:
            self._select(self._below(_ROWS[key]))
        elif key in _EDGES:
            self._select(0 if key == Qt.Key.Key_Home else len(self._setting.placed) - 1)
        elif key == Qt.Key.Key_Escape and self._selected >= 0:
            self._select(-1)
        else:
            super().keyPressEvent(event)

    def _next(self, step: int) -> int:
        """Return the next token to the right or left that is more than a sign."""
        placed = self._setting.placed
        number = self._selected + step if self._selected >= 0 else (0 if step > 0 else len(placed) - 1)
        while 0 <= number < len(placed):
            if _says_something(placed[number].token):
                return number
            number += step
        return max(self._selected, 0)

    def _below(self, step: int) -> int:
        """Return the nearest token of a row below or above that is more than a sign."""
        placed = self._setting.placed
        if self._selected < 0:
            return self._next(1)
        own = placed[self._selected].box.center()

        def distance(number: int) -> float:
            center = placed[number].box.center()
            return abs(center.y() - own.y()) + 2.0 * abs(center.x() - own.x())

        def lies_there(each: Placed) -> bool:
            box = placed[self._selected].box
            return each.box.top() >= box.bottom() if step > 0 else each.box.bottom() <= box.top()

        there = [number for number, each in enumerate(placed) if lies_there(each) and _says_something(each.token)]
        return min(there, key=distance, default=self._selected)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Select something when Tab arrives, so that one sees where one is."""
        super().focusInEvent(event)
        if (
            self._selected < 0
            and self._setting.placed
            and event.reason()
            in (
                Qt.FocusReason.TabFocusReason,
                Qt.FocusReason.BacktabFocusReason,
            )
        ):
            self._select(self._next(1))
        self._tell()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """What was selected is no longer pointed at."""
        super().focusOutEvent(event)
        self._tell()

    # Copying

    def copy_text(self) -> None:
        """Copy the formula as plain text."""
        _copy(as_text(self._lines))

    def copy_latex(self) -> None:
        """Copy the formula as LaTeX."""
        _copy(as_latex(self._lines))

    def copy_in_full(self) -> None:
        """Copy the formula as plain text, its numbers with all digits."""
        _copy(in_full(self._lines))

    def menu(self, number: int) -> QMenu:
        """Return what can be done with the formula, and with its token ``number`` (−1 for none)."""
        menu = QMenu(self)
        value = self._setting.placed[number].token.value if number >= 0 else None
        if value is not None:
            text = full_number(value)
            menu.addAction(f"Copy {text.replace('-', '−')}", lambda: _copy(text))
            menu.addSeparator()
        copy = menu.addAction("Copy as text", self.copy_text)
        copy.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
        menu.addAction("Copy as LaTeX", self.copy_latex)
        menu.addAction("Copy with all digits", self.copy_in_full)
        return menu

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer to copy."""
        if not self._lines:
            return
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        number = self._token_at(QPointF(event.pos())) if by_mouse else self._selected
        at = event.globalPos()
        if not by_mouse and number >= 0:
            corner = self._setting.placed[number].box.translated(self._origin).bottomLeft()
            at = self.mapToGlobal(QPoint(round(corner.x()), round(corner.y())))
        menu = self.menu(number)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(at)


def _says_something(token: Token) -> bool:
    return token.link is not None or token.value is not None or any(map(str.isalnum, token.text))


def _copy(text: str) -> None:
    QGuiApplication.clipboard().setText(text)
