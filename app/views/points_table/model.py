"""The points as Qt's views read them: a million rows cost nothing, since a cell is made only when it is looked at."""

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from app.painting.drawing import Indices
from app.views.points_table.content import ALL_CLASSES, Column, Part, PointsContent

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_EMPTY: Indices = np.zeros(0, dtype=np.intp)
TO_SORT = "Click to sort by it, again for the other way round, once more for the order of the data."


class PointsModel(QAbstractTableModel):
    """Shows some samples of a data set in some order.

    Signals:
        cell_edited: the sample, the Column and the new number of a cell.
        refused: why what was typed means no number, in one sentence.
    """

    cell_edited = Signal(int, object, float)
    refused = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.content: PointsContent | None = None
        self.columns: tuple[Column, ...] = ()
        self.samples = _EMPTY
        self._number, self._part = ALL_CLASSES, Part.ALL
        self._sorted = (-1, Qt.SortOrder.AscendingOrder)
        # The row of each sample, −1 for those not shown.
        self._rows = _EMPTY

    def set_content(self, content: PointsContent) -> None:
        """Show another data set, filtered and sorted as before."""
        self.beginResetModel()
        self.content = content
        self.columns = content.columns
        self._arrange()
        self.endResetModel()

    def set_filter(self, number: int, part: Part) -> None:
        """Show only class ``number`` (or ALL_CLASSES) and only one part of the split (or all)."""
        if (number, part) != (self._number, self._part):
            self.beginResetModel()
            self._number, self._part = number, part
            self._arrange()
            self.endResetModel()

    def rows_of(self, samples: Indices) -> Indices:
        """Return the rows that show ``samples``, ascending; those that are filtered out have none."""
        rows = self._rows[samples[samples < len(self._rows)]]
        return np.sort(rows[rows >= 0])

    def _arrange(self) -> None:
        content = self.content
        if content is None:
            return
        samples = content.shown(self._number, self._part)
        column, order = self._sorted
        if 0 <= column < len(self.columns):
            descending = order == Qt.SortOrder.DescendingOrder
            samples = content.ordered(samples, self.columns[column], descending=descending)
        self.samples = samples
        self._rows = np.full(len(content.dataset), -1, dtype=np.intp)
        self._rows[samples] = np.arange(len(samples))

    # What Qt asks

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Return the number of samples shown."""
        return 0 if parent.isValid() else len(self.samples)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self.columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Say which cells can be edited."""
        flags = super().flags(index)
        editable = index.isValid() and self.columns[index.column()].editable
        return flags | Qt.ItemFlag.ItemIsEditable if editable else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return text, alignment or tooltip of a cell."""
        content = self.content
        if content is None or not index.isValid():
            return None
        sample, column = int(self.samples[index.row()]), self.columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return content.text(sample, column)
        if role == Qt.ItemDataRole.EditRole:
            return content.full_text(sample, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{column.title} = {content.full_text(sample, column)}"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{column.title}: {content.text(sample, column)}"
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Pass on what was typed into a cell; the data change by it, and then this."""
        content = self.content
        if content is None or role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        sample, column = int(self.samples[index.row()]), self.columns[index.column()]
        if str(value) == content.full_text(sample, column):
            return False
        try:
            number = content.parsed(str(value), column)
        except ValueError as error:
            self.refused.emit(str(error))
            return False
        self.cell_edited.emit(sample, column, number)
        return True

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return title and remark of a column."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.StatusTipRole):
            return f"{column.remark} {TO_SORT}"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(column)
        return None

    def _alignment(self, column: Column) -> Qt.AlignmentFlag:
        content = self.content
        words = column.name == "part" or (column.name == "target" and content is not None and content.dataset.classes)
        return _LEFT if words else _RIGHT

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; −1 brings the order of the data back."""
        self.layoutAboutToBeChanged.emit()
        self._sorted = (column, order)
        self._arrange()
        self.layoutChanged.emit()
