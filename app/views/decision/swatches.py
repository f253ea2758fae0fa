"""The swatches: one button a class to paint with, and how many classes there are."""

from PySide6.QtCore import QObject, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from app.icons import icon
from app.theme import Theme
from app.views.decision.markers import MARKER_DEPTH, class_color
from app.views.decision.shapes import class_name, shape_of
from app.views.ink import color
from app.widgets.button import Button
from app.widgets.teach import teach
from engine.experiment import MAXIMUM_OUTPUTS

# With more classes, their markers say enough, and numbers would not fit beside them.
MOST_NAMED = 2


class ClassSwatches(QObject):
    """The buttons of the classes, and those that add one or take one away; ``wanted`` brings the number wished for."""

    wanted = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._count = 2
        self.buttons = tuple(Button("", "") for _ in range(MAXIMUM_OUTPUTS))
        self.fewer = Button(
            "One class less", "Take the last class away, with its painted points (Ctrl+Z brings it back)."
        )
        self.more = Button("One class more", "Add a class to paint and to tell apart: one more output of the network.")
        for button in (self.fewer, self.more):
            button.setProperty("role", "compact")
        self.fewer.clicked.connect(lambda: self.wanted.emit(self._count - 1))
        self.more.clicked.connect(lambda: self.wanted.emit(self._count + 1))

    @property
    def parts(self) -> tuple[Button, ...]:
        """All buttons, in the order in which they stand."""
        return (*self.buttons, self.fewer, self.more)

    def set_theme(self, theme: Theme, size: QSize, ratio: float) -> None:
        """Draw the icons in the theme's colors, ``size`` large in logical pixels."""
        for number, button in enumerate(self.buttons):
            button.setIcon(class_icon(theme, size.width(), ratio, number))
            button.setIconSize(size)
        self.fewer.setIcon(icon("minus", theme))
        self.more.setIcon(icon("plus", theme))
        for button in (self.fewer, self.more):
            button.setIconSize(size * 0.8)

    def wanted_parts(self, count: int, limits: tuple[int, int]) -> dict[QWidget, bool]:
        """Return which buttons are to be seen with ``count`` classes of which there may be ``limits``."""
        wanted: dict[QWidget, bool] = {button: number < count for number, button in enumerate(self.buttons)}
        return wanted | dict.fromkeys((self.fewer, self.more), limits[0] < limits[1])

    def name(self, count: int, limits: tuple[int, int]) -> None:
        """Let the buttons say what they paint."""
        self._count = count
        for number, button in enumerate(self.buttons):
            name, other = (
                class_name(number, count),
                class_name((number + 1) % (count or 1), count),
            )
            named = count <= MOST_NAMED
            button.setText(name if named else "")
            beside = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
            button.setToolButtonStyle(beside if named else Qt.ToolButtonStyle.ToolButtonIconOnly)
            role = "" if named else "compact"
            if button.property("role") != role:
                button.setProperty("role", role)
                # A style sheet looks at a property only when the style comes anew.
                button.style().polish(button)
            if count == 1:
                button.setAccessibleName("Paint points")
                teach(
                    button, "Paint points: their y is what the network should put out; the right button erases (key 1)."
                )
                continue
            keys = f"key {name} or {number + 1}" if count == 2 else f"key {number + 1}"
            button.setAccessibleName(f"Paint class {name}")
            teach(button, f"Paint class {name} with the left button, class {other} with the right one ({keys}).")
        low, high = limits
        for button, possible in ((self.fewer, count > low), (self.more, count < high)):
            button.setEnabled(possible)


def class_icon(theme: Theme, size: int, ratio: float, number: int) -> QIcon:
    """Return the marker of a class as an icon."""
    side = max(round(size * ratio), 1)
    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    with QPainter(pixmap) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color(class_color(theme, number, MARKER_DEPTH)))
        shape_of(number)(painter, QPointF(0.5 * side, 0.5 * side), 0.68 * side)
    pixmap.setDevicePixelRatio(ratio)
    return QIcon(pixmap)
