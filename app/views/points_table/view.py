"""The table of the points with its filters."""

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.description import counted
from app.frame import Frame
from app.icons import icon
from app.painting.drawing import Indices
from app.theme import LIGHT, Theme
from app.views.decision.shapes import class_name
from app.views.ink import color
from app.views.points_table.content import ALL_CLASSES, Column, Part, PointsContent, with_cell
from app.views.points_table.table import PointsTable
from app.widgets.button import Button
from app.widgets.choice import Choice
from app.widgets.elided_label import ElidedLabel
from app.widgets.segmented import SegmentedControl
from engine.datasets.dataset import Dataset
from engine.experiment import Experiment
from engine.parameters import Layout

PARTS = (
    (Part.ALL.value, "All", "Show all points."),
    (Part.TRAIN.value, "Train", "Show only the points that are trained on."),
    (Part.TEST.value, "Test", "Show only the points that are kept for the test."),
)


class PointsTableView(QWidget):
    """Shows every sample as a row, to be sorted, filtered, edited and deleted.

    Signals:
        points_edited: a DrawingChange, its name in the history, and which samples are selected afterwards (or None).
        selection_made: the samples that the user has selected here.
        problem: what was typed that means nothing; one sentence.
        hint: what was done, or what the control under the mouse teaches.
    """

    points_edited = Signal(object, str, object)
    selection_made = Signal(object)
    problem = Signal(str)
    hint = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._content: PointsContent | None = None
        self._shown: PointsContent | None = None
        self._selected: Indices = np.zeros(0, dtype=np.intp)
        self._classes: tuple[str, ...] | None = None
        self.table = PointsTable()
        self.number = Choice("Class to list", "List the points of one class, or all.")
        self.part = SegmentedControl("Part of the data", PARTS, Part.ALL.value)
        self.counts = ElidedLabel()
        self.counts.setProperty("role", "caption")
        self.delete = Button("Delete", "Delete the selected points (Delete key); Ctrl+Z brings them back.")
        top = QHBoxLayout()
        top.setContentsMargins(8, 4, 8, 0)
        top.setSpacing(6)
        for part in (self.number, self.part):
            top.addWidget(part)
        top.addWidget(self.counts, 1)
        top.addWidget(self.delete)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(top)
        column.addWidget(self.table, 1)
        self.number.chosen.connect(self._filter)
        self.part.chosen.connect(self._filter)
        self.delete.clicked.connect(self._delete)
        self.table.delete_wanted.connect(self._delete)
        self.table.class_wanted.connect(self._give_class)
        self.table.selection_made.connect(self.selection_made)
        self.table.points.cell_edited.connect(self._edit)
        self.table.points.refused.connect(self.problem)
        self.setFocusProxy(self.table)
        self.set_theme(LIGHT)

    def set_theme(self, theme: Theme) -> None:
        """Take the colors and sizes to draw with."""
        self._theme = theme
        self.part.set_theme(theme)
        self.number.set_theme(theme)
        self.delete.setIcon(icon("clear", theme))
        self.table.set_theme(theme)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Fill the ground; a palette of its own would be lost when the style changes."""
        with QPainter(self) as painter:
            painter.fillRect(event.rect(), color(self._theme.surface))

    def show_experiment(self, experiment: Experiment, dataset: Dataset, layout: Layout) -> None:
        """Take the data; the table is filled once it is seen."""
        content = self._content
        if content is None or content.dataset is not dataset or content.task != experiment.data.task:
            self._content = PointsContent(dataset, experiment.data.task)
        self._fill()

    def show_frame(self, frame: Frame) -> None:
        """A moment of training changes no point."""

    def show_selection(self, samples: Indices) -> None:
        """Select the rows of ``samples``."""
        self._selected = samples
        if self._shown is self._content:
            self.table.show_selection(samples)
        self._count()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with the data."""
        super().showEvent(event)
        self._fill()

    def _fill(self) -> None:
        content = self._content
        if content is None or content is self._shown or not self.isVisible():
            return
        self._shown = content
        dataset = content.dataset
        self._offer_classes(
            tuple(class_name(number, dataset.classes, dataset.class_names) for number in range(dataset.classes))
        )
        bar, current = self.table.verticalScrollBar(), self.table.currentIndex()
        place, row, column = bar.value(), current.row(), current.column()
        self.table.points.set_content(content)
        self.table.show_selection(self._selected)
        if 0 <= row < self.table.points.rowCount():
            index = self.table.points.index(row, min(column, self.table.points.columnCount() - 1))
            flag = self.table.selectionModel().SelectionFlag.NoUpdate
            self.table.selectionModel().setCurrentIndex(index, flag)
        bar.setValue(place)
        self._count()

    def _offer_classes(self, names: tuple[str, ...]) -> None:
        if names == self._classes:
            return
        # New names are no reason to list other points.
        kept = self.number.name() if self._classes is not None and len(names) == len(self._classes) else None
        self._classes = names
        ones = [(str(k), f"Class {name}", f"List the points of class {name}.") for k, name in enumerate(names)]
        self.number.setVisible(len(names) > 1)
        self.number.set_entries([(str(ALL_CLASSES), "All classes", "List the points of all classes."), *ones])
        self.number.set_name(kept or str(ALL_CLASSES))
        self._filter()

    def _filter(self) -> None:
        self.table.points.set_filter(int(self.number.name() or ALL_CLASSES), Part(self.part.current))
        self.table.show_selection(self._selected)
        self._count()

    def _count(self) -> None:
        self.delete.setEnabled(len(self._selected) > 0)
        if self._content is None:
            return
        count, all_of_them = self.table.points.rowCount(), len(self._content.dataset)
        listed = f"{count:,} points" if count == all_of_them else f"{count:,} of {all_of_them:,} points"
        self.counts.set_line(f"{listed}, {len(self._selected):,} selected" if len(self._selected) else listed)

    def _edit(self, sample: int, column: Column, value: float) -> None:
        if self._content is not None:
            change = with_cell(sample, column, value, is_curve=self._content.task == "regression-1d")
            self.points_edited.emit(change, f"Point {sample + 1}: {column.title} changed", self._selected)

    def _delete(self) -> None:
        content, selected = self._shown, self._selected
        if content is None or not len(selected):
            return
        if content.dataset.shape is not None:
            self.problem.emit("The pixels of a picture cannot be deleted; give them another color instead.")
            return
        self.points_edited.emit(
            lambda drawing: drawing.without(selected),
            f"{counted(len(selected), 'point')} deleted",
            np.zeros(0, dtype=np.intp),
        )

    def _give_class(self, number: int) -> None:
        content, selected = self._shown, self._selected
        if content is None or not len(selected):
            return
        name = class_name(number, content.dataset.classes, content.dataset.class_names)
        self.points_edited.emit(
            lambda drawing: drawing.with_targets(selected, float(number)),
            f"{counted(len(selected), 'point')} made class {name}",
            selected,
        )
