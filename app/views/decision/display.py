"""The picture itself: field, points, the batch of an iteration, tool preview and cross-hair."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QImage,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.frame import Frame
from app.painting.class_states import ALL_OPEN, ClassStates
from app.painting.drawing import Indices
from app.painting.flood import Formula
from app.stepping.state import StepState
from app.theme import LIGHT, Theme
from app.views.decision.axes import Surroundings, draw_surroundings, paint_surroundings
from app.views.decision.batch import Batch, RingsLayer, draw_moved
from app.views.decision.coverage import NOTHING, coverage, warning
from app.views.decision.drawing_layers import DrawingLayers
from app.views.decision.drawing_tools.drawing_input import DrawingInput
from app.views.decision.field_image import Field
from app.views.decision.hidden import HiddenClasses
from app.views.decision.keys import CanvasKeys
from app.views.decision.markers import columns_of
from app.views.decision.overlays import draw_invitation, draw_pointer
from app.views.decision.pictures import Wanted, picture_of, regions_of, shown_unit
from app.views.decision.plane import Plane, plane_in
from app.views.decision.points_layer import PointsLayer, draw_points, marker_diameter
from app.views.decision.residuals import errors_of, range_of, with_errors
from app.views.decision.stroke_input import StrokeInput
from app.views.decision.tool import Tool
from app.views.decision.tool_signs import draw_signs, paint_color
from app.views.ink import color
from engine.datasets.dataset import Dataset
from engine.experiment import Experiment, Points
from engine.parameters import Layout

EMPTY_CLASSES = "Draw points here:\nleft button class A, right button class B"
EMPTY_SEVERAL = "Draw points here:\nleft button the class chosen above,\nright button the next one"
EMPTY_VALUES = "Draw points here:\nleft button the value chosen above,\nright button its opposite"
# How much of the field is seen while the points show their errors.
FAINT = 0.3
# In place of the ratio of device to logical pixels: points are drawn as shapes, which can be made larger. Too many
# for that become pixels all the same, so many for each logical one.
AS_SHAPES, PICTURE_RATIO = 0.0, 3.0

# So many pixels around the picture, whatever is drawn for a file stands outside of it.
FAR = 10_000


class Display(QWidget):
    """Shows the field with the data, and what is just being painted by ``strokes`` or done by ``drawing``."""

    def __init__(self, strokes: StrokeInput, drawing: DrawingInput, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.strokes, self.drawing = strokes, drawing
        self.sheet = drawing.sheet
        self.sheet.changed.connect(self.update)
        self._theme = LIGHT
        self._tool = Tool()
        self._show_test = True
        self._dataset: Dataset | None = None
        self._classes = 2
        self._wanted = Wanted()
        self._residuals = False
        self._with_errors: Dataset | None = None
        self._frame: Frame | None = None
        self._image: QImage | None = None
        self._shown = Surroundings("")
        self._surroundings = QPixmap()
        self._surroundings_key: tuple[object, ...] = ()
        self._points = PointsLayer()
        self._states = ALL_OPEN
        self.coverage = NOTHING
        self._hidden = HiddenClasses()
        self.batch = Batch()
        self._rings = RingsLayer()
        self.layers = DrawingLayers(drawing)
        self._mouse: QPointF | None = None
        self._keys = CanvasKeys()
        self._ring = False
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
        unit = shown_unit(frame)
        return (unit, True) if unit is not None else (frame.output_fields[max(self._wanted.chosen, 0)], False)

    @property
    def outputs(self) -> NDArray[np.float32] | None:
        """The fields of all outputs (outputs, rows, columns), or None where no number is to be read off."""
        return None if self._frame is None or self._frame.hidden.outputs else self._frame.output_fields

    @property
    def regions(self) -> NDArray[np.float32] | None:
        """The outputs of all classes (classes, rows, columns), or None where something else is shown."""
        return regions_of(self._frame, self._wanted.chosen)

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
        self.sheet.tool = tool
        self._find_seen()
        self.update()

    def show_selection(self, indices: Indices) -> None:
        """Ring the points of these numbers."""
        self.sheet.show_selection(indices)
        self.update()

    def set_class_states(self, states: ClassStates) -> None:
        """Leave the points of hidden classes out of the picture."""
        self._states = states
        self._want(hidden=states.hidden)

    def set_chosen_class(self, number: int) -> None:
        """Draw one class against all others; −1 draws the regions of all."""
        self._want(chosen=number)

    def set_residuals(self, shown: bool) -> None:
        """Show by the points how far the output lies above or below what is wanted, or what is wanted."""
        self._residuals = shown
        self._renew()

    def set_discretize(self, discretize: bool) -> None:
        """Draw full colors, or ten bands of values, instead of smooth shades."""
        self._want(discretize=discretize)

    def _want(self, **changes: object) -> None:
        self._wanted = replace(self._wanted, **changes)  # type: ignore[arg-type]
        self._renew()

    def set_show_test(self, show_test: bool) -> None:
        """Draw the test points, too, or leave them out."""
        self._show_test = show_test
        self._find_seen()
        self.update()

    def show_formula(self, formula: Formula | None) -> None:
        """Show where ``formula`` holds; None shows it no longer."""
        self.layers.formula = formula
        self.update()

    def _find_seen(self) -> None:
        """Tell the tools which points can be seen, and so taken hold of."""
        if self._dataset is not None:
            self.sheet.find_free(None if self._show_test else self._dataset.is_train)

    def show_experiment(self, experiment: Experiment, dataset: Dataset, shape: Layout) -> None:
        """Take the data; a field of another network is not shown any longer."""
        source = experiment.data.source
        self.strokes.arrived(source.inputs if isinstance(source, Points) else dataset.points)
        if dataset is not self._dataset:
            self.drawing.data_changed(dataset.points)
        self._dataset = dataset
        self._classes = dataset.classes
        self.sheet.show(dataset)
        self._find_seen()
        if self._frame is not None and (
            self._frame.experiment.data.task != experiment.data.task
            or len(self._frame.output_fields) != shape.layers[-1].outputs
        ):
            self._frame = None
        self.coverage = counts = coverage(dataset)
        self._want(
            task=experiment.data.task,
            counts=tuple(counts.total.tolist()) if self._classes else (),
            chosen=self._wanted.chosen if self._wanted.chosen < self._classes else -1,
            names=dataset.class_names,
            warning=warning(dataset, counts, wants_test=experiment.data.train_share < 1.0),
        )

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

    def show_step(self, state: StepState | None) -> None:
        """Ring the samples of the batch that is walked through; None ends it."""
        if self.batch.set_state(state):
            self.update()

    def sample_at(self, place: QPointF) -> int:
        """Return the number of the sample that is seen at ``place`` in the widget, or −1."""
        dataset = self._dataset
        if dataset is None or not self.plane.contains(place):
            return -1
        drawn = None if self._show_test else dataset.is_train
        if self._states.hidden and self._classes > 1:
            shown = self._states.shown(dataset.targets)
            drawn = shown if drawn is None else shown & drawn
        return self.batch.nearest(self.plane.to_pixels(dataset.points), place, drawn)

    def _renew(self) -> None:
        self._image = None
        self.update()

    def _prepare(self) -> None:
        """Make the picture of the field and find out what stands around it, if that is not done yet."""
        if self._image is not None:
            return
        self._find_errors()
        self._image, self._shown = picture_of(self._frame, self._wanted, self._theme)

    def _find_errors(self) -> None:
        """Put the errors of the samples in place of their targets, if they are to be shown and known."""
        errors = errors_of(self._frame, self._dataset) if self._residuals else None
        largest = 0.0 if errors is None else range_of(errors)
        self._wanted = replace(self._wanted, error_range=largest)
        self._with_errors = None
        if errors is not None and self._dataset is not None:
            self._with_errors = with_errors(self._dataset, errors, largest)

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
            self.layers.draw_below(painter, plane, theme)
            self._draw_points(painter, plane, ratio)
            if self._dataset is not None and not len(self._dataset) and not len(self.strokes.pending[0]):
                draw_invitation(painter, plane, theme, self.font(), self._invitation)
            self.layers.draw_selection(painter, plane, ratio, theme)
            if self.batch.is_shown and self._dataset is not None:
                self._draw_batch(painter, plane, ratio, self._dataset)
            self._draw_tool(painter, plane)
            painter.restore()
            self._draw_border(painter, plane)

    def draw_picture(self, painter: QPainter) -> None:
        """Draw the picture as it is now, without what belongs to the mouse; words and points can be made larger."""
        self._prepare()
        plane = self.plane
        painter.save()
        painter.setClipRect(plane.rect)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self._draw_field(painter, plane)
        self._draw_points(painter, plane, AS_SHAPES)
        painter.restore()
        # A drawing in a file knows no clipping: what stands beside the picture there is painted over.
        around = QPainterPath()
        around.addRect(QRectF(self.rect()).adjusted(-FAR, -FAR, FAR, FAR))
        around.addRect(plane.rect)
        painter.fillPath(around, color(self._theme.surface))
        paint_surroundings(painter, self.width(), plane, self._theme, self.font(), self._shown)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(color(self._theme.outline), 1.0))
        painter.drawRect(plane.rect)

    @property
    def _invitation(self) -> str:
        if self._classes:
            return EMPTY_SEVERAL if self._classes > 2 else EMPTY_CLASSES
        return EMPTY_VALUES.replace("value", "score") if self._wanted.task == "ranking" else EMPTY_VALUES

    def _draw_field(self, painter: QPainter, plane: Plane) -> None:
        if self._image is None:
            return
        if self._with_errors is not None:
            # The colors of the points count now; the field is only where they come from.
            painter.fillRect(plane.rect, color(self._theme.zero))
            painter.setOpacity(FAINT)
        painter.drawImage(plane.rect, self._image)
        painter.setOpacity(1.0)

    def _draw_tool(self, painter: QPainter, plane: Plane) -> None:
        """Draw the cross-hair of the keyboard, and what the tool reaches or would do."""
        tool, mouse = self._tool, self._mouse
        cross = plane.to_pixel(*self._keys.position) if self._keys.shown else None
        radius = max(tool.radius * plane.unit, 2.5) if tool.has_reach else 0.0
        one_class = tool.erasing and tool.only_class and self._classes > 1
        ink = paint_color(self._theme, tool.target, classes=self._classes) if one_class else None
        center = draw_pointer(painter, plane, self._theme, cross, mouse, radius, erasing=tool.erasing, ink=ink)
        if center is not None:
            draw_signs(painter, plane, self._theme, tool, center, self._target, classes=self._classes)
        at = plane.to_plane(mouse) if mouse is not None and plane.contains(mouse) else None
        self.layers.draw_tool(painter, plane, self._theme, self._keys.position if self._keys.shown else at)

    @property
    def _target(self) -> float:
        """The class or value that would be painted."""
        return self._tool.target

    def _draw_points(self, painter: QPainter, plane: Plane, ratio: float) -> None:
        theme, classes, dataset = self._theme, self._classes, self._dataset
        pending, targets = self.strokes.pending
        count = 0 if dataset is None else len(dataset)
        if dataset is not None and count:
            errors = self._with_errors
            drawn = self._hidden.left_out(self.layers.as_carried(dataset if errors is None else errors), self._states)
            if ratio == AS_SHAPES:
                if draw_points(
                    painter, drawn, plane, theme, classes=classes,
                    show_test=self._show_test, sized=errors is not None,
                ):  # fmt: skip
                    return
                ratio = PICTURE_RATIO
            layer = self._points.pixmap(
                drawn, plane, ratio, theme, classes=classes, show_test=self._show_test, sized=errors is not None
            )
            painter.drawPixmap(plane.rect.topLeft(), layer)
        if len(pending):
            markers = self._points.markers(count, plane, ratio, theme, classes=classes)
            none = np.zeros(len(pending), dtype=np.bool_)
            markers.stamp(painter, plane.to_pixels(pending), columns_of(targets, classes=classes), none)

    def _draw_batch(self, painter: QPainter, plane: Plane, ratio: float, dataset: Dataset) -> None:
        diameter = marker_diameter(len(dataset), plane)
        # Far outside, pixels have no numbers any more.
        own = Plane(0.0, 0.0, plane.side).to_pixels(np.clip(dataset.points, -60.0, 60.0))
        rings = self._rings.pixmap(self.batch, dataset, own, plane.side, ratio, self._theme, diameter)
        painter.drawPixmap(plane.rect.topLeft(), rings)
        for sample, seen in self.batch.moved():
            if sample >= len(dataset.points):
                # The data have changed; the batch drawn from them comes with the next frame.
                continue
            start, end = plane.to_pixel(*dataset.points[sample].tolist()), plane.to_pixel(*self._as_drawn(seen))
            if (end - start).manhattanLength() > diameter:
                draw_moved(painter, start, end, self._theme)

    def _as_drawn(self, seen: tuple[float, float]) -> tuple[float, float]:
        """Return where in the plane that is drawn the network sees a sample."""
        return seen

    def _draw_border(self, painter: QPainter, plane: Plane) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        ring = self._ring and self.hasFocus()
        painter.setPen(QPen(color(self._theme.focus if ring else self._theme.outline), 2.0 if ring else 1.0))
        painter.drawRect(QRectF(plane.rect).adjusted(0.5, 0.5, -0.5, -0.5))
