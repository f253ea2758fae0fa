"""The view of an image task: target, output and error, with sharp pixels; the target can be drawn on."""

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.description import counted
from app.frame import Array, Frame
from app.metric_text import NONE, UNKNOWN
from app.painting.drawing import Indices
from app.painting.pixels import colored
from app.stepping.state import StepState
from app.theme import LIGHT, Theme
from app.views.decision.batch import Batch
from app.views.decision.shapes import class_name
from app.views.image.keys import Key
from app.views.image.panes import Panes
from app.views.image.pencil_row import PencilRow
from app.views.image.pictures import errors, gray, is_wrong, parts, sure_parts, wrong_parts
from app.views.image.pixel_keys import CHOICES
from app.views.image.pixels import pixel_at
from app.views.ink import fill_background
from app.views.parameter_text import number_text
from app.widgets.apart import Apart
from engine.datasets.dataset import Dataset
from engine.experiment import Experiment
from engine.parameters import Layout


class ImageView(QWidget):
    """Shows the image of the task, the network's, and their difference.

    Signals:
        hint: what lies under the mouse, in a sentence.
        sample_picked: the number in the data set of the pixel that was clicked on.
        points_edited: a change of the drawing, its words, and None: nothing is selected by it.
        stroke_started, stroke_finished: around the changes of one stroke.
        changed: a change of the experiment by its name, and its value.
        undo_requested: the last stroke or change shall be taken back.
        points_cleared: all pixels shall be blank.
    """

    hint = Signal(str)
    sample_picked = Signal(int)
    points_edited = Signal(object, str, object)
    stroke_started = Signal()
    stroke_finished = Signal()
    changed = Signal(str, object)
    undo_requested = Signal()
    points_cleared = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._dataset: Dataset | None = None
        self._frame: Frame | None = None
        self._pointed: tuple[float, float] | None = None
        self._batch = Batch()
        self.tools = PencilRow(self)
        self.panes = Panes(self)
        self.panes.setAccessibleDescription(
            "Draw on the target with the mouse, or move a frame with Alt and the arrow keys, choose a class with its "
            "number, draw with Enter, and follow a pixel through the iteration with Alt Enter."
        )
        self.fine = QCheckBox("Fine")
        self.fine.setToolTip("Show what the network puts out between the pixels, too: it knows no pixels.")
        self.held_out = QCheckBox("Test pixels")
        self.held_out.setToolTip("Hatch in the target the pixels that are kept from training.")
        self.held_out.setAccessibleName("Mark test pixels")
        self.readout = QLabel()
        self.readout.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for part in (self.fine, self.held_out, self.readout):
            part.setProperty("role", "caption")
        below = QHBoxLayout()
        below.setContentsMargins(6, 0, 8, 4)
        below.addWidget(self.fine)
        below.addWidget(self.held_out)
        below.addWidget(Apart(self.readout), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.tools)
        column.addWidget(self.panes, 1)
        column.addLayout(below)
        self.fine.toggled.connect(self._show)
        self.held_out.toggled.connect(self._show_target)
        self.panes.pointed.connect(self._point_at)
        self.panes.picked.connect(self._pick)
        self.panes.key_pressed.connect(self._key)
        self.panes.strokes.started.connect(self.stroke_started)
        self.panes.strokes.drawn.connect(self._draw)
        self.panes.strokes.finished.connect(self.stroke_finished)
        self.tools.pencil_changed.connect(lambda: self.panes.set_pencil(self.tools.value))
        self.tools.changed.connect(self.changed)
        self.tools.undo_requested.connect(self.undo_requested)
        self.tools.clear_requested.connect(self.points_cleared)
        self.setFocusProxy(self.panes)

    def set_theme(self, theme: Theme) -> None:
        """Take the colors and sizes to draw with."""
        self._theme = theme
        self.panes.set_theme(theme)
        self.tools.set_theme(theme)
        fill_background(self, theme)
        self._show_target()
        self._show()

    def show_experiment(self, experiment: Experiment, dataset: Dataset, layout: Layout) -> None:
        """Take the image that is learned."""
        self._dataset = dataset
        if dataset.shape is not None:
            self.tools.show_data(experiment.data, dataset)
        if self._frame is not None and self._frame.layout != layout:
            self._frame = None
        self._show_target()
        self._show()

    def show_frame(self, frame: Frame) -> None:
        """Draw one moment."""
        self._frame = frame
        if self.isVisible():
            self._show()
            self._read_out()

    def show_step(self, state: StepState | None) -> None:
        """Frame the pixels of the batch that is walked through; None ends it."""
        shape = None if self._dataset is None else self._dataset.shape
        changed = self._batch.set_state(state)
        # Another image may have other rows, even if the batch stays the same.
        if shape is not None and (changed or state is not None):
            self.panes.set_batch(self._batch, shape)

    def _pick(self, share: object) -> None:
        if isinstance(share, tuple) and self._dataset is not None and self._dataset.shape is not None:
            row, column = pixel_at(self._dataset.shape, share)
            self.sample_picked.emit(row * self._dataset.shape[1] + column)

    def _draw(self, pixels: Indices, value: float, met: int) -> None:
        verb = "filled" if self.tools.value.fills else "drawn"
        locked = self.tools.states.locked if self._dataset is not None and self._dataset.classes else frozenset()
        self.points_edited.emit(colored(pixels, value, locked), f"{counted(met, 'pixel')} {verb}", None)

    def press_key(self, key: Qt.Key) -> bool:
        """Choose what ``key`` stands for in the picture; return whether there is such."""
        command = CHOICES.get(key, "")
        if command:
            self._key(command)
        return bool(command)

    def _key(self, command: str) -> None:
        if command.startswith("class "):
            number = int(command.removeprefix("class "))
            classes = 0 if self._dataset is None else self._dataset.classes
            if not self.tools.choose(number) and classes:
                self.hint.emit(f"There are {classes} classes.")
        elif command in ("pencil", "fill"):
            self.tools.choose_tool(fills=command == "fill")
        else:
            self.tools.change_size(1 if command == "wider" else -1)

    def outputs(self) -> Array | None:
        """Return what the network puts out at every pixel, (outputs, rows, columns), or None if it is not known."""
        frame, dataset = self._frame, self._dataset
        if frame is None or dataset is None or dataset.shape is None:
            return None
        values = frame.outputs_of(dataset)
        return None if values is None else values.reshape(-1, *dataset.shape)

    def _show_target(self) -> None:
        dataset = self._dataset
        if dataset is None or dataset.shape is None:
            self.panes.set_pixels(0, None)
            self.panes.set_values(None)
            self.panes.set_hatched(None)
            return
        target = dataset.targets.reshape(dataset.shape)
        pixels = parts(self._theme, target) if dataset.classes else gray(target)
        held_out = self.held_out.isChecked()
        self.panes.set_hatched(~dataset.is_train.reshape(dataset.shape) if held_out else None)
        self.panes.set_values(target)
        self.panes.set_pixels(0, pixels)

    def _show(self) -> None:
        frame, dataset, outputs = self._frame, self._dataset, self.outputs()
        if frame is None or dataset is None or dataset.shape is None or outputs is None:
            self.panes.set_pixels(1, None)
            self.panes.set_pixels(2, None)
            self.panes.set_keys((Key(), Key(), Key()))
            return
        target = dataset.targets.reshape(dataset.shape)
        fine = self.fine.isChecked() and frame.output_fields.size > 0
        drawn = np.asarray(frame.output_fields, dtype=np.float64) if fine else outputs
        if dataset.classes:
            self.panes.set_pixels(1, sure_parts(self._theme, drawn))
            self.panes.set_pixels(2, wrong_parts(self._theme, outputs, target))
            wrong = float(np.mean(is_wrong(outputs, target)))
            self.panes.set_keys((Key(classes=dataset.classes), Key("sure"), Key("wrong", share=wrong)))
        else:
            self.panes.set_keys((Key("gray"), Key("gray"), Key("error")))
            self.panes.set_pixels(1, gray(drawn[0]))
            self.panes.set_pixels(2, errors(self._theme, outputs[0], target))

    def _point_at(self, place: object) -> None:
        self._pointed = place if isinstance(place, tuple) else None
        self._read_out()

    def _read_out(self) -> None:
        dataset, outputs = self._dataset, self.outputs()
        if self._pointed is None or dataset is None or dataset.shape is None:
            self.readout.setText("")
            self.hint.emit("")
            return
        row, column = pixel_at(dataset.shape, self._pointed)
        target = float(dataset.targets.reshape(dataset.shape)[row, column])
        names, count = dataset.class_names, dataset.classes
        wanted = f"class {class_name(int(target), count, names)}" if count else number_text(target)
        given = NONE
        if self._frame is not None and self._frame.hidden.outputs:
            given = UNKNOWN
        elif outputs is not None:
            values = outputs[:, row, column]
            best = int(np.nan_to_num(values, nan=-1.0).argmax())
            given = (
                f"class {class_name(best, count, names)} {number_text(float(values[best]))}"
                if count
                else number_text(values[0])
            )
        self.readout.setText(f"{wanted} → {given}")
        self.hint.emit(f"Row {row + 1}, column {column + 1}: wanted {wanted}, the network puts out {given}")
