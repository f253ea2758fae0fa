"""Drawing on the target of an image task, with the mouse and by keyboard, as a user does."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from app import changes
from app.painting.class_states import ClassStates
from app.style import style_sheet
from app.theme import DARK, LIGHT
from app.views.image import ImageView
from engine.compose import compose
from engine.experiment import Experiment
from tests.app.offscreen import IGNORE_PLATFORM
from tests.app.sample_frame import sample_frame

pytestmark = IGNORE_PLATFORM
LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
NONE = Qt.KeyboardModifier.NoModifier
SIDE = 10


class Drawn:
    """An image view on an experiment that takes what is drawn, as the session does."""

    def __init__(self, qtbot: QtBot, task: str) -> None:
        self.view = ImageView()
        qtbot.addWidget(self.view)
        self.view.resize(420, 460)
        self.strokes: list[str] = []
        self.words: list[str] = []
        self.take(compose(task=task, samples=SIDE * SIDE))
        with qtbot.waitExposed(self.view):
            self.view.show()
        self.view.stroke_started.connect(lambda: self.strokes.append("started"))
        self.view.stroke_finished.connect(lambda: self.strokes.append("finished"))
        self.view.points_edited.connect(self.edit)

    def take(self, experiment: Experiment) -> None:
        self.experiment, self.dataset, shape, frame = sample_frame(experiment)
        self.view.show_experiment(self.experiment, self.dataset, shape)
        self.view.show_frame(frame)

    def edit(self, change, text: str, selected: object) -> None:
        assert selected is None
        self.words.append(text)
        self.take(changes.with_edited(self.experiment, self.dataset, change))

    @property
    def target(self) -> np.ndarray:
        return self.dataset.targets.reshape(SIDE, SIDE)

    def place(self, row: int, column: int) -> QPoint:
        target = self.view.panes.places()[0]
        side = target.width() / SIDE
        return QPoint(round(target.left() + (column + 0.5) * side), round(target.top() + (row + 0.5) * side))


@pytest.fixture
def parts(qtbot: QtBot) -> Drawn:
    return Drawn(qtbot, "segmentation")


@pytest.fixture
def grays(qtbot: QtBot) -> Drawn:
    return Drawn(qtbot, "reconstruction")


def test_a_stroke_of_the_mouse_gives_the_pixels_on_its_way_the_class(qtbot: QtBot, parts: Drawn) -> None:
    qtbot.mouseClick(parts.view.tools.swatches.buttons[2], LEFT)
    before, panes = parts.target.copy(), parts.view.panes
    qtbot.mousePress(panes, LEFT, NONE, parts.place(2, 1))
    qtbot.mouseMove(panes, parts.place(2, 8))
    qtbot.mouseRelease(panes, LEFT, NONE, parts.place(2, 8))
    wanted = before.copy()
    wanted[2, 1:9] = 2.0
    np.testing.assert_array_equal(parts.target, wanted)
    assert parts.strokes == ["started", "finished"]
    assert parts.words[-1] == "8 pixels drawn"


def test_a_stroke_may_leave_the_picture_and_come_back(qtbot: QtBot, parts: Drawn) -> None:
    qtbot.mouseClick(parts.view.tools.swatches.buttons[2], LEFT)
    panes, before = parts.view.panes, parts.target.copy()
    qtbot.mousePress(panes, LEFT, NONE, parts.place(0, 0))
    qtbot.mouseMove(panes, parts.place(0, 0) - QPoint(30, 0))
    qtbot.mouseMove(panes, parts.place(1, 0))
    qtbot.mouseRelease(panes, LEFT, NONE, parts.place(1, 0))
    changed = np.argwhere(parts.target != before)
    assert {tuple(pixel) for pixel in changed.tolist()} <= {(0, 0), (1, 0)}
    assert parts.target[0, 0] == parts.target[1, 0] == 2.0


def test_a_wide_pencil_and_the_right_button(qtbot: QtBot, parts: Drawn) -> None:
    parts.view.tools.change_size(2)
    # The right button draws the next class.
    qtbot.mouseClick(parts.view.panes, RIGHT, NONE, parts.place(5, 5))
    np.testing.assert_array_equal(parts.target[4:7, 4:7], 1.0)
    assert parts.words == ["9 pixels drawn"]


def test_filling_takes_what_hangs_together(qtbot: QtBot, parts: Drawn) -> None:
    before = parts.target.copy()
    corner = before[0, 0]
    qtbot.mouseClick(parts.view.tools.fill, LEFT)
    qtbot.mouseClick(parts.view.tools.swatches.buttons[2], LEFT)
    qtbot.mouseClick(parts.view.panes, LEFT, NONE, parts.place(0, 0))
    assert parts.target[0, 0] == 2.0
    np.testing.assert_array_equal(parts.target[before != corner], before[before != corner])
    assert parts.words == [f"{np.count_nonzero(parts.target != before)} pixels filled"]
    assert parts.strokes == ["started", "finished"]


def test_locked_classes_stay(qtbot: QtBot, parts: Drawn) -> None:
    parts.view.tools.swatches.list.states_chosen.emit(ClassStates(frozenset((0,))))
    before = parts.target.copy()
    qtbot.mouseClick(parts.view.tools.swatches.buttons[2], LEFT)
    panes = parts.view.panes
    qtbot.mousePress(panes, LEFT, NONE, parts.place(5, 0))
    qtbot.mouseMove(panes, parts.place(5, 9))
    qtbot.mouseRelease(panes, LEFT, NONE, parts.place(5, 9))
    np.testing.assert_array_equal(parts.target[before == 0.0], 0.0)
    assert np.all(parts.target[5][before[5] == 1.0] == 2.0)


def test_grays_are_drawn_with_the_slider_s_value_or_its_opposite(qtbot: QtBot, grays: Drawn) -> None:
    tools = grays.view.tools
    assert tools.gray.isVisible()
    assert not any(button.isVisible() for button in tools.swatches.parts)
    tools.gray.setValue(5)
    qtbot.mouseClick(grays.view.panes, LEFT, NONE, grays.place(3, 4))
    qtbot.mouseClick(grays.view.panes, RIGHT, NONE, grays.place(3, 5))
    assert grays.target[3, 4] == 0.25
    assert grays.target[3, 5] == 0.75
    grays.view.set_theme(DARK)
    assert not grays.view.grab().isNull()


def test_the_keyboard_draws_chooses_and_follows(qtbot: QtBot, parts: Drawn) -> None:
    panes, view = parts.view.panes, parts.view
    panes.setFocus()
    qtbot.waitUntil(panes.hasFocus)
    alt = Qt.KeyboardModifier.AltModifier
    qtbot.keyClick(panes, Qt.Key.Key_3)
    # The frame appears in the middle, then goes one to the left and one up.
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Up):
        qtbot.keyClick(panes, key, alt)
    qtbot.keyClick(panes, Qt.Key.Key_Return)
    assert parts.target[SIDE // 2 - 1, SIDE // 2 - 1] == 2.0
    assert parts.words == ["1 pixel drawn"]
    with qtbot.waitSignal(view.sample_picked) as picked:
        qtbot.keyClick(panes, Qt.Key.Key_Return, alt)
    assert picked.args == [(SIDE // 2 - 1) * SIDE + SIDE // 2 - 1]
    qtbot.keyClick(panes, Qt.Key.Key_Up, alt | Qt.KeyboardModifier.ShiftModifier)
    with qtbot.waitSignal(view.sample_picked) as picked:
        qtbot.keyClick(panes, Qt.Key.Key_Return, alt)
    assert picked.args == [SIDE // 2 - 1]
    qtbot.keyClick(panes, Qt.Key.Key_BracketRight)
    assert view.tools.value.size == 2
    qtbot.keyClick(panes, Qt.Key.Key_F)
    assert view.tools.value.fills
    qtbot.keyClick(panes, Qt.Key.Key_B)
    assert not view.tools.value.fills
    with qtbot.waitSignal(view.hint) as hint:
        qtbot.keyClick(panes, Qt.Key.Key_8)
    assert hint.args == ["There are 3 classes."]


def test_drawing_what_is_there_changes_nothing(qtbot: QtBot, parts: Drawn) -> None:
    number = int(parts.target[5, 5])
    before = parts.experiment
    qtbot.mouseClick(parts.view.tools.swatches.buttons[number], LEFT)
    qtbot.mouseClick(parts.view.panes, LEFT, NONE, parts.place(5, 5))
    assert parts.experiment is before


def test_the_pencil_s_reach_is_framed_under_the_mouse(qtbot: QtBot, parts: Drawn) -> None:
    before = parts.view.panes.grab().toImage()
    qtbot.mouseMove(parts.view.panes, parts.place(5, 5))
    small = parts.view.panes.grab().toImage()
    assert small != before
    parts.view.tools.change_size(4)
    assert parts.view.panes.grab().toImage() != small
    assert parts.view.panes.cursor().shape() == Qt.CursorShape.CrossCursor


def test_every_control_teaches(parts: Drawn, grays: Drawn) -> None:
    for tools in (parts.view.tools, grays.view.tools):
        controls = (*tools.swatches.parts, tools.gray, tools.pencil, tools.fill, tools.size_slider, tools.undo)
        for control in controls:
            if control.isVisible():
                assert control.toolTip(), control
                assert control.statusTip(), control
                assert control.accessibleName(), control


def test_a_drawn_picture_can_have_more_classes_and_again_fewer(qtbot: QtBot, parts: Drawn) -> None:
    tools = parts.view.tools
    qtbot.mouseClick(parts.view.panes, LEFT, NONE, parts.place(0, 0))
    tools.choose(1)
    qtbot.mouseClick(parts.view.panes, LEFT, NONE, parts.place(0, 0))
    assert tools.swatches.more.isVisible()
    assert not tools.swatches.fewer.isEnabled()
    with qtbot.waitSignal(tools.changed) as caught:
        qtbot.mouseClick(tools.swatches.more, LEFT)
    assert caught.args == ["data.classes", 4]
    parts.take(changes.apply(parts.experiment, "data.classes", 4))
    assert tools.swatches.buttons[3].isVisible()
    assert tools.swatches.fewer.isEnabled()
    assert tools.choose(3)
    parts.take(changes.apply(parts.experiment, "data.classes", 3))
    assert tools.value.value == 0.0


@pytest.mark.parametrize("width", [384, 300, 240])
def test_a_slider_and_what_it_says_are_in_one_row(parts: Drawn, grays: Drawn, width: int) -> None:
    for drawn in (parts, grays):
        tools = drawn.view.tools
        drawn.view.setStyleSheet(style_sheet(LIGHT))
        drawn.view.resize(width, 460)
        drawn.view.grab()
        pairs = [(tools.size_slider, tools.size_label)]
        if drawn is grays:
            pairs += [(tools.gray_sample, tools.gray), (tools.gray, tools.gray_label)]
        for first, second in pairs:
            one, other = (part.mapTo(tools, part.rect().center()) for part in (first, second))
            assert abs(one.y() - other.y()) <= 2
            assert one.x() < other.x()
        if width == 384:
            # As wide as in a window of 1280 pixels: one row for all.
            assert abs(tools.size_slider.mapTo(tools, tools.size_slider.rect().center()).y() - tools.height() // 2) <= 3
            assert tools.height() < 40
