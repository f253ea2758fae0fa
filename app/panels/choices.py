"""The choice bar: what is trained and how, each within one click."""

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtGui import QStatusTipEvent
from PySide6.QtWidgets import QWidget

from app.icons import icon
from app.panels.limits import limits
from app.panels.optimizer_settings import OptimizerSettings
from app.theme import LIGHT, Theme
from app.widgets.button import Button
from app.widgets.choice import Choice
from app.widgets.flow_bar import FlowBar
from app.widgets.labeled import Labeled
from app.widgets.number_field import NumberField
from app.widgets.number_text import rate_ladder
from app.widgets.teach import teach
from engine.activations import ACTIVATIONS
from engine.datasets.dataset import Dataset
from engine.datasets.generators import GENERATORS
from engine.experiment import Experiment, Generated, Training
from engine.initializers import INITIALIZERS
from engine.losses import LOSSES
from engine.optimizers import OPTIMIZERS
from engine.parameters import Layout
from engine.regularizers import REGULARIZERS
from engine.tasks import TASKS

LEARNING_RATES = rate_ladder(-4, 1)
REGULARIZATION_RATES = rate_ladder(-4, 0, zero=True)
BATCH_SIZES = (1, 5, 10, 20, 30, 50, 100, 250)
SEEDS = (0, 1, 2, 3, 42)


class ChoiceBar(FlowBar):
    """Data set, task, activation, loss, optimizer, learning rate, batch size, regularization, initializer and seed.

    ``changed`` brings the name of a change (see ``app.changes``) and its value; ``hint`` what is wrong with a
    number, or what the control under the mouse teaches.
    """

    changed = Signal(str, object)
    hint = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, gap=10, row_gap=6)
        self._make_choices()
        self._make_fields()
        self.gear = Button("Optimizer settings", "Settings and formula of the optimizer.")
        self.gear.setProperty("role", "compact")
        self.settings = OptimizerSettings(self)
        self.batch_label = Labeled("Batch", self.batch_size)
        row = self.flow
        row.setContentsMargins(12, 4, 12, 8)
        for part in (
            Labeled("Data set", self.data_set),
            Labeled("Task", self.task),
            Labeled("Activation", self.activation),
            Labeled("Loss", self.loss),
            Labeled("Optimizer", self.optimizer, self.gear),
            Labeled("Learning rate", self.learning_rate),
            self.batch_label,
            Labeled("Regularization", self.regularization),
            Labeled("Rate λ", self.regularization_rate),
            Labeled("Initial weights", self.initializer),
            Labeled("Seed", self.seed),
        ):
            row.addWidget(part)
        self._connect()
        self.set_theme(LIGHT)

    def event(self, event: QEvent) -> bool:
        """Pass on what the control under the mouse teaches."""
        if isinstance(event, QStatusTipEvent):
            self.hint.emit(event.tip())
            return True
        return super().event(event)

    def set_theme(self, theme: Theme) -> None:
        """Take the colors and sizes to draw with."""
        self.gear.setIcon(icon("settings", theme))
        self.gear.setIconSize(QSize(theme.pixels(16), theme.pixels(16)))

    def show_experiment(self, experiment: Experiment, dataset: Dataset, layout: Layout) -> None:
        """Show what is chosen, quietly."""
        training, network, task = experiment.training, experiment.network, TASKS[experiment.data.task]
        source = experiment.data.source
        self.data_set.set_name(source.name if isinstance(source, Generated) else None, "Your own")
        self.task.set_name(task.name)
        self._show_activation(tuple(layer.activation for layer in network.hidden))
        self.loss.forbid(
            {
                loss.name: f"{loss.label} does not suit the task “{task.label.lower()}”: {_wants(loss.name)}."
                for loss in LOSSES
                if loss.name not in task.losses
            }
        )
        self.loss.set_name(training.loss)
        self.optimizer.set_name(training.optimizer.name)
        self.settings.show_choice(training.optimizer)
        self.learning_rate.set_value(training.learning_rate)
        self.batch_size.set_value(training.batch_size)
        self._show_descent(training.batch_size, dataset.train_count)
        self._show_regularization(training)
        self.initializer.set_name(network.initializer if network.parameters is None else None, "given")
        self.seed.set_value(experiment.seed)

    def _make_choices(self) -> None:
        self.data_set = Choice("Data set", "What is learned; one that belongs to another task brings its task along.")
        self.data_set.set_family(GENERATORS)
        self.task = Choice("Task", "What the network is asked for.")
        self.task.set_family(TASKS)
        self.activation = Choice("Activation", "What every hidden unit makes of its pre-activation z.")
        self.activation.set_entries((e.name, e.label, e.remark) for e in ACTIVATIONS if e.hidden)
        self.loss = Choice("Loss", "How wrong a prediction is: what training makes small.")
        self.loss.set_family(LOSSES)
        self.optimizer = Choice("Optimizer", "How a gradient becomes a step.")
        self.optimizer.set_family(OPTIMIZERS)
        self.regularization = Choice("Regularization", "A penalty on large weights, against learning the noise.")
        both = " ".join(entry.remark for entry in REGULARIZERS)
        self.regularization.set_entries(
            (
                ("none", "None", "No penalty: the weights may grow as they like."),
                *((entry.name, entry.label, entry.remark) for entry in REGULARIZERS),
                ("both", " + ".join(entry.label for entry in REGULARIZERS), both),
            )
        )
        self.initializer = Choice("Initial weights", "How the weights are drawn before training.")
        self.initializer.set_family(INITIALIZERS)

    def _make_fields(self) -> None:
        self.learning_rate = NumberField(
            limits(
                Training,
                "learning_rate",
                "Learning rate",
                "How far each step goes: too small is slow, too large overshoots the valley.",
                default=0.03,
            ),
            ladder=LEARNING_RATES,
            values=LEARNING_RATES,
        )
        self.batch_size = NumberField(
            limits(Training, "batch_size", "Batch size", "How many samples one step looks at.", default=10),
            integer=True,
            values=BATCH_SIZES,
        )
        self.regularization_rate = NumberField(
            limits(Training, "l2", "Regularization rate", "How much the penalty counts beside the loss."),
            ladder=REGULARIZATION_RATES,
            values=REGULARIZATION_RATES[1:],
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

    def _connect(self) -> None:
        for choice, name in (
            (self.data_set, "data.generator"),
            (self.task, "data.task"),
            (self.activation, "network.activation"),
            (self.loss, "training.loss"),
            (self.optimizer, "training.optimizer"),
            (self.regularization, "training.regularization"),
            (self.initializer, "network.initializer"),
        ):
            choice.chosen.connect(lambda value, name=name: self.changed.emit(name, value))
        for field, name, kind in (
            (self.learning_rate, "training.learning_rate", float),
            (self.batch_size, "training.batch_size", int),
            (self.regularization_rate, "training.regularization_rate", float),
            (self.seed, "seed", int),
        ):
            field.committed.connect(lambda value, name=name, kind=kind: self.changed.emit(name, kind(value)))
            field.problem.connect(self.hint)
        self.settings.changed.connect(lambda name, value: self.changed.emit("training.setting", (name, value)))
        self.gear.clicked.connect(lambda: self.settings.open_below(self.gear))

    def _show_activation(self, activations: tuple[str, ...]) -> None:
        self.activation.setEnabled(bool(activations))
        if len(set(activations)) == 1:
            self.activation.set_name(activations[0])
        else:
            self.activation.set_name(None, "mixed" if activations else "–")

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

    def _show_regularization(self, training: Training) -> None:
        kind = {(False, False): "none", (True, False): "l1", (False, True): "l2", (True, True): "both"}[
            training.l1 > 0.0, training.l2 > 0.0
        ]
        self.regularization.set_name(kind)
        self.regularization_rate.setEnabled(kind != "none")
        self.regularization_rate.set_value(max(training.l1, training.l2))
        remark = "How much the penalty counts beside the loss."
        if kind == "none":
            remark = "Choose a regularization first."
        elif kind == "both" and training.l1 != training.l2:
            remark += f"\nNow {training.l1:g} for L1 and {training.l2:g} for L2; a new number counts for both."
        self.regularization_rate.set_remark(remark)


def _wants(loss: str) -> str:
    tasks = [task.label.lower() for task in TASKS if loss in task.losses]
    return f"it is for {' and '.join(tasks)}" if tasks else "no task here uses it"
