"""The numbers of a lecture's slides beside the exact ones, in a small window beside the walk."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.dialogs.closing import closing_button
from app.stepping.slides import is_said_at, place_of
from app.stepping.state import StepState
from app.theme import LIGHT, Theme
from app.widgets.teach import teach
from engine.examples import Example, SlideNote

COLUMNS = ("Quantity", "Exact", "Slide", "Why")
# Those that hold numbers.
NUMBERS = (1, 2)
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
# Pixels at a text scale of 1.
WIDTH, HEIGHT = 430, 500
HELP = "Click on a number to go to where it is worked out. Bold is what is worked out here."
SIGNS = "The slide counts the error and δ from y − ŷ, so that their sign is the other one there."


class SlideComparison(QDialog):
    """Stays open beside the window and follows the walk; where one stands in it is bold.

    Signals:
        place_chosen(int, object): the number of an iteration, 0 the first, and the Position in it to go to.
    """

    place_chosen = Signal(int, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Compare with the slide")
        self._notes: tuple[SlideNote, ...] = ()
        self.remark = QLabel(HELP)
        self.remark.setWordWrap(True)
        self.remark.setProperty("role", "caption")
        self.table = _NoteTable(0, len(COLUMNS))
        for column, text in enumerate(COLUMNS):
            self.table.setHorizontalHeaderItem(column, _cell(text, column))
        self.table.cellClicked.connect(self._choose)
        self.table.entered_by_key.connect(self._choose)
        # Enter belongs to the table.
        buttons = closing_button(self, takes_enter=False)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(12, 10, 12, 10)
        rows.setSpacing(8)
        rows.addWidget(self.remark)
        rows.addWidget(self.table, 1)
        rows.addWidget(buttons)
        self.set_theme(LIGHT)

    def set_theme(self, theme: Theme) -> None:
        """Take the text size."""
        self.resize(theme.pixels(WIDTH), theme.pixels(HEIGHT))

    def show_example(self, example: Example | None) -> None:
        """List the notes of ``example``; without any there is nothing to compare with."""
        self._notes = example.notes if example is not None else ()
        self.remark.setText(f"{HELP} {SIGNS}" if any(note.flips_sign for note in self._notes) else HELP)
        self.table.setRowCount(len(self._notes))
        for row, note in enumerate(self._notes):
            for column, text in enumerate((note.name, note.exact_text, note.slide, note.reason)):
                item = _cell(text, column)
                item.setToolTip(f"{note.name}: exactly {note.exact_text}, on the slide {note.slide}: {note.why}.")
                self.table.setItem(row, column, item)
        if not self._notes:
            self.hide()

    def show_step(self, state: StepState) -> None:
        """Mark what is worked out where one stands, and bring it into sight."""
        trace = state.trace
        present = [
            trace is not None and note.iteration == trace.step and is_said_at(note, state.position)
            for note in self._notes
        ]
        for row, is_here in enumerate(present):
            # The reason is a sentence, which would break otherwise.
            for column in range(len(COLUMNS) - 1):
                item = self.table.item(row, column)
                if item is not None and item.font().bold() != is_here:
                    font = QFont(self.table.font())
                    font.setBold(is_here)
                    item.setFont(font)
        if any(present):
            self.table.scrollTo(self.table.model().index(present.index(True), 0))

    def _choose(self, row: int) -> None:
        note = self._notes[row]
        self.place_chosen.emit(note.iteration, place_of(note))


class _NoteTable(QTableWidget):
    entered_by_key = Signal(int)

    def __init__(self, rows: int, columns: int) -> None:
        super().__init__(rows, columns)
        self.setAccessibleName("Exact numbers beside those of the slide")
        teach(self, "Click, or \u2191 \u2193 and Enter: go to where this number is worked out.")
        self.verticalHeader().hide()
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setStretchLastSection(True)
        for column in range(columns - 1):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the place of the current row with Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentRow() >= 0:
            self.entered_by_key.emit(self.currentRow())
        else:
            super().keyPressEvent(event)


def _cell(text: str, column: int) -> QTableWidgetItem:
    item = QTableWidgetItem(text)
    item.setTextAlignment(RIGHT if column in NUMBERS else LEFT)
    return item
