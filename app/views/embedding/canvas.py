"""The picture of an embedding: points of all classes, the margin, pairs, and the plane bent by the network."""

import math

import numpy as np
from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.frame import Array, Frame
from app.stepping.state import StepState
from app.theme import LIGHT, Theme
from app.views.decision.batch import Batch
from app.views.decision.markers import columns_of, make_markers
from app.views.embedding.axes import draw_axes, draw_lines
from app.views.embedding.frame_range import CalmRange
from app.views.embedding.links import Candidates, Ends, candidates_of, links_of
from app.views.embedding.neighbors import nearest_to
from app.views.ink import blend, color
from engine.datasets.dataset import Dataset
from engine.experiment import Experiment
from engine.losses import LOSSES
from engine.metrics import GOLDEN_RATIO
from engine.settings import complete

# The lines of the bent plane, each way, and the points along one of them.
GRID_LINES, GRID_POINTS = 25, 40
# A margin circle so many times larger than the embedding is not made room for.
MOST_MARGIN = 5.0
# Room for numbers and names around the picture (text scale 1).
TOP, LEFT, BOTTOM, RIGHT = 20.0, 40.0, 22.0, 26.0
# How high samples are spread that lie on a line, as a share of the picture.
SPREAD = 0.16


class EmbeddingCanvas(QWidget):
    """Draws where the samples lie.

    Signals:
        pointed: the number of the sample under the mouse, or −1.
        picked: that of the sample that was clicked on.
    """

    pointed = Signal(int)
    picked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._dataset: Dataset | None = None
        self._frame: Frame | None = None
        self._range = CalmRange()
        self._places = np.zeros((0, 2))
        self._links: tuple[Ends, Array] | None = None
        self._candidates: Candidates | None = None
        self._loss, self._is_hard = "", False
        self._pointed = -1
        self._batch = Batch()
        self.show_grid, self.show_links = True, False
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(150, 120)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName("Embedding: where the network puts the samples")

    def sizeHint(self) -> QSize:
        """Return a comfortable size."""
        return QSize(380, 340)

    def set_theme(self, theme: Theme) -> None:
        """Take the colors and sizes."""
        self._theme = theme
        self.update()

    def show_experiment(self, experiment: Experiment, dataset: Dataset, outputs: int) -> None:
        """Take the samples; an embedding of another size is not shown any longer."""
        if self._frame is not None and len(self._frame.output_fields) != outputs:
            self._frame = None
            self._range.forget()
        if dataset is not self._dataset or experiment.training.loss != self._loss:
            self._links = self._candidates = None
        self._is_hard = experiment.training.sampling == "hard"
        self._dataset, self._loss = dataset, experiment.training.loss
        self.update()

    def show_frame(self, frame: Frame) -> None:
        """Draw one moment."""
        if frame.epoch == 0:
            self._range.forget()
        self._frame = frame
        self.update()

    def show_step(self, state: StepState | None) -> None:
        """Ring the samples of the batch that is walked through; None ends it."""
        if self._batch.set_state(state):
            self.update()

    def embedded(self) -> Array | None:
        """Return where the samples lie, (2, n) in the order of the data set, or None if it is not known.

        An embedding of one dimension lies on a line; of three the first two are shown.
        """
        places = self.outputs()
        if places is None:
            return None
        return places[:2] if len(places) > 1 else np.vstack((places, np.zeros_like(places)))

    def outputs(self) -> Array | None:
        """Return all outputs for every sample, (dimensions, n) in the order of the data set, or None if not known."""
        if self._frame is None or self._dataset is None:
            return None
        return self._frame.outputs_of(self._dataset)

    @property
    def is_flat(self) -> bool:
        """Whether the embedding has one dimension only."""
        return self._frame is not None and len(self._frame.output_fields) == 1

    def _spread(self, places: Array) -> Array:
        """Move the samples of an embedding of one dimension up and down a little: on one line they would cover others.

        Each keeps its height, from frame to frame.
        """
        if not self.is_flat:
            return places
        heights = np.modf(np.arange(len(places)) * GOLDEN_RATIO)[0] - 0.5
        return np.column_stack((places[:, 0], places[:, 1] + SPREAD * self.box.height() * heights))

    @property
    def margin(self) -> float:
        """The distance at which the loss is content: the contrastive margin, or the root of the triplet's."""
        if self._frame is None:
            return 0.0
        training = self._frame.experiment.training
        value = complete(LOSSES[training.loss].settings, training.loss_settings)[0]
        return math.sqrt(value) if training.loss == "triplet" else value

    @property
    def box(self) -> QRectF:
        """The square that the embedding is drawn in."""
        scale = self._theme.text_scale
        across, up = self.width() - (LEFT + RIGHT) * scale, self.height() - (TOP + BOTTOM) * scale
        side = max(20.0, min(across, up))
        return QRectF(LEFT * scale + (across - side) / 2.0, TOP * scale + (up - side) / 2.0, side, side)

    def _to_pixels(self, points: Array) -> Array:
        """Return embedded points (2, n) as pixels (n, 2)."""
        box, scale = self.box, self.box.width() / (2.0 * self._range.half)
        with np.errstate(invalid="ignore", over="ignore"):
            moved = (np.nan_to_num(points, nan=1e9).T - self._range.center) * scale
        # Far outside, pixels have no numbers any more.
        moved = np.clip(moved, -1e5, 1e5)
        return np.column_stack((box.center().x() + moved[:, 0], box.center().y() - moved[:, 1]))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw everything."""
        theme, embedded, box = self._theme, self.embedded(), self.box
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), color(theme.surface))
            painter.fillRect(box, color(theme.field))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            known = embedded is not None and self._dataset is not None
            if embedded is not None and self._dataset is not None:
                self._range.follow(self._with_circle(embedded))
                self._places = self._spread(self._to_pixels(embedded))
                painter.save()
                painter.setClipRect(box)
                draw_lines(painter, box, self._range, theme, flat=self.is_flat)
                if self.show_grid:
                    self._draw_grid(painter)
                if self.show_links:
                    self._draw_links(painter)
                self._draw_margin(painter, embedded)
                self._draw_points(painter, self._dataset)
                painter.restore()
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(color(theme.outline), 1.0))
            painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))
            if known:
                draw_axes(painter, box, self._range, theme, self.font(), flat=self.is_flat)

    def _draw_grid(self, painter: QPainter) -> None:
        """Draw the lines of equal x₁ and of equal x₂ where the network has moved them."""
        frame = self._frame
        if frame is None or not frame.output_fields.size or len(frame.output_fields) < 2:
            return
        size = frame.output_fields.shape[1]
        lines = np.linspace(0, size - 1, min(GRID_LINES, size)).astype(np.intp)
        along = np.linspace(0, size - 1, min(GRID_POINTS, size)).astype(np.intp)
        upright = frame.output_fields[:2][:, along][:, :, lines].transpose(0, 2, 1)
        level = frame.output_fields[:2][:, lines][:, :, along]
        for curves, ink in ((upright, self._theme.positive), (level, self._theme.negative)):
            # Lines one pixel wide are drawn much faster than broader ones.
            painter.setPen(QPen(color(ink, 0.38), 1.0))
            places = self._to_pixels(curves.reshape(2, -1).astype(np.float64))
            for line in places.reshape(len(lines), len(along), 2).tolist():
                painter.drawPolyline([QPointF(x, y) for x, y in line])

    def _draw_links(self, painter: QPainter) -> None:
        """Draw some pairs or triplets that measure the loss: who should meet in one color, who part in another."""
        dataset, frame = self._dataset, self._frame
        if dataset is None or frame is None:
            return
        ends, should_meet = self._links_now(dataset, frame)
        for wanted, ink in ((1.0, self._theme.positive), (0.0, self._theme.negative)):
            painter.setPen(QPen(color(ink, 0.6), 1.0))
            for a, b in ends[should_meet == wanted]:
                painter.drawLine(QLineF(QPointF(*self._places[a]), QPointF(*self._places[b])))

    def _links_now(self, dataset: Dataset, frame: Frame) -> tuple[Ends, Array]:
        seed, outputs = frame.experiment.data.seed, self.outputs()
        if self._is_hard and outputs is not None:
            if self._candidates is None:
                self._candidates = candidates_of(dataset, self._loss, seed)
            # Which are the hardest changes with the network.
            return self._candidates.hardest(outputs)
        if self._links is None:
            self._links = links_of(dataset, self._loss, seed)
        return self._links

    def _first_class(self, embedded: Array) -> Array:
        """Return the middle of the first class, NaN if there is none."""
        dataset = self._dataset
        if dataset is None or not len(dataset):
            return np.full(2, np.nan)
        first = embedded[:, (dataset.targets == dataset.targets.min()) & np.isfinite(embedded).all(axis=0)]
        return first.mean(axis=1) if first.size else np.full(2, np.nan)

    def _with_circle(self, embedded: Array) -> Array:
        """Return the embedded samples, and the four ends of the circle around the first class, to be in sight."""
        finite = embedded[:, np.isfinite(embedded).all(axis=0)]
        if not finite.size or self.margin > MOST_MARGIN * float(np.ptp(finite, axis=1).max()):
            return embedded
        ends = self.margin * np.array([[-1.0, 1.0, 0.0, 0.0], [0.0, 0.0, -1.0, 1.0]])
        return np.column_stack((embedded, self._first_class(embedded)[:, None] + ends))

    def _draw_margin(self, painter: QPainter, embedded: Array) -> None:
        """Draw the circle within which no other class should lie, around the sample pointed at or the first class."""
        is_pointed = 0 <= self._pointed < embedded.shape[1]
        center = embedded[:, self._pointed] if is_pointed else self._first_class(embedded)
        if not np.isfinite(center).all():
            return
        place = self._to_pixels(center[:, None])[0]
        radius = self.margin * self.box.width() / (2.0 * self._range.half)
        if radius < 1e5:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            ink = color(blend(self._theme.field, self._theme.text, 0.75))
            painter.setPen(QPen(ink, 1.3, Qt.PenStyle.DashLine))
            painter.drawEllipse(QPointF(*place), radius, radius)

    def _draw_points(self, painter: QPainter, dataset: Dataset) -> None:
        classes = max(dataset.classes, 2)
        diameter = float(np.clip(self.box.width() / 300.0, 0.8, 1.7)) * (6.2 if len(dataset) <= 400 else 4.6)
        markers = make_markers(self._theme, classes=classes, diameter=diameter, ratio=self.devicePixelRatioF())
        order = np.argsort(dataset.is_train, kind="stable")
        columns = columns_of(dataset.targets, classes=classes)
        markers.stamp(painter, self._places[order], columns[order], ~dataset.is_train[order])
        if self._batch.is_shown:
            self._batch.draw(painter, self._places, self._theme, diameter)
        if 0 <= self._pointed < len(dataset):
            self._draw_neighbors(painter, diameter)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(color(self._theme.text), 1.6))
            painter.drawEllipse(QPointF(*self._places[self._pointed]), diameter, diameter)

    def _draw_neighbors(self, painter: QPainter, diameter: float) -> None:
        """Join the sample pointed at with those who vote on its class."""
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(color(self._theme.text, 0.7), 1.2))
        center = QPointF(*self._places[self._pointed])
        for number in self.neighbors():
            place = QPointF(*self._places[number])
            painter.drawLine(QLineF(center, place))
            painter.drawEllipse(place, 0.8 * diameter, 0.8 * diameter)

    def neighbors(self) -> list[int]:
        """Return the samples nearest to the one pointed at, in all dimensions of the embedding, nearest first."""
        outputs = self.outputs()
        if outputs is None or not 0 <= self._pointed < outputs.shape[1]:
            return []
        return [int(number) for number in nearest_to(self._pointed, outputs)]

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Point at the nearest sample within a few pixels."""
        self._point(self._batch.nearest(self._places, event.position(), reach=12.0))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Pick the sample under the mouse."""
        self.mouseMoveEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and self._pointed >= 0:
            self.picked.emit(self._pointed)

    def leaveEvent(self, event: QEvent) -> None:
        """Point at nothing."""
        self._point(-1)

    def _point(self, number: int) -> None:
        if number != self._pointed:
            self._pointed = number
            self.pointed.emit(number)
            self.update()
