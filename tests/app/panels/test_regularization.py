"""The popover of everything against learning the noise, and of what ends a run."""

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app import changes
from app.panels.regularization import ROWS, RegularizationSettings, summary, value_of
from app.style import style_sheet
from app.theme import LIGHT
from engine.compose import compose
from engine.experiment import Experiment, Stop
from engine.tasks import TASKS
from tests.app.offscreen import IGNORE_PLATFORM

pytestmark = IGNORE_PLATFORM


@pytest.fixture
def settings(qtbot):
    window = QWidget()
    window.setStyleSheet(style_sheet(LIGHT))
    qtbot.addWidget(window)
    window.show()
    settings = RegularizationSettings(window)
    settings.show_experiment(Experiment())
    settings.open_below(window)
    yield settings
    settings.close()


@pytest.fixture
def asked(settings):
    asked = []
    settings.changed.connect(lambda name, value: asked.append((name, value)))
    return asked


def type_in(qtbot, field, text):
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.field)
def test_every_number_can_be_set_and_switched_off(qtbot, settings, asked, row):
    field = settings.fields[row.field]
    assert field.text() == "off"
    type_in(qtbot, field, "0.5" if row.field not in ("patience", "epochs", "plateau") else "5")
    assert len(asked) == 1
    changed = changes.apply(Experiment(), *asked[0])
    settings.show_experiment(changed)
    wanted = {"patience": 5, "epochs": 5, "plateau": 5, "metric": 0.005}.get(row.field, 0.5)
    assert value_of(changed, row) == wanted
    assert summary(changed)[0] != "None"
    assert row.remark in field.toolTip()
    asked.clear()
    type_in(qtbot, field, "off")
    assert changes.apply(changed, *asked[0]) == Experiment()


@pytest.mark.parametrize("text", ["-1", "abc", "", "1e308"])
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.field)
def test_what_cannot_be_is_said_at_the_field_and_loses_nothing(qtbot, settings, asked, row, text):
    field = settings.fields[row.field]
    field.selectAll()
    qtbot.keyClick(field, Qt.Key.Key_Delete)
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert asked == []
    said = settings.problem_text.text()
    assert "must be" in said
    assert said.endswith(".")
    assert "\n" not in said
    assert field.property("invalid")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == "off"
    assert settings.isVisible()
    assert settings.problem_text.isHidden()


def test_what_cannot_be_is_said_in_a_sentence_of_its_own(qtbot, settings):
    for field, said in (
        ("epochs", "The number of epochs must be at least 0 and at most 1,000,000,000, not −1."),
        ("seconds", "The number of seconds must be at least 0 and at most 1,000,000, not −1."),
        ("loss", "The train loss to stop at must be at least 0 and at most 1,000,000,000, not −1."),
        ("metric", "Accuracy to stop at must be at least 0 and at most 100, not −1."),
        ("plateau", "The length of the plateau must be at least 0 and at most 1,000,000,000, not −1."),
    ):
        type_in(qtbot, settings.fields[field], "-1")
        assert settings.problem_text.text() == said
        qtbot.keyClick(settings.fields[field], Qt.Key.Key_Escape)


@pytest.mark.parametrize("task", TASKS.names)
def test_the_score_is_asked_for_in_the_unit_of_the_task(qtbot, settings, asked, task):
    experiment = compose(task=task)
    settings.show_experiment(experiment)
    unit = TASKS[task].metric_unit
    type_in(qtbot, settings.fields["metric"], "0.9" if unit != "%" else "90")
    assert asked == [("training.stop", ("metric", pytest.approx(0.9)))]
    settings.show_experiment(changes.apply(experiment, *asked[0]))
    assert settings.fields["metric"].value() == pytest.approx(90.0 if unit == "%" else 0.9)
    if unit == "%":
        type_in(qtbot, settings.fields["metric"], "101")
        assert "at most 100" in settings.problem_text.text()


def test_all_is_switched_off_at_once(settings, asked):
    start = compose(l1=0.1, dropout=0.5, stop=Stop(epochs=20))
    settings.show_experiment(start)
    settings.reset.click()
    for name, value in asked:
        start = changes.apply(start, name, value)
    assert start == Experiment()


def test_dropout_needs_hidden_layers_and_says_where_they_differ(settings):
    settings.show_experiment(compose(hidden=()))
    assert not settings.fields["dropout"].isEnabled()
    assert "no hidden layer" in settings.fields["dropout"].toolTip()
    mixed = changes.apply(Experiment(), "network.layer_dropout", (1, 0.3))
    settings.show_experiment(mixed)
    assert settings.fields["dropout"].value() == 0.3
    assert "0 to 0.3" in settings.fields["dropout"].toolTip()


def test_it_fits_a_small_screen(settings):
    assert settings.height() <= 600
    assert settings.width() <= 900


def test_the_summary_of_several_names_the_first_and_counts_the_others() -> None:
    training = msgspec.structs.replace(Experiment().training, l2=0.01, jitter=0.1, clip_norm=1.0)
    short, sentence = summary(msgspec.structs.replace(Experiment(), training=training))
    assert short == "L2 +2"
    assert sentence == "On: L2 0.01, jitter, clipping."
