"""The decision view: the field of the network over the plane, the data on it, and painting on the spot."""

from functools import partial

import numpy as np
from PySide6.QtCore import QPointF, QRect, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.changes.fitting import class_limits
from app.description import counted
from app.frame import Frame
from app.painting.class_states import ALL_OPEN
from app.painting.drawing import Drawing, Indices
from app.painting.eraser import erasable, kept
from app.painting.flood import Formula
from app.stepping.state import StepState
from app.theme import LIGHT, Theme
from app.views.decision.batch import NOTHING_THERE
from app.views.decision.canvas import Canvas
from app.views.decision.drawing_tools import selection_edits
from app.views.decision.drawing_tools.drawing_input import DrawingInput
from app.views.decision.drawing_tools.flooding import flood, told
from app.views.decision.drawing_tools.selection_menu import selection_menu
from app.views.decision.drawing_tools.sheet import Sheet
from app.views.decision.keys import CHOICES
from app.views.decision.plane import value_at
from app.views.decision.readout import of_classes, of_embedding, place_text
from app.views.decision.shapes import class_name
from app.views.decision.stroke_input import StrokeInput
from app.views.decision.tool import LASSO, SELECT
from app.views.decision.tools import ToolRow
from app.views.ink import fill_background
from app.views.parameter_text import number_text
from app.widgets.apart import Apart
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

    ``points_painted`` brings an array (k, 2) and the target of all its points, at most 60 times a second;
    ``points_edited`` a change of the drawing, its headline, and the numbers of the points that are selected then (or
    None); ``selection_made`` those of the points that were selected; ``changed`` the name of a change of the experiment
    and its value; ``sample_picked`` the number in the data set of the sample that was clicked on; ``large_requested``
    asks for the whole window, or for no more than before.
    """

    stroke_started = Signal()
    points_painted = Signal(object, float)
    points_erased = Signal(float, float, float)
    points_edited = Signal(object, str, object)
    selection_made = Signal(object)
    large_requested = Signal()
    stroke_finished = Signal()
    stroke_given_up = Signal()
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
        random = np.random.default_rng() if random is None else random
        strokes = StrokeInput(random, self)
        self.sheet = Sheet(random, self)
        self._theme = LIGHT
        self.tools = ToolRow(self)
        self.canvas = canvas(strokes, DrawingInput(self.sheet, self), self)
        self.canvas.setAccessibleName("Output of the network over the plane")
        self.canvas.setAccessibleDescription(
            "Draw with the mouse, or move a cross-hair with Alt and the arrow keys and use the tool there with Enter. "
            "Choose a class with its number and a tool with its letter: D draw, E erase, S select, M move, F figures, "
            "V change. Control A selects all points; arrow keys move them, Delete removes them. Alt Enter follows a "
            "point through the iteration."
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
        self._arrange()
        self.setFocusProxy(self.canvas)
        self.setMinimumWidth(200)
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
        # The readout may be cut, but never widens the view.
        below.addWidget(Apart(self.readout), 1)
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
        strokes.erased.connect(self._erase)
        strokes.finished.connect(self._finished)
        sheet = self.sheet
        sheet.started.connect(self.stroke_started)
        sheet.edited.connect(self.points_edited)
        sheet.finished.connect(self.stroke_finished)
        sheet.given_up.connect(self.stroke_given_up)
        sheet.selected.connect(self.selection_made)
        sheet.said.connect(self.hint)
        sheet.edited.connect(self._edited)
        self.tools.class_chosen.connect(self._class_chosen)
        self.tools.menu_requested.connect(lambda: self._open_menu(QPointF(self.canvas.plane.rect.topLeft())))
        self.canvas.menu_requested.connect(self._open_menu)
        self.tools.large_requested.connect(self.large_requested)
        self.tools.flood_requested.connect(self._open_flood)
        self.tools.guides_requested.connect(self._open_guides)
        self.tools.flood.typed.connect(self._show_formula)
        self.tools.flood.applied.connect(partial(flood, sheet))
        self.tools.tool_changed.connect(self._tool_changed)
        self.tools.clear_requested.connect(self.points_cleared)
        self.tools.swatches.find_picture = lambda: self._picture
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
        self._theme = theme
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

    def show_selection(self, indices: Indices) -> None:
        """Ring the points of these numbers: they are selected."""
        self.canvas.show_selection(indices)

    def _open_menu(self, place: QPointF) -> None:
        menu = selection_menu(self, self.sheet, self._theme)
        menu.popup(self.canvas.mapToGlobal(place.toPoint()))

    @property
    def _picture(self) -> QRect:
        """Where the picture lies on the screen."""
        rect = self.canvas.plane.rect.toAlignedRect()
        return QRect(self.canvas.mapToGlobal(rect.topLeft()), rect.size())

    def _open_guides(self) -> None:
        self.tools.open_guides(self._picture)

    def _open_flood(self) -> None:
        self.tools.open_flood(self._picture, self.sheet.names)

    def _show_formula(self, formula: Formula | None) -> None:
        self.canvas.show_formula(formula)
        if formula is not None:
            self.tools.flood.say(told(self.sheet, formula))

    def _class_chosen(self, number: int) -> None:
        """With the select tool, the class that is chosen is given to what is selected."""
        if self.tools.tool.kind in (SELECT, LASSO):
            selection_edits.give_class(self.sheet, number)

    def _edited(self, change: object, text: str) -> None:
        # In a stroke there are many edits, and its end says as much.
        if not self.canvas.drawing.active:
            self.hint.emit(f"{text}. Ctrl+Z takes it back.")

    def _erase(self, x1: float, x2: float, radius: float) -> None:
        """Erase all points there, or only those of the chosen class and of classes that are not locked."""
        tool, classes = self.tools.tool, self._classes
        if classes < 2 or (not tool.only_class and tool.states == ALL_OPEN):
            self.points_erased.emit(x1, x2, radius)
            return

        def erase(drawing: Drawing) -> Drawing:
            only = round(tool.target) if tool.only_class else None
            stays = kept(drawing.points, x1, x2, radius, erasable(drawing.targets, tool.states, only))
            return drawing.without(np.flatnonzero(~stays))

        self.points_edited.emit(erase, "Points erased", None)

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
        canvas = self.canvas
        place = place_text(x1, x2)
        field, outputs, regions = canvas.field, canvas.outputs, canvas.regions
        if field is None or outputs is None:
            return place, place
        if regions is not None:
            return of_classes(place, [value_at(each, x1, x2) for each in regions], self._names, shares=self._shares)
        value, focused = value_at(field[0], x1, x2), field[1]
        if focused:
            return f"{place}   a {number_text(value)}", f"{place}: the unit puts out {number_text(value)}"
        if self._task == "embedding":
            return of_embedding(place, [value_at(each, x1, x2) for each in outputs])
        if self._task == "ranking":
            return f"{place}   score {number_text(value)}", f"{place}: its score is {number_text(value)}"
        if self._classes != 2 or self._offered or not np.isfinite(value):
            return f"{place}   ŷ {number_text(value)}", f"{place}: the network puts out {number_text(value)}"
        name = class_name(int(value > canvas.class_threshold), 2, self._names)
        return (
            f"{place}   ŷ {number_text(value)} {name}",
            f"{place}: the network puts out {number_text(value)}, class {name}",
        )

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
        # What the tool in the hand does counts more than what lies below it.
        if not self.canvas.has_the_word:
            self.hint.emit(sentence)

    def _finished(self, count: int, erasing: bool) -> None:
        self.stroke_finished.emit()
        if erasing:
            self.hint.emit("Erased. Ctrl+Z brings the points back.")
        else:
            self.hint.emit(f"{counted(count, 'point')} painted. Ctrl+Z takes {'it' if count == 1 else 'them'} back.")

    def _tool_changed(self) -> None:
        self.canvas.set_tool(self.tools.tool)

    def press_key(self, key: Qt.Key) -> bool:
        """Choose what ``key`` stands for in the picture, and with a tool come to it; return whether there is such."""
        command = CHOICES.get(key, "")
        if command.startswith("tool "):
            self.canvas.setFocus()
        if command:
            self._key(command)
        return bool(command)

    def _key(self, command: str) -> None:
        if command.startswith("class "):
            number = int(command.removeprefix("class "))
            self.tools.choose(number)
            if number >= self._classes > 2:
                self.hint.emit(f"There are {self._classes} classes; the plus beside them adds one.")
        elif command == "tool K":
            self._open_guides()
        elif command == "tool Y":
            self._open_flood()
        elif command.startswith("tool "):
            self.tools.choose_family(command.removeprefix("tool "))
        else:
            self.tools.change_radius(1 if command == "wider" else -1)
