"""The gradient view: each layer as a matrix of cells, its gradient norm above, so that a vanishing one is seen."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
)
from PySide6.QtWidgets import QWidget

from app.frame import Frame
from app.views.gradients.display import MatrixDisplay
from app.views.gradients.geometry import (
    HEADER,
    NORM,
    TITLE,
    moved,
    parameter_at,
)
from app.views.gradients.naming import sentence_of
from engine.datasets.dataset import Dataset
from engine.experiment import Experiment
from engine.parameters import Layout
from engine.tasks import TASKS

NAME = "Gradients"
HELP = "Alt with the arrow keys moves through the cells."
NORM_TEXT = (
    "‖g‖ is the length of the layer's gradient; its bar is logarithmic, empty a million times below the longest."
)
_MOVES = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class GradientView(MatrixDisplay):
    """Shows weights, gradients or updates of all layers side by side.

    Signals:
        weight_hovered: the flat index of the parameter that is pointed at, −1 for none.
        hint: one line about it.
    """

    weight_hovered = Signal(int)
    hint = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(NAME)
        self.setAccessibleDescription(HELP)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self._explaining = False

    # What the window calls

    def show_experiment(self, experiment: Experiment, dataset: Dataset, layout: Layout) -> None:
        """Take the shape of the network; the frames that follow belong to it."""
        self._classes = dataset.classes if TASKS[experiment.data.task].outputs_each else 0
        if layout != self._layout:
            self._layout = layout
            self._frame = None
            self._selected = self._highlighted = self._hovered = -1
            self._point_at(-1)
        self._rearrange()

    def show_frame(self, frame: Frame) -> None:
        """Draw one moment; a frame of another network than the one shown is left out."""
        if frame.layout is not self._layout and frame.layout != self._layout:
            return
        uncovers = self._hides_gradient and not frame.hidden.gradient
        self._frame = frame
        self._update_legend()
        if uncovers:
            self.update()
        self._update_matrices()

    # Mouse and keyboard

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Name the parameter under the mouse."""
        position = event.position()
        index = parameter_at(self._matrices, self._layout, position.x(), position.y())
        if index != self._hovered:
            self._hovered = index
            self._update_matrices()
        self._point_at(index if index >= 0 else self._focused_selection())
        self._explain_norm(index < 0 and HEADER < position.y() / self._theme.text_scale < HEADER + TITLE + NORM)

    def _explain_norm(self, wanted: bool) -> None:
        if wanted != self._explaining:
            self._explaining = wanted
            self.hint.emit(NORM_TEXT if wanted else self._text_of(self._pointed))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select the cell under the mouse."""
        self.mouseMoveEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self._selected = self._hovered
            self._update_matrices()

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the mouse any more."""
        self._hovered = -1
        self._explain_norm(False)
        self._point_at(self._focused_selection())
        self._update_matrices()

    def _focused_selection(self) -> int:
        return self._selected if self.hasFocus() else -1

    def _point_at(self, index: int) -> None:
        if index != self._pointed:
            self._pointed = index
            self.weight_hovered.emit(index)
            self.hint.emit(self._text_of(index))
            self.update()

    def _text_of(self, index: int) -> str:
        return sentence_of(self._layout, self._frame, index)

    def event(self, event: QEvent) -> bool:
        """Keep Alt+arrows from the window's shortcuts while this view has the focus."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and event.key() in _MOVES
            and event.modifiers() & Qt.KeyboardModifier.AltModifier
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the selected cell with Alt and the arrows."""
        move = _MOVES.get(Qt.Key(event.key()))
        if move is not None and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self._select(moved(self._layout, self._selected, *move) if self._selected >= 0 else 0)
        elif event.key() == Qt.Key.Key_Escape and self._selected >= 0:
            self._select(-1)
        else:
            super().keyPressEvent(event)

    def _select(self, index: int) -> None:
        self._selected = index
        self._point_at(index if index >= 0 else self._hovered)
        # Read out by screen readers: the name of what has the focus has changed.
        self.setAccessibleName(f"{NAME}: {self._text_of(index)}" if index >= 0 else NAME)
        self._update_matrices()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Select something when Tab arrives, so that one sees where one is."""
        super().focusInEvent(event)
        tabbed = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        if tabbed and self._selected < 0:
            self._select(0)
        self._update_matrices()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The selection is no longer pointed at."""
        super().focusOutEvent(event)
        self._point_at(self._hovered)
        self._update_matrices()
