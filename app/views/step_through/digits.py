"""How many digits the numbers of a formula have."""

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QSpinBox, QWidget

from app.stepping.records import FEWEST_DIGITS, MOST_DIGITS
from app.widgets.teach import teach


class DigitsChoice(QSpinBox):
    """From three to six significant digits; ``chosen`` brings their number."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRange(FEWEST_DIGITS, MOST_DIGITS)
        self.setSuffix(" digits")
        self.setKeyboardTracking(False)
        self.setAccessibleName("Digits")
        self.lineEdit().setTextMargins(4, 0, 0, 0)
        teach(self, "How many significant digits are shown. What is copied with all digits has all of them.")
        self.valueChanged.connect(self.chosen)

    def show_digits(self, digits: int) -> None:
        """Show that numbers have ``digits`` digits."""
        with QSignalBlocker(self):
            self.setValue(digits)
