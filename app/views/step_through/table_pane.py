"""The whole iteration as tables: all units, all weights; to be sorted, copied and saved."""

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QHeaderView, QVBoxLayout, QWidget

from app.stepping.records import Link
from app.stepping.state import StepState
from app.theme import LIGHT, Theme
from app.views.step_through.table_content import SAMPLES, UNITS, WEIGHTS, content_of, place_in
from app.views.step_through.table_model import Index, TableModel, full_text
from app.widgets.button import Button
from app.widgets.elided_label import ElidedLabel
from app.widgets.segmented import SegmentedControl
from app.widgets.sorted_table import ROW, SortedTable

KINDS = (
    (UNITS, "Units", "All units behind the inputs: z, activation, slope and delta of each."),
    (WEIGHTS, "Weights", "All weights and biases: from the gradient to what the optimizer makes of them."),
    (SAMPLES, "Samples", "All samples of the batch: their losses, and what the unit one stands at makes of each."),
)
HELP = "The arrow keys go from cell to cell, S sorts by the column, Ctrl C copies the rows that are selected, or all."
_ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)


class IterationTable(SortedTable):
    """A table whose rows come from units or weights; ``link_hovered`` brings that of the row pointed at, or None."""

    link_hovered = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        self.rows = TableModel()
        self._hovered = -1
        self._told: Link | None = None
        super().__init__(self.rows, "Table of the iteration", HELP, parent)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.entered.connect(self._enter)

    def _enter(self, index: QModelIndex) -> None:
        self._hover(index.row())

    def _hover(self, row: int) -> None:
        self._hovered = row
        self._tell()

    def _tell(self) -> None:
        row = self._hovered if self._hovered >= 0 else (self.currentIndex().row() if self.hasFocus() else -1)
        link = self.rows.link_of(row)
        if link != self._told:
            self._told = link
            self.link_hovered.emit(link)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Point at the row that the keys have reached."""
        super().currentChanged(current, previous)
        self._tell()

    def viewportEvent(self, event: QEvent) -> bool:
        """Notice that the mouse has left."""
        if event.type() == QEvent.Type.Leave:
            self._hover(-1)
        return super().viewportEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Point at the current row, the first one if there was none."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.rows.rowCount():
            self.setCurrentIndex(self.rows.index(0, 0))
        self._tell()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Point at nothing but what is under the mouse."""
        super().focusOutEvent(event)
        self._tell()

    def event(self, event: QEvent) -> bool:
        """Keep the arrow keys, copying and sorting from the window's shortcuts while this has the focus."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            own = event.key() in (*_ARROWS, Qt.Key.Key_S) and not event.modifiers()
            if own or event.matches(QKeySequence.StandardKey.Copy):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy, sort, or move."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() == Qt.Key.Key_S and not event.modifiers():
            self.sort_by_current()
        else:
            super().keyPressEvent(event)

    def copy(self) -> None:
        """Copy the selected rows, or all, with their titles and all digits, separated by tabs."""
        rows = sorted({index.row() for index in self.selectionModel().selectedRows()})
        columns = range(self.rows.columnCount())
        lines = ["\t".join(column.title for column in self.rows.content.columns)]
        lines += [
            "\t".join(full_text(self.rows.value(row, column)) for column in columns)
            for row in rows or range(self.rows.rowCount())
        ]
        QGuiApplication.clipboard().setText("\n".join(lines))


class TablePane(QWidget):
    """Chooses between the tables, and hands them on.

    Signals:
        link_hovered: the Link of the row that is pointed at, or None.
        csv_wanted: a suggested name for a file, and what to write into it.
        hint: one line about what was done.
    """

    link_hovered = Signal(object)
    csv_wanted = Signal(str, str)
    hint = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = StepState()
        self._shown: tuple[object, ...] = ()
        self.kind = SegmentedControl("Table of", KINDS, UNITS)
        self.whose = ElidedLabel()
        self.whose.setProperty("role", "caption")
        self.copy = Button("Copy", "Copy the selected rows, or the whole table, with all digits.", with_text=True)
        self.save = Button("Save as CSV …", "Save the whole table for a spreadsheet, with all digits.", with_text=True)
        self.table = IterationTable()
        top = QHBoxLayout()
        top.setContentsMargins(0, 0, 0, 0)
        top.addWidget(self.kind)
        top.addWidget(self.whose, 1)
        top.addWidget(self.copy)
        top.addWidget(self.save)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(top)
        column.addWidget(self.table, 1)
        self.kind.chosen.connect(self._show)
        self.copy.clicked.connect(self._copy)
        self.save.clicked.connect(self._save)
        self.table.link_hovered.connect(self.link_hovered)
        self.setFocusProxy(self.table)
        self.set_theme(LIGHT)

    def set_theme(self, theme: Theme) -> None:
        """Take the colors and sizes to draw with."""
        self.kind.set_theme(theme)
        self.table.rows.set_theme(theme)
        self.table.set_row_height(theme.pixels(ROW))
        self._shown = ()

    def show_step(self, state: StepState) -> None:
        """Show the iteration of ``state``; called while the tables are seen."""
        self._state = state
        self._show()

    def set_highlight(self, link: Link | None) -> None:
        """Mark the row of ``link``; None ends it."""
        self.table.rows.mark(self._present(), link)

    def _present(self) -> frozenset[Link]:
        """Return the units and parameters that the walk is at, or the sample that is looked at."""
        explanation = self._state.explanation
        if self.kind.current == SAMPLES:
            return frozenset((Link(sample=self._state.focus),))
        if explanation is None:
            return frozenset()
        parameters = (Link(parameter=index) for index in explanation.parameters)
        return frozenset((Link(unit=explanation.unit), *parameters))

    def _show(self) -> None:
        state, kind = self._state, self.kind.current
        # Those of the samples are of the same unit, whoever is looked at; the others of the same sample, wherever.
        about = state.focus if kind != SAMPLES or state.trace is None else place_in(state)
        shown = (state.trace, about, kind, state.digits)
        if not self._shown or shown[0] is not self._shown[0] or shown[1:] != self._shown[1:]:
            before = self.table.rows.content
            self.table.rows.set_content(content_of(state, kind))
            content = self.table.rows.content
            self.whose.set_line(content.whose)
            # More digits need more room.
            if (content.columns, content.digits) != (before.columns, before.digits) or not self._shown:
                self.table.resizeColumnsToContents()
            self._shown = shown
        present = self._present()
        self.table.rows.mark(present, None)
        if rows := self.table.rows.rows_of(present):
            # All of them, and if that is too much, where they begin.
            for row in (rows[-1], rows[0]):
                self.table.scrollTo(self.table.rows.index(row, 0))

    def _copy(self) -> None:
        self.table.copy()
        self.hint.emit("Copied; it can be pasted into a spreadsheet.")

    def _save(self) -> None:
        trace = self._state.trace
        if trace is not None:
            self.csv_wanted.emit(f"iteration-{trace.step + 1}-{self.kind.current}.csv", self.table.rows.content.csv)
