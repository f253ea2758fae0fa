"""The folds of a cross-validation side by side, and which of them is the test."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.theme import LIGHT, Theme
from app.widgets.teach import teach

HEIGHT, GAP = 22.0, 3.0
_STEPS = {
    Qt.Key.Key_Left: -1, Qt.Key.Key_Down: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: 1,
}  # fmt: skip
_ENDS = (Qt.Key.Key_Home, Qt.Key.Key_End)


class FoldStrip(QWidget):
    """A box for each fold: filled where it is trained on, hollow where it is the test.

    ``picked`` brings the number of a fold, from 1, that is to be the test: by a click, or with the arrow keys.
    """

    picked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._count, self._fold = 5, 1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.show_fold(5, 1)

    def set_theme(self, theme: Theme) -> None:
        """Take the colors and sizes to draw with."""
        self._theme = theme
        self.updateGeometry()
        self.update()

    def show_fold(self, count: int, fold: int) -> None:
        """Show ``count`` folds of which number ``fold``, from 1, is the test."""
        self._count, self._fold = count, fold
        self.setAccessibleName(f"Fold that is the test: {fold} of {count}")
        teach(self, f"Fold {fold} of {count} is the test, the others are trained on. A click or an arrow key moves it.")
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for all boxes."""
        return QSize(self._theme.pixels(120), self._theme.pixels(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Return room for narrow boxes."""
        return QSize(self._theme.pixels(60), self._theme.pixels(HEIGHT))

    def box(self, fold: int) -> QRectF:
        """Return where fold number ``fold``, from 1, is drawn."""
        width = self.width() / self._count
        gap = min(GAP, 0.3 * width)
        return QRectF((fold - 1) * width + 0.5 * gap, 2.0, width - gap, self.height() - 4.0)

    def event(self, event: QEvent) -> bool:
        """Keep the arrow keys from the window's shortcuts while this has the focus."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and (event.key() in _STEPS or event.key() in _ENDS)
            and not event.modifiers()
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the next fold, the one before, the first or the last; behind the last comes the first."""
        key = Qt.Key(event.key())
        if key in _STEPS:
            self.picked.emit((self._fold - 1 + _STEPS[key]) % self._count + 1)
        elif key in _ENDS:
            self.picked.emit(1 if key == Qt.Key.Key_Home else self._count)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Pick the fold under the mouse."""
        if event.button() == Qt.MouseButton.LeftButton:
            place = int(event.position().x() * self._count / max(self.width(), 1))
            self.picked.emit(min(max(place, 0), self._count - 1) + 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the boxes, with the number of the fold where there is room."""
        theme = self._theme
        font = self.font()
        font.setPixelSize(theme.pixels(11))
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setFont(font)
            for fold in range(1, self._count + 1):
                box, is_test = self.box(fold), fold == self._fold
                painter.setPen(QPen(QColor(*(theme.accent if is_test else theme.border)), 1.6 if is_test else 1.0))
                painter.setBrush(QColor(*(theme.surface if is_test else theme.selected)))
                painter.drawRoundedRect(box, 4.0, 4.0)
                if painter.fontMetrics().horizontalAdvance(str(fold)) + 2 <= box.width():
                    painter.setPen(QColor(*(theme.text if is_test else theme.muted)))
                    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(fold))
            if self.hasFocus():
                painter.setPen(QPen(QColor(*theme.focus), 1.5))
                painter.drawLine(
                    QPointF(self.box(self._fold).left() + 2.0, self.height() - 0.75),
                    QPointF(self.box(self._fold).right() - 2.0, self.height() - 0.75),
                )
