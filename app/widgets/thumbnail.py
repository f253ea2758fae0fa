"""A small picture of a data set, to be chosen with a click."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QAbstractButton, QWidget

from app.pixels import image_of
from app.theme import LIGHT, Theme
from app.widgets.teach import teach
from engine.datasets.dataset import DOMAIN, Dataset

PICTURE = 68
RADIUS = 6.0
# How much narrower than usual the letters of a long name may become.
NARROWEST = 0.78
_ARROWS = {
    Qt.Key.Key_Left: "left",
    Qt.Key.Key_Right: "right",
    Qt.Key.Key_Up: "up",
    Qt.Key.Key_Down: "down",
}
_PRESS = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Thumbnail(QAbstractButton):
    """The points of a data set in their colors, its name below; outlined while it is the one in use.

    ``arrow`` brings “left”, “right”, “up” or “down” for an arrow key pressed on it: the panel knows what lies there.
    """

    arrow = Signal(str)

    def __init__(self, label: str, remark: str, dataset: Dataset, classes: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dataset = dataset
        self._classes = classes
        self._is_curve = not classes and np.array_equal(dataset.points[:, 1], dataset.targets)
        self._theme = LIGHT
        self._picture: QPixmap | None = None
        self.setText(label)
        self.setAccessibleName(label)
        teach(self, f"{label}\n{remark}")
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def set_theme(self, theme: Theme) -> None:
        """Take the colors and sizes to draw with."""
        self._theme = theme
        self._picture = None
        self.updateGeometry()
        self.update()

    def set_dataset(self, dataset: Dataset) -> None:
        """Show other points of the same kind."""
        self._dataset = dataset
        self._picture = None
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for the picture and a line of text."""
        side = self._side()
        return QSize(side + 8, side + 8 + self._theme.pixels(16))

    def nextCheckState(self) -> None:
        """Stay as it is: what is in use is shown by ``setChecked`` when the experiment says so."""

    def event(self, event: QEvent) -> bool:
        """Keep Space, Enter and the arrow keys from the window's shortcuts while this button has the focus."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and (event.key() in _PRESS or event.key() in _ARROWS)
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press with Enter as with Space; report arrow keys."""
        if event.key() in _ARROWS:
            self.arrow.emit(_ARROWS[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the card, the points and the name."""
        theme = self._theme
        ratio = self.devicePixelRatioF()
        if self._picture is None or self._picture.devicePixelRatioF() != ratio:
            self._picture = self._draw_points(ratio)
        side = self._side()
        card = QRectF((self.width() - side) / 2.0, 4.0, side, side)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setOpacity(1.0 if self.isEnabled() else 0.4)
            painter.setPen(QPen(QColor(*theme.border), 1.0))
            painter.setBrush(QColor(*(theme.hover if self.underMouse() else theme.field)))
            painter.drawRoundedRect(card.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
            painter.drawPixmap(card.topLeft(), self._picture)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            if self.isChecked():
                painter.setPen(QPen(QColor(*theme.accent), 2.0))
                painter.drawRoundedRect(card, RADIUS, RADIUS)
            if self.hasFocus():
                painter.setPen(QPen(QColor(*theme.focus), 1.5, Qt.PenStyle.DashLine))
                painter.drawRoundedRect(card.adjusted(-3.0, -3.0, 3.0, 3.0), RADIUS + 2.0, RADIUS + 2.0)
            painter.setPen(QColor(*(theme.text if self.isChecked() else theme.muted)))
            self._draw_name(painter, QRectF(0.0, side + 6.0, self.width(), self.height() - side - 6.0))

    def _side(self) -> int:
        return self._theme.pixels(PICTURE)

    def _draw_name(self, painter: QPainter, line: QRectF) -> None:
        """Draw the name into ``line``: narrower where it does not fit, and cut off where that does not help."""
        font = self.font()
        font.setPixelSize(self._theme.pixels(11))
        painter.setFont(font)
        metrics = painter.fontMetrics()
        squeeze = min(1.0, max(NARROWEST, line.width() / (metrics.horizontalAdvance(self.text()) + 2.0)))
        room = line.width() / squeeze
        text = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, int(room))
        painter.scale(squeeze, 1.0)
        painter.drawText(QRectF(0.0, line.top(), room, line.height()), Qt.AlignmentFlag.AlignCenter, text)

    def _draw_points(self, ratio: float) -> QPixmap:
        """Return the points drawn once; disks for the first class and for values, squares for all other classes.

        The pixels of an image are drawn as what they are.
        """
        side = self._side()
        picture = QPixmap(round(side * ratio), round(side * ratio))
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        low, high = DOMAIN
        dataset = self._dataset
        colors = self._colors()
        if dataset.shape is not None:
            image = image_of(colors.reshape(dataset.shape))
            with QPainter(picture) as painter:
                painter.drawImage(QRectF(3.0, 3.0, side - 6.0, side - 6.0), image)
            return picture
        places = (dataset.points - low) / (high - low) * (side - 6.0) + 3.0
        if self._is_curve:
            # y goes from −1.5 to 1.5 where x₂ goes from −6 to 6.
            places[:, 1] = (dataset.points[:, 1] + 1.5) / 3.0 * (side - 6.0) + 3.0
        with QPainter(picture) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            # Values melt into a surface; classes are separate points. Both grow with the picture.
            radius = side / 68.0 * (1.6 if self._classes or self._is_curve else 2.7)
            half = 0.85 * radius
            painter.setPen(Qt.PenStyle.NoPen)
            for (x, y), color, target in zip(places, np.ravel(colors), dataset.targets, strict=True):
                painter.setBrush(QColor.fromRgb(int(color)))
                center = QPointF(float(x), side - float(y))
                if self._classes and target > 0.5:
                    painter.drawRect(QRectF(center.x() - half, center.y() - half, 2.0 * half, 2.0 * half))
                else:
                    painter.drawEllipse(center, radius, radius)
        return picture

    def _colors(self) -> NDArray[np.uint32]:
        """Return the color of every sample as 0xFFRRGGBB."""
        theme, targets = self._theme, self._dataset.targets
        if self._classes:
            palette = np.array([0xFF000000 | r << 16 | g << 8 | b for r, g, b in theme.classes], dtype=np.uint32)
            return np.asarray(palette[targets.astype(np.intp)])
        if self._dataset.shape is not None:
            gray = np.clip(np.rint(255.0 * targets), 0.0, 255.0).astype(np.uint32)
            return np.asarray(np.uint32(0xFF000000) | gray << np.uint32(16) | gray << np.uint32(8) | gray)
        # Values are drawn from −1 to 1; of a curve the place already tells them.
        return theme.colors_of(np.ones_like(targets) if self._is_curve else targets, -1.0, 1.0)
