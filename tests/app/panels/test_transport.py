"""The transport bar: what its buttons ask for, and how it shows the numbers."""

import math

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction

from app.panels.transport import TransportBar, count_text, loss_text, metric_text
from app.speed import DEFAULT_SPEED, FULL_SPEED, Speed
from engine.experiment import Data, Experiment, Generated, Network, Output, Training
from tests.app.offscreen import IGNORE_PLATFORM
from tests.app.sample_frame import sample_frame

pytestmark = IGNORE_PLATFORM


@pytest.fixture
def bar(qtbot):
    bar = TransportBar()
    qtbot.addWidget(bar)
    return bar


@pytest.mark.parametrize("key", ["reset", "new_weights", "step", "epoch"])
def test_a_button_asks_for_its_command(qtbot, bar, key):
    with qtbot.waitSignal(getattr(bar, f"{key}_requested")):
        qtbot.mouseClick(bar.buttons[key], Qt.MouseButton.LeftButton)


def test_the_large_button_runs_and_pauses(qtbot, bar):
    asked: list[bool] = []
    bar.run_toggled.connect(asked.append)
    qtbot.mouseClick(bar.run, Qt.MouseButton.LeftButton)
    assert bar.run.text() == "Run"
    bar.set_running(True)
    assert (bar.run.text(), bar.run.accessibleName()) == ("Pause", "Pause")
    qtbot.mouseClick(bar.run, Qt.MouseButton.LeftButton)
    assert asked == [True, False]


def test_given_actions_are_triggered_instead(qtbot):
    actions = {key: QAction(f"The {key} command") for key in ("reset", "new_weights", "run", "step", "epoch")}
    actions["run"].setShortcut("Space")
    actions["run"].setToolTip("Go on.")
    bar = TransportBar(actions)
    qtbot.addWidget(bar)
    for key, action in actions.items():
        with qtbot.waitSignal(action.triggered):
            qtbot.mouseClick(bar.buttons[key], Qt.MouseButton.LeftButton)
    assert bar.run.toolTip() == "Go on. (Space)"
    actions["step"].setEnabled(False)
    assert not bar.buttons["step"].isEnabled()


def test_the_slider_sets_the_speed(qtbot, bar):
    speeds: list[Speed] = []
    bar.speed_changed.connect(speeds.append)
    assert bar.speed_label.text() == "60 epochs/s"
    qtbot.keyClick(bar.speed, Qt.Key.Key_End)
    assert speeds == [FULL_SPEED]
    assert bar.speed_label.text() == "full speed"
    assert bar.speed.accessibleDescription() == "full speed"
    bar.show_speed(DEFAULT_SPEED)
    assert bar.speed_label.text() == "60 epochs/s"
    assert speeds == [FULL_SPEED]


def test_the_numbers_are_those_of_the_frame(bar):
    experiment, dataset, layout, frame = sample_frame()
    frame = msgspec.structs.replace(
        frame, epoch=1234, step=21_600, train_loss=0.123456, test_loss=0.2, train_metric=0.5, test_metric=0.9876
    )
    bar.show_experiment(experiment, dataset, layout)
    bar.show_frame(frame)
    texts = {key: readout.figure.text() for key, readout in bar.readouts.items()}
    assert texts == {
        "epoch": "1,234",
        "step": "21,600",
        "train_loss": "0.12346",
        "test_loss": "0.20000",
        "metric": "98.8 %",
    }
    assert bar.readouts["metric"].caption.text() == "Accuracy"


def test_without_test_samples_there_is_a_dash_and_the_metric_of_the_others(bar):
    *shown, frame = sample_frame()
    bar.show_experiment(*shown)
    bar.show_frame(msgspec.structs.replace(frame, test_loss=math.nan, test_metric=math.nan, train_metric=0.75))
    assert bar.readouts["test_loss"].figure.text() == "–"
    assert bar.readouts["metric"].figure.text() == "75.0 %"


def test_regression_is_measured_by_r_squared(bar):
    *shown, frame = sample_frame(
        Experiment(
            data=Data(task="regression", source=Generated(name="plane")),
            network=Network(output=Output(activation="linear")),
            training=Training(loss="mse"),
        )
    )
    bar.show_experiment(*shown)
    bar.show_frame(msgspec.structs.replace(frame, test_metric=-0.25))
    assert bar.readouts["metric"].caption.text() == "R²"
    assert bar.readouts["metric"].figure.text() == "−0.250"


def test_nothing_moves_while_numbers_change(qtbot, bar):
    *shown, frame = sample_frame()
    bar.show_experiment(*shown)
    widths = set()
    for loss, epoch in ((0.1, 7), (88_888.0, 888_888), (math.nan, 12_345_678), (1e-9, 0)):
        bar.show_frame(
            msgspec.structs.replace(frame, train_loss=loss, test_loss=loss, test_metric=1.0, epoch=epoch, step=epoch)
        )
        bar.set_running(not math.isnan(loss))
        widths.add(bar.layout().sizeHint().width())
    assert len(widths) == 1


@pytest.mark.parametrize(
    ("loss", "text"),
    [
        (0.123456, "0.12346"),
        (0.0, "0.00000"),
        (0.00012, "0.00012"),
        (0.000012, "1.2e-5"),
        (9.876543, "9.87654"),
        (12.3456, "12.35"),
        (99_999.0, "99999"),
        (99_999.9, "1.0e5"),
        (1234.56, "1235"),
        (1e30, "1.0e30"),
        (math.nan, "–"),
        (math.inf, "∞"),
    ],
)
def test_losses_are_short(loss, text):
    assert loss_text(loss) == text
    assert len(text) <= 7


def test_metrics_and_counts_are_short():
    assert metric_text(1.0, "%") == "100.0 %"
    assert metric_text(-1e6, "") == "−1.0e6"
    assert metric_text(math.nan, "%") == "–"
    assert metric_text(31.23, "dB") == "31.2 dB"
    assert metric_text(math.inf, "dB") == "∞"
    assert count_text(1_234) == "1,234"
    assert count_text(12_345_678) == "12.35 M"
