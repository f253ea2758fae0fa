"""The marker of a class as an icon on a button or in a list."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap

from app.icons import icon
from app.painting.class_states import ALL_OPEN, ClassStates
from app.theme import Theme
from app.views.decision.markers import MARKER_DEPTH, class_color
from app.views.decision.shapes import shape_of
from app.views.ink import color

# How much of a hidden class's marker is seen, and how large the padlock on a locked one's is.
FAINT, BADGE = 0.3, 0.62


def class_icon(theme: Theme, size: int, ratio: float, number: int, states: ClassStates = ALL_OPEN) -> QIcon:
    """Return the marker of a class as an icon, ``size`` large in logical pixels."""
    return QIcon(class_pixmap(theme, size, ratio, number, states))


def class_pixmap(theme: Theme, size: int, ratio: float, number: int, states: ClassStates = ALL_OPEN) -> QPixmap:
    """Return the marker of a class: faint if it is hidden, with a padlock if it is locked."""
    side = max(round(size * ratio), 1)
    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    with QPainter(pixmap) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setOpacity(FAINT if number in states.hidden else 1.0)
        painter.setBrush(color(class_color(theme, number, MARKER_DEPTH)))
        shape_of(number)(painter, QPointF(0.5 * side, 0.5 * side), 0.68 * side)
        painter.setOpacity(1.0)
        if number in states.locked:
            badge = BADGE * side
            corner = QRectF(side - badge, side - badge, badge, badge)
            painter.setBrush(color(theme.surface, 0.85))
            painter.drawEllipse(corner)
            icon("lock", theme).paint(painter, corner.toAlignedRect())
    pixmap.setDevicePixelRatio(ratio)
    return pixmap
