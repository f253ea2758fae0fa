"""What a worksheet shall have: blanks or answers, which kind of file, the homework."""

from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from app.widgets.teach import teach


class Options(NamedTuple):
    """What was chosen."""

    has_answers: bool
    is_pdf: bool
    has_homework: bool


class WorksheetOptions(QDialog):
    """Asks; ``chosen`` brings the Options.

    Args:
        summary: what the worksheet is of, in a sentence.
        score: how much of the homework is solved; empty where there is none.
    """

    chosen = Signal(object)

    def __init__(self, summary: str, score: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Export worksheet")
        about = QLabel(summary)
        about.setWordWrap(True)
        self.blanks = _radio("&Blanks to fill in", "For students: no answer stands on the sheet.")
        self.answers = _radio("With the &answers", "For checking: every formula with its numbers and its result.")
        self.pdf = _radio("&PDF", "Pages of A4, ready to be printed.")
        self.page = _radio("&Web page (HTML)", "One file for any browser, on the screen or to be printed.")
        self.blanks.setChecked(True)
        self.pdf.setChecked(True)
        self._groups = [QButtonGroup(self), QButtonGroup(self)]
        for group, buttons in zip(self._groups, ((self.blanks, self.answers), (self.pdf, self.page)), strict=True):
            for button in buttons:
                group.addButton(button)
        self.homework = QCheckBox(f"With the &homework ({score})" if score else "With the &homework")
        teach(self.homework, "What is written into the blanks of this iteration, its marks and its score.")
        self.homework.setEnabled(bool(score))
        self.homework.setChecked(bool(score))
        if not score:
            teach(self.homework, "Nothing is written into the blanks of this iteration yet.")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(8)
        column.addWidget(about)
        for title, parts in (("Sheet", (self.blanks, self.answers, self.homework)), ("File", (self.pdf, self.page))):
            heading = QLabel(title)
            heading.setProperty("role", "heading")
            column.addSpacing(6)
            column.addWidget(heading)
            for part in parts:
                column.addWidget(part)
        column.addSpacing(8)
        column.addWidget(self._make_buttons())

    def _make_buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox()
        self.save, self.cancel = QPushButton("Save…"), QPushButton("Cancel")
        self.save.setProperty("role", "primary")
        self.save.setDefault(True)
        self.save.setAccessibleName("Save")
        self.save.setToolTip("Choose where to save the worksheet.")
        self.cancel.setAccessibleName("Cancel")
        self.cancel.setToolTip("Save nothing.")
        buttons.addButton(self.save, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(self.cancel, QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self._choose)
        buttons.rejected.connect(self.reject)
        return buttons

    def _choose(self) -> None:
        options = Options(self.answers.isChecked(), self.pdf.isChecked(), self.homework.isChecked())
        self.accept()
        self.chosen.emit(options)


def _radio(text: str, remark: str) -> QRadioButton:
    button = QRadioButton(text)
    button.setAccessibleName(text.replace("&", ""))
    teach(button, remark)
    return button
