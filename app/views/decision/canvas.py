"""The picture itself: field, points, tool preview and cross-hair, and the mouse and keys that paint in it."""

import msgspec
import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QEnterEvent,
    QFocusEvent,
    QHideEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.frame import Frame
from app.theme import LIGHT, Theme
from app.views.decision.axes import Surroundings, draw_surroundings
from app.views.decision.class_raster import region_image
from app.views.decision.field_image import (
    CLASS_BANDS,
    CONTOURS,
    VALUE_BANDS,
    Field,
    field_image,
    unit_caption,
    unit_range,
    with_contours,
)
from app.views.decision.keys import CanvasKeys
from app.views.decision.markers import columns_of
from app.views.decision.overlays import draw_invitation, draw_pointer
from app.views.decision.plane import HIGH, LOW, Plane, plane_in
from app.views.decision.points_layer import PointsLayer
from app.views.decision.stroke_input import StrokeInput, Tool
from app.views.ink import color
from engine.datasets.dataset import Dataset
from engine.experiment import Experiment, Points
from engine.parameters import Layout
from engine.tasks import TASKS

EMPTY_CLASSES = "Draw points here:\nleft button class A, right button class B"
EMPTY_SEVERAL = "Draw points here:\nleft button the class chosen above,\nright button the next one"
CAPTION = "Output of the network"
CAPTIONS = {"ranking": "Score, with lines of equal score", "embedding": "First coordinate of the embedding"}
EMPTY_VALUES = "Draw points here:\nleft button the value chosen above,\nright button its opposite"


class Canvas(QWidget):
    """Shows the field with the data and turns the mouse into strokes; what is painted comes from ``strokes``."""

    pointed = Signal(object)
    key_pressed = Signal(str)

    def __init__(self, strokes: StrokeInput, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.strokes = strokes
        self._theme = LIGHT
        self._tool = Tool()
        self._discretize = False
        self._show_test = True
        self._dataset: Dataset | None = None
        self._classes = 2
        self._chosen = -1
        self._task = "two-classes"
        self._residuals = False
        self._frame: Frame | None = None
        self._image: QImage | None = None
        self._shown = Surroundings("", False, 0.0, 1.0, 0, 2, False)
        self._surroundings = QPixmap()
        self._surroundings_key: tuple[object, ...] = ()
        self._points = PointsLayer()
        self._mouse: QPointF | None = None
        self._button = Qt.MouseButton.NoButton
        self._keys = CanvasKeys()
        self._ring = False
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(150, 120)

    def sizeHint(self) -> QSize:
        """Return a comfortable size."""
        return QSize(380, 340)

    # What is shown

    @property
    def plane(self) -> Plane:
        """Where the picture lies."""
        return plane_in(self.width(), self.height(), self._theme.text_scale)

    @property
    def field(self) -> tuple[Field, bool] | None:
        """The values shown, and whether they are those of a unit the user points at; None before the first frame."""
        frame = self._frame
        if frame is None:
            return None
        if frame.focus_unit >= 0 and frame.focus_field is not None:
            return frame.focus_field, True
        return frame.output_fields[max(self._chosen, 0)], False

    @property
    def regions(self) -> NDArray[np.float32] | None:
        """The outputs of all classes (classes, rows, columns), where there is one output for each of several classes.

        None where something else is shown: a single output, a unit, or one class against the others.
        """
        frame = self._frame
        if frame is None or not TASKS[frame.experiment.data.task].outputs_each:
            return None
        focused = frame.focus_unit >= 0 and frame.focus_field is not None
        return None if focused or self._chosen >= 0 else frame.output_fields

    @property
    def class_threshold(self) -> float:
        """The output between the two classes."""
        return 0.0 if self._frame is None else 0.5 * (self._frame.output_low + self._frame.output_high)

    def set_theme(self, theme: Theme) -> None:
        """Take the colors and sizes."""
        self._theme = theme
        self._renew()

    def set_tool(self, tool: Tool) -> None:
        """Take what the mouse does from now on."""
        self._tool = tool
        self.update()

    def set_chosen_class(self, number: int) -> None:
        """Draw one class against all others; −1 draws the regions of all."""
        self._chosen = number
        self._renew()

    def set_residuals(self, shown: bool) -> None:
        """Color the points by how far the network's output lies above or below what is wanted, or by what is wanted."""
        self._residuals = shown
        self.update()

    def _residuals_of(self, dataset: Dataset) -> Dataset:
        """Return ``dataset`` with errors in place of targets, on the field's scale; as it is while none are known."""
        frame = self._frame
        if frame is None or (frame.train_outputs.shape[1], frame.test_outputs.shape[1]) != (
            dataset.train_count, dataset.test_count,
        ):  # fmt: skip
            return dataset
        values = np.empty(len(dataset))
        values[dataset.is_train], values[~dataset.is_train] = frame.train_outputs[0], frame.test_outputs[0]
        with np.errstate(invalid="ignore", over="ignore"):
            errors = (values - dataset.targets) / max(frame.output_high, 1e-12)
        return msgspec.structs.replace(dataset, targets=errors)

    def set_discretize(self, discretize: bool) -> None:
        """Draw two colors, or ten bands of values, instead of smooth shades."""
        self._discretize = discretize
        self._renew()

    def set_show_test(self, show_test: bool) -> None:
        """Draw the test points, too, or leave them out."""
        self._show_test = show_test
        self.update()

    def show_experiment(self, experiment: Experiment, dataset: Dataset, shape: Layout) -> None:
        """Take the data; a field of another network is not shown any longer."""
        source = experiment.data.source
        self.strokes.arrived(source.inputs if isinstance(source, Points) else dataset.points)
        self._dataset = dataset
        self._classes = dataset.classes
        self._task = experiment.data.task
        if self._frame is not None and (
            self._frame.experiment.data.task != experiment.data.task
            or len(self._frame.output_fields) != shape.layers[-1].outputs
        ):
            self._frame = None
        if self._chosen >= self._classes:
            self._chosen = -1
        self._renew()

    def show_frame(self, frame: Frame) -> None:
        """Draw one moment; while hidden, only the last one is kept."""
        before = self._shown
        self._frame = frame
        self._image = None
        if not self.isVisible():
            return
        self._prepare()
        if self._shown == before:
            self.update(self.plane.rect.toAlignedRect())
        else:
            self.update()

    def _renew(self) -> None:
        self._image = None
        self.update()

    def _prepare(self) -> None:
        """Make the picture of the field and find out what stands around it, if that is not done yet."""
        if self._image is not None:
            return
        bands = (CLASS_BANDS if self._classes else VALUE_BANDS) if self._discretize else 0
        field, frame, regions = self.field, self._frame, self.regions
        if field is None or frame is None:
            low, high = (0.0, 1.0) if self._classes else (-1.0, 1.0)
            self._shown = Surroundings(CAPTION, False, low, high, bands, self._classes, self._classes > 2)
            self._image = field_image(np.full((1, 1), np.nan, dtype=np.float32), self._theme, low, high)
            return
        if regions is not None:
            shares = frame.layout.layers[-1].activation == "softmax"
            self._shown = Surroundings("Most likely class", False, 0.0, 1.0, 0, self._classes, True)
            self._image = region_image(regions, self._theme, shares=shares, flat=self._discretize)
            return
        values, focused = field
        if focused:
            low, high = unit_range(frame.layout, frame.focus_unit, values)
            caption = unit_caption(frame.layout, frame.focus_unit)
        else:
            low, high = frame.output_low, frame.output_high
            caption = CAPTIONS.get(self._task, CAPTION)
            if self._chosen >= 0:
                caption = f"Class {self._chosen + 1} against all others"
        self._shown = Surroundings(caption, focused, low, high, bands, 2 if self._ends_are_classes else 0, False)
        if self._task == "ranking" and not focused and not bands and high > low:
            self._image = with_contours(values, self._theme, low, high, CONTOURS)
            return
        self._image = field_image(values, self._theme, low, high, bands)

    @property
    def _ends_are_classes(self) -> bool:
        return self._classes == 2 and self._frame is not None and len(self._frame.output_fields) == 1

    # Painting the widget

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw surroundings, field, points, and what belongs to the mouse."""
        self._prepare()
        plane, ratio, theme = self.plane, self.devicePixelRatioF(), self._theme
        key = (self.size(), ratio, theme, self._shown, self.font())
        if key != self._surroundings_key:
            self._surroundings = draw_surroundings(
                self.width(), self.height(), ratio, plane, theme, self.font(), self._shown
            )
            self._surroundings_key = key
        with QPainter(self) as painter:
            painter.drawPixmap(0, 0, self._surroundings)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.save()
            painter.setClipRect(plane.rect)
            self._draw_field(painter, plane)
            self._draw_points(painter, plane, ratio)
            radius = max(self._tool.radius * plane.unit, 2.5)
            cross = plane.to_pixel(*self._keys.position) if self._keys.shown else None
            draw_pointer(painter, plane, self._theme, cross, self._mouse, radius, erasing=self._tool.erasing)
            painter.restore()
            self._draw_border(painter, plane)

    @property
    def _invitation(self) -> str:
        return EMPTY_SEVERAL if self._classes > 2 else EMPTY_CLASSES if self._classes else EMPTY_VALUES

    def _draw_field(self, painter: QPainter, plane: Plane) -> None:
        if self._image is not None:
            painter.drawImage(plane.rect, self._image)

    def _draw_points(self, painter: QPainter, plane: Plane, ratio: float) -> None:
        theme, classes, dataset = self._theme, self._classes, self._dataset
        pending, targets = self.strokes.pending
        count = 0 if dataset is None else len(dataset)
        if dataset is not None and count:
            drawn = self._residuals_of(dataset) if self._residuals else dataset
            layer = self._points.pixmap(drawn, plane, ratio, theme, classes=classes, show_test=self._show_test)
            painter.drawPixmap(plane.rect.topLeft(), layer)
        if len(pending):
            markers = self._points.markers(count, plane, ratio, theme, classes=classes)
            none = np.zeros(len(pending), dtype=np.bool_)
            markers.stamp(painter, plane.to_pixels(pending), columns_of(targets, classes=classes), none)
        elif dataset is not None and not count:
            draw_invitation(painter, plane, self._theme, self.font(), self._invitation)

    def _draw_border(self, painter: QPainter, plane: Plane) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        ring = self._ring and self.hasFocus()
        painter.setPen(QPen(color(self._theme.focus if ring else self._theme.outline), 2.0 if ring else 1.0))
        painter.drawRect(QRectF(plane.rect).adjusted(0.5, 0.5, -0.5, -0.5))

    # Mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a stroke in the picture."""
        plane, place = self.plane, event.position()
        paints = event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton)
        if not paints or self.strokes.active or not plane.contains(place) or self._dataset is None:
            return
        self._button = event.button()
        self._keys.hide()
        other = event.button() == Qt.MouseButton.RightButton
        self.strokes.press(*plane.to_plane(place), self._tool, other=other)
        self._point_at(place)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with the stroke, and say what lies under the mouse."""
        self._keys.hide()
        if self.strokes.active:
            self.strokes.move(*self.plane.to_plane(event.position()))
        self._point_at(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Finish the stroke of this button."""
        if self.strokes.active and event.button() == self._button:
            self.strokes.move(*self.plane.to_plane(event.position()))
            self.strokes.release()
            self.update()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show that one can paint here."""
        super().enterEvent(event)
        self._point_at(event.position())

    def leaveEvent(self, event: QEvent) -> None:
        """Forget the mouse."""
        super().leaveEvent(event)
        self._mouse = None
        self.pointed.emit(None)
        self.update()

    def hideEvent(self, event: QHideEvent) -> None:
        """Finish a stroke whose end would never be seen."""
        self.strokes.release()
        super().hideEvent(event)

    def _point_at(self, place: QPointF) -> None:
        plane = self.plane
        inside = plane.contains(place)
        self.setCursor(Qt.CursorShape.CrossCursor if inside else Qt.CursorShape.ArrowCursor)
        self._mouse = place
        self.pointed.emit(_clamped(plane.to_plane(place)) if inside else None)
        self.update(plane.rect.toAlignedRect())

    # Keyboard

    def event(self, event: QEvent) -> bool:
        """Keep the keys used here from the window's shortcuts while the picture has the focus."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and (self._keys.command(event) or (event.key() == Qt.Key.Key_Escape and self.strokes.active))
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the cross-hair, paint and erase at it, choose tools."""
        command = self._keys.command(event)
        if event.key() == Qt.Key.Key_Escape and self.strokes.active:
            self.strokes.release()
        elif command == "move":
            self._keys.move(event)
            self.pointed.emit(self._keys.position)
        elif command in ("paint", "erase") and not self.strokes.active and self._dataset is not None:
            self._keys.shown = True
            brush = self._tool.brush
            tool = Tool(command == "erase" or self._tool.erasing, self._tool.target, self._tool.other, brush)
            self.strokes.press(*self._keys.position, tool)
            self.strokes.release()
            self.pointed.emit(self._keys.position)
        elif command:
            self.key_pressed.emit(command)
        else:
            super().keyPressEvent(event)
            return
        self._ring = True
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show a ring around the picture when the keyboard led here."""
        self._ring = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the cross-hair; a stroke cannot go on in another window."""
        if event.reason() == Qt.FocusReason.ActiveWindowFocusReason:
            self.strokes.release()
        self._keys.hide()
        super().focusOutEvent(event)
        self.update()


def _clamped(place: tuple[float, float]) -> tuple[float, float]:
    return min(max(place[0], LOW), HIGH), min(max(place[1], LOW), HIGH)
