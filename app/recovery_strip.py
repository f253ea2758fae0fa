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
        row.restore_asked.connect(lambda: self.restore_asked.emit(key))
        row.discard_asked.connect(lambda: self.discard_asked.emit(key))
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
    """A sentence, and a button for each answer; one that cannot be taken back is asked about once more, in place.

    Signals:
        restore_asked(), discard_asked(): the answer.
    """

    restore_asked = Signal()
    discard_asked = Signal()

    def __init__(self, sentence: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sentence = sentence
        self.text = QLabel(sentence)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setWordWrap(True)
        self.text.setAccessibleName(sentence)
        self.text.setToolTip("It stays until you answer, also from one start to the next.")
        self.restore = Button("Restore", "Go on with this; what is in the window now makes room for it.")
        self.discard = Button("Discard", "Throw this away; you are asked once more.")
        self.throw_away = Button("Throw away", "Throw this away for good.")
        self.keep = Button("Keep", "Do not throw it away.")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.text, 1)
        # What throws away for good is not where a second click of the mouse would hit it.
        for button in (self.restore, self.discard, self.throw_away, self.keep):
            button.setText(button.accessibleName())
            button.setAccessibleDescription(sentence)
            button.setProperty("role", "outlined")
            row.addWidget(button)
        self.restore.clicked.connect(self.restore_asked)
        self.discard.clicked.connect(lambda: self._ask(True))
        self.throw_away.clicked.connect(self.discard_asked)
        self.keep.clicked.connect(lambda: self._ask(False))
        self._show_buttons(False)

    def _ask(self, asks: bool) -> None:
        had_focus = self.discard.hasFocus() or self.keep.hasFocus()
        self._show_buttons(asks)
        self.text.setText(f"Throw this away for good? {self._sentence}" if asks else self._sentence)
        if had_focus:
            (self.keep if asks else self.discard).setFocus(Qt.FocusReason.TabFocusReason)

    def _show_buttons(self, asks: bool) -> None:
        for button in (self.restore, self.discard):
            button.setVisible(not asks)
        for button in (self.throw_away, self.keep):
            button.setVisible(asks)
