"""A popover with number fields: what is wrong with a number is said in it, and to whoever listens."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QWidget

from app.widgets.number_field import NumberField
from app.widgets.popover import Popover

TEXT_WIDTH = 320


class NumberPopover(Popover):
    """``problem_text``, to be placed, shows one sentence about a number that cannot be; ``problem`` brings it too."""

    problem = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.problem_text = text_label("problem")
        self.problem_text.hide()

    def watch(self, field: NumberField) -> None:
        """Say here what is wrong with the number in ``field``."""
        field.problem.connect(self._say)

    def _say(self, sentence: str) -> None:
        self.problem_text.setText(sentence)
        self.problem_text.setVisible(bool(sentence))
        self.problem.emit(sentence)


def text_label(role: str) -> QLabel:
    """Return a label for the sentences of a popover."""
    label = QLabel()
    label.setProperty("role", role)
    label.setWordWrap(True)
    label.setMinimumWidth(TEXT_WIDTH)
    return label
