"""One place for the output of every task: it shows the picture that fits, and passes on what is painted."""

from functools import cached_property
from typing import TypeVar

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.frame import Frame
from app.painting.drawing import Indices
from app.stepping.state import StepState
from app.theme import LIGHT, Theme
from app.views.curve import CurveView
from app.views.decision import DecisionView
from app.views.decision.display import Display
from app.views.decision.drawing_tools.sheet import NOTHING
from app.views.embedding import EmbeddingView
from app.views.image import ImageView
from app.views.ink import color
from app.views.picture_keys import modifiers_of
from app.widgets.segmented import SegmentedControl
from engine.datasets.dataset import Dataset
from engine.experiment import Experiment
from engine.parameters import Layout
from engine.tasks import TASKS

Picture = DecisionView | CurveView | EmbeddingView | ImageView
Painted = TypeVar("Painted", bound=DecisionView)
EMBEDDING_CHOICES = (
    ("embedding", "Embedding", "Where the network puts the samples."),
    ("plane", "Data", "Where the samples lie in the plane; here they can be painted."),
)


class CurrentOnly(QStackedWidget):
    """A stack that needs no more room than what is shown of it."""

    def __init__(self) -> None:
        super().__init__()
        self.currentChanged.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """Return what the current widget likes."""
        current = self.currentWidget()
        return current.sizeHint() if current is not None else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        """Return what the current widget needs."""
        current = self.currentWidget()
        if current is None:
            return super().minimumSizeHint()
        return current.minimumSizeHint().expandedTo(current.minimumSize())


class OutputView(QWidget):
    """Holds the pictures of all tasks and shows one.

    Signals as of the decision view: strokes, points painted, erased and edited, points selected, clear, undo, a sample
    picked, the whole window, and a hint; and needs_changed, when what it is drawn from may be something else.
    """

    stroke_started = Signal()
    points_painted = Signal(object, float)
    points_erased = Signal(float, float, float)
    points_edited = Signal(object, str, object)
    selection_made = Signal(object)
    large_requested = Signal()
    stroke_finished = Signal()
    stroke_given_up = Signal()
    points_cleared = Signal()
    undo_requested = Signal()
    changed = Signal(str, object)
    needs_changed = Signal()
    sample_picked = Signal(int)
    hint = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._undo, self._large = LIGHT, "", False
        # Those that have been shown; the others are made when a task first asks for them, which most never do.
        self._made: list[Picture] = []
        self.switch = SegmentedControl("Picture", EMBEDDING_CHOICES, "embedding")
        self._stack = CurrentOnly()
        self._task = "two-classes"
        self._shown: tuple[Experiment, Dataset, Layout] | None = None
        self._frame: Frame | None = None
        self._step: StepState | None = None
        self._selection: Indices = NOTHING
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.switch)
        column.addWidget(self._stack, 1)
        self.switch.chosen.connect(self._choose)
        self.switch.chosen.connect(self.needs_changed)
        self.plane.residuals.toggled.connect(self.needs_changed)
        self.switch.hide()
        self.setFocusProxy(self.plane)
        self.set_theme(LIGHT)

    @cached_property
    def plane(self) -> DecisionView:
        """The picture of tasks whose output is drawn over the plane."""
        return self._painted(DecisionView())

    @cached_property
    def curve(self) -> CurveView:
        """The picture of a curve."""
        return self._painted(CurveView())

    @cached_property
    def embedding(self) -> EmbeddingView:
        """The picture of an embedding."""
        view = EmbeddingView()
        self._take(view)
        return view

    @cached_property
    def image(self) -> ImageView:
        """The pictures of an image."""
        view = ImageView()
        self._take(view)
        view.stroke_started.connect(self.stroke_started)
        view.points_edited.connect(self.points_edited)
        view.stroke_finished.connect(self.stroke_finished)
        view.points_cleared.connect(self.points_cleared)
        view.undo_requested.connect(self.undo_requested)
        view.changed.connect(self.changed)
        view.tools.show_undo(self._undo)
        return view

    def _painted(self, view: Painted) -> Painted:
        """Take ``view`` and return it, connected with all that is done to points in it."""
        self._take(view)
        view.stroke_started.connect(self.stroke_started)
        view.points_painted.connect(self.points_painted)
        view.points_erased.connect(self.points_erased)
        view.points_edited.connect(self.points_edited)
        view.selection_made.connect(self.selection_made)
        view.large_requested.connect(self.large_requested)
        view.stroke_finished.connect(self.stroke_finished)
        view.stroke_given_up.connect(self.stroke_given_up)
        view.points_cleared.connect(self.points_cleared)
        view.undo_requested.connect(self.undo_requested)
        view.changed.connect(self.changed)
        view.tools.show_undo(self._undo)
        view.tools.show_large(self._large)
        return view

    def _take(self, picture: Picture) -> None:
        self._made.append(picture)
        self._stack.addWidget(picture)
        picture.hint.connect(self.hint)
        picture.sample_picked.connect(self.sample_picked)
        picture.set_theme(self._theme)

    @property
    def current(self) -> Picture:
        """The picture that is shown."""
        picture = self._stack.currentWidget()
        assert isinstance(picture, Picture)
        return picture

    @property
    def is_busy(self) -> bool:
        """Whether the mouse is drawing in the picture, or selecting."""
        return isinstance(self.current, DecisionView) and self.current.canvas.is_busy

    @property
    def needs_outputs(self) -> bool:
        """Whether the picture is drawn from what the network puts out for the samples."""
        current = self.current
        return current.needs_outputs if isinstance(current, DecisionView) else True

    def set_theme(self, theme: Theme) -> None:
        """Take the colors and sizes to draw with."""
        self._theme = theme
        self.switch.set_theme(theme)
        for picture in self._made:
            picture.set_theme(theme)

    def end_gestures(self) -> None:
        """End whatever is just being drawn, though the button is still held."""
        for picture in self._made:
            if isinstance(picture, ImageView):
                picture.panes.strokes.release()
            elif not isinstance(picture, EmbeddingView):
                picture.canvas.end_gesture()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let the keys of the drawing tools work on everything around the picture, too."""
        if not self.take_key(event):
            super().keyPressEvent(event)

    def take_key(self, event: QKeyEvent) -> bool:
        """Choose the tool or class of a key that had no meaning where the focus is; return whether it has one here."""
        picture = self.current
        if modifiers_of(event) or not picture.isVisible() or isinstance(picture, EmbeddingView):
            return False
        return picture.press_key(Qt.Key(event.key()))

    def show_undo(self, what: str) -> None:
        """Let undo say beside the painting tools what it would take back; empty if nothing."""
        self._undo = what
        for picture in self._made:
            if not isinstance(picture, EmbeddingView):
                picture.tools.show_undo(what)

    def show_large(self, large: bool) -> None:
        """Let the button beside the painting tools say whether the picture has the whole window."""
        self._large = large
        for picture in self._made:
            if isinstance(picture, DecisionView):
                picture.tools.show_large(large)

    def show_selection(self, indices: Indices) -> None:
        """Ring the points of these numbers: they are selected."""
        self._selection = indices
        if isinstance(self.current, DecisionView):
            self.current.show_selection(indices)

    def show_experiment(self, experiment: Experiment, dataset: Dataset, layout: Layout) -> None:
        """Show the picture of the task; only it takes the data, the others when they are shown."""
        self._shown = (experiment, dataset, layout)
        self._task = experiment.data.task
        self.switch.setVisible(self._task == "embedding")
        self._choose()

    def show_frame(self, frame: Frame) -> None:
        """Draw one moment."""
        self._frame = frame
        if frame.experiment.data.task == self._task:
            self.current.show_frame(frame)

    def show_step(self, state: StepState | None) -> None:
        """Bring out the samples of the batch that is walked through; None ends it."""
        self._step = state
        self.current.show_step(state)

    def draw_picture(self, painter: QPainter, size: QSize) -> None:
        """Draw the picture as it is now into a rectangle of ``size``, as large as it fits, for a file."""
        current = self.current
        content: QWidget = current.panes if isinstance(current, ImageView) else current.canvas
        painter.fillRect(QRect(QPoint(), size), color(self._theme.surface))
        width, height = max(content.width(), 1), max(content.height(), 1)
        scale = min(size.width() / width, size.height() / height)
        painter.translate(0.5 * (size.width() - scale * width), 0.5 * (size.height() - scale * height))
        painter.scale(scale, scale)
        if isinstance(content, Display):
            content.draw_picture(painter)
        else:
            content.render(painter, QPoint())

    def _choose(self) -> None:
        picture: Picture = self.plane
        if self._task == "regression-1d":
            picture = self.curve
        elif TASKS[self._task].is_image:
            picture = self.image
        elif self._task == "embedding" and self.switch.current == "embedding":
            picture = self.embedding
        changed = picture is not self._stack.currentWidget()
        if changed:
            self.current.show_step(None)
        self._stack.setCurrentWidget(picture)
        if changed:
            self.setFocusProxy(picture)
        if self._shown is not None:
            picture.show_experiment(*self._shown)
            if isinstance(picture, DecisionView):
                picture.show_selection(self._selection)
            picture.show_step(self._step)
            if changed and self._frame is not None and self._frame.layout == self._shown[2]:
                picture.show_frame(self._frame)
