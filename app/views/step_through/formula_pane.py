"""The formula of one place, set as in a book: symbols, numbers, result; its pieces know where they come from."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
)
from PySide6.QtWidgets import QMenu, QWidget

from app.stepping.records import Line, Link, Token
from app.views.step_through.formula_copy import as_latex, as_text, full_number, in_full
from app.views.step_through.formula_display import NAME, FormulaDisplay
from app.views.step_through.formula_layout import Placed

HELP = "The arrow keys go from piece to piece. Ctrl C copies, the context menu offers LaTeX and all digits."
MORE = "Terms are left out here: a click, Enter or Shift T shows all of them."
_MOVES = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_ROWS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_EDGES = (Qt.Key.Key_Home, Qt.Key.Key_End)


class FormulaPane(FormulaDisplay):
    """Lets one point at the pieces of a formula, by mouse and by keys, and copy it.

    Signals:
        token_hovered: the Link of the token that is pointed at, by mouse or keyboard, or None.
        hint: one line about it.
        more_wanted: the dots in the place of what is left out were clicked.

    ``whole`` makes the lines with nothing left out, for the clipboard, where those that are shown are shortened.
    """

    token_hovered = Signal(object)
    hint = Signal(str)
    more_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._told: tuple[Link | None, str] = (None, "")
        self.whole: Callable[[], Sequence[Line]] | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(NAME)
        self.setAccessibleDescription(HELP)

    def set_lines(self, lines: Sequence[Line], spoken: str) -> None:
        """Show ``lines``, which a screen reader reads as ``spoken``."""
        if tuple(lines) == self.lines:
            self.setAccessibleName(spoken or NAME)
            return
        super().set_lines(lines, spoken)
        self.unsetCursor()
        self._tell()

    # Pointing

    def _tell(self) -> None:
        """Tell everyone what is pointed at."""
        number = self._pointed()
        token = self._setting.placed[number].token if number >= 0 else None
        hint = "" if token is None else MORE if _is_left_out(token) else token.text
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
            if number >= 0 and _is_left_out(self._setting.placed[number].token):
                self.setCursor(Qt.CursorShape.PointingHandCursor)
            else:
                self.unsetCursor()
            self._tell()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Mark the token under the mouse, and all that come from the same place."""
        self._set_hovered(self._token_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the mouse any more."""
        self._set_hovered(-1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select the token under the mouse, for the keys; dots are replaced by what they stand for."""
        number = self._token_at(event.position())
        self._select(number)
        if number >= 0 and _is_left_out(self._setting.placed[number].token):
            self.more_wanted.emit()

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
        elif key in _ENTER and self._selected >= 0 and _is_left_out(self._setting.placed[self._selected].token):
            self.more_wanted.emit()
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
        _copy(as_text(self._all_lines()))

    def copy_latex(self) -> None:
        """Copy the formula as LaTeX."""
        _copy(as_latex(self._all_lines()))

    def copy_in_full(self) -> None:
        """Copy the formula as plain text, its numbers with all digits."""
        _copy(in_full(self._all_lines()))

    def _all_lines(self) -> Sequence[Line]:
        return self._lines if self.whole is None else self.whole()

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


def _is_left_out(token: Token) -> bool:
    return "…" in token.text


def _says_something(token: Token) -> bool:
    return _is_left_out(token) or token.link is not None or token.value is not None or any(map(str.isalnum, token.text))


def _copy(text: str) -> None:
    QGuiApplication.clipboard().setText(text)
