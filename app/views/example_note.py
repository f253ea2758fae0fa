"""The strip above the network that says what to watch in a worked example, and where a lecture's slide slips."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QSizePolicy,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.icons import icon
from app.theme import LIGHT, Theme
from app.widgets.button import Button
from engine.examples import Example, SlideNote

COLUMNS = ("Quantity", "Exact", "Slide", "Why they differ")
# Those that hold numbers.
NUMBERS = (1, 2)
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
# Rows of the table that are seen at a time, at a text scale of 1; the others are scrolled to.
ROWS, LOW_ROWS = 5, 3
# In a window lower than this, in pixels at a text scale of 1, or with larger text, there is no room for both the
# sentences and the table: they would take it from the walk through the numbers that are compared.
LOW = 960
LARGEST_BOTH = 1.25


class ExampleNote(QFrame):
    """Shows the two sentences of an example until it is closed or another experiment is opened."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("note")
        self.title, self.text = QLabel(), QLabel()
        self.title.setProperty("role", "heading")
        # A long one is cut rather than widening the window.
        self.title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.text.setWordWrap(True)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.text.setAccessibleName("What to watch")
        remark = "Show the exact numbers beside those of the slide, and why they differ."
        self.compare = Button("Compare", remark, with_text=True)
        self.compare.setAccessibleName("Compare with the slide")
        self.compare.setCheckable(True)
        self.compare.toggled.connect(self._arrange)
        self.close_button = Button("Close the note", "Close this note; choosing the example again brings it back.")
        self.close_button.clicked.connect(self.hide)
        self.table = QTableWidget(0, len(COLUMNS))
        self.table.setAccessibleName("Exact numbers beside those of the slide")
        for column, text in enumerate(COLUMNS):
            self.table.setHorizontalHeaderItem(column, _cell(text, column))
        self.table.verticalHeader().hide()
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setTabKeyNavigation(False)
        self.table.setShowGrid(False)
        self.table.horizontalHeader().setHighlightSections(False)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.table.horizontalHeader().setStretchLastSection(True)

        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.title, 1)
        top.addWidget(self.compare)
        top.addWidget(self.close_button)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(12, 6, 8, 8)
        rows.setSpacing(4)
        rows.addLayout(top)
        rows.addWidget(self.text)
        rows.addWidget(self.table)
        self._theme = LIGHT
        self._window_height = LOW
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Take the colors and sizes to draw with."""
        self._theme = theme
        self.close_button.setIcon(icon("close", theme, theme.muted))
        self.close_button.setIconSize(QSize(theme.pixels(16), theme.pixels(16)))
        self._arrange()

    def fit(self, window_height: int) -> None:
        """Take less room in a low window."""
        self._window_height = window_height
        self._arrange()

    def show_example(self, example: Example | None) -> None:
        """Show what to watch in ``example``; None ends the note."""
        self.setVisible(example is not None)
        if example is None:
            return
        self.title.setText(example.label)
        self.title.setToolTip(f"{example.group}: {example.label}")
        self.text.setText(example.remark)
        self.setAccessibleName(f"Example: {example.label}")
        self.setAccessibleDescription(example.remark)
        self.compare.setVisible(bool(example.notes))
        self.compare.setChecked(False)
        self.table.setRowCount(len(example.notes))
        for row, note in enumerate(example.notes):
            for column, text in enumerate(_texts(note)):
                item = _cell(text, column)
                item.setToolTip(f"{note.name}: exactly {note.exact_text}, on the slide {note.slide}: {note.why}.")
                self.table.setItem(row, column, item)
        self._arrange()

    def _arrange(self) -> None:
        scale = self._theme.text_scale
        self.compare.setText("Compare with the slide" if scale <= LARGEST_BOTH else "Compare")
        self.table.setVisible(self.compare.isChecked())
        is_low = self._window_height < self._theme.pixels(LOW)
        self.text.setVisible(not self.compare.isChecked() or (scale <= LARGEST_BOTH and not is_low))
        rows = min(self.table.rowCount(), round((LOW_ROWS if is_low else ROWS) / scale))
        row_height = self._theme.pixels(24)
        self.table.verticalHeader().setDefaultSectionSize(row_height)
        self.table.setFixedHeight(self.table.horizontalHeader().sizeHint().height() + rows * row_height + 4)


def _cell(text: str, column: int) -> QTableWidgetItem:
    item = QTableWidgetItem(text)
    item.setTextAlignment(RIGHT if column in NUMBERS else LEFT)
    return item


def _texts(note: SlideNote) -> tuple[str, ...]:
    return note.name, note.exact_text, note.slide, note.why
