"""The choice bar: what each control asks for, and that showing an experiment asks for nothing."""

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QWidget

from app import changes
from app.panels.choices import ChoiceBar
from app.widgets.choice import Choice
from app.widgets.number_field import NumberField
from engine.compose import compose
from engine.datasets.resolve import resolve
from engine.experiment import (
    Data,
    Experiment,
    Generated,
    Layer,
    Network,
    OptimizerChoice,
    Output,
    ScheduleChoice,
    Stop,
    Training,
)
from engine.losses import LOSSES
from engine.optimizers import OPTIMIZERS
from engine.parameters import layout
from engine.schedules import SCHEDULES
from engine.tasks import TASKS
from tests.app.offscreen import IGNORE_PLATFORM

pytestmark = IGNORE_PLATFORM

REGRESSION = Experiment(
    data=Data(task="regression", source=Generated(name="plane")),
    network=Network(output=Output(activation="linear")),
    training=Training(loss="mse"),
)


def show(bar: QWidget, experiment: Experiment) -> None:
    bar.show_experiment(experiment, resolve(experiment.data), layout(experiment.network))


@pytest.fixture
def bar(qtbot):
    bar = ChoiceBar()
    qtbot.addWidget(bar)
    show(bar, Experiment())
    return bar


@pytest.fixture
def asked(bar) -> list[tuple[str, Any]]:
    asked: list[tuple[str, Any]] = []
    bar.changed.connect(lambda name, value: asked.append((name, value)))
    return asked


def pick(choice: Choice, name: str) -> None:
    """Choose as the user does."""
    choice.activated.emit(choice.findData(name))


def type_in(qtbot, field: NumberField, text: str) -> None:
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)


@pytest.mark.parametrize(
    ("control", "name", "intent"),
    [
        ("data_set", "spiral", "data.generator"),
        ("data_set", "plane", "data.generator"),
        ("task", "regression", "data.task"),
        ("activation", "relu", "network.activation"),
        ("loss", "mse", "training.loss"),
        ("optimizer", "adam", "training.optimizer"),
        ("initializer", "he", "network.initializer"),
    ],
)
def test_a_choice_asks_for_its_change(bar, asked, control, name, intent):
    pick(getattr(bar, control), name)
    assert asked == [(intent, name)]
    changed = changes.apply(Experiment(), intent, name)
    assert changed != Experiment()
    show(bar, changed)
    assert getattr(bar, control).name() == name


@pytest.mark.parametrize(
    ("control", "text", "intent", "value"),
    [
        ("learning_rate", "0,3", "training.learning_rate", 0.3),
        ("batch_size", "25", "training.batch_size", 25),
        ("seed", "42", "seed", 42),
    ],
)
def test_a_number_asks_for_its_change(qtbot, bar, asked, control, text, intent, value):
    type_in(qtbot, getattr(bar, control), text)
    assert asked == [(intent, value)]
    assert type(asked[0][1]) is type(value)
    show(bar, changes.apply(Experiment(), intent, value))
    assert getattr(bar, control).value() == value


def test_showing_an_experiment_asks_for_nothing(bar, asked):
    show(bar, REGRESSION)
    show(bar, Experiment(training=Training(optimizer=OptimizerChoice("adam", {"beta1": 0.5}), l1=0.1, l2=0.01)))
    show(bar, Experiment(network=Network(hidden=())))
    assert asked == []


def test_a_rate_out_of_range_is_explained_and_asks_for_nothing(qtbot, bar, asked):
    with qtbot.waitSignal(bar.hint) as said:
        type_in(qtbot, bar.learning_rate, "-1")
    assert said.args[0].startswith("Learning rate must be at least 0")
    assert asked == []


def test_the_regularization_opens_a_popover_and_sums_it_up(qtbot, bar, asked):
    assert bar.regularization.placeholderText() == "None"
    show(bar, Experiment(training=Training(l2=0.01, stop=Stop(patience=20))))
    assert bar.regularization.placeholderText() == "L2 +1"
    assert "L2 0.01, early stopping" in bar.regularization.toolTip()
    assert "On: L2 0.01, early stopping." in bar.regularization.toolTip()
    bar.show()
    qtbot.keyClick(bar.regularization, Qt.Key.Key_Return)
    qtbot.waitUntil(bar.measures.isVisible)
    type_in(qtbot, bar.measures.fields["l2"], "0.1")
    assert asked == [("training.l2", 0.1)]
    bar.measures.close()


def test_layers_that_differ_are_called_mixed(bar, asked):
    show(bar, Experiment(network=Network(hidden=(Layer(activation="tanh"), Layer(activation="relu")))))
    assert bar.activation.name() is None
    assert bar.activation.placeholderText() == "mixed"
    pick(bar.activation, "tanh")
    assert asked == [("network.activation", "tanh")]


def test_without_hidden_layers_there_is_no_activation_to_choose(bar):
    show(bar, Experiment(network=Network(hidden=())))
    assert not bar.activation.isEnabled()


def test_a_loss_that_does_not_fit_says_why(bar):
    show(bar, REGRESSION)
    model = bar.loss.model()
    assert isinstance(model, QStandardItemModel)
    item = model.item(bar.loss.findData("binary-cross-entropy"))
    assert not item.isEnabled()
    assert item.toolTip() == ("Binary cross-entropy does not suit the task “regression”: it is for “two classes”.")
    show(bar, Experiment())
    assert item.isEnabled()


@pytest.mark.parametrize(
    ("batch_size", "name"), [(1, "stochastic"), (10, "mini-batch"), (176, "whole set"), (1000, "whole set")]
)
def test_the_kind_of_descent_is_named(bar, batch_size, name):
    show(bar, Experiment(training=Training(batch_size=batch_size)))
    assert bar.batch_label.label.text() == f"Batch · {name}"
    assert len(bar.batch_size.toolTip()) > 40


def test_given_weights_have_no_initializer(bar):
    from_file = changes.apply(Experiment(), "network.initializer", "zeros")
    show(bar, from_file)
    assert bar.initializer.name() == "zeros"


def test_the_gear_opens_the_settings_of_the_optimizer(qtbot, bar, asked):
    show(bar, Experiment(training=Training(optimizer=OptimizerChoice("adam", {"beta1": 0.5}))))
    bar.show()
    qtbot.mouseClick(bar.gear, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(bar.settings.isVisible)
    assert set(bar.settings.fields) == {"beta1", "beta2", "epsilon"}
    assert bar.settings.fields["beta1"].value() == 0.5
    assert bar.settings.fields["epsilon"].text() == "1e-8"
    type_in(qtbot, bar.settings.fields["beta2"], "0,99")
    assert asked == [("training.setting", ("beta2", 0.99))]
    type_in(qtbot, bar.settings.fields["beta2"], "1")
    assert bar.settings.problem_text.text() == "β₂ must be at least 0 and less than 1, not 1."
    qtbot.keyClick(bar.settings.fields["beta2"], Qt.Key.Key_Escape)
    assert bar.settings.isVisible()
    assert bar.settings.problem_text.isHidden()
    bar.settings.close()


def test_settings_go_back_to_their_defaults(qtbot, bar, asked):
    assert not bar.settings.reset.isEnabled()
    show(bar, Experiment(training=Training(optimizer=OptimizerChoice("adam", {"beta1": 0.5, "beta2": 0.9}))))
    assert bar.settings.reset.isEnabled()
    bar.settings.reset.click()
    # One change, so that one step takes it back.
    assert asked == [("training.settings_default", None)]
    assert not bar.settings.reset.isEnabled()


def test_the_settings_show_what_the_optimizer_does(bar):
    assert bar.settings.title.text() == "SGD"
    assert "θ ← θ − η" in bar.settings.formula.accessibleDescription()
    show(bar, Experiment(training=Training(optimizer=OptimizerChoice("adam"))))
    assert bar.settings.title.text() == "Adam"
    assert len(bar.settings.formula.lines()) == 3


@pytest.mark.parametrize("name", OPTIMIZERS.names)
def test_a_learning_rate_that_does_not_count_is_gray_and_says_so(bar, name):
    show(bar, compose(optimizer=name))
    assert bar.learning_rate.isEnabled() is OPTIMIZERS[name].uses_rate
    if not OPTIMIZERS[name].uses_rate:
        assert "uses no learning rate" in bar.learning_rate.toolTip()


@pytest.mark.parametrize("name", SCHEDULES.names)
def test_every_schedule_can_be_chosen_and_set(qtbot, bar, asked, name):
    show(bar, compose(schedule=name))
    bar.show()
    qtbot.mouseClick(bar.schedule_gear, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(bar.schedule.isVisible)
    assert bar.schedule.choice.name() == name
    assert set(bar.schedule.fields) == {setting.name for setting in SCHEDULES[name].settings}
    for setting in SCHEDULES[name].settings:
        asked.clear()
        value = setting.default * 0.5 if setting.default * 0.5 >= setting.low else setting.low + 0.5
        type_in(qtbot, bar.schedule.fields[setting.name], f"{value:.9g}")
        if setting.default:
            assert asked == [("training.schedule_setting", (setting.name, pytest.approx(value)))]
    asked.clear()
    other = "step" if name != "step" else "cosine"
    pick(bar.schedule.choice, other)
    assert asked == [("training.schedule", other)]
    bar.schedule.close()


def test_the_curve_of_the_schedule_shows_the_moment(qtbot, bar):
    show(bar, compose(schedule="cosine"))
    bar.show()
    bar.schedule.open_below(bar.schedule_gear)
    bar.schedule.show_epoch(250, 0.015)
    assert bar.schedule.curve.curve().at == 250
    assert "0.015" in bar.schedule.curve.toolTip()
    bar.schedule.close()


@pytest.mark.parametrize("task", TASKS.names)
def test_the_losses_that_fit_are_offered_and_the_others_say_why(bar, task):
    show(bar, compose(task=task))
    model = bar.loss.model()
    for loss in LOSSES:
        item = model.item(bar.loss.findData(loss.name))
        assert item.isEnabled() is (loss.name in TASKS[task].losses)
        assert item.toolTip().endswith(".")


@pytest.mark.parametrize("loss", LOSSES.names)
def test_pairs_and_triplets_can_be_drawn_in_two_ways(qtbot, bar, asked, loss):
    task = next(task for task in TASKS if loss in task.losses)
    show(bar, compose(task=task.name, loss=loss))
    bar.show()
    bar.loss_settings.open_below(bar.loss_gear)
    assert bar.sampling.isVisible() is (LOSSES[loss].members > 1)
    assert set(bar.loss_settings.fields) == {setting.name for setting in LOSSES[loss].settings}
    if bar.sampling.isVisible():
        pick(bar.sampling.choice, "hard")
        assert asked == [("training.sampling", "hard")]
    bar.loss_settings.close()


def test_gears_are_marked_where_something_is_not_as_usual(bar):
    gears = (bar.loss_gear, bar.gear, bar.schedule_gear, bar.initializer_gear)
    assert not any(gear.property("marked") for gear in gears)
    training = Training(
        loss="huber", loss_settings={"delta": 2.0}, schedule=ScheduleChoice("cosine"),
        optimizer=OptimizerChoice("sgd", {"momentum": 0.9}),
    )  # fmt: skip
    network = Network(initializer="normal", initializer_settings={"sigma": 0.1}, output=Output(activation="linear"))
    show(bar, Experiment(training=training, network=network))
    assert all(gear.property("marked") for gear in gears)


def test_numbers_that_come_from_elsewhere_are_shown(bar):
    show(bar, Experiment(seed=7, training=Training(learning_rate=0.0004, batch_size=33)))
    assert (bar.seed.text(), bar.learning_rate.text(), bar.batch_size.text()) == ("7", "0.0004", "33")
    assert np.isclose(bar.learning_rate.value(), 0.0004)


def test_painted_points_are_no_data_set_of_the_list(bar):
    show(bar, changes.cleared(Experiment()))
    assert bar.data_set.name() is None
    assert bar.data_set.placeholderText() == "Your own"
