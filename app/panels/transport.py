"""The transport bar: start and stop, single steps, the speed, and the numbers to watch."""

import math
from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.frame import Frame
from app.icons import icon
from app.metric_text import NONE, UNKNOWN, metric_heading, metric_text, power_text
from app.speed import DEFAULT_SPEED, SPEEDS, Speed
from app.theme import LIGHT, Theme
from app.widgets.button import Button, PrimaryButton
from app.widgets.flow_bar import FlowBar
from app.widgets.slider import Slider
from app.widgets.steady_label import SteadyLabel
from app.widgets.teach import Teaching, teach
from engine.datasets.dataset import Dataset
from engine.experiment import Experiment
from engine.parameters import Layout
from engine.tasks import TASKS

# key, text, icon, tooltip, whether the text stands beside the icon
_COMMANDS = (
    ("reset", "Reset", "reset", "Start again from the same initial weights.", False),
    ("new_weights", "New weights", "new_weights", "Start again from other random weights.", False),
    ("run", "Run", "run", "Train until paused.", True),
    ("step", "Step", "step", "Make one update of the parameters, from one batch.", True),
    ("epoch", "Epoch", "epoch", "Train once on every training sample.", True),
)
# Pixels between groups and numbers; in a low window, where everything is to stand in one row.
GAP, TIGHT_GAP = 18, 11
_SPEED_REMARK = "How fast training goes: slow to follow single steps, full speed to see the result."


class Readout(QWidget):
    """A number below its name. Its width is that of ``widest``, so that nothing moves while numbers change."""

    def __init__(self, caption: str, remark: str, widest: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.caption = QLabel()
        self.caption.setProperty("role", "caption")
        self.figure = SteadyLabel((widest,))
        self.figure.setProperty("role", "figure")
        self.figure.setText(NONE)
        for label in (self.caption, self.figure):
            teach(label, remark)
        self.set_caption(caption)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.caption)
        column.addWidget(self.figure)

    def set_small(self, small: bool) -> None:
        """Write the number no larger than other text, or to be read from afar."""
        self.figure.setProperty("role", "" if small else "figure")
        _renew_style(self.figure)

    def set_caption(self, caption: str) -> None:
        """Change the name of the number."""
        self.caption.setText(caption)
        self._name()

    def show_text(self, text: str) -> None:
        """Show ``text``."""
        if text != self.figure.text():
            self.figure.setText(text)
            self._name()

    def _name(self) -> None:
        # A name hides the text of a label from those who hear it, so it holds both.
        told = "unknown: it is homework" if self.figure.text() == UNKNOWN else self.figure.text()
        self.figure.setAccessibleName(f"{self.caption.text()}: {told}")


class TransportBar(Teaching, FlowBar):
    """Buttons, speed and readouts in one row, or in two where there is too little room.

    With ``actions`` (“reset”, “new_weights”, “run”, “step”, “epoch”) the buttons trigger these; without, the bar
    has its own actions and emits the signals. ``hint`` brings what the control under the mouse teaches.
    """

    reset_requested = Signal()
    new_weights_requested = Signal()
    run_toggled = Signal(bool)
    step_requested = Signal()
    epoch_requested = Signal()
    speed_changed = Signal(object)

    def __init__(self, actions: Mapping[str, QAction] | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent, gap=GAP, row_gap=6, centered=True)
        self._running = self._is_low = False
        self._theme = LIGHT
        self.actions_by_key = dict(actions) if actions is not None else self._own_actions()
        self.run = PrimaryButton(("Run", "Pause"), "Train until paused.")
        self.buttons: dict[str, Button | PrimaryButton] = {
            key: self.run if key == "run" else Button(text, tip, with_text=shown)
            for key, text, _, tip, shown in _COMMANDS
        }
        for key, button in self.buttons.items():
            self._connect(button, self.actions_by_key[key])
        self.speed = Slider(range(len(SPEEDS)), "Speed", _SPEED_REMARK)
        self.speed_label = SteadyLabel((label for label, _ in SPEEDS), name="Chosen speed")
        teach(self.speed_label, _SPEED_REMARK)
        self.readouts = {
            "epoch": Readout("Epoch", "Passes over the training set completed so far.", "000,000"),
            "step": Readout("Step", "Updates of the parameters so far.", "0,000,000"),
            "train_loss": Readout("Train loss", "The mean loss over the training samples.", "0.00000"),
            "test_loss": Readout("Test loss", "The mean loss over the samples that training never sees.", "0.00000"),
            "metric": Readout("Accuracy", "How well it does on the test samples.", "100.0 %"),
        }
        self._lay_out()
        self.speed.moved.connect(self._change_speed)
        self.show_speed(DEFAULT_SPEED)
        self.set_theme(LIGHT)

    def set_theme(self, theme: Theme) -> None:
        """Take the colors and sizes to draw with."""
        self._theme = theme
        size = theme.pixels(20)
        for key, _, name, _, _ in _COMMANDS:
            self.buttons[key].setIconSize(QSize(size, size))
            if key != "run":
                self.buttons[key].setIcon(icon(name, theme))
        self._show_run_button()
        self._place_speed()

    def set_low(self, low: bool) -> None:
        """Take less room if the window is ``low``: icons without text, smaller numbers, the speed below its value."""
        if low == self._is_low:
            return
        self._is_low = low
        beside, alone = Qt.ToolButtonStyle.ToolButtonTextBesideIcon, Qt.ToolButtonStyle.ToolButtonIconOnly
        for key in ("step", "epoch"):
            button = self.buttons[key]
            if isinstance(button, Button):
                button.setToolButtonStyle(alone if low else beside)
        for readout in self.readouts.values():
            readout.set_small(low)
        self._show_run_button()
        for group in self._number_groups:
            group.setSpacing(TIGHT_GAP if low else GAP)
        self.flow.set_gap(TIGHT_GAP if low else GAP)
        self._place_speed()

    def show_experiment(self, experiment: Experiment, dataset: Dataset, layout: Layout) -> None:
        """Name the metric after the task."""
        self.readouts["metric"].set_caption(metric_heading(TASKS[experiment.data.task].metric_name))

    def show_frame(self, frame: Frame) -> None:
        """Show the numbers of one moment."""
        shown = self.readouts
        shown["epoch"].show_text(count_text(frame.epoch))
        shown["step"].show_text(count_text(frame.step))
        for name, loss in (("train_loss", frame.train_loss), ("test_loss", frame.test_loss)):
            shown[name].show_text(UNKNOWN if name in frame.hidden.scores else loss_text(loss))
        # Without test samples, how well it does on the others is all there is to say.
        metric = frame.train_metric if math.isnan(frame.test_metric) else frame.test_metric
        told = metric_text(metric, TASKS[frame.experiment.data.task].metric_unit)
        is_unknown = not frame.hidden.scores.isdisjoint(("train_metric", "test_metric"))
        shown["metric"].show_text(UNKNOWN if is_unknown else told)

    def set_running(self, running: bool) -> None:
        """Show whether training goes on: the large button then says “Pause”."""
        if running != self._running:
            self._running = running
            self._show_run_button()

    def show_speed(self, speed: Speed) -> None:
        """Show ``speed``, quietly."""
        index = next((index for index, (_, stop) in enumerate(SPEEDS) if stop == speed), len(SPEEDS) - 1)
        self.speed.set_stop(index)
        self._say_speed(speed.label)

    def _own_actions(self) -> dict[str, QAction]:
        signals = {
            "reset": self.reset_requested,
            "new_weights": self.new_weights_requested,
            "step": self.step_requested,
            "epoch": self.epoch_requested,
        }
        actions = {}
        for key, text, _, tip, _ in _COMMANDS:
            actions[key] = QAction(text, self)
            actions[key].setToolTip(tip)
            if key in signals:
                actions[key].triggered.connect(signals[key])
        actions["run"].triggered.connect(lambda: self.run_toggled.emit(not self._running))
        return actions

    def _connect(self, button: Button | PrimaryButton, action: QAction) -> None:
        # Not QToolButton.setDefaultAction: an icon in the color of a menu cannot be seen on the accent color,
        # and the texts of a menu are too long for a bar.
        def follow() -> None:
            button.setEnabled(action.isEnabled())
            keys = action.shortcut().toString(action.shortcut().SequenceFormat.NativeText)
            teach(button, f"{action.toolTip()} ({keys})" if keys and keys not in action.toolTip() else action.toolTip())

        button.clicked.connect(lambda: action.trigger())
        action.changed.connect(follow)
        follow()

    def _lay_out(self) -> None:
        row = self.flow
        row.setContentsMargins(12, 6, 12, 6)
        row.addWidget(_group(*(self.buttons[key] for key in ("reset", "new_weights", "run", "step", "epoch"))))
        caption = self._speed_caption = QLabel("Speed")
        caption.setProperty("role", "caption")
        caption.setBuddy(self.speed)
        teach(caption, _SPEED_REMARK)
        group = QWidget()
        self._speed_grid = QGridLayout(group)
        self._speed_grid.setContentsMargins(0, 0, 0, 0)
        self._speed_grid.setHorizontalSpacing(8)
        self._speed_grid.setVerticalSpacing(0)
        row.addWidget(group)
        shown = list(self.readouts.values())
        self._number_groups = []
        for numbers in (shown[:2], shown[2:]):
            group = _group(*numbers, gap=GAP)
            row.addWidget(group)
            if (layout := group.layout()) is not None:
                self._number_groups.append(layout)

    def _place_speed(self) -> None:
        """Put the slider between its name and its value or, where there is little room, below its value."""
        grid, low = self._speed_grid, self._is_low
        self._speed_caption.setVisible(not low)
        self.speed_label.setProperty("role", "caption" if low else "")
        _renew_style(self.speed_label)
        grid.addWidget(self._speed_caption, 0, 0)
        grid.addWidget(self.speed, int(low), 0 if low else 1)
        grid.addWidget(self.speed_label, 0, 0 if low else 2)
        self.speed.setFixedWidth(max(self.speed_label.sizeHint().width(), 1) if low else self._theme.pixels(120))

    def _show_run_button(self) -> None:
        text = "Pause" if self._running else "Run"
        self.run.setText("" if self._is_low else text)
        self.run.setAccessibleName(text)
        self.run.setIcon(icon(text.lower(), self._theme, self._theme.accent_text))

    def _change_speed(self, index: float) -> None:
        label, speed = SPEEDS[int(index)]
        self._say_speed(label)
        self.speed_changed.emit(speed)

    def _say_speed(self, label: str) -> None:
        self.speed_label.setText(label)
        self.speed.setAccessibleDescription(label)


def _renew_style(label: QLabel) -> None:
    """Let ``label`` look like its new role."""
    label.style().unpolish(label)
    label.style().polish(label)
    label.updateGeometry()


def _group(*widgets: QWidget, gap: int = 4) -> QWidget:
    group = QWidget()
    row = QHBoxLayout(group)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(gap)
    for widget in widgets:
        row.addWidget(widget)
    return group


def count_text(count: int) -> str:
    """Return ``count`` with commas, from ten millions on in millions."""
    return f"{count:,}" if count < 10_000_000 else f"{count / 1e6:,.2f} M"


def loss_text(loss: float) -> str:
    """Return ``loss`` with about four digits that mean something, never wider than seven characters."""
    if math.isnan(loss):
        return NONE
    if math.isinf(loss):
        return "∞"
    if 0.0 < loss < 0.0001 or loss >= 99_999.5:
        return power_text(loss)
    decimals = 5 if loss < 9.999995 else 2 if loss < 999.995 else 0
    return f"{loss:.{decimals}f}"
