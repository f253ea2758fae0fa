"""The network: units with their fields, edges with their weights, drawn from a frame and edited in place."""

import dataclasses

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from app.frame import Frame
from app.theme import LIGHT, Theme
from app.views.network.cards import card_of, target_name
from app.views.network.display import NetworkDisplay
from app.views.network.editor import ParameterEditor
from app.views.network.floating_card import FloatingCard, around
from app.views.network.hit_testing import Target, link_of, target_at, unit_of
from app.views.network.keys import ACT, FEWER, LEAVE, MORE, REMOVE, command_of, direction_of, is_kept
from app.views.network.painting import anchor_of
from app.views.network.selection import RIGHT, layer_of, moved, parameter_of
from engine.datasets.dataset import Dataset
from engine.experiment import Experiment
from engine.features import FEATURES
from engine.parameters import Layout
from engine.tasks import TASKS

LAST_FEATURE = "The network needs at least one input; switch another one on first."
NAME = "Network"
HELP = (
    "Alt with the arrow keys moves through units and edges, Enter edits, plus and minus change the number of units, "
    "Delete removes the layer."
)


class NetworkView(NetworkDisplay):
    """Draws the network and lets it be changed on the spot.

    Signals:
        changed: a change of the experiment, by name and value.
        parameter_edited: flat index and new value of a weight or a bias.
        unit_hovered: the number of the unit that is pointed at, −1 for none.
        weight_hovered: the flat index of the parameter that is pointed at, −1 for none.
        link_hovered: while an iteration is walked through, the Link of what is pointed at, or None.
        hint: one line about what is pointed at, or why something was refused.
    """

    changed = Signal(str, object)
    parameter_edited = Signal(int, float)
    unit_hovered = Signal(int)
    weight_hovered = Signal(int)
    link_hovered = Signal(object)
    hint = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(NAME)
        self.setAccessibleDescription(HELP)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self._pressed: Target | None = None
        self._pointed: Target | None = None
        self._mouse = QPointF()
        self.header.changed.connect(self.changed)
        self.header.refused.connect(self.hint)
        self.card = FloatingCard(LIGHT, self)
        self.editor = ParameterEditor(self)
        self.editor.committed.connect(self._commit)
        self.editor.rejected.connect(self._show_problem)
        self.editor.textEdited.connect(self._show_card)
        self.editor.closed.connect(self._end_editing)
        self.set_theme(LIGHT)

    # What the window calls

    def set_theme(self, theme: Theme) -> None:
        """Take the colors and the text size."""
        self._theme = theme
        self._canvas.set_theme(theme)
        self.header.set_theme(theme)
        self.footer.set_theme(theme, self._canvas.edge_table)
        self.card.set_theme(theme)
        self.editor.set_theme(theme)
        self._rearrange()

    def show_experiment(self, experiment: Experiment, dataset: Dataset, layout: Layout) -> None:
        """Take the shape of the network; the frames that follow belong to it."""
        self.header.show_experiment(experiment)
        self._classes = dataset.classes if TASKS[experiment.data.task].outputs_each else 0
        if layout != self._layout:
            # Before the layout changes: what is pointed at, selected or edited belongs to the old one.
            self.editor.close_editor()
            self._select(None)
            self._set_hovered(None)
            self._pressed = None
            self._highlighted = self._linked = None
            self._layout = layout
            self._frame = None
        self._rearrange()

    def show_frame(self, frame: Frame) -> None:
        """Draw one moment; a frame of another network than the one shown is left out."""
        if frame.layout is not self._layout and frame.layout != self._layout:
            return
        self._frame = frame
        self._redraw()
        if not self.card.isHidden() and not self.card.card.problem:
            self._show_card()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay everything out anew."""
        self.editor.close_editor()
        self._rearrange()

    # Mouse

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show what lies under the mouse."""
        self._mouse = event.position()
        a = self._arrangement
        if self._editing is None:
            self._set_hovered(target_at(a, self._mouse.x(), self._mouse.y()))

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the mouse any more."""
        if self._editing is None:
            self._set_hovered(None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where the click began."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.mouseMoveEvent(event)
            self._pressed = target_at(self._arrangement, event.position().x(), event.position().y())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Toggle a feature, edit a weight or bias, select a unit."""
        target = target_at(self._arrangement, event.position().x(), event.position().y())
        if event.button() != Qt.MouseButton.LeftButton or target is None or target != self._pressed:
            self._pressed = None
            return
        self._pressed = None
        if target.kind == "feature":
            self._toggle(target.index)
        elif target.kind == "unit":
            self._select(target)
        else:
            self._edit(target, event.position())

    def _set_hovered(self, target: Target | None) -> None:
        changed = target != self._hovered
        self._hovered = target
        if changed:
            needs_hand = target is not None and target.kind != "unit"
            self.setCursor(Qt.CursorShape.PointingHandCursor if needs_hand else Qt.CursorShape.ArrowCursor)
            self._update_canvas()
        if changed or (target is not None and target.kind == "edge"):
            self._point_at(target or self._focused_selection())

    def _focused_selection(self) -> Target | None:
        return self._selected if self.hasFocus() else None

    def _point_at(self, target: Target | None) -> None:
        """Tell everyone what is pointed at, by mouse or keyboard."""
        if target != self._pointed:
            self._pointed = target
            self.unit_hovered.emit(unit_of(target, self._arrangement))
            is_parameter = target is not None and target.kind in ("edge", "bias")
            self.weight_hovered.emit(target.index if target is not None and is_parameter else -1)
            if self.stage.state is not None:
                self.link_hovered.emit(link_of(target, self._arrangement))
            self.hint.emit("" if target is None else target_name(target, self._layout, self._frame))
        self._show_card()

    # The card

    def _show_card(self) -> None:
        target = self._editing or self._pointed
        if target is None:
            self.card.hide()
            return
        anchor = anchor_of(self._arrangement, target)
        if self._editing is not None:
            anchor = QRectF(self.editor.geometry())
        elif target.kind == "edge" and target == self._hovered:
            anchor = around(self._mouse)
        card = card_of(target, self._layout, self._frame)
        if self._editing is not None:
            card = dataclasses.replace(card, remark="Enter keeps the value, Escape gives up.")
        self.card.show_card(card, anchor)

    def _show_problem(self, sentence: str) -> None:
        if self._editing is not None:
            card = dataclasses.replace(card_of(self._editing, self._layout, self._frame), problem=sentence)
            self.card.show_card(card, QRectF(self.editor.geometry()))
            self.hint.emit(sentence)

    # Editing

    def _edit(self, target: Target, at: QPointF) -> None:
        if self._frame is None:
            self.hint.emit("The network is not ready yet; try again in a moment.")
            return
        self._editing = target
        value = float(self._frame.parameters[target.index])
        self.editor.open(target_name(target, self._layout, None), value, at.toPoint())
        self._show_card()
        self._update_canvas()

    def _commit(self, value: float) -> None:
        if self._editing is not None:
            self.parameter_edited.emit(self._editing.index, value)

    def _end_editing(self) -> None:
        self._editing = None
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self.underMouse():
            self._hovered = None
        self._point_at(self._hovered or self._focused_selection())
        self._update_canvas()

    def _toggle(self, slot: int) -> None:
        name = FEATURES.entries[slot].name
        if self._layout.features == (name,):
            self.hint.emit(LAST_FEATURE)
            return
        self.changed.emit("network.feature", (name, name not in self._layout.features))

    # Keyboard

    def _select(self, target: Target | None) -> None:
        self._selected = target
        self._point_at(target or self._hovered)
        if target is not None:
            # Read out by screen readers: the name of what has the focus has changed.
            self.setAccessibleName(f"{NAME}: {target_name(target, self._layout, self._frame)}")
        else:
            self.setAccessibleName(NAME)
        self._update_canvas()

    def event(self, event: QEvent) -> bool:
        """Keep this view's own keys from the window's shortcuts while it has the focus."""
        if isinstance(event, QKeyEvent) and is_kept(event, has_selection=self._selected is not None):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the selection, edit it, change its layer."""
        layer = layer_of(self._layout, self._selected)
        hidden = 0 <= layer < len(self._layout.layers) - 1
        command, direction = command_of(event), direction_of(event)
        if direction:
            self._select(moved(self._arrangement, self._layout, self._selected, direction))
        elif command == ACT and self._selected is not None:
            self._act_on(self._selected)
        elif command == LEAVE and self._selected is not None:
            self._select(None)
        elif command in (MORE, FEWER, REMOVE) and hidden:
            header = self.header.layers[layer]
            {MORE: header.more, FEWER: header.fewer, REMOVE: header.remove}[command].click()
        else:
            super().keyPressEvent(event)

    def _act_on(self, target: Target) -> None:
        if target.kind == "feature":
            self._toggle(target.index)
            return
        parameter = parameter_of(target, self._layout)
        if parameter is None:
            self.hint.emit("The units of this layer have no bias.")
            return
        self._edit(parameter, anchor_of(self._arrangement, parameter).center())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Select something when Tab arrives, so that one sees where one is."""
        super().focusInEvent(event)
        tabbed = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        if tabbed and self._selected is None:
            self._select(moved(self._arrangement, self._layout, None, RIGHT))
        self._update_canvas()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the selection's card."""
        super().focusOutEvent(event)
        if self._editing is None:
            self._point_at(self._hovered)
        self._update_canvas()
