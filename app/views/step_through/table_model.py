"""A table of an iteration as Qt's views read it: sorted as one likes, the rows one looks at marked."""

import math
from collections.abc import Set

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from app.stepping.records import Link
from app.theme import LIGHT, Theme
from app.views.ink import blend, color
from app.views.step_through.table_content import EMPTY, TableContent

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
TO_SORT = "Click to sort by it, again for the other way round, once more for the order of the network."


class TableModel(QAbstractTableModel):
    """Shows one content; only its order is this model's own."""

    def __init__(self) -> None:
        super().__init__()
        self._theme = LIGHT
        self.content = EMPTY
        self._order: list[int] = []
        self._sorted = (-1, Qt.SortOrder.AscendingOrder)
        self._present: frozenset[Link] = frozenset()
        self._highlight: Link | None = None

    def set_theme(self, theme: Theme) -> None:
        """Take the colors to mark rows with."""
        self._theme = theme
        self._repaint()

    def set_content(self, content: TableContent) -> None:
        """Show another table, sorted as the one before if it has the same columns."""
        if content is self.content:
            return
        if content.columns == self.content.columns and len(content.links) == len(self.content.links):
            # Nothing moves but the numbers, so that the place one has scrolled to stays.
            self.content = content
            if self._sorted[0] >= 0:
                self.sort(*self._sorted)
            else:
                self._repaint()
            return
        self.beginResetModel()
        self.content = content
        self._sorted = (-1, Qt.SortOrder.AscendingOrder)
        self._order = list(range(len(content.links)))
        self.endResetModel()

    def mark(self, present: frozenset[Link], highlight: Link | None) -> None:
        """Mark the rows one looks at in the walk, and the one pointed at elsewhere."""
        if (present, highlight) != (self._present, self._highlight):
            self._present, self._highlight = present, highlight
            self._repaint()

    def link_of(self, row: int) -> Link | None:
        """Return where what ``row`` shows comes from."""
        link = self.content.links[self._order[row]] if 0 <= row < len(self._order) else None
        # The samples are not in the network.
        return link if link is None or link.sample < 0 else None

    def rows_of(self, links: Set[Link]) -> list[int]:
        """Return the rows that show one of ``links``, from above downward."""
        return [row for row, number in enumerate(self._order) if self.content.links[number] in links]

    def value(self, row: int, column: int) -> object:
        """Return what a cell holds, with all digits."""
        return self.content.values[column][self._order[row]]

    def _repaint(self) -> None:
        if self._order:
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))

    # What Qt asks

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self._order)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self.content.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return text, alignment, tooltip or ground of a cell."""
        number, column = self._order[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self.content.text(number, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if self.content.has_numbers(column) else LEFT
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{self.content.columns[column].title} = {full_text(self.content.values[column][number])}"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self._said(number, column)}; {self._row_name(number)}"
        if role == Qt.ItemDataRole.BackgroundRole:
            return self._ground(self.content.links[number])
        return None

    def _said(self, number: int, column: int) -> str:
        return f"{self.content.columns[column].title}: {self.content.text(number, column)}"

    def _row_name(self, number: int) -> str:
        """Return whose numbers stand in a row: its layer, its unit, and what else is no measured number."""
        content = self.content
        names = [column for column in range(len(content.columns)) if not content.has_numbers(column)]
        return ", ".join(f"{content.columns[column].title} {content.text(number, column)}" for column in names)

    def _ground(self, link: Link) -> QColor | None:
        theme = self._theme
        if link == self._highlight:
            return color(blend(theme.surface, theme.accent, 0.3))
        return color(blend(theme.surface, theme.accent, 0.12)) if link in self._present else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return title and remark of a column; what a row is of, which is heard only."""
        if orientation == Qt.Orientation.Vertical and 0 <= section < len(self._order):
            return self._row_name(self._order[section]) if role == Qt.ItemDataRole.DisplayRole else None
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.content.columns):
            return None
        column = self.content.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.StatusTipRole):
            return f"{column.remark} {TO_SORT}"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if self.content.has_numbers(section) else LEFT
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; −1 brings the order of the network back. What is not a number comes last."""
        self.layoutAboutToBeChanged.emit()
        self._sorted = (column, order)
        numbers = list(range(len(self.content.links)))
        if 0 <= column < self.columnCount():
            cells = self.content.values[column]
            known = [number for number in numbers if not _is_nan(cells[number])]
            rest = [number for number in numbers if _is_nan(cells[number])]
            known.sort(key=lambda number: _rank(cells[number]), reverse=order == Qt.SortOrder.DescendingOrder)
            numbers = known + rest
        self._order = numbers
        self.layoutChanged.emit()


def full_text(value: object) -> str:
    """Return a value with all digits, as programs read it."""
    return repr(value) if isinstance(value, float) else str(value)


def _is_nan(value: object) -> bool:
    return isinstance(value, float) and math.isnan(value)


def _rank(value: object) -> tuple[int, float, str]:
    """Return what values are compared by: numbers, and numbers that are written as text, before words."""
    if isinstance(value, (int, float)):
        return 0, float(value), ""
    name = str(value)
    return (0, float(name), "") if name.isdigit() else (1, 0.0, name)
