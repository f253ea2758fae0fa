"""The table itself: its keys and its menu, and its rows selected as the samples are."""

import numpy as np
from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QWidget

from app.painting.drawing import Indices
from app.theme import Theme
from app.views.decision.shapes import class_name
from app.views.points_table.model import PointsModel
from app.widgets.sorted_table import ROW, SortedTable

HELP = (
    "The arrow keys go from cell to cell, F2 or typing edits one, S sorts by the column, Delete deletes the selected "
    "points, a number gives them that class, Ctrl C copies them."
)
# Pixels at both sides of a text, at a text scale of 1: what the style sheet wants, and a little more.
PADDING = 11
# Qt takes seconds to select so many rows one by one; the picture shows them all the same.
MOST_RANGES = 2_000
_OWN_KEYS = (
    Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_S, Qt.Key.Key_Delete,
    Qt.Key.Key_Backspace, Qt.Key.Key_F2, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space,
)  # fmt: skip


class PointsTable(SortedTable):
    """Rows of samples.

    Signals:
        selection_made: the samples whose rows the user has selected.
        delete_wanted: that the selected samples go.
        class_wanted: the class that the selected samples are to have.
    """

    selection_made = Signal(object)
    delete_wanted = Signal()
    class_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        self.points = PointsModel()
        self._quiet = False
        # Pixels at both sides of a text.
        self._padding = PADDING
        super().__init__(self.points, "Table of the points", HELP, parent)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked | QAbstractItemView.EditTrigger.EditKeyPressed)
        header = self.horizontalHeader()
        # Of a selection model with rows in it, titles would ask for every row whether it is selected.
        header.setSelectionModel(QItemSelectionModel(self.points, header))
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.points.modelReset.connect(self.fit_columns)
        self.selectionModel().selectionChanged.connect(self._selected)

    def set_theme(self, theme: Theme) -> None:
        """Take the sizes."""
        self._padding = theme.pixels(PADDING)
        self.set_row_height(theme.pixels(ROW))
        self.fit_columns()

    def fit_columns(self) -> None:
        """Let numbers of samples and words take no more room than they need, so that coordinates are not cut."""
        content, header = self.points.content, self.horizontalHeader()
        if content is None:
            return
        texts = {"number": [f"{len(content.dataset):,}"], "part": ["train", "test"]}
        if content.dataset.classes:
            texts["target"] = [
                class_name(k, content.dataset.classes, content.dataset.class_names)
                for k in range(content.dataset.classes)
            ]
        for number, column in enumerate(self.points.columns):
            shown = texts.get(column.name)
            mode = QHeaderView.ResizeMode.Stretch if shown is None else QHeaderView.ResizeMode.Fixed
            header.setSectionResizeMode(number, mode)
            if shown is not None:
                widest = max(self.fontMetrics().horizontalAdvance(text) for text in (column.title, *shown))
                header.resizeSection(number, widest + 2 * self._padding)

    def show_selection(self, samples: Indices) -> None:
        """Select the rows of ``samples`` and bring the first into sight, unless one is seen already."""
        rows = self.points.rows_of(samples)
        breaks = np.flatnonzero(np.diff(rows) != 1) + 1
        runs = np.split(rows, breaks) if len(rows) and len(breaks) < MOST_RANGES else []
        last = self.points.columnCount() - 1
        selection = QItemSelection()
        for run in runs:
            selection.select(self.points.index(int(run[0]), 0), self.points.index(int(run[-1]), last))
        self._quiet = True
        self.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self._quiet = False
        if len(rows) and not self._sees_one_of(rows):
            self.scrollTo(self.points.index(int(rows[0]), 0), QAbstractItemView.ScrollHint.PositionAtCenter)

    def _sees_one_of(self, rows: Indices) -> bool:
        top, bottom = self.rowAt(0), self.rowAt(self.viewport().height() - 1)
        bottom = bottom if bottom >= 0 else self.points.rowCount() - 1
        return bool(np.any((rows >= top) & (rows <= bottom)))

    def _selected(self) -> None:
        if self._quiet:
            return
        rows = [np.arange(part.top(), part.bottom() + 1) for part in self.selectionModel().selection().toList()]
        chosen = np.unique(np.concatenate(rows)) if rows else np.zeros(0, dtype=np.intp)
        self.selection_made.emit(np.sort(self.points.samples[chosen]))

    # Keys

    def event(self, event: QEvent) -> bool:
        """Keep the keys used here from the window's shortcuts while this has the focus."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and self._is_own(event):
            event.accept()
            return True
        return super().event(event)

    def _is_own(self, event: QKeyEvent) -> bool:
        standard = (QKeySequence.StandardKey.Copy, QKeySequence.StandardKey.SelectAll)
        if any(event.matches(key) for key in standard):
            return True
        plain = not event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        return plain and (event.key() in _OWN_KEYS or self._class_of(event) is not None)

    def _class_of(self, event: QKeyEvent) -> int | None:
        content = self.points.content
        number = event.key() - Qt.Key.Key_1
        return number if content is not None and 0 <= number < content.dataset.classes else None

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Let the keys be at a cell that is seen; none is before the first has been reached."""
        super().focusInEvent(event)
        row = max(self.rowAt(0), 0)
        if not self.currentIndex().isValid() and row < self.points.rowCount():
            self.selectionModel().setCurrentIndex(self.points.index(row, 0), QItemSelectionModel.SelectionFlag.NoUpdate)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy, sort, delete, edit, give a class, or move."""
        if self.state() == QAbstractItemView.State.EditingState:
            # The editor has finished with it.
            return
        number = self._class_of(event)
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier):
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_S:
            self.sort_by_current()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.delete_wanted.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.edit(self.currentIndex())
        elif number is not None:
            self.class_wanted.emit(number)
        else:
            super().keyPressEvent(event)

    def copy(self) -> None:
        """Copy the selected rows, or all that are shown, with their titles and all digits, separated by tabs."""
        content = self.points.content
        if content is None:
            return
        rows = sorted({index.row() for index in self.selectionModel().selectedRows()})
        samples = self.points.samples[rows] if rows else self.points.samples
        lines = ["\t".join(column.title for column in self.points.columns)]
        lines += ["\t".join(content.full_text(int(k), column) for column in self.points.columns) for k in samples]
        QGuiApplication.clipboard().setText("\n".join(lines))

    # Menu

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with the selected points; the Menu key does so, too."""
        menu = self.make_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def make_menu(self) -> QMenu:
        """Return the menu of the selected points."""
        menu = QMenu(self)
        dataset = None if self.points.content is None else self.points.content.dataset
        some = self.selectionModel().hasSelection()
        for number in range(0 if dataset is None else dataset.classes):
            name = "" if dataset is None else class_name(number, dataset.classes, dataset.class_names)
            action = menu.addAction(f"Make them class {name}\t{number + 1}")
            action.setEnabled(some)
            action.triggered.connect(lambda checked=False, number=number: self.class_wanted.emit(number))
        menu.addSeparator()
        delete = menu.addAction("Delete\tDel")
        delete.setEnabled(some)
        delete.triggered.connect(lambda checked=False: self.delete_wanted.emit())
        copy = menu.addAction("Copy\tCtrl+C")
        copy.triggered.connect(lambda checked=False: self.copy())
        every = menu.addAction("Select all\tCtrl+A")
        every.triggered.connect(lambda checked=False: self.selectAll())
        return menu
