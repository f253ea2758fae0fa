"""The data panel: thumbnails, own points, and the numbers of a data set."""

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app import changes
from app.panels.data import DataPanel
from engine.datasets.generators import GENERATORS
from engine.datasets.resolve import resolve
from engine.experiment import Data, Experiment, Points
from engine.parameters import layout
from tests.app.offscreen import IGNORE_PLATFORM

pytestmark = IGNORE_PLATFORM


def show(panel: DataPanel, experiment: Experiment) -> None:
    panel.show_experiment(experiment, resolve(experiment.data), layout(experiment.network))


def own_points() -> Experiment:
    return Experiment(data=Data(source=Points(inputs=np.array([[0.0, 1.0], [2.0, 3.0]]), targets=np.array([0.0, 1.0]))))


@pytest.fixture
def panel(qtbot):
    panel = DataPanel()
    qtbot.addWidget(panel)
    panel.resize(190, 700)
    show(panel, Experiment())
    return panel


@pytest.fixture
def asked(panel) -> list[tuple[str, Any]]:
    asked: list[tuple[str, Any]] = []
    panel.changed.connect(lambda name, value: asked.append((name, value)))
    return asked


@pytest.mark.parametrize("name", GENERATORS.names)
def test_a_thumbnail_asks_for_its_generator_whatever_its_task(qtbot, panel, asked, name):
    qtbot.mouseClick(panel.gallery.thumbnails[name], Qt.MouseButton.LeftButton)
    assert asked == [("data.generator", name)]
    changed = changes.apply(Experiment(), "data.generator", name)
    show(panel, changed)
    assert [key for key, thumbnail in panel.gallery.thumbnails.items() if thumbnail.isChecked()] == [name]


def test_the_current_task_comes_first(panel):
    panel.show()
    thumbnails = panel.gallery.thumbnails

    def height(name: str) -> int:
        return thumbnails[name].mapTo(panel, thumbnails[name].rect().topLeft()).y()

    assert height("circle") < height("plane")
    show(panel, changes.apply(Experiment(), "data.task", "regression"))
    panel.gallery.widget().layout().activate()
    assert height("plane") < height("circle")


def test_arrow_keys_go_from_thumbnail_to_thumbnail(qtbot, panel):
    panel.show()
    panel.activateWindow()
    thumbnails = panel.gallery.thumbnails
    thumbnails["circle"].setFocus()
    qtbot.waitUntil(thumbnails["circle"].hasFocus)
    for key, name in (("Right", "xor"), ("Right", "xor"), ("Down", "spiral"), ("Left", "gaussians"), ("Up", "circle")):
        QTest.keyClick(panel.focusWidget(), getattr(Qt.Key, f"Key_{key}"))
        assert thumbnails[name].hasFocus(), f"{key} led to {panel.focusWidget().accessibleName()}"


def test_tab_stops_at_one_thumbnail_and_brings_it_into_sight(qtbot, panel):
    panel.show()
    panel.activateWindow()
    gallery, thumbnails = panel.gallery, panel.gallery.thumbnails
    show(panel, changes.apply(Experiment(), "data.generator", "spiral"))

    def stops():
        return [name for name, each in thumbnails.items() if each.focusPolicy() & Qt.FocusPolicy.TabFocus]

    assert stops() == ["spiral"]
    gallery.verticalScrollBar().setValue(gallery.verticalScrollBar().maximum())
    assert thumbnails["spiral"].visibleRegion().isEmpty()
    thumbnails["spiral"].setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(thumbnails["spiral"].hasFocus)
    assert not thumbnails["spiral"].visibleRegion().isEmpty()
    # From there the arrow keys go on, and Tab comes back to where they led.
    QTest.keyClick(panel.focusWidget(), Qt.Key.Key_Up)
    assert stops() == ["xor"]
    qtbot.keyClick(panel.focusWidget(), Qt.Key.Key_Tab)
    assert panel.focusWidget() not in thumbnails.values()


def test_draw_your_own_empties_the_canvas(qtbot, panel, asked):
    qtbot.mouseClick(panel.draw_own, Qt.MouseButton.LeftButton)
    assert asked == [("data.empty", None)]
    assert not panel.draw_own.isChecked()
    show(panel, changes.apply(Experiment(), "data.empty", None))
    assert panel.draw_own.isChecked()
    assert not any(thumbnail.isChecked() for thumbnail in panel.gallery.thumbnails.values())


def test_own_points_are_counted_and_not_chosen(panel):
    show(panel, own_points())
    assert panel.samples.field.text() == "2"
    assert not panel.samples.isEnabled()
    assert panel.noise.isEnabled()


def test_counts_are_those_of_the_data_set(panel):
    dataset = resolve(Experiment().data)
    assert panel.counts.text() == f"{dataset.train_count} train · {dataset.test_count} test"


@pytest.mark.parametrize(
    ("control", "text", "intent", "value"),
    [
        ("samples", "1,000", "data.samples", 1000),
        ("noise", "0,25", "data.noise", 0.25),
        ("train_share", "55", "data.train_share", 0.55),
    ],
)
def test_a_number_asks_for_its_change(qtbot, panel, asked, control, text, intent, value):
    field = getattr(panel, control).field
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert asked == [(intent, value)]
    assert type(asked[0][1]) is type(value)
    show(panel, changes.apply(Experiment(), intent, value))
    assert len(asked) == 1


def test_a_slider_asks_while_it_moves(qtbot, panel, asked):
    qtbot.keyClick(panel.noise.slider, Qt.Key.Key_Right)
    qtbot.keyClick(panel.noise.slider, Qt.Key.Key_Right)
    assert asked == [("data.noise", 0.05), ("data.noise", 0.1)]
    assert panel.noise.field.text() == "0.1"


def test_a_new_sample_is_another_seed(qtbot, panel, asked):
    qtbot.mouseClick(panel.new_sample, Qt.MouseButton.LeftButton)
    assert asked == [("data.seed", 1)]


def test_showing_an_experiment_asks_for_nothing(panel, asked):
    show(panel, own_points())
    show(panel, changes.apply(Experiment(), "data.task", "regression"))
    assert asked == []


def test_a_share_of_nothing_is_explained(qtbot, panel, asked):
    field = panel.train_share.field
    field.selectAll()
    qtbot.keyClicks(field, "0")
    with qtbot.waitSignal(panel.hint) as said:
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert said.args[0] == "Train share must be greater than 0 and at most 100, not 0."
    assert asked == []


@pytest.mark.parametrize(("task", "first"), [("soft-classes", "blobs"), ("embedding", "rings"), ("ranking", "hill")])
def test_the_data_that_suit_a_task_best_come_first(panel, task, first):
    panel.show()
    show(panel, changes.apply(Experiment(), "data.task", task))
    panel.gallery.widget().layout().activate()
    heights = {
        name: thumbnail.mapTo(panel, thumbnail.rect().topLeft()).y()
        for name, thumbnail in panel.gallery.thumbnails.items()
    }
    assert heights[first] == min(heights.values())
    for name, thumbnail in panel.gallery.thumbnails.items():
        assert ("switches to the task" in thumbnail.toolTip()) == (task not in GENERATORS[name].tasks)


def test_classes_and_soft_targets_are_offered_where_there_are_some(qtbot, panel, asked):
    panel.show()
    assert not panel.classes.isVisible()
    assert not panel.soft.isVisible()
    soft = changes.apply(Experiment(), "data.task", "soft-classes")
    show(panel, soft)
    # A circle has no third class.
    assert not panel.classes.isVisible()
    soft = changes.apply(soft, "data.generator", "blobs")
    show(panel, soft)
    for control, text, intent, value in (
        (panel.classes, "5", "data.classes", 5), (panel.softness, "0.4", "data.softness", 0.4),
    ):  # fmt: skip
        assert control.isVisible()
        control.field.selectAll()
        qtbot.keyClicks(control.field, text)
        qtbot.keyClick(control.field, Qt.Key.Key_Return)
        assert asked[-1] == (intent, value)
        show(panel, changes.apply(soft, intent, value))
    panel.soft.choose("distance")
    assert asked[-1] == ("data.soft", "distance")


@pytest.mark.parametrize(
    ("task", "words"),
    [
        ("two-classes", "standard deviation"),
        ("regression-1d", "up or down"),
        ("segmentation", "nothing"),
        ("reconstruction", "gray values"),
    ],
)
def test_noise_and_samples_say_what_they_do_in_the_task(panel, task, words):
    show(panel, changes.apply(changes.apply(Experiment(), "data.task", "regression"), "data.task", task))
    assert words in panel.noise.field.toolTip() + panel.noise.toolTip() + panel.noise.slider.toolTip()
    is_image = task in ("segmentation", "reconstruction")
    assert panel.counts.text().startswith("32 × 32: ") == is_image
