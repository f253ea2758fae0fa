"""The list of classes: names, counts, locked and hidden ones, by mouse and keyboard."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QImage, QPainter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app import changes
from app.painting.class_states import ClassStates
from app.theme import DARK, LIGHT
from app.views.decision import DecisionView
from app.views.decision.class_icons import class_pixmap
from app.views.decision.hidden import HiddenClasses
from engine.compose import compose
from engine.experiment import Experiment
from tests.app.offscreen import IGNORE_PLATFORM
from tests.app.sample_frame import sample_frame
from tests.app.views.decision.conftest import MakeView

pytestmark = IGNORE_PLATFORM
LEFT = Qt.MouseButton.LeftButton
THREE = compose(task="classes", classes=3, samples=60)


def open_list(view: DecisionView, number: int = 0) -> None:
    """Open it as the right mouse button and the Menu key do."""
    button = view.tools.swatches.buttons[number]
    reason = QContextMenuEvent.Reason.Keyboard
    QApplication.sendEvent(button, QContextMenuEvent(reason, QPoint(4, 4), button.mapToGlobal(QPoint(4, 4))))


def test_the_list_shows_names_and_counts(make_view: MakeView) -> None:
    view = make_view(changes.apply(THREE, "data.class_names", ("cats", "", "ants")))
    open_list(view, 2)
    rows = view.tools.swatches.list.rows
    assert view.tools.swatches.list.isVisible()
    assert [row.name.text() for row in rows[:3]] == ["cats", "", "ants"]
    assert [row.name.placeholderText() for row in rows[:3]] == ["1", "2", "3"]
    assert [row.name.isVisible() for row in rows] == [True] * 3 + [False] * 5
    dataset = view.canvas._dataset
    assert dataset is not None
    for number, row in enumerate(rows[:3]):
        assert int(row.train.text()) == np.count_nonzero(dataset.is_train & (dataset.targets == number))
        assert int(row.test.text()) == np.count_nonzero(~dataset.is_train & (dataset.targets == number))
        count = np.count_nonzero(dataset.targets == number)
        assert f"It has {count} points." in view.tools.swatches.buttons[number].toolTip()
    assert rows[2].name.hasFocus()
    for row in rows[:3]:
        for part in (row.name, row.lock, row.hide):
            assert part.accessibleName()
            assert part.toolTip()
            assert part.statusTip()


def test_the_list_stands_clear_of_the_picture_if_there_is_room(make_view: MakeView, qtbot: QtBot) -> None:
    view = make_view(THREE)
    view.move(view.screen().availableGeometry().right() - view.width(), 0)
    qtbot.mouseClick(view.tools.swatches.list_button, LEFT)
    canvas = view.canvas
    left = canvas.mapToGlobal(canvas.plane.rect.toRect().topLeft()).x()
    assert view.tools.swatches.list.geometry().right() < left


def test_a_name_typed_is_a_change(qtbot: QtBot, make_view: MakeView) -> None:
    view = make_view(THREE)
    qtbot.mouseClick(view.tools.swatches.list_button, LEFT)
    field = view.tools.swatches.list.rows[1].name
    field.setFocus()
    with qtbot.waitSignal(view.changed) as caught:
        qtbot.keyClicks(field, " cats")
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert caught.args == ["data.class_names", ("", "cats", "")]
    with qtbot.assertNotEmitted(view.changed):
        shown(view, changes.apply(THREE, "data.class_names", ("", "cats")))
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert view.tools.swatches.buttons[1].accessibleName() == "Paint class cats"
    assert "class cats" in view.tools.swatches.buttons[0].toolTip()


def test_escape_gives_up_what_was_typed_and_then_closes(qtbot: QtBot, make_view: MakeView) -> None:
    view = make_view(THREE)
    open_list(view)
    field = view.tools.swatches.list.rows[0].name
    with qtbot.assertNotEmitted(view.changed):
        qtbot.keyClicks(field, "cats")
        qtbot.keyClick(field, Qt.Key.Key_Escape)
        assert field.text() == ""
        assert view.tools.swatches.list.isVisible()
        qtbot.keyClick(field, Qt.Key.Key_Escape)
        qtbot.waitUntil(lambda: not view.tools.swatches.list.isVisible())


def test_a_name_that_another_class_has_is_refused_with_a_sentence(qtbot: QtBot, make_view: MakeView) -> None:
    view = make_view(changes.apply(THREE, "data.class_names", ("cats", "dogs")))
    open_list(view, 1)
    listed = view.tools.swatches.list
    field = listed.rows[1].name
    with qtbot.assertNotEmitted(view.changed):
        qtbot.keyClicks(field, "Cats")
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.text() == "dogs"
    assert listed.warning.isVisible()
    assert listed.warning.text() == "Two classes cannot both be called “Cats”."
    listed.hide()
    open_list(view, 0)
    assert not listed.warning.isVisible()


def test_a_refused_name_goes_back(make_view: MakeView) -> None:
    named = changes.apply(THREE, "data.class_names", ("cats",))
    view = make_view(named)
    field = view.tools.swatches.list.rows[0].name
    field.setText("x")
    shown(view, named)
    assert field.text() == "cats"


def test_locking_and_hiding_are_said_and_seen(qtbot: QtBot, make_view: MakeView) -> None:
    view = make_view(THREE)
    swatches = view.tools.swatches
    before = picture(view)
    open_list(view, 1)
    with qtbot.waitSignal(swatches.states_changed) as caught:
        qtbot.mouseClick(swatches.list.rows[1].hide, LEFT)
    assert caught.args == [ClassStates(hidden=frozenset((1,)))]
    qtbot.mouseClick(swatches.list.rows[0].lock, LEFT)
    assert swatches.states == ClassStates(frozenset((0,)), frozenset((1,)))
    assert "hidden" in swatches.buttons[1].toolTip()
    assert "locked" in swatches.buttons[0].toolTip()
    # No point of the class is drawn any more, nor found under the mouse; all others are.
    dataset, canvas = view.canvas._dataset, view.canvas
    assert dataset is not None
    assert picture(view) != before
    for sample in range(len(dataset)):
        found = canvas.sample_at(canvas.plane.to_pixel(*dataset.points[sample].tolist()))
        assert found < 0 or dataset.targets[found] != 1.0
    qtbot.mouseClick(swatches.list.rows[1].hide, LEFT)
    swatches.list.hide()
    assert picture(view) == before


def test_hidden_points_are_only_left_out_of_the_picture(make_view: MakeView) -> None:
    dataset = sample_frame(THREE)[1]
    hidden = HiddenClasses()
    states = ClassStates(hidden=frozenset((2,)))
    left = hidden.left_out(dataset, states)
    np.testing.assert_array_equal(left.points, dataset.points[dataset.targets != 2.0])
    np.testing.assert_array_equal(left.is_train, dataset.is_train[dataset.targets != 2.0])
    assert hidden.left_out(dataset, states) is left
    assert hidden.left_out(dataset, ClassStates(locked=frozenset((2,)))) is dataset


def test_states_of_classes_that_are_gone_are_forgotten(make_view: MakeView) -> None:
    view = make_view(THREE)
    view.tools.swatches.list.states_chosen.emit(ClassStates(frozenset((2,)), frozenset((1,))))
    shown(view, compose(task="classes", classes=2, samples=60))
    assert view.tools.swatches.states == ClassStates(hidden=frozenset((1,)))


def test_another_data_set_is_seen_whole_and_a_painted_one_stays_as_it_is(make_view: MakeView) -> None:
    view = make_view(THREE)
    swatches = view.tools.swatches
    states = ClassStates(frozenset((2,)), frozenset((1,)))
    swatches.list.states_chosen.emit(states)
    dataset = sample_frame(THREE)[1]
    shown(view, changes.with_painted(THREE, dataset, np.zeros((1, 2)), 0.0))
    assert swatches.states == states
    shown(view, THREE)
    assert swatches.states == states
    shown(view, changes.apply(THREE, "data.generator", "sectors"))
    assert swatches.states == ClassStates()


def test_an_empty_class_is_told_of_in_place_of_the_caption(make_view: MakeView) -> None:
    view = make_view(THREE)
    assert view.canvas._shown.warning == ""
    before = picture(view)
    dataset = sample_frame(THREE)[1]
    without = changes.with_edited(
        THREE, dataset, lambda drawing: drawing.without(np.flatnonzero(dataset.targets == 1.0))
    )
    shown(view, without)
    assert view.canvas._shown.warning == "Class 2 has no points"
    assert caption(view, picture(view)) != caption(view, before)
    assert "no points yet" in view.tools.swatches.buttons[1].toolTip()
    assert view.tools.swatches.list.warning.text() == "Class 2 has no points."


def test_names_stand_in_readout_choice_and_legend(make_view: MakeView) -> None:
    names = ("cats", "dogs", "ants")
    plain, view = make_view(THREE), make_view(changes.apply(THREE, "data.class_names", names))
    assert any(name in view.describe(0.0, 0.0)[1] for name in names)
    assert [view.chosen_class.itemText(k) for k in range(1, 4)] == [f"Class {name}" for name in names]
    assert view.canvas._shown.names == names
    assert picture(view) != picture(plain)
    two = make_view(changes.apply(compose(), "data.class_names", ("no", "yes")))
    assert two.describe(0.0, 0.0)[1].endswith(("class no", "class yes"))
    assert [button.text() for button in two.tools.swatches.buttons[:2]] == ["no", "yes"]


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_a_locked_and_a_hidden_class_have_other_icons(qapp: QApplication, theme) -> None:
    states = ClassStates(frozenset((0,)), frozenset((1,)))
    for number in (0, 1):
        assert class_pixmap(theme, 20, 1.0, number, states).toImage() != class_pixmap(theme, 20, 1.0, number).toImage()
    assert class_pixmap(theme, 20, 1.0, 2, states).toImage() == class_pixmap(theme, 20, 1.0, 2).toImage()


def shown(view: DecisionView, experiment: Experiment) -> None:
    experiment, dataset, shape, frame = sample_frame(experiment)
    view.show_experiment(experiment, dataset, shape)
    view.show_frame(frame)


def picture(view: DecisionView) -> QImage:
    """The picture without what belongs to the mouse."""
    image = QImage(view.canvas.size(), QImage.Format.Format_RGB32)
    with QPainter(image) as painter:
        view.canvas.draw_picture(painter)
    return image


def caption(view: DecisionView, image: QImage) -> QImage:
    plane = view.canvas.plane
    return image.copy(round(plane.left), 0, round(plane.side), round(plane.top) - 2)
