"""The entries of an opened list: each with a small picture of what it does, and headings between them."""

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.theme import LIGHT, Theme
from app.widgets.curve_picture import LIST_SIZE, Curve, curve_pixmap

# What an item holds: a heading has no name.
NAME_ROLE = Qt.ItemDataRole.UserRole
REMARK_ROLE = NAME_ROLE + 1
FORBIDDEN_ROLE = NAME_ROLE + 2
FORBIDDEN_OPACITY = 0.45

Index = QModelIndex | QPersistentModelIndex


class EntryDelegate(QStyledItemDelegate):
    """Draws the entries of an opened list with their pictures, and headings between them.

    The pictures are drawn when they are first to be seen, and again in another theme.
    """

    def __init__(self, draw: Callable[[str], Curve] | None, parent: QWidget) -> None:
        super().__init__(parent)
        self._draw = draw
        self._theme = LIGHT
        self._pictures: dict[str, QPixmap] = {}

    def set_theme(self, theme: Theme) -> None:
        """Take the colors and sizes to draw with."""
        self._theme = theme
        self._pictures.clear()

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """Leave room for the picture before the label."""
        super().initStyleOption(option, index)
        if index.data(FORBIDDEN_ROLE):
            # The keys reach it, but it cannot be chosen.
            option.state &= ~QStyle.StateFlag.State_Enabled
        if self._draw is not None and index.data(NAME_ROLE) is not None:
            option.decorationSize = QSize(*(self._theme.pixels(size) for size in LIST_SIZE))
            option.features |= QStyleOptionViewItem.ViewItemFeature.HasDecoration

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw an entry, or a heading."""
        if index.data(NAME_ROLE) is not None:
            super().paint(painter, option, index)
            self._paint_picture(painter, option, index)
            return
        painter.save()
        font = QFont(option.font)
        font.setPixelSize(self._theme.pixels(11))
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(option.palette.color(QPalette.ColorRole.PlaceholderText))
        room = QRectF(option.rect).adjusted(self._theme.pixels(6), 0.0, 0.0, -self._theme.pixels(2))
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, index.data())
        painter.restore()

    def _paint_picture(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        name, widget = index.data(NAME_ROLE), option.widget
        if self._draw is None:
            return
        if name not in self._pictures:
            self._pictures[name] = curve_pixmap(self._draw(name), self._theme, widget.devicePixelRatioF())
        placed = QStyleOptionViewItem(option)
        self.initStyleOption(placed, index)
        room = widget.style().subElementRect(QStyle.SubElement.SE_ItemViewItemDecoration, placed, widget)
        painter.save()
        if index.data(FORBIDDEN_ROLE):
            # An entry that cannot be chosen fades with its label.
            painter.setOpacity(FORBIDDEN_OPACITY)
        painter.drawPixmap(room.topLeft(), self._pictures[name])
        painter.restore()
