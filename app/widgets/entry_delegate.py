"""The entries of an opened list: each with a small picture of what it does, and headings between them."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.theme import LIGHT, Theme
from app.widgets.curve_picture import LIST_SIZE, Curve, curve_pixmap

# What an item holds: a heading has no name.
NAME_ROLE = Qt.ItemDataRole.UserRole
REMARK_ROLE = NAME_ROLE + 1
FORBIDDEN_OPACITY = 0.45

Index = QModelIndex | QPersistentModelIndex


class EntryDelegate(QStyledItemDelegate):
    """Draws the entries of an opened list with their pictures, and headings between them.

    The pictures are drawn when the list is first opened, and again in another theme.
    """

    def __init__(self, draw: Callable[[str], Curve] | None, parent: QWidget) -> None:
        super().__init__(parent)
        self._draw = draw
        self._theme = LIGHT
        self._icons: dict[str, QIcon] = {}

    def set_theme(self, theme: Theme) -> None:
        """Take the colors and sizes to draw with."""
        self._theme = theme
        self._icons.clear()

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """Put the picture before the label."""
        super().initStyleOption(option, index)
        name = index.data(NAME_ROLE)
        widget: Any = option.widget
        if name is None or self._draw is None:
            return
        if name not in self._icons:
            picture = curve_pixmap(self._draw(name), self._theme, 1.0 if widget is None else widget.devicePixelRatioF())
            self._icons[name] = QIcon(picture)
            # An entry that cannot be chosen fades with its label.
            self._icons[name].addPixmap(_faded(picture), QIcon.Mode.Disabled)
        option.icon = self._icons[name]
        option.decorationSize = QSize(*(self._theme.pixels(size) for size in LIST_SIZE))
        option.features |= QStyleOptionViewItem.ViewItemFeature.HasDecoration

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw an entry, or a heading."""
        if index.data(NAME_ROLE) is not None:
            super().paint(painter, option, index)
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


def _faded(picture: QPixmap) -> QPixmap:
    faded = QPixmap(picture.size())
    faded.setDevicePixelRatio(picture.devicePixelRatio())
    faded.fill(Qt.GlobalColor.transparent)
    with QPainter(faded) as painter:
        painter.setOpacity(FORBIDDEN_OPACITY)
        painter.drawPixmap(0, 0, picture)
    return faded
