"""The gallery: a thumbnail of every generator, those of the current task first."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from app.theme import Theme
from app.widgets.flow_layout import FlowLayout
from app.widgets.teach import teach
from app.widgets.thumbnail import Thumbnail
from engine.compose import natural_classes
from engine.datasets.dataset import Dataset
from engine.datasets.generators import GENERATORS
from engine.datasets.resolve import resolve
from engine.experiment import Data, Generated
from engine.tasks import TASKS, Task

# Enough to show the shape, few enough to stay separate points; and pixels enough for a drawing.
POINTS, PIXELS = 180, 24 * 24


class Gallery(QScrollArea):
    """Thumbnails under the name of their task; ``picked`` brings the name of the generator the user wants."""

    picked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.thumbnails: dict[str, Thumbnail] = {}
        self._first: str | None = None
        self._current: str | None = None
        # Name, task, classes and settings of the data set whose thumbnail follows them.
        self._shape: tuple[str, str, int, Mapping[str, float]] | None = None
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName("Data sets")
        teach(self, "Data sets to learn: a click takes one.")
        # The wheel scrolls; the focus belongs to the thumbnails.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._inner = QWidget()
        self._column = QVBoxLayout(self._inner)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        naturals = {entry.tasks[0] for entry in GENERATORS}
        self._sections = {task.name: self._section(task) for task in TASKS if task.name in naturals}
        for section in self._sections.values():
            self._column.addWidget(section)
        self._column.addStretch()
        self._let_tab_reach(next(iter(self.thumbnails.values())))
        self.setWidget(self._inner)
        self._inner.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)

    def set_theme(self, theme: Theme) -> None:
        """Take the colors and sizes to draw with."""
        for thumbnail in self.thumbnails.values():
            thumbnail.set_theme(theme)
        # One row can always be seen whole, however low the panel.
        self.setMinimumHeight(max(thumbnail.sizeHint().height() for thumbnail in self.thumbnails.values()))

    def show_data(self, data: Data) -> None:
        """Mark the generator in use, and bring its task to the top."""
        name = data.source.name if isinstance(data.source, Generated) else None
        for key, thumbnail in self.thumbnails.items():
            thumbnail.setChecked(key == name)
        self._follow(data)
        is_new, self._current = name != self._current, name
        if data.task != self._first:
            self._first = data.task
            self._order(data.task)
            self.verticalScrollBar().setValue(0)
        if is_new:
            self._reveal()
        if is_new and name is not None and not any(each.hasFocus() for each in self.thumbnails.values()):
            self._let_tab_reach(self.thumbnails[name])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the thumbnail of the data in use in view: other data may have more or fewer settings below."""
        super().resizeEvent(event)
        self._reveal()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep it in view while the thumbnails get their places, too."""
        handled = super().eventFilter(watched, event)
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, Thumbnail):
            # With Tab one comes from far away.
            self.ensureWidgetVisible(watched, 0, 8)
            self._let_tab_reach(watched)
        if watched is self._inner and event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self._reveal()
        return handled

    def _reveal(self) -> None:
        """Scroll as little as needed to see the thumbnail in use, and what is just above it: its heading, perhaps."""
        if self._current is None or not self.isVisible():
            return
        thumbnail, bar = self.thumbnails[self._current], self.verticalScrollBar()
        top = thumbnail.mapTo(self._inner, QPoint(0, 0)).y()
        room = self.viewport().height() - thumbnail.height()
        margin = min(thumbnail.height() // 3, max(room, 0))
        bar.setValue(max(top - room, min(bar.value(), top - margin)))

    def _follow(self, data: Data) -> None:
        """Let the thumbnail of the generator in use have its shape and classes; all others show theirs as usual."""
        source = data.source
        shape = (source.name, data.task, data.classes, source.settings) if isinstance(source, Generated) else None
        if shape == self._shape:
            return
        before, self._shape = self._shape, shape
        if before is not None:
            task = TASKS[GENERATORS[before[0]].tasks[0]]
            self.thumbnails[before[0]].set_dataset(_sample(task, before[0], natural_classes(task, before[0])))
        if shape is not None:
            name, task_name, classes, settings = shape
            self.thumbnails[name].set_dataset(_sample(TASKS[task_name], name, classes, settings))

    def _order(self, task: str) -> None:
        """Put first what the task is natural to, then what suits it, best first; say what a click brings along."""

        def rank(name: str) -> tuple[bool, int]:
            """Return how early a section comes: by how early its data sets name the task among theirs."""
            places = [entry.tasks.index(task) for entry in GENERATORS if entry.tasks[0] == name and task in entry.tasks]
            return name != task, min(places, default=len(TASKS.names))

        ranked = sorted(self._sections, key=rank)
        for place, name in enumerate(ranked):
            self._column.removeWidget(self._sections[name])
            self._column.insertWidget(place, self._sections[name])
        for entry in GENERATORS:
            brings = "" if task in entry.tasks else f"\nA click switches to the task “{TASKS[entry.tasks[0]].label}”."
            teach(self.thumbnails[entry.name], f"{entry.label}\n{entry.remark}{brings}")

    def _section(self, task: Task) -> QWidget:
        section = QWidget()
        column = QVBoxLayout(section)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        heading = QLabel(task.label)
        heading.setProperty("role", "heading")
        teach(heading, task.remark)
        column.addWidget(heading)
        flow = FlowLayout(gap=2, row_gap=4)
        for generator in GENERATORS:
            if generator.tasks[0] == task.name:
                dataset = _sample(task, generator.name, natural_classes(task, generator.name))
                thumbnail = Thumbnail(generator.label, generator.remark, dataset, task.classes)
                thumbnail.clicked.connect(lambda _checked, name=generator.name: self.picked.emit(name))
                thumbnail.arrow.connect(lambda way, name=generator.name: self._go(name, way))
                self.thumbnails[generator.name] = thumbnail
                thumbnail.installEventFilter(self)
                flow.addWidget(thumbnail)
        column.addLayout(flow)
        return section

    def _go(self, name: str, way: str) -> None:
        """Give the focus to the nearest thumbnail that lies ``way`` of the one called ``name``."""
        here = self._center(name)
        places = {key: self._center(key) for key in self.thumbnails if key != name}
        sideways = way in ("left", "right")
        sign = -1 if way in ("left", "up") else 1
        best: tuple[float, str] | None = None
        for key, (x, y) in places.items():
            along, across = (x - here[0], y - here[1]) if sideways else (y - here[1], x - here[0])
            # Half a thumbnail apart is another column or row; in the same row, nothing counts that lies in another.
            if along * sign <= 8 or (sideways and abs(across) > 8):
                continue
            distance = along * sign + 3.0 * abs(across)
            if best is None or distance < best[0]:
                best = (distance, key)
        if best is None:
            return
        target = self.thumbnails[best[1]]
        target.setFocus()

    def _let_tab_reach(self, reached: Thumbnail) -> None:
        """Let Tab stop at one thumbnail only: the arrow keys lead to the others."""
        for thumbnail in self.thumbnails.values():
            policy = Qt.FocusPolicy.TabFocus if thumbnail is reached else Qt.FocusPolicy.NoFocus
            if thumbnail.focusPolicy() != policy:
                thumbnail.setFocusPolicy(policy)

    def _center(self, name: str) -> tuple[int, int]:
        thumbnail = self.thumbnails[name]
        center = thumbnail.mapTo(self._inner, thumbnail.rect().center())
        return center.x(), center.y()


def _sample(task: Task, name: str, classes: int, settings: Mapping[str, float] | None = None) -> Dataset:
    """Return so many samples of a generator as a thumbnail shows."""
    source = Generated(name, PIXELS if task.is_image else POINTS, dict(settings or {}))
    return resolve(Data(task=task.name, source=source, classes=classes))
