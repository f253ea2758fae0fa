"""The strip that offers what was kept of windows that closed unexpectedly: above the network, in nobody's way."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.theme import Theme
from app.widgets.button import Button

# More would push the window aside; the others follow as these are answered.
VISIBLE_ROWS = 3


class RecoveryStrip(QFrame):
    """One row for each offer; hidden without any.

    Signals:
        restore_asked(object), discard_asked(object): the answer to the offer that was made with this key.
    """

    restore_asked = Signal(object)
    discard_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("recovery")
        self.setAccessibleName("What was kept")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._rows: dict[object, OfferRow] = {}
        self._column = QVBoxLayout(self)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Take the sizes to draw with."""
        self._column.setContentsMargins(theme.pixels(12), theme.pixels(6), theme.pixels(8), theme.pixels(6))
        self._column.setSpacing(theme.pixels(6))

    def offer(self, key: object, sentence: str) -> None:
        """Add a row that says ``sentence`` and asks what is to become of it."""
        row = OfferRow(sentence)
        row.restore.clicked.connect(lambda: self.restore_asked.emit(key))
        row.discard.clicked.connect(lambda: self.discard_asked.emit(key))
        self._rows[key] = row
        self._column.addWidget(row)
        self._show_first()
        # Let a screen reader say it, although the focus stays where it is.
        QAccessible.updateAccessibility(QAccessibleEvent(row.text, QAccessible.Event.Alert))

    def take_away(self, key: object) -> None:
        """Remove the row of an offer that was answered."""
        row = self._rows.pop(key)
        had_focus = row.isAncestorOf(self.focusWidget()) if self.focusWidget() is not None else False
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()
        self._show_first()
        if had_focus and self._rows:
            next(iter(self._rows.values())).restore.setFocus(Qt.FocusReason.TabFocusReason)

    @property
    def rows(self) -> "tuple[OfferRow, ...]":
        """The rows, in the order in which they were added."""
        return tuple(self._rows.values())

    def _show_first(self) -> None:
        for number, row in enumerate(self._rows.values()):
            row.setVisible(number < VISIBLE_ROWS)
        self.setVisible(bool(self._rows))


class OfferRow(QWidget):
    """A sentence, and a button for each answer."""

    def __init__(self, sentence: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = QLabel(sentence)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setWordWrap(True)
        self.text.setAccessibleName(sentence)
        self.text.setToolTip("It stays until you answer, also from one start to the next.")
        self.restore = Button("Restore", "Go on with this; what is in the window now makes room for it.")
        self.discard = Button("Discard", "Throw this away for good.")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.text, 1)
        for button in (self.restore, self.discard):
            button.setText(button.accessibleName())
            button.setAccessibleDescription(sentence)
            button.setProperty("role", "outlined")
            row.addWidget(button)
