"""A layout like running text: from left to right, and on to the next row when a row is full."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Items side by side at their preferred size, in as many rows as the width asks for.

    Items of a row stand on a common bottom line (fields under labels of different height line up), or are centered
    if ``centered``.
    """

    def __init__(
        self, parent: QWidget | None = None, *, gap: int = 10, row_gap: int = 6, centered: bool = False
    ) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self._row_gap = row_gap
        self._centered = centered

    @property
    def gap(self) -> int:
        """The room between two items of a row."""
        return self._gap

    def set_gap(self, gap: int) -> None:
        """Change the room between two items of a row."""
        self._gap = gap
        self.invalidate()

    def addItem(self, item: QLayoutItem) -> None:
        """Append ``item``."""
        self._items.append(item)

    def count(self) -> int:
        """Return the number of items."""
        return len(self._items)

    # Qt asks for items past the end to learn where it is; the stubs do not say that None is the answer.
    def itemAt(self, index: int) -> QLayoutItem:
        """Return the item at ``index``, or None."""
        return self._items[index] if 0 <= index < len(self._items) else None  # type: ignore[return-value]

    def takeAt(self, index: int) -> QLayoutItem:
        """Remove and return the item at ``index``, or None."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None  # type: ignore[return-value]

    def expandingDirections(self) -> Qt.Orientation:
        """Return that no room is asked for beyond the size hint."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Return that the height follows from the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all rows at ``width``."""
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def sizeHint(self) -> QSize:
        """Return the size of everything in one row."""
        sizes = [item.sizeHint() for item in self._visible()]
        width = sum(size.width() for size in sizes) + self._gap * max(len(sizes) - 1, 0)
        height = max((size.height() for size in sizes), default=0)
        return QSize(width, height) + self._frame()

    def minimumSize(self) -> QSize:
        """Return the size of the widest item."""
        size = QSize(0, 0)
        for item in self._visible():
            size = size.expandedTo(item.minimumSize())
        return size + self._frame()

    def setGeometry(self, rect: QRect) -> None:
        """Place the items."""
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def _visible(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _frame(self) -> QSize:
        margins = self.contentsMargins()
        return QSize(margins.left() + margins.right(), margins.top() + margins.bottom())

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        """Break the items into rows within ``rect``; return the height they need."""
        area = rect.marginsRemoved(self.contentsMargins())
        rows: list[list[tuple[QLayoutItem, QSize]]] = [[]]
        x = 0
        for item in self._visible():
            size = item.sizeHint().expandedTo(item.minimumSize())
            if rows[-1] and x + size.width() > area.width():
                rows.append([])
                x = 0
            rows[-1].append((item, size))
            x += size.width() + self._gap
        y = area.top()
        for row in rows:
            height = max((size.height() for _, size in row), default=0)
            if move:
                self._place(row, area.left(), y, height)
            y += height + self._row_gap
        return y - self._row_gap - rect.top() + self.contentsMargins().bottom()

    def _place(self, row: list[tuple[QLayoutItem, QSize]], x: int, y: int, height: int) -> None:
        for item, size in row:
            room = height - size.height()
            item.setGeometry(QRect(QPoint(x, y + (room // 2 if self._centered else room)), size))
            x += size.width() + self._gap
