"""The choice bar: what is trained and how, each within one click."""

from functools import partial
from typing import Any

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QWidget

from app.changes.fitting import unfit_losses
from app.frame import Frame
from app.icons import icon
from app.panels.choice_lists import ChoiceLists
from app.panels.limits import limits
from app.panels.regularization import RegularizationSettings, summary
from app.panels.sampling import SamplingChoice
from app.panels.schedule_settings import ScheduleSettings
from app.theme import LIGHT, Theme
from app.widgets.button import Button
from app.widgets.entry_curves import initializer_curve, loss_curve
from app.widgets.entry_settings import EntrySettings
from app.widgets.folding_bar import FoldingBar
from app.widgets.labeled import Labeled
from app.widgets.number_field import NumberField
from app.widgets.number_text import rate_ladder
from app.widgets.popover import Popover
from app.widgets.popover_box import PopoverBox
from app.widgets.teach import Teaching, teach
from engine.datasets.dataset import Dataset
from engine.experiment import Experiment, Generated, Training
from engine.initializers import INITIALIZERS
from engine.losses import LOSSES
from engine.optimizers import OPTIMIZERS
from engine.parameters import Layout
from engine.schedules import SCHEDULES
from engine.tasks import TASKS

LEARNING_RATES = rate_ladder(-4, 1)
BATCH_SIZES = (1, 5, 10, 20, 30, 50, 100, 250)
SEEDS = (0, 1, 2, 3, 42)
RATE_REMARK = "How far each step goes: too small is slow, too large overshoots the valley."


class ChoiceBar(Teaching, FoldingBar):
    """Data set, task, activation, loss, optimizer, learning rate, batch size, regularization, initializer and seed.

    Beside what has settings of its own, a gear opens them. ``changed`` brings the name of a change (see
    ``app.changes``) and its value; ``hint`` what is wrong with a number, or what the control under the mouse teaches.
    """

    changed = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, gap=8, row_gap=6)
        self._theme = LIGHT
        lists = self.lists = ChoiceLists()
        self.data_set, self.task, self.activation = lists.data_set, lists.task, lists.activation
        self.loss, self.optimizer, self.initializer = lists.loss, lists.optimizer, lists.initializer
        self.regularization = PopoverBox(
            "Regularization", "What keeps the network from learning the noise, and when training stops by itself."
        )
        self._make_fields()
        self._make_settings()
        self.batch_label = Labeled("Batch", self.batch_size)
        self.flow.setContentsMargins(12, 4, 12, 8)
        # The numbers rank them by how often one reaches for them.
        self.add_parts(
            (Labeled("Data set", self.data_set), 1),
            (Labeled("Task", self.task), 7),
            (Labeled("Activation", self.activation), 3),
            (Labeled("Loss", self.loss, self.loss_gear), 6),
            (Labeled("Optimizer", self.optimizer, self.gear), 4),
            (Labeled("Learning rate", self.learning_rate, self.schedule_gear), 2),
            (self.batch_label, 5),
            (Labeled("Regularization", self.regularization), 8),
            (Labeled("Initial weights", self.initializer, self.initializer_gear), 9),
            (Labeled("Seed", self.seed), 10),
        )
        self._connect()
        self.set_theme(LIGHT)

    def set_theme(self, theme: Theme) -> None:
        """Take the colors and sizes to draw with."""
        self._theme = theme
        super().set_theme(theme)
        self.lists.set_theme(theme)
        for popover in (self.settings, self.loss_settings, self.schedule, self.initializer_settings, self.measures):
            popover.set_theme(theme)
        for gear in (self.gear, self.loss_gear, self.schedule_gear, self.initializer_gear):
            gear.setIconSize(QSize(theme.pixels(16), theme.pixels(16)))
            self._mark(gear, bool(gear.property("marked")), redraw=True)

    def show_experiment(self, experiment: Experiment, dataset: Dataset, layout: Layout) -> None:
        """Show what is chosen, quietly."""
        training, network, task = experiment.training, experiment.network, TASKS[experiment.data.task]
        source = experiment.data.source
        self.data_set.set_name(source.name if isinstance(source, Generated) else None, "Your own")
        self.task.set_name(task.name)
        self._show_activation(tuple(layer.activation for layer in network.hidden))
        self.loss.forbid(unfit_losses(task.name))
        self.loss.set_name(training.loss)
        self.loss_settings.show_entry(LOSSES[training.loss], training.loss_settings)
        self.sampling.show_training(training)
        self._mark(self.loss_gear, bool(training.loss_settings) or training.sampling != "random")
        optimizer = OPTIMIZERS[training.optimizer.name]
        self.optimizer.set_name(optimizer.name)
        self.settings.show_entry(optimizer, training.optimizer.settings)
        self._mark(self.gear, bool(training.optimizer.settings))
        self.learning_rate.set_value(training.learning_rate)
        self._show_use_of_rate(optimizer.uses_rate, optimizer.label)
        self.schedule.show_choice(training.schedule)
        self._mark(self.schedule_gear, training.schedule.name != "constant")
        unused = "" if optimizer.uses_rate else f"\n{optimizer.label} makes no use of it."
        label = SCHEDULES[training.schedule.name].label.lower()
        teach(self.schedule_gear, f"How the learning rate changes over time: {label}.{unused}")
        self.batch_size.set_value(training.batch_size)
        self._show_descent(training.batch_size, dataset.train_count)
        self.regularization.set_summary(*summary(experiment))
        self.measures.show_experiment(experiment)
        self.initializer.set_name(network.initializer if network.parameters is None else None, "given")
        self.initializer_settings.show_entry(INITIALIZERS[network.initializer], network.initializer_settings)
        self._mark(self.initializer_gear, bool(network.initializer_settings))
        self.seed.set_value(experiment.seed)

    def show_frame(self, frame: Frame) -> None:
        """Mark the moment on the schedule's curve, while that is open."""
        self.schedule.show_epoch(frame.epoch, frame.learning_rate)

    def _make_fields(self) -> None:
        self.learning_rate = NumberField(
            limits(Training, "learning_rate", "Learning rate", RATE_REMARK, default=0.03),
            ladder=LEARNING_RATES,
            values=LEARNING_RATES,
        )
        self.batch_size = NumberField(
            limits(Training, "batch_size", "Batch size", "How many samples one step looks at.", default=10),
            integer=True,
            values=BATCH_SIZES,
        )
        self.seed = NumberField(
            limits(
                Experiment,
                "seed",
                "Seed",
                "Draws the initial weights and the order of the samples: the same seed gives the same run.",
            ),
            integer=True,
            values=SEEDS,
        )

    def _make_settings(self) -> None:
        self.loss_gear = _gear("Loss settings", "Settings and formula of the loss.")
        self.gear = _gear("Optimizer settings", "Settings and formula of the optimizer.")
        self.schedule_gear = _gear("Learning-rate schedule", "How the learning rate changes over time.")
        self.initializer_gear = _gear("Settings of the initial weights", "Settings and formula of the initializer.")
        self.loss_settings = EntrySettings(
            self,
            "y is the target, ŷ the prediction, L the loss of one sample; the mean over all samples is trained on.",
            loss_curve,
        )
        self.sampling = SamplingChoice()
        self.loss_settings.insert_row(self.sampling)
        self.settings = EntrySettings(self, "One update: g is the gradient, η the learning rate, t the step's number.")
        self.schedule = ScheduleSettings(self)
        letters = "w is a weight; n are the inputs and the outputs of its layer."
        self.initializer_settings = EntrySettings(self, letters, initializer_curve)
        self.measures = RegularizationSettings(self)

    def _connect(self) -> None:
        for choice, name in (
            (self.data_set, "data.generator"),
            (self.task, "data.task"),
            (self.activation, "network.activation"),
            (self.loss, "training.loss"),
            (self.optimizer, "training.optimizer"),
            (self.initializer, "network.initializer"),
            (self.sampling.choice, "training.sampling"),
            (self.schedule, "training.schedule"),
        ):
            choice.chosen.connect(partial(self.changed.emit, name))
        for field, name, kind in (
            (self.learning_rate, "training.learning_rate", float),
            (self.batch_size, "training.batch_size", int),
            (self.seed, "seed", int),
        ):
            field.committed.connect(lambda value, name=name, kind=kind: self.changed.emit(name, kind(value)))
            field.problem.connect(self.hint)
        for gear, popover, name in (
            (self.loss_gear, self.loss_settings, "training.loss_setting"),
            (self.gear, self.settings, "training.setting"),
            (self.schedule_gear, self.schedule, "training.schedule_setting"),
            (self.initializer_gear, self.initializer_settings, "network.initializer_setting"),
        ):
            popover.changed.connect(partial(self._set, name))
            popover.defaults_wanted.connect(partial(self.changed.emit, f"{name}s_default", None))
            popover.problem.connect(self.hint)
            gear.clicked.connect(partial(_open, popover, gear))
        self.measures.changed.connect(self.changed)
        self.measures.problem.connect(self.hint)
        self.regularization.opened.connect(partial(_open, self.measures, self.regularization))

    def _set(self, change: str, name: str, value: float) -> None:
        self.changed.emit(change, (name, value))

    def _mark(self, gear: Button, marked: bool, redraw: bool = False) -> None:
        """Show by its color that behind this gear something is not as usual."""
        if redraw or marked != gear.property("marked"):
            gear.setProperty("marked", marked)
            gear.setIcon(icon("settings", self._theme, self._theme.accent if marked else None))

    def _show_activation(self, activations: tuple[str, ...]) -> None:
        self.activation.setEnabled(bool(activations))
        if len(set(activations)) == 1:
            self.activation.set_name(activations[0])
        else:
            self.activation.set_name(None, "mixed" if activations else "–")

    def _show_use_of_rate(self, used: bool, optimizer: str) -> None:
        self.learning_rate.setEnabled(used)
        self.learning_rate.set_remark(
            RATE_REMARK if used else f"{optimizer} finds the length of its steps by itself: it uses no learning rate."
        )

    def _show_descent(self, batch_size: int, train_count: int) -> None:
        if train_count and batch_size >= train_count:
            kind, remark = "whole set", f"Every step looks at all {train_count} training samples: one step an epoch."
        elif batch_size == 1:
            kind, remark = "stochastic", "Every step looks at one sample: many quick, noisy steps an epoch."
        else:
            kind, remark = "mini-batch", f"Every step looks at {batch_size} samples: quick steps, with a little noise."
        self.batch_label.label.setText(f"Batch · {kind}")
        teach(self.batch_label.label, remark)
        self.batch_size.set_remark(f"How many samples one step looks at.\n{remark}")


def _gear(label: str, remark: str) -> Button:
    gear = Button(label, remark)
    gear.setProperty("role", "compact")
    return gear


def _open(popover: Popover, anchor: QWidget, *_: Any) -> None:
    popover.open_below(anchor)
