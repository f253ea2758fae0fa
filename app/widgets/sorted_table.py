"""A table of numbers that is sorted by a click on a title, or by a key."""

from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from app.widgets.ground_delegate import GroundDelegate

ROW = 22
_NEXT_ORDER = {
    None: Qt.SortOrder.AscendingOrder,
    Qt.SortOrder.AscendingOrder: Qt.SortOrder.DescendingOrder,
    Qt.SortOrder.DescendingOrder: None,
}


class SortedTable(QTableView):
    """Rows of one kind, selected whole, without a grid; its titles sort it, the third time as it was at first.

    Args:
        model: what is shown; it sorts itself.
        name, help: what the table is called, and which keys do what in it.
    """

    def __init__(self, model: QAbstractItemModel, name: str, help: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setAccessibleName(name)
        self.setAccessibleDescription(help)
        self.setSortingEnabled(True)
        self.setShowGrid(False)
        self.setItemDelegate(GroundDelegate(self))
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setHighlightSections(False)
        # So many rows are looked at to find out how wide a column must be.
        header.setResizeContentsPrecision(40)

    def set_row_height(self, height: int) -> None:
        """Let every row be ``height`` pixels high."""
        self.verticalHeader().setMinimumSectionSize(height)
        self.verticalHeader().setDefaultSectionSize(height)

    def sort_by_current(self) -> None:
        """Sort by the column one is in; then the other way round; then not at all."""
        header, column = self.horizontalHeader(), max(self.currentIndex().column(), 0)
        own = header.sortIndicatorSection() == column
        order = _NEXT_ORDER[header.sortIndicatorOrder() if own else None]
        header.setSortIndicator(-1 if order is None else column, order or Qt.SortOrder.AscendingOrder)
