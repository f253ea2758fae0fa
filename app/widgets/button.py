"""Buttons that never take the focus from where one works, and yet can be reached by keyboard."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QPushButton, QStyle, QStyleOptionButton, QToolButton, QWidget

from app.widgets.teach import teach

# What Qt leaves between icon and text of a push button.
ICON_GAP = 4
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def is_press(event: QEvent) -> bool:
    """Return whether ``event`` asks who wants Space or Enter: the window's shortcuts, or the button in focus."""
    return (
        isinstance(event, QKeyEvent)
        and event.type() == QEvent.Type.ShortcutOverride
        and (event.key() == Qt.Key.Key_Space or event.key() in _ENTER)
        and not event.modifiers()
    )


def is_enter(event: QKeyEvent) -> bool:
    """Return whether ``event`` is a fresh press of Enter, which presses buttons here as Space does."""
    return event.key() in _ENTER and not event.isAutoRepeat()


def _prepare(button: QAbstractButton, label: str, remark: str) -> None:
    # A click leaves the focus where it was, so that Space goes on to mean “run” after it.
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setAccessibleName(label)
    teach(button, remark)


class Button(QToolButton):
    """A flat button with an icon, and its label beside it if ``with_text``."""

    def __init__(self, label: str, remark: str, *, with_text: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _prepare(self, label, remark)
        if with_text:
            self.setText(label)
            self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)

    def event(self, event: QEvent) -> bool:
        """Keep Space and Enter from the window's shortcuts while this button has the focus."""
        if is_press(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press the button with Enter too."""
        if is_enter(event):
            self.click()
        else:
            super().keyPressEvent(event)


class PrimaryButton(QPushButton):
    """The one important button of a place; as wide as the widest of ``labels``, of which it shows the first.

    Without a text it is as wide as its icon.
    """

    def __init__(self, labels: Iterable[str], remark: str, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._labels = tuple(labels)
        _prepare(self, self._labels[0], remark)
        self.setProperty("role", "primary")
        self.setText(self._labels[0])

    def sizeHint(self) -> QSize:
        """Return room for the widest label."""
        self.ensurePolished()
        option = QStyleOptionButton()
        self.initStyleOption(option)
        metrics, icon = self.fontMetrics(), 0 if self.icon().isNull() else self.iconSize().width() + ICON_GAP
        widest = max(metrics.horizontalAdvance(label) for label in self._labels) if self.text() else 0
        content = QSize(icon + widest, max(metrics.height(), self.iconSize().height()))
        return self.style().sizeFromContents(QStyle.ContentsType.CT_PushButton, option, content, self)

    def event(self, event: QEvent) -> bool:
        """Keep Space and Enter from the window's shortcuts while this button has the focus."""
        if is_press(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press the button with Enter too."""
        if is_enter(event):
            self.click()
        else:
            super().keyPressEvent(event)
