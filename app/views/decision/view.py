"""The decision view: the field of the network over the plane, the data on it, and painting on the spot."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.changes.fitting import class_limits
from app.frame import Frame
from app.stepping.state import StepState
from app.theme import LIGHT, Theme
from app.views.decision.batch import NOTHING_THERE
from app.views.decision.canvas import Canvas
from app.views.decision.plane import value_at
from app.views.decision.shapes import class_name
from app.views.decision.stroke_input import StrokeInput
from app.views.decision.tools import ToolRow
from app.views.ink import fill_background
from app.views.parameter_text import number_text, subscript
from app.widgets.choice import Choice
from app.widgets.teach import teach
from app.widgets.visibility import show_only
from engine.datasets.dataset import Dataset
from engine.experiment import Experiment
from engine.parameters import Layout
from engine.tasks import TASKS

# When a color is pale, for outputs that are probabilities and for others.
PALE_SHARES = "The color of a place is the paler, the less sure its class."
PALE = "The color of a place is full where the largest output leads the next by 1, and paler below."


class DecisionView(QWidget):
    """Shows a frame's output field (or the field of the unit the user points at) and paints data.

    ``points_painted`` brings an array (k, 2) and the target of all its points, at most 60 times a second; ``changed``
    the name of a change of the experiment and its value; ``sample_picked`` the number in the data set of the sample
    that was clicked on.
    """

    stroke_started = Signal()
    points_painted = Signal(object, float)
    points_erased = Signal(float, float, float)
    stroke_finished = Signal()
    points_cleared = Signal()
    undo_requested = Signal()
    changed = Signal(str, object)
    hint = Signal(str)
    sample_picked = Signal(int)

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        random: np.random.Generator | None = None,
        canvas: type[Canvas] = Canvas,
    ) -> None:
        super().__init__(parent)
        self._classes = 2
        self._offered: tuple[str, ...] = ()
        self._names: tuple[str, ...] = ()
        self._task = "two-classes"
        self._shares = False
        self._pointed: tuple[float, float] | None = None
        strokes = StrokeInput(np.random.default_rng() if random is None else random, self)
        self.tools = ToolRow(self)
        self.canvas = canvas(strokes, self)
        self.canvas.setAccessibleName("Output of the network over the plane")
        self.canvas.setAccessibleDescription(
            "Paint with the mouse, or move a cross-hair with Alt and the arrow keys, choose a class with its number, "
            "paint a point with Enter, erase with Delete, and follow a point through the iteration with Alt Enter."
        )
        self.discretize = QCheckBox("Discretize")
        self.show_test = QCheckBox("Test points")
        self.show_test.setToolTip("Show the points that are kept from training, as rings: they tell if it generalizes.")
        self.show_test.setAccessibleName("Show test points")
        self.show_test.setChecked(True)
        for switch in (self.discretize, self.show_test):
            switch.setProperty("role", "caption")
        self.residuals = QCheckBox("Residuals")
        self.residuals.setToolTip(
            "Show by the points how far the output is off: blue where it is too high, orange too low, large if far."
        )
        self.residuals.setProperty("role", "caption")
        self.chosen_class = Choice("Class to show", "Show the regions of all classes, or one class against all others.")
        self.readout = QLabel()
        self.readout.setProperty("role", "caption")
        self.readout.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        # The readout may be cut, but never widens the view.
        self.readout.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._arrange()
        self.setFocusProxy(self.canvas)
        self.setMinimumWidth(260)
        self._connect(strokes)
        # Offered once an experiment asks for them; until then they must take no room.
        self._offer_classes(has_outputs=False)
        self.set_theme(LIGHT)

    def _arrange(self) -> None:
        below = QHBoxLayout()
        below.setContentsMargins(6, 0, 8, 4)
        below.setSpacing(6)
        below.addWidget(self.discretize)
        below.addWidget(self.show_test)
        below.addWidget(self.residuals)
        below.addWidget(self.chosen_class)
        below.addWidget(self.readout, 1)
        self.below = below
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tools)
        column.addWidget(self.canvas, 1)
        column.addLayout(below)

    def _connect(self, strokes: StrokeInput) -> None:
        strokes.started.connect(self.stroke_started)
        strokes.painted.connect(self.points_painted)
        strokes.erased.connect(self.points_erased)
        strokes.finished.connect(self._finished)
        self.tools.tool_changed.connect(self._tool_changed)
        self.tools.clear_requested.connect(self.points_cleared)
        self.tools.swatches.changed.connect(self.changed)
        self.tools.swatches.states_changed.connect(self.canvas.set_class_states)
        self.tools.undo_requested.connect(self.undo_requested)
        self.tools.classes_wanted.connect(lambda count: self.changed.emit("data.classes", count))
        self.canvas.pointed.connect(self._pointed_at)
        self.canvas.key_pressed.connect(self._key)
        self.canvas.picked.connect(self._pick)
        self.discretize.toggled.connect(self.canvas.set_discretize)
        self.show_test.toggled.connect(self.canvas.set_show_test)
        self.residuals.toggled.connect(self.canvas.set_residuals)
        self.chosen_class.chosen.connect(lambda name: self.canvas.set_chosen_class(int(name)))

    def set_theme(self, theme: Theme) -> None:
        """Take the colors and sizes to draw with."""
        fill_background(self, theme)
        self.tools.set_theme(theme)
        self.canvas.set_theme(theme)

    def show_experiment(self, experiment: Experiment, dataset: Dataset, layout: Layout) -> None:
        """Take what is trained, and on which points."""
        self._classes, self._task, self._names = dataset.classes, experiment.data.task, dataset.class_names
        self._shares = layout.layers[-1].activation == "softmax"
        value_name = "score" if self._task == "ranking" else "value"
        self.tools.set_classes(self._classes, class_limits(experiment.data), value_name)
        self._offer_classes(TASKS[self._task].outputs_each)
        self.canvas.set_residuals(self.needs_outputs)
        self.discretize.setToolTip(self._discretize_remark())
        self.canvas.show_experiment(experiment, dataset, layout)
        self.tools.swatches.show_data(experiment.data, dataset, self.canvas.coverage)

    def _discretize_remark(self) -> str:
        if self._offered:
            return "Draw every place in the full color of its class, however sure the network is."
        if self._classes:
            return "Draw only full colors: where they meet the network is undecided."
        return "Draw ten bands of values instead of smooth shades."

    def _offer_classes(self, has_outputs: bool) -> None:
        """Offer one class against all others, where every class has an output of its own."""
        count = self._classes if has_outputs else 0
        names = tuple(class_name(number, count, self._names) for number in range(count))
        show_only(
            {
                self.chosen_class: count > 0,
                self.residuals: self._task == "regression",
                self.discretize: self._task != "embedding",
            }
        )
        teach(self.chosen_class, f"Show one class against all others, or all. {PALE_SHARES if self._shares else PALE}")
        if names == self._offered:
            return
        kept = self.chosen_class.name() if len(names) == len(self._offered) else None
        self._offered = names
        ones = [(str(k), f"Class {name}", f"How much speaks for class {name}.") for k, name in enumerate(names)]
        self.chosen_class.set_entries([("-1", "All classes", "Each place in the color of its likeliest class."), *ones])
        self.chosen_class.set_name(kept or "-1")
        self.canvas.set_chosen_class(int(kept or -1))

    def show_frame(self, frame: Frame) -> None:
        """Draw one moment."""
        self.canvas.show_frame(frame)
        if self._pointed is not None and self.isVisible():
            self._read_out()

    def show_step(self, state: StepState | None) -> None:
        """Ring the samples of the batch that is walked through; None ends it."""
        self.canvas.show_step(state)

    def _pick(self, sample: int) -> None:
        if sample < 0:
            self.hint.emit(NOTHING_THERE)
        else:
            self.sample_picked.emit(sample)

    @property
    def needs_outputs(self) -> bool:
        """Whether the picture is drawn from what the network puts out for the samples."""
        return self.residuals.isChecked() and not self.residuals.isHidden()

    def describe(self, x1: float, x2: float) -> tuple[str, str]:
        """Return what is at (x1, x2): short for the readout, and as a sentence for the status bar."""
        place = f"x₁ {_fixed(x1)}  x₂ {_fixed(x2)}"
        field, outputs = self.canvas.field, self.canvas.outputs
        if field is None or outputs is None:
            return place, place
        if self.canvas.regions is not None:
            return self._describe_classes(place, self.canvas.regions, x1, x2)
        values, focused = field
        value = value_at(values, x1, x2)
        if focused:
            return f"{place}   a {number_text(value)}", f"{place}: the unit puts out {number_text(value)}"
        if self._task == "embedding":
            there = [f"y{subscript(k + 1)} {number_text(value_at(each, x1, x2))}" for k, each in enumerate(outputs)]
            return f"{place}   {'  '.join(there)}", f"{place}: the network puts this place at {', '.join(there)}"
        if self._task == "ranking":
            return f"{place}   score {number_text(value)}", f"{place}: its score is {number_text(value)}"
        if self._classes != 2 or self._offered or not np.isfinite(value):
            return f"{place}   ŷ {number_text(value)}", f"{place}: the network puts out {number_text(value)}"
        name = class_name(int(value > self.canvas.class_threshold), 2, self._names)
        return (
            f"{place}   ŷ {number_text(value)} {name}",
            f"{place}: the network puts out {number_text(value)}, class {name}",
        )

    def _describe_classes(self, place: str, regions: NDArray[np.float32], x1: float, x2: float) -> tuple[str, str]:
        values = [value_at(each, x1, x2) for each in regions]
        if not np.isfinite(values).all():
            return place, place
        order = np.argsort(values)[::-1][:3]
        told = [_percent(values[k]) if self._shares else number_text(values[k]) for k in order]
        names = [f"class {class_name(int(k), len(values), self._names)}" for k in order]
        shown = [f"{name}: {what}" for name, what in zip(names, told, strict=True)]
        return "   ".join((place, *shown[:2])), f"{place}: {', '.join(shown)}"

    def _pointed_at(self, place: object) -> None:
        self._pointed = place if isinstance(place, tuple) else None
        if self._pointed is None:
            self.readout.setText("")
            self.hint.emit("")
        else:
            self._read_out()

    def _read_out(self) -> None:
        if self._pointed is None:
            return
        short, sentence = self.describe(*self._pointed)
        if short == self.readout.text():
            return
        room = self.readout.width()
        metrics = QFontMetrics(self.readout.font())
        # A number cut in the middle would lie, so in a narrow view the coordinates go first, then the second class.
        parts = short.split("   ")
        first = parts[min(1, len(parts) - 1)]
        ways = (short, "   ".join(parts[1:]), first, first.removeprefix("class "))
        self.readout.setText(next((way for way in ways if way and metrics.horizontalAdvance(way) <= room), ways[-1]))
        self.hint.emit(sentence)

    def _finished(self, count: int, erasing: bool) -> None:
        self.stroke_finished.emit()
        if erasing:
            self.hint.emit("Erased. Ctrl+Z brings the points back.")
        else:
            counted = "1 point" if count == 1 else f"{count:,} points"
            self.hint.emit(f"{counted} painted. Ctrl+Z takes {'it' if count == 1 else 'them'} back.")

    def _tool_changed(self) -> None:
        self.canvas.set_tool(self.tools.tool)

    def _key(self, command: str) -> None:
        if command.startswith("class "):
            number = int(command.removeprefix("class "))
            self.tools.choose(number)
            if number >= self._classes > 2:
                self.hint.emit(f"There are {self._classes} classes; the plus beside them adds one.")
        elif command == "eraser":
            self.tools.choose_eraser()
        else:
            self.tools.change_radius(1 if command == "wider" else -1)


def _percent(share: float) -> str:
    percent = 100.0 * share
    if 0.0 < percent < 0.1:
        return "< 0.1 %"
    return f"{percent:.0f} %" if percent >= 99.95 or percent == 0.0 else f"{percent:.1f} %"


def _fixed(value: float) -> str:
    return f"{value:.2f}".replace("-", "−")
