"""The tool in the hand: it hears of the mouse, one gesture after the other."""

from PySide6.QtCore import QObject, QTimer

from app.views.decision import tool as tools
from app.views.decision.drawing_tools.drawing_tool import DrawingTool
from app.views.decision.drawing_tools.reshaping import RESHAPINGS, ReshapingTool
from app.views.decision.drawing_tools.select import SelectTool
from app.views.decision.drawing_tools.sheet import Sheet
from app.views.decision.drawing_tools.single_point import SinglePointTool
from app.views.decision.drawing_tools.stamping import WAYS, StampTool
from app.views.decision.drawing_tools.touch import Touch
from app.views.decision.stroke_input import INTERVAL
from engine.datasets.dataset import Array


class DrawingInput(QObject):
    """Lets the tool that is chosen on the ``sheet`` work. Brush and eraser are strokes, and none of these."""

    def __init__(self, sheet: Sheet, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.sheet = sheet
        self._tools: dict[str, DrawingTool] = {
            tools.POINT: SinglePointTool(sheet),
            tools.SELECT: SelectTool(sheet),
            tools.LASSO: SelectTool(sheet, lasso=True),
            **{kind: StampTool(sheet, kind) for kind in WAYS},
            **{kind: ReshapingTool(sheet, reshaping) for kind, reshaping in RESHAPINGS.items()},
        }
        self._working: DrawingTool | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL)
        self._timer.timeout.connect(self._tick)

    @property
    def chosen(self) -> DrawingTool | None:
        """The tool that is chosen; None for brush and eraser."""
        return self._tools.get(self.sheet.tool.kind)

    @property
    def active(self) -> bool:
        """Whether a gesture is under way."""
        return self._working is not None

    def press(self, touch: Touch) -> None:
        """Begin a gesture."""
        self.cancel()
        self._working = self.chosen
        if self._working is not None:
            self._timer.start()
            self._working.press(touch)

    def move(self, touch: Touch) -> None:
        """Go on with it."""
        if self._working is not None:
            self._working.move(touch)

    def release(self, touch: Touch) -> None:
        """Finish it."""
        working = self._end()
        if working is not None:
            working.release(touch)

    def cancel(self) -> None:
        """Give it up."""
        working = self._end()
        if working is not None:
            working.cancel()

    def data_changed(self, points: Array) -> None:
        """Take note that there are other ``points`` (n, 2) than before, as they are drawn."""
        if self._working is not None:
            self._working.data_changed(points)

    def _end(self) -> DrawingTool | None:
        self._timer.stop()
        working, self._working = self._working, None
        return working

    def _tick(self) -> None:
        if self._working is not None:
            self._working.tick()
