"""The numbers that shape the data in use, in the data panel and in the gallery above them."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from app import changes
from app.panels.data import DataPanel
from engine.compose import compose
from engine.datasets.generators import GENERATORS
from engine.experiment import Experiment
from tests.app.offscreen import IGNORE_PLATFORM
from tests.app.panels.test_data import show

pytestmark = IGNORE_PLATFORM


@pytest.fixture
def panel(qtbot):
    panel = DataPanel()
    qtbot.addWidget(panel)
    panel.resize(200, 700)
    show(panel, compose(data="spiral"))
    return panel


@pytest.fixture
def asked(panel):
    asked = []
    panel.changed.connect(lambda name, value: asked.append((name, value)))
    return asked


def picture(panel: DataPanel, name: str) -> QImage:
    return panel.gallery.thumbnails[name].grab().toImage()


@pytest.mark.parametrize("name", GENERATORS.names)
def test_every_data_set_has_a_slider_for_each_of_its_settings(panel, name):
    show(panel, changes.apply(Experiment(), "data.generator", name))
    settings = GENERATORS[name].settings
    assert list(panel.shape.fields) == [setting.name for setting in settings]
    for setting in settings:
        field = panel.shape.fields[setting.name]
        assert field.value() == setting.default
        assert setting.remark in field.slider.toolTip()
    assert panel.shape.heading.text() == GENERATORS[name].label


def test_a_slider_shapes_the_data_while_it_is_dragged(qtbot, panel, asked):
    for _ in range(2):
        qtbot.keyClick(panel.shape.fields["turns"].slider, Qt.Key.Key_Right)
    assert asked == [("data.setting", ("turns", 1.8)), ("data.setting", ("turns", 1.9))]


def test_a_typed_number_shapes_the_data(qtbot, panel, asked):
    field = panel.shape.fields["arms"].field
    field.selectAll()
    qtbot.keyClicks(field, "6")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert asked == [("data.setting", ("arms", 6.0))]
    show(panel, changes.apply(compose(data="spiral"), *asked[0]))
    assert panel.shape.fields["arms"].slider.stop() == 6.0
    assert len(asked) == 1


def test_half_an_arm_is_explained(qtbot, panel, asked):
    field = panel.shape.fields["arms"].field
    field.selectAll()
    qtbot.keyClicks(field, "2.5")
    with qtbot.waitSignal(panel.hint) as said:
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert "whole number" in said.args[0]
    assert asked == []


def test_the_usual_shape_comes_back(qtbot, panel, asked):
    assert not panel.shape.reset.isEnabled()
    show(panel, compose(data="spiral", data_settings={"arms": 5.0}))
    qtbot.mouseClick(panel.shape.reset, Qt.MouseButton.LeftButton)
    assert asked == [("data.usual_settings", None)]


def test_the_thumbnail_follows_and_goes_back_when_other_data_are_chosen(panel):
    usual, other = picture(panel, "spiral"), picture(panel, "moons")
    shaped = compose(data="spiral", data_settings={"turns": 0.5, "arms": 8.0})
    show(panel, shaped)
    assert picture(panel, "spiral") != usual
    assert picture(panel, "moons") == other
    show(panel, changes.apply(shaped, "data.generator", "circle"))
    spiral = panel.gallery.thumbnails["spiral"]
    spiral.setChecked(True)
    assert picture(panel, "spiral") == usual


def test_the_thumbnail_has_as_many_classes_as_the_data(panel):
    show(panel, compose(data="blobs", classes=3))
    three = picture(panel, "blobs")
    show(panel, compose(data="blobs", classes=8))
    assert picture(panel, "blobs") != three


def test_own_points_have_no_shape(panel):
    show(panel, changes.cleared(Experiment()))
    assert panel.shape.isHidden()
    show(panel, Experiment())
    assert not panel.shape.isHidden()


def test_the_thumbnail_in_use_stays_in_view(qtbot, panel):
    panel.show()
    qtbot.waitExposed(panel)
    for name in ("ripples", "circle", "sine-band"):
        show(panel, changes.apply(Experiment(), "data.generator", name))
        thumbnail, viewport = panel.gallery.thumbnails[name], panel.gallery.viewport()
        qtbot.waitUntil(
            lambda thumbnail=thumbnail, viewport=viewport: viewport.rect().contains(
                thumbnail.mapTo(viewport, thumbnail.rect().center())
            )
        )


def test_the_data_seed_is_shown_and_can_be_typed(qtbot, panel, asked):
    show(panel, compose(data="spiral", data_seed=12))
    assert panel.seed.text() == "12"
    panel.seed.selectAll()
    qtbot.keyClicks(panel.seed, "77")
    qtbot.keyClick(panel.seed, Qt.Key.Key_Return)
    assert asked == [("data.seed", 77)]
    assert isinstance(asked[0][1], int)


def test_names_line_up(panel):
    panel.show()
    places = {field.slider.mapTo(panel, field.slider.rect().topLeft()).x() for field in panel.shape.fields.values()}
    assert len(places) == 1
    assert np.ptp([field.field.width() for field in panel.shape.fields.values()]) == 0
