"""What a screen reader finds in the explorers, asked of Qt's accessible interfaces."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest

from app.views.explorers.activation import ActivationExplorer
from app.views.explorers.loss import LossExplorer
from app.views.explorers.shell import Explorer
from engine.compose import compose
from tests.app.offscreen import IGNORE_PLATFORM
from tests.app.views.explorers.explored import explored
from tests.app.views.step_through.test_heard import controls, interfaces, is_reached_by_tab, names

pytestmark = IGNORE_PLATFORM


@pytest.fixture(params=[ActivationExplorer, LossExplorer])
def view(request, qtbot) -> Explorer:
    view = request.param()
    qtbot.addWidget(view)
    view.resize(1000, 240)
    view.show()
    experiment, dataset, shape, frame = explored(compose(task="two-classes", hidden=(6,)))
    view.show_experiment(experiment, dataset, shape)
    view.show_frame(frame)
    return view


def test_the_facts_are_heard(view) -> None:
    texts = view.facts.texts()
    assert texts
    assert set(texts) <= set(names(view, QAccessible.Role.StaticText))


def test_the_plots_say_what_is_read_off(view) -> None:
    canvas = next(interfaces(view.canvas))
    assert "slope" in canvas.text(QAccessible.Text.Name)
    view.canvas.setFocus()
    QTest.keyClick(view.canvas, Qt.Key.Key_Right)
    assert canvas.text(QAccessible.Text.Description).startswith("At ")
    assert "slope" in canvas.text(QAccessible.Text.Description)


def test_whatever_can_have_the_focus_has_a_name(view) -> None:
    nameless = [
        type(found.object())
        for found in interfaces(view)
        if found.state().focusable and not found.state().invisible and not found.text(QAccessible.Text.Name)
    ]
    assert not nameless


def test_every_control_has_a_name_a_remark_and_a_way_by_keyboard(view) -> None:
    found = controls(view)
    assert len(found) >= 2
    for each in found:
        name = each.accessibleName()
        assert name, type(each)
        assert each.toolTip(), name
        assert each.statusTip(), name
        assert is_reached_by_tab(each), name
    assert is_reached_by_tab(view.canvas)
