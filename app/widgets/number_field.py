"""A field for one number: typed, stepped by wheel and arrows, or picked from a list."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPalette,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QLineEdit, QMenu, QToolTip, QWidget

from app.widgets.number_text import NumberTextError, format_number, next_on_ladder, parse_number
from app.widgets.teach import teach
from engine.settings import Setting

WHEEL_NOTCH = 120
# Room is kept for whole numbers up to this one; seeds may be longer, and are scrolled.
LARGEST_WITH_ROOM = 1e6
_STEPS = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1, Qt.Key.Key_PageUp: 10, Qt.Key.Key_PageDown: -10}


class NumberField(QLineEdit):
    """A number within the range of a ``Setting``, whose label names the field and whose remark is its tooltip.

    Typing takes effect with Enter or when the field is left; Escape brings back the value from before. Wheel and
    arrow keys go along ``ladder``, or by ``step``. What cannot be is kept on screen, outlined, and explained.

    ``committed`` brings values the user set, never those from ``set_value``. ``problem`` brings one sentence about
    a text that cannot be, and an empty one when that is over.

    Args:
        setting: label, range, default and remark.
        integer: whether only whole numbers are taken.
        ladder: ascending values that wheel and arrow keys go along.
        step: what they add where there is no ladder.
        values: common values, offered in a list.
        zero: the word shown (and understood) for 0, such as “off”.
    """

    committed = Signal(float)
    problem = Signal(str)

    def __init__(
        self,
        setting: Setting,
        *,
        integer: bool = False,
        ladder: Sequence[float] = (),
        step: float = 1.0,
        values: Sequence[float] = (),
        zero: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._setting = setting
        self._zero = zero
        self._remark = setting.remark
        self._integer = integer
        self._ladder = tuple(ladder)
        self._step = step
        self._values = tuple(values)
        self._value = float(setting.default)
        self._before = self._value
        self._wheel = 0
        self._message = ""
        self.setAccessibleName(setting.label)
        teach(self, setting.remark)
        self.setWhatsThis(setting.remark)
        self.setProperty("invalid", False)
        self.setMouseTracking(True)
        if self._values:
            self._make_room()
        self.setText(self._text_of(self._value))
        self.textEdited.connect(self._clear_problem)

    def value(self) -> float:
        """Return the number in force; text that has not been committed does not count."""
        return self._value

    def set_value(self, value: float) -> None:
        """Show ``value``, quietly; text that is being typed stays, and Escape then brings back ``value``."""
        changed = value != self._value
        self._value = value
        if changed:
            self._before = value
        if self.isModified() and (self.hasFocus() or not changed):
            return
        self._show_value()

    def set_setting(self, setting: Setting, stops: Sequence[float]) -> None:
        """Take another range and other common values, as where the number is now of another unit."""
        self._setting = setting
        self._ladder = self._values = tuple(stops)

    def set_remark(self, remark: str) -> None:
        """Replace the tooltip; what is wrong with the text on screen comes first, though."""
        self._remark = remark
        if not self._message:
            teach(self, remark)

    def problem_text(self) -> str:
        """Return what is wrong with the text on screen, in a sentence, or an empty string."""
        return self._message

    def list_values(self) -> None:
        """Open the list of common values below the field."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for value in self._values:
            action = menu.addAction(self._text_of(value))
            action.setCheckable(True)
            action.setChecked(value == self._value)
            action.triggered.connect(lambda _checked, value=value: self._take(value))
        menu.setMinimumWidth(self.width())
        menu.popup(self.mapToGlobal(QPoint(0, self.height() + 2)))

    def sizeHint(self) -> QSize:
        """Return room for five digits behind a decimal point, and for the largest whole number there can be."""
        self.ensurePolished()
        # A line edit asks for 17 letters; what the style wants beside them remains.
        metrics, whole = self.fontMetrics(), super().sizeHint()
        beside = whole.width() - 17 * metrics.horizontalAdvance("x")
        texts = ["0.00003"]
        if self._integer and self._setting.high <= LARGEST_WITH_ROOM:
            texts.append(self._text_of(self._setting.high))
        return QSize(max(map(metrics.horizontalAdvance, texts)) + max(beside, 8), whole.height())

    def minimumSizeHint(self) -> QSize:
        """Return the same as the size hint, so that a number is never cut off."""
        return self.sizeHint()

    def event(self, event: QEvent) -> bool:
        """Keep the keys of this field from the window's shortcuts, except Space, which is no part of a number."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            if event.key() == Qt.Key.Key_Space:
                event.ignore()
                return False
            if event.key() in _STEPS or event.key() == Qt.Key.Key_Escape:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step, commit or restore; all other keys edit the text."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._commit_text():
                self._before = self._value
                self.selectAll()
        elif key == Qt.Key.Key_Escape:
            if not self._restore():
                event.ignore()
        elif key == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier and self._values:
            self.list_values()
        elif key in _STEPS and not self.isReadOnly():
            self._step_by(_STEPS[Qt.Key(key)])
        elif key == Qt.Key.Key_Space:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Step the value, unless the wheel is more likely meant to scroll what the field stands in."""
        turned = event.angleDelta().y()
        if not turned or self.isReadOnly() or not (self.hasFocus() or not self._in_scroll_area()):
            event.ignore()
            return
        self._wheel += turned
        # Fine wheels and touch pads send parts of a notch.
        notches = int(self._wheel / WHEEL_NOTCH)
        self._wheel -= notches * WHEEL_NOTCH
        if notches:
            self._step_by(notches)
        event.accept()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Remember the value that Escape brings back."""
        if not self.isModified() and event.reason() != Qt.FocusReason.PopupFocusReason:
            self._before = self._value
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Commit what was typed."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._commit_text()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open the list from the mark at its right end; elsewhere set the text cursor."""
        if self._on_chevron(event.position().x()) and event.button() == Qt.MouseButton.LeftButton:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self.list_values()
            return
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show an arrow over the mark and a text cursor elsewhere."""
        shape = Qt.CursorShape.ArrowCursor if self._on_chevron(event.position().x()) else Qt.CursorShape.IBeamCursor
        self.setCursor(shape)
        super().mouseMoveEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Keep room for the mark when the text grows."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self._values:
            self._make_room()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the field, and the mark of the list at its right end."""
        super().paintEvent(event)
        if not self._values:
            return
        role = QPalette.ColorRole.PlaceholderText if self.isEnabled() else QPalette.ColorRole.Mid
        pen = QPen(QColor(self.palette().color(role)), 1.5)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        x, y, half = self.width() - 0.55 * self._mark_room(), self.height() / 2.0, 0.22 * self.fontMetrics().ascent()
        path = QPainterPath()
        path.moveTo(x - half, y - half / 2.0)
        path.lineTo(x, y + half / 2.0)
        path.lineTo(x + half, y - half / 2.0)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(pen)
            painter.drawPath(path)

    def _mark_room(self) -> float:
        return 1.6 * self.fontMetrics().ascent()

    def _make_room(self) -> None:
        # The frame's own room at the right end counts too.
        self.setTextMargins(0, 0, round(self._mark_room()) - 8, 0)

    def _on_chevron(self, x: float) -> bool:
        return bool(self._values) and x >= self.width() - self._mark_room()

    def _in_scroll_area(self) -> bool:
        widget = self.parentWidget()
        while widget is not None and not isinstance(widget, QAbstractScrollArea):
            widget = widget.parentWidget()
        return widget is not None

    def _show_value(self) -> None:
        self._clear_problem()
        text = self._text_of(self._value)
        if text != self.text() or self.isModified():
            self.setText(text)
        self.setCursorPosition(len(text))

    def _step_by(self, steps: int) -> None:
        start = self._value
        if self.isModified():
            try:
                start = self._parsed()
            except NumberTextError as error:
                self._complain(str(error))
                return
        value = next_on_ladder(self._ladder, start, steps) if self._ladder else round(start + steps * self._step, 12)
        low, high = self._setting.low, self._setting.high
        value = min(max(value, low), high)
        if self._setting.problem(value) is None:
            self._take(value)

    def _text_of(self, value: float) -> str:
        return self._zero if self._zero and value == 0.0 else format_number(value)

    def _parsed(self) -> float:
        if self._zero and self.text().strip().lower() == self._zero:
            return 0.0
        return parse_number(self.text(), integer=self._integer)

    def _commit_text(self) -> bool:
        """Take over the text; return whether it is a possible value."""
        if not self.isModified():
            return True
        try:
            value = self._parsed()
        except NumberTextError as error:
            self._complain(str(error))
            return False
        wrong = self._setting.problem(value)
        if wrong:
            self._complain(wrong)
            return False
        self._take(value)
        return True

    def _take(self, value: float) -> None:
        changed = value != self._value
        self._value = value
        self._show_value()
        if changed:
            self.committed.emit(value)

    def _restore(self) -> bool:
        """Return to the value from before editing; return whether there was anything to restore."""
        if self.isModified() or self._message:
            self._show_value()
            self.selectAll()
            return True
        if self._value != self._before:
            self._take(self._before)
            return True
        return False

    def _complain(self, wrong: str) -> None:
        self._message = f"{self._setting.label} {wrong}."
        self._set_invalid(True)
        teach(self, self._message)
        if self.isVisible():
            QToolTip.showText(self.mapToGlobal(QPoint(0, self.height() - 6)), self._message, self)
        self.problem.emit(self._message)

    def _clear_problem(self) -> None:
        if not self._message:
            return
        self._message = ""
        self._set_invalid(False)
        teach(self, self._remark)
        QToolTip.hideText()
        self.problem.emit("")

    def _set_invalid(self, invalid: bool) -> None:
        self.setProperty("invalid", invalid)
        # A style sheet looks at properties only when a widget is polished.
        self.style().unpolish(self)
        self.style().polish(self)
