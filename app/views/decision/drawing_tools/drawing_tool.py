"""What every drawing tool can do."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter

from app.theme import Theme
from app.views.decision.drawing_tools.sheet import Sheet
from app.views.decision.drawing_tools.touch import Touch
from app.views.decision.plane import Plane
from engine.datasets.dataset import Array


class DrawingTool:
    """A tool in the hand: it is pressed onto the sheet, moved, and released, and draws what it is about to do.

    ``spans`` says that it draws from one place to another, so that by keyboard one Enter begins and the next one ends.
    """

    spans = False

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet

    def press(self, touch: Touch) -> None:
        """Begin."""

    def move(self, touch: Touch) -> None:
        """Go on, with the button down."""

    def release(self, touch: Touch) -> None:
        """Finish."""

    def tick(self) -> None:
        """Go on at the same place, 60 times a second while the button is down."""

    def cancel(self) -> None:
        """Give up what has begun, and leave everything as it was."""

    def data_changed(self, points: Array) -> None:
        """Take note that there are other ``points`` (n, 2) than before, as they are drawn."""

    def cursor(self, touch: Touch) -> Qt.CursorShape:
        """Return the cursor to show where nothing is pressed."""
        return Qt.CursorShape.CrossCursor

    def draw(self, painter: QPainter, plane: Plane, theme: Theme, touch: Touch | None) -> None:
        """Draw over the picture what the tool would do; ``touch`` is where the mouse is, if it is in the picture."""
