"""The picture of the network: units with their fields, edges with their weights, drawn from a frame."""

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.frame import Frame
from app.stepping.records import Link
from app.stepping.state import StepState
from app.theme import LIGHT
from app.views.ink import color
from app.views.network.canvas import Canvas
from app.views.network.footer import NetworkFooter
from app.views.network.geometry import Arrangement, arrange
from app.views.network.header import NetworkHeader
from app.views.network.hit_testing import Target, target_of
from app.views.network.painting import paint_labels, paint_mark, paint_selection
from app.views.network.scene import Scene, scene_of
from app.views.network.stage_layer import StageLayer
from app.views.quantities import end_text
from engine.experiment import Experiment
from engine.parameters import Layout, layout


class NetworkDisplay(QWidget):
    """Draws the network between the controls of its layers above and the scale of its edges below.

    What is pointed at, selected or edited is marked; which that is, the view finds out that builds on this.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._theme = LIGHT
        self._layout: Layout = layout(Experiment().network)
        self._frame: Frame | None = None
        # How many classes have an output of their own.
        self._classes = 0
        self._hovered: Target | None = None
        self._selected: Target | None = None
        self._editing: Target | None = None
        # What other views, and the formula of an iteration, point at.
        self._highlighted: Target | None = None
        self._linked: Target | None = None
        self.stage = StageLayer()
        self._canvas = Canvas(LIGHT)
        self._arrangement: Arrangement = arrange(self._layout, 660.0, 430.0)
        self._scene: Scene | None = None
        self._image: QImage | None = None
        self.header = NetworkHeader(self)
        self.footer = NetworkFooter(self)
        self.footer.chosen.connect(self._redraw)
        self.header.show_experiment(Experiment())

    def set_edge_quantity(self, quantity: str) -> None:
        """Let the edges show “weights”, “gradients” or “updates”."""
        self.footer.quantity.choose(quantity)

    def highlight_parameter(self, index: int) -> None:
        """Bring out the edge or bias with this flat index; −1 ends it."""
        highlighted = target_of(Link(parameter=index), self._arrangement)
        if highlighted != self._highlighted:
            self._highlighted = highlighted
            self._update_canvas()

    def show_step(self, state: StepState | None) -> None:
        """Bring out the place of an iteration where one stands, with its numbers; None ends it."""
        if self.stage.set_state(state):
            self._linked = None if self.stage.state is None else self._linked
            self._redraw()

    def set_highlight(self, link: Link | None) -> None:
        """Bring out where a piece of the formula comes from; None ends it."""
        linked = target_of(link, self._arrangement)
        if linked != self._linked:
            self._linked = linked
            self._update_canvas()

    @property
    def arrangement(self) -> Arrangement:
        """Where everything is at the moment."""
        return self._arrangement

    def sizeHint(self) -> QSize:
        """Return the size it has in a small window."""
        return QSize(660, 430)

    def minimumSizeHint(self) -> QSize:
        """Return the size below which nothing could be told apart."""
        return QSize(320, 220)

    # Layout and painting

    def _rearrange(self) -> None:
        self._arrangement = arrange(self._layout, float(self.width()), float(self.height()), self._theme.text_scale)
        self.header.place(self._arrangement)
        self.footer.place(self.width(), self.height())
        self._redraw()
        self.update()

    def _redraw(self) -> None:
        self._scene = self._image = None
        self._update_canvas()

    def _update_canvas(self) -> None:
        a = self._arrangement
        # Header and footer stay as they are: repainting their controls would cost more than the network.
        self.update(QRect(0, int(a.top), self.width(), int(a.bottom - a.top) + 2))

    def _current_scene(self) -> Scene:
        if self._scene is None:
            a = self._arrangement
            scene = scene_of(self._layout, a, self._frame, self.footer.quantity.current, self._canvas.edge_table)
            quantity = self.footer.quantity.current
            self.footer.show_scale(end_text(self._frame, quantity, scene.scale), len(a.edge_index))
            self.stage.prepare(a, self._layout, self._theme, self.font())
            self._scene = self.stage.scene(scene, a)
        return self._scene

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the canvas, then labels and marks over it."""
        a, theme = self._arrangement, self._theme
        scene, ratio = self._current_scene(), self.devicePixelRatioF()
        if self._image is None or self._image.devicePixelRatio() != ratio:
            self._image = self._canvas.draw(a, scene, ratio)
        with QPainter(self) as painter:
            if event.rect().top() < a.top:
                painter.fillRect(QRectF(0.0, 0.0, a.width, a.top), color(theme.surface))
            if event.rect().bottom() >= a.bottom:
                painter.fillRect(QRectF(0.0, a.bottom, a.width, self.height() - a.bottom), color(theme.surface))
            painter.drawImage(QPointF(0.0, a.top), self._image)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self.stage.paint_veil(painter, a, theme)
            paint_labels(painter, a, theme, self.font(), scene, self._layout, self._classes)
            self.stage.paint(painter, a, theme)
            for marked in (self._highlighted, self._linked, self._editing or self._hovered or self._selected):
                if marked is not None:
                    paint_mark(painter, a, theme, scene, marked)
            if self._selected is not None and self.hasFocus():
                paint_selection(painter, a, theme, self._selected)
            self.stage.paint_labels(painter, theme, self.font())
