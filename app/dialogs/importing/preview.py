"""The first rows of a table, with what each column is for."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from app.theme import LIGHT, Theme
from app.views.ink import blend, color
from app.widgets.teach import teach

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
# How strongly the column of the target is colored.
TARGET_SHARE = 0.22


class PreviewModel(QAbstractTableModel):
    """Rows of texts below a header: the name of each column, and below it what it holds and is for."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._names: Sequence[str] = ()
        self._rows: Sequence[Sequence[str]] = ()
        self._kinds: Mapping[str, str] = {}
        self._inputs: Sequence[str] = ()
        self._target = ""
        self._theme = LIGHT

    def set_theme(self, theme: Theme) -> None:
        """Take the colors."""
        self._theme = theme
        self._refresh()

    def show_rows(self, names: Sequence[str], rows: Sequence[Sequence[str]], kinds: Mapping[str, str]) -> None:
        """Show ``rows`` below ``names``; ``kinds`` says for each name what its column holds."""
        self.beginResetModel()
        self._names, self._rows, self._kinds = names, rows, kinds
        self._inputs, self._target = (), ""
        self.endResetModel()

    def show_roles(self, inputs: Sequence[str], target: str) -> None:
        """Mark the columns that are inputs, and the target."""
        self._inputs, self._target = inputs, target
        self._refresh()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self._names)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell's text, its ground, or its side: numbers stand at the right."""
        name = self._names[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            row = self._rows[index.row()]
            return row[index.column()] if index.column() < len(row) else ""
        if role == Qt.ItemDataRole.BackgroundRole and name == self._target:
            return color(blend(self._theme.field, self._theme.negative, TARGET_SHARE))
        if role == Qt.ItemDataRole.BackgroundRole and name in self._inputs:
            return color(self._theme.selected)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            is_number = self._kinds.get(name, "").startswith("numbers")
            side = Qt.AlignmentFlag.AlignRight if is_number else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a column's name with what it is for and holds, or a row's number."""
        if orientation == Qt.Orientation.Vertical:
            return str(section + 1) if role == Qt.ItemDataRole.DisplayRole else None
        name = self._names[section]
        part = "target" if name == self._target else "input" if name in self._inputs else ""
        about = f"{part}: {self._kinds[name]}" if part else self._kinds.get(name, "")
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{name}\n{about}" if self._kinds else name
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{name}, {about}." if about else name
        return None

    def _refresh(self) -> None:
        if self._rows and self._names:
            last = self.index(len(self._rows) - 1, len(self._names) - 1)
            self.dataChanged.emit(self.index(0, 0), last)
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self._names) - 1)


class PreviewTable(QTableView):
    """Shows a ``PreviewModel``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = PreviewModel(self)
        self.setModel(self.rows)
        self.setAccessibleName("First rows")
        teach(self, "The first rows as they were read: blue columns are inputs, the orange one is the target.")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setShowGrid(False)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.verticalHeader().setHighlightSections(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)

    def set_theme(self, theme: Theme) -> None:
        """Take the colors and sizes."""
        self.rows.set_theme(theme)
        self.verticalHeader().setDefaultSectionSize(theme.pixels(24))
        self._widest, self._narrowest = theme.pixels(220), theme.pixels(76)
        self.fit()

    def show_roles(self, inputs: Sequence[str], target: str) -> None:
        """Mark the columns that are inputs, and the target."""
        self.rows.show_roles(inputs, target)
        self.fit()

    def fit(self) -> None:
        """Give every column the width of what it holds, within reason."""
        self.resizeColumnsToContents()
        for column in range(self.rows.columnCount()):
            self.setColumnWidth(column, min(max(self.columnWidth(column), self._narrowest), self._widest))
