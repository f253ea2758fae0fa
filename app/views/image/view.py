"""The view of an image task: target, output and error, with sharp pixels."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.frame import Array, Frame
from app.metric_text import NONE, UNKNOWN
from app.pixels import image_of
from app.stepping.state import StepState
from app.theme import LIGHT, Theme
from app.views.decision.batch import Batch
from app.views.image.keys import Key, draw_hatch, draw_key
from app.views.image.pictures import Pixels, errors, gray, is_wrong, parts, sure_parts, wrong_parts
from app.views.image.pixels import frame_pixels, pixel_at
from app.views.ink import color, fill_background
from app.views.parameter_text import number_text
from engine.datasets.dataset import Dataset
from engine.experiment import Experiment
from engine.parameters import Layout

CAPTIONS = ("Target", "Output", "Error")
GAP = 10.0


class Panes(QWidget):
    """Draws the three pictures, beside each other or one below the other, as large as there is room."""

    pointed = Signal(object)
    clicked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._images: list[QImage | None] = [None, None, None]
        self._keys: tuple[Key, Key, Key] = (Key(), Key(), Key())
        self._hatched: NDArray[np.bool_] | None = None
        self._kept: list[Pixels | None] = [None, None, None]
        self._batch, self._shape = Batch(), (1, 1)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(150, 120)
        self.setAccessibleName("Target, output and error of the image")
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def set_theme(self, theme: Theme) -> None:
        """Take the colors and sizes."""
        self._theme = theme
        self.update()

    def set_pixels(self, number: int, pixels: Pixels | None) -> None:
        """Show ``pixels`` (rows, columns) as picture ``number``; None for nothing."""
        self._kept[number] = pixels
        self._images[number] = None
        if pixels is not None and pixels.size:
            self._images[number] = image_of(pixels)
        self.update()

    def set_keys(self, keys: tuple[Key, Key, Key]) -> None:
        """Explain the colors of the pictures above them."""
        if keys != self._keys:
            self._keys = keys
            self.update()

    def set_hatched(self, mask: NDArray[np.bool_] | None) -> None:
        """Hatch these pixels (rows, columns) of the target; None for none."""
        self._hatched = mask
        self.update()

    def set_batch(self, batch: Batch, shape: tuple[int, int]) -> None:
        """Frame the pixels of ``batch`` in pictures of so many rows and columns."""
        self._batch, self._shape = batch, shape
        self.update()

    def places(self) -> list[QRectF]:
        """Return where the three pictures lie."""
        line = self._theme.pixels(18)
        width, height = float(self.width()), float(self.height())
        beside = min((width - 4 * GAP) / 3.0, height - line - GAP)
        below = min(width - 2 * GAP, (height - 3 * line - 3 * GAP) / 3.0)
        # Two above and one below often leaves the largest pictures in a square view.
        square = min((width - 3 * GAP) / 2.0, (height - 2 * line - 2 * GAP) / 2.0)
        side = max(beside, below, square, 8.0)
        columns = 3 if side == beside else 1 if side == below else 2
        rows = -(-3 // columns)
        left = (width - columns * side - (columns - 1) * GAP) / 2.0
        top = max(0.0, (height - rows * (side + line) - (rows - 1) * GAP) / 2.0)
        # Two above leave one below, which stands in the middle.
        shifts = (0.0, 0.0, 0.5 * (side + GAP) if columns == 2 else 0.0)
        return [
            QRectF(
                left + (number % columns) * (side + GAP) + shifts[number],
                top + line + (number // columns) * (side + line + GAP), side, side,
            )
            for number in range(3)
        ]  # fmt: skip

    def sizeHint(self) -> QSize:
        """Return a comfortable size."""
        return QSize(380, 340)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the pictures with their captions."""
        theme = self._theme
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), color(theme.surface))
            for number, (image, caption, place) in enumerate(zip(self._images, CAPTIONS, self.places(), strict=True)):
                above = QRectF(place.left(), place.top() - theme.pixels(18), place.width(), theme.pixels(17))
                draw_key(painter, above, theme, self.font(), caption, self._keys[number])
                if image is not None:
                    painter.drawImage(place, image)
                    if number == 0 and self._hatched is not None:
                        draw_hatch(painter, place, theme, self._hatched)
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(color(theme.outline), 1.0))
                painter.drawRect(place.adjusted(0.5, 0.5, -0.5, -0.5))
                if self._batch.is_shown and image is not None:
                    frame_pixels(painter, place, theme, self._batch, self._shape)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say which pixel lies under the mouse, as shares of the picture from the left and from the top."""
        self.pointed.emit(self._share_at(event.position()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Say which pixel was clicked on."""
        share = self._share_at(event.position())
        if share is not None and event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit(share)

    def _share_at(self, at: QPointF) -> tuple[float, float] | None:
        for place in self.places():
            if place.contains(at):
                return (at.x() - place.left()) / place.width(), (at.y() - place.top()) / place.height()
        return None

    def leaveEvent(self, event: QEvent) -> None:
        """Forget the mouse."""
        self.pointed.emit(None)


class ImageView(QWidget):
    """Shows the image of the task, the network's, and their difference.

    Signals:
        hint: what lies under the mouse, in a sentence.
        sample_picked: the number in the data set of the pixel that was clicked on.
    """

    hint = Signal(str)
    sample_picked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._dataset: Dataset | None = None
        self._frame: Frame | None = None
        self._pointed: tuple[float, float] | None = None
        self._batch = Batch()
        self.panes = Panes(self)
        self.fine = QCheckBox("Fine")
        self.fine.setToolTip("Show what the network puts out between the pixels, too: it knows no pixels.")
        self.held_out = QCheckBox("Test pixels")
        self.held_out.setToolTip("Hatch in the target the pixels that are kept from training.")
        self.held_out.setAccessibleName("Mark test pixels")
        self.readout = QLabel()
        self.readout.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.readout.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        for part in (self.fine, self.held_out, self.readout):
            part.setProperty("role", "caption")
        below = QHBoxLayout()
        below.setContentsMargins(6, 0, 8, 4)
        for part, stretch in ((self.fine, 0), (self.held_out, 0), (self.readout, 1)):
            below.addWidget(part, stretch)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.panes, 1)
        column.addLayout(below)
        self.fine.toggled.connect(self._show)
        self.held_out.toggled.connect(self._show_target)
        self.panes.pointed.connect(self._point_at)
        self.panes.clicked.connect(self._pick)
        self.setFocusProxy(self.fine)

    def set_theme(self, theme: Theme) -> None:
        """Take the colors and sizes to draw with."""
        self._theme = theme
        self.panes.set_theme(theme)
        fill_background(self, theme)
        self._show_target()
        self._show()

    def show_experiment(self, experiment: Experiment, dataset: Dataset, layout: Layout) -> None:
        """Take the image that is learned."""
        self._dataset = dataset
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
            self.panes.set_hatched(None)
            return
        target = dataset.targets.reshape(dataset.shape)
        pixels = parts(self._theme, target) if dataset.classes else gray(target)
        held_out = self.held_out.isChecked()
        self.panes.set_hatched(~dataset.is_train.reshape(dataset.shape) if held_out else None)
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
        wanted = f"class {int(target) + 1}" if dataset.classes else number_text(target)
        given = NONE
        if self._frame is not None and self._frame.hidden.outputs:
            given = UNKNOWN
        elif outputs is not None:
            values = outputs[:, row, column]
            best = int(np.nan_to_num(values, nan=-1.0).argmax())
            given = (
                f"class {best + 1} {number_text(float(values[best]))}" if dataset.classes else number_text(values[0])
            )
        self.readout.setText(f"{wanted} → {given}")
        self.hint.emit(f"Row {row + 1}, column {column + 1}: wanted {wanted}, the network puts out {given}")
