"""The controls of the step-through: backward, play, forward; how far a step goes; whose numbers; how fast."""

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSpinBox, QWidget

from app.icons import icon
from app.stepping.records import MEAN, Grain
from app.stepping.state import StepState
from app.stepping.way_back import way_back, why_no_further
from app.style import FONT_SIZE
from app.theme import LIGHT, Theme
from app.views.ink import sized
from app.widgets.button import Button, PrimaryButton
from app.widgets.flow_bar import FlowBar
from app.widgets.segmented import SegmentedControl
from app.widgets.slider import Slider
from app.widgets.steady_label import SteadyLabel
from app.widgets.teach import teach

GRAINS = (
    (Grain.ITERATION.name, "Iteration", "A step goes on to the next iteration."),
    (Grain.PHASE.name, "Phase", "A step goes on to the next phase: batch, forward, loss, backward, update."),
    (Grain.LAYER.name, "Layer", "A step goes on to the next layer."),
    (Grain.UNIT.name, "Unit", "A step goes on to the next unit: one formula at a time."),
    (Grain.TERM.name, "Term", "A step goes on to the next term of a sum: one product at a time."),
)
# Places a second; the slider's right end is the fastest.
PACES = (0.2, 0.25, 0.5, 1.0, 2.0, 4.0)
DEFAULT_PACE = 0.5
MEAN_TEXT = "Mean of the batch"
# What a spin box needs beside its text (text scale 1).
ARROWS = 44
# A spin box without a text of its own would show its number.
NOTHING = "\u00a0"
GROUP_NAMES = {1: "Sample", 2: "Pair", 3: "Triplet"}
BACK_REMARK = "Go one step back, also into earlier iterations."
PACE_REMARK = "How long to stay at each place while the walk goes on by itself."


class SampleChoice(QSpinBox):
    """The mean over the batch, or one of its samples; ``chosen`` brings its number (from 0) or MEAN."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._members = 0
        self.setRange(0, 0)
        self.setSpecialValueText(NOTHING)
        self.setKeyboardTracking(False)
        self.setAccessibleName("Numbers of")
        self.setWrapping(True)
        self.lineEdit().setTextMargins(4, 0, 0, 0)
        teach(
            self,
            "Whose numbers are shown: those of one sample of the batch, or their mean. A click on a point of the "
            "output picks that sample.",
        )
        self.valueChanged.connect(lambda value: self.chosen.emit(value - 1 if value else MEAN))

    def set_theme(self, theme: Theme) -> None:
        """Be as wide as the longest text, at all times: then nothing moves when another sample is chosen."""
        metrics = QFontMetricsF(sized(self.font(), theme, FONT_SIZE))
        self.setMinimumWidth(round(metrics.horizontalAdvance(MEAN_TEXT)) + theme.pixels(ARROWS))

    def show_choice(self, focus: int, kept: int, members: int) -> None:
        """Show that ``focus`` of ``kept`` samples (or pairs, triplets) is chosen; with no ``members`` nothing is."""
        with QSignalBlocker(self):
            self.setSpecialValueText(MEAN_TEXT if members else NOTHING)
            if (kept, members) != (self.maximum(), self._members):
                self._members = members
                self.setMaximum(kept)
                self.setPrefix(f"{GROUP_NAMES.get(members, 'Group')} ")
                self.setSuffix(f" of {kept}")
            self.setValue(0 if focus == MEAN else focus + 1)


class StepControls(FlowBar):
    """Everything one sets while walking; intents only.

    ``buttons`` (backward, play, forward) are placed by the owner, the rest stands side by side in here.

    Signals:
        previous, next, play_toggled: the buttons.
        grain_chosen: a Grain.
        focus_chosen: the number of a sample of the batch, or MEAN.
        pace_chosen: seconds to stay at a place.
    """

    previous = Signal()
    next = Signal()
    play_toggled = Signal()
    grain_chosen = Signal(object)
    focus_chosen = Signal(int)
    pace_chosen = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, gap=14, row_gap=4, centered=True)
        self._theme = LIGHT
        self._playing = False
        self.back = Button("Previous", BACK_REMARK)
        self.play = Button("Play", "Go on by itself, at the chosen pace.")
        self.forward = PrimaryButton(("Next",), "Go one step on; how far that is, is chosen beside it.")
        self.grain = SegmentedControl("Step by", GRAINS, Grain.UNIT.name)
        self.sample = SampleChoice()
        self.pace = Slider(PACES, "Pace", PACE_REMARK)
        self.pace.set_stop(DEFAULT_PACE)
        self.pace_label = SteadyLabel(map(pace_text, PACES), name="Chosen pace")
        self.pace_label.setProperty("role", "caption")
        teach(self.pace_label, PACE_REMARK)
        self.buttons = _group(self.back, self.play, self.forward)
        self._lay_out()
        self.back.clicked.connect(self.previous)
        self.forward.clicked.connect(self.next)
        self.play.clicked.connect(self.play_toggled)
        self.grain.chosen.connect(lambda name: self.grain_chosen.emit(Grain[name]))
        self.sample.chosen.connect(self.focus_chosen)
        self.pace.moved.connect(self._change_pace)
        self._say_pace(DEFAULT_PACE)
        self.set_theme(LIGHT)

    def _lay_out(self) -> None:
        self.flow.setContentsMargins(0, 0, 0, 0)
        self._pace_group = _group(_caption("Pace", self.pace), self.pace, self.pace_label)
        self._grain_caption = _caption("Step by", self.grain)
        for group in (_group(self._grain_caption, self.grain), _group(self.sample), self._pace_group):
            self.flow.addWidget(group)

    def set_theme(self, theme: Theme) -> None:
        """Take the colors and sizes to draw with."""
        self._theme = theme
        size = theme.pixels(18)
        for button in (self.back, self.play, self.forward):
            button.setIconSize(QSize(size, size))
        self.back.setIcon(icon("step_back", theme))
        self.forward.setIcon(icon("step", theme, theme.accent_text))
        self.play.setIcon(icon("pause" if self._playing else "run", theme))
        self.pace.setFixedWidth(theme.pixels(64))
        self.grain.set_theme(theme)
        self.sample.set_theme(theme)

    def leave_out(self, cramped: bool) -> None:
        """Show only what one needs for walking, or all."""
        self._pace_group.setVisible(not cramped)
        self._grain_caption.setVisible(not cramped)

    def show_step(self, state: StepState) -> None:
        """Show what holds at ``state``."""
        known = state.trace is not None
        for part in (self.play, self.forward, self.grain, self.sample):
            part.setEnabled(known)
        self._show_way_back(state)
        with QSignalBlocker(self.grain):
            self.grain.choose(state.grain.name)
        if state.trace is None:
            self.sample.show_choice(MEAN, 0, 0)
        else:
            self.sample.show_choice(state.focus, state.trace.kept, state.trace.members)
        if state.playing != self._playing:
            self._playing = state.playing
            name = "Pause" if state.playing else "Play"
            self.play.setAccessibleName(name)
            teach(self.play, "Stay here." if state.playing else "Go on by itself, at the chosen pace.")
            self.play.setIcon(icon("pause" if state.playing else "run", self._theme))

    def _show_way_back(self, state: StepState) -> None:
        self.back.setEnabled(not state.is_first)
        remark = BACK_REMARK
        if state.trace is not None:
            further = why_no_further(state.trace.step) if state.is_first else way_back(state.earliest_step)
            remark = further if state.is_first else f"{BACK_REMARK} {further}"
        if remark != self.back.toolTip():
            teach(self.back, remark)

    def _change_pace(self, places: float) -> None:
        self._say_pace(places)
        self.pace_chosen.emit(1.0 / places)

    def _say_pace(self, places: float) -> None:
        self.pace_label.setText(pace_text(places))
        self.pace.setAccessibleDescription(pace_text(places))


def pace_text(places: float) -> str:
    """Return how long one stays at a place at so many places a second: “2 s”."""
    return f"{1.0 / places:g} s"


def _caption(text: str, buddy: QWidget) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "caption")
    label.setBuddy(buddy)
    teach(label, buddy.toolTip())
    return label


def _group(*widgets: QWidget) -> QWidget:
    group = QWidget()
    row = QHBoxLayout(group)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(5)
    for widget in widgets:
        row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
    return group
