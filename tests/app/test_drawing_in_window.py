"""Drawing tools in the whole window: what they do is trained on, undone and made again exactly; drawing large."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from app.window import Window
from engine.experiment import Points
from tests.app.offscreen import IGNORE_PLATFORM
from tests.app.tiny_run import frame_of

pytestmark = IGNORE_PLATFORM
LEFT = Qt.MouseButton.LeftButton


def at(window: Window, x1: float, x2: float) -> QPoint:
    return window.output.plane.canvas.plane.to_pixel(x1, x2).toPoint()


def drag(qtbot: QtBot, window: Window, *way: tuple[float, float]) -> None:
    canvas = window.output.plane.canvas
    qtbot.mousePress(canvas, LEFT, pos=at(window, *way[0]))
    for stop in way[1:]:
        qtbot.mouseMove(canvas, at(window, *stop))
    qtbot.mouseRelease(canvas, LEFT, pos=at(window, *way[-1]))


def to_canvas(qtbot: QtBot, window: Window) -> None:
    """Let keys go to the picture as the user's would, through the window's shortcuts."""
    window.activateWindow()
    canvas = window.output.plane.canvas
    canvas.setFocus()
    qtbot.waitUntil(canvas.hasFocus)


def test_selected_points_are_moved_trained_on_undone_and_moved_again(qtbot: QtBot, window: Window) -> None:
    session, canvas = window.session, window.output.plane.canvas
    before = session.dataset.points.copy()
    is_train = session.dataset.is_train.copy()
    to_canvas(qtbot, window)
    qtbot.keyClick(canvas, Qt.Key.Key_S)
    qtbot.keyClick(canvas, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert session.selection.indices.tolist() == list(range(40))
    assert window.points.isHidden() is False
    # In the middle of all points, and not on one.
    drag(qtbot, window, (0.0, 3.2), (0.5, 3.5), (1.0, 3.7))
    shift = session.dataset.points - before
    inside = np.all(np.abs(session.dataset.points) < 6.0, axis=1)
    np.testing.assert_allclose(shift[inside], np.broadcast_to((1.0, 0.5), shift[inside].shape), atol=0.1)
    moved = session.dataset.points
    # Moving leaves the split as it was, and everything selected.
    np.testing.assert_array_equal(session.dataset.is_train, is_train)
    assert len(session.selection.indices) == 40
    assert session.history_steps == (("40 points moved",), 1)
    # An arrow key goes to the points, not to the training.
    qtbot.keyClick(canvas, Qt.Key.Key_Right)
    assert session.history_steps[0][-1] == "40 points moved"
    assert session.history_steps[1] == 2
    session.undo()
    np.testing.assert_array_equal(session.dataset.points, moved)
    session.undo()
    np.testing.assert_array_equal(session.dataset.points, before)
    session.redo()
    np.testing.assert_array_equal(session.dataset.points, moved)


@pytest.mark.parametrize("kind", ["brush", "eraser", "attract"])
def test_undo_in_the_middle_of_a_stroke_ends_it_and_takes_all_of_it_back(
    qtbot: QtBot, window: Window, kind: str
) -> None:
    session, canvas = window.session, window.output.plane.canvas
    to_canvas(qtbot, window)
    window.output.plane.tools.toolbox.choose(kind)
    window.output.plane.tools.options.radius.setValue(11)
    session.paint(np.array([[5.0, -5.0]]), 0.0)
    before = session.dataset.points.copy()
    qtbot.mousePress(canvas, LEFT, pos=at(window, -3.0, 0.0))
    qtbot.mouseMove(canvas, at(window, 0.0, 0.0))
    qtbot.waitUntil(lambda: not np.array_equal(session.dataset.points, before))
    qtbot.keyClick(canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    np.testing.assert_array_equal(session.dataset.points, before)
    # The button is still held, but draws no further.
    for x1 in (1.0, 2.0, 3.0):
        qtbot.mouseMove(canvas, at(window, x1, 0.0))
    qtbot.mouseRelease(canvas, LEFT, pos=at(window, 3.0, 0.0))
    np.testing.assert_array_equal(session.dataset.points, before)
    assert session.history_steps[1] == 1
    assert len(session.history_steps[0]) == 2
    session.redo()
    assert not np.array_equal(session.dataset.points, before)


def test_undo_while_points_are_carried_gives_these_up_and_nothing_else(qtbot: QtBot, window: Window) -> None:
    session, canvas = window.session, window.output.plane.canvas
    to_canvas(qtbot, window)
    session.paint(np.array([[5.0, -5.0]]), 0.0)
    before = session.dataset.points.copy()
    window.output.plane.tools.toolbox.choose("select")
    qtbot.keyClick(canvas, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.mousePress(canvas, LEFT, pos=at(window, 0.0, 3.2))
    for stop in (3.0, 2.0, 1.0):
        qtbot.mouseMove(canvas, at(window, 0.0, stop))
    assert window.output.plane.sheet.moved is not None
    qtbot.keyClick(canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.mouseRelease(canvas, LEFT, pos=at(window, 0.0, 1.0))
    np.testing.assert_array_equal(session.dataset.points, before)
    assert session.history_steps[1] == 1


def test_undo_and_redo_bring_the_selection_back(qtbot: QtBot, window: Window) -> None:
    session, canvas = window.session, window.output.plane.canvas
    to_canvas(qtbot, window)
    qtbot.keyClick(canvas, Qt.Key.Key_S)
    session.selection.choose([1, 2, 3])
    qtbot.keyClick(canvas, Qt.Key.Key_Right)
    qtbot.keyClick(canvas, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert session.selection.indices.tolist() == [40, 41, 42]
    qtbot.keyClick(canvas, Qt.Key.Key_Delete)
    assert session.selection.indices.tolist() == []
    # Deleted, duplicated and moved: each is taken back with what was selected then, and can be moved on.
    for selected in ([40, 41, 42], [1, 2, 3], [1, 2, 3]):
        session.undo()
        assert session.selection.indices.tolist() == selected
        assert window.output.plane.sheet.selection.tolist() == selected
    for selected in ([1, 2, 3], [40, 41, 42], []):
        session.redo()
        assert session.selection.indices.tolist() == selected
    # Painting selects nothing, nor does it let go when it is undone.
    session.selection.choose([5])
    session.paint(np.array([[1.0, 1.0]]), 0.0)
    session.undo()
    assert session.selection.indices.tolist() == [5]


def test_without_a_selection_the_arrow_keys_step(qtbot: QtBot, window: Window) -> None:
    session, canvas = window.session, window.output.plane.canvas
    to_canvas(qtbot, window)
    qtbot.keyClick(canvas, Qt.Key.Key_S)
    qtbot.keyClick(canvas, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: session.frame is not None and session.frame.step == 1, timeout=30_000)


def test_the_selection_is_one_for_picture_and_table(qtbot: QtBot, window: Window) -> None:
    window.session.selection.choose([1, 2, 3])
    assert window.output.plane.sheet.selection.tolist() == [1, 2, 3]
    window.session.clear_points()
    assert window.output.plane.sheet.selection.tolist() == []


def test_a_magnet_feeds_the_run_while_it_trains_and_is_one_step(qtbot: QtBot, window: Window) -> None:
    session, canvas = window.session, window.output.plane.canvas
    session.run()
    window.output.plane.tools.toolbox.choose("attract")
    window.output.plane.tools.options.radius.setValue(11)
    before = session.dataset.points.copy()
    qtbot.mousePress(canvas, LEFT, pos=at(window, 0.0, 0.0))
    # The run goes on with the moved points while the button is down.
    qtbot.waitUntil(lambda: isinstance(frame_of(window).experiment.data.source, Points), timeout=30_000)
    assert session.running
    qtbot.mouseRelease(canvas, LEFT, pos=at(window, 0.0, 0.0))
    session.pause()
    assert session.history_steps == (("Points drawn together",), 1)
    session.undo()
    np.testing.assert_array_equal(session.dataset.points, before)


def test_what_is_carried_is_learned_from_on_its_way_and_is_one_step(qtbot: QtBot, window: Window) -> None:
    session, canvas = window.session, window.output.plane.canvas
    session.run()
    window.output.plane.tools.toolbox.choose("select")
    session.selection.choose(np.arange(len(session.dataset)))
    before = session.dataset.points.copy()
    qtbot.mousePress(canvas, LEFT, pos=at(window, 0.0, 0.0))
    for x in (0.5, 1.0):
        qtbot.mouseMove(canvas, at(window, x, 0.0))
    qtbot.waitUntil(lambda: isinstance(frame_of(window).experiment.data.source, Points), timeout=30_000)
    # Other parts of the window wait their turn meanwhile.
    assert session.is_drawing
    qtbot.mouseRelease(canvas, LEFT, pos=at(window, 1.0, 0.0))
    session.pause()
    assert session.history_steps == ((f"{len(before)} points moved",), 1)
    assert len(session.selection.indices) == len(before)
    session.undo()
    np.testing.assert_array_equal(session.dataset.points, before)


def test_while_points_are_selected_other_parts_wait_their_turn(qtbot: QtBot, window: Window) -> None:
    canvas = window.output.plane.canvas
    window.output.plane.tools.toolbox.choose("select")
    assert not window.output.is_busy
    qtbot.mousePress(canvas, LEFT, pos=at(window, -5.9, -5.9))
    qtbot.mouseMove(canvas, at(window, 0.0, 0.0))
    assert window.output.is_busy
    window.showing.show_frame(frame_of(window))
    assert window.showing._in_turn.timer.isActive()
    qtbot.mouseRelease(canvas, LEFT, pos=at(window, 0.0, 0.0))
    assert not window.output.is_busy
    qtbot.waitUntil(lambda: not window.showing._in_turn.timer.isActive())


def test_the_picture_takes_the_whole_window_and_gives_it_back(qtbot: QtBot, window: Window) -> None:
    widths = {name: dock.width() for name, dock in window.docks.items()}
    seen = {name for name, dock in window.docks.items() if dock.isVisible()}
    side = window.output.plane.canvas.plane.side
    to_canvas(qtbot, window)
    qtbot.keyClick(window, Qt.Key.Key_F11)
    assert [name for name, dock in window.docks.items() if dock.isVisible()] == ["output"]
    assert not window.network.isVisible()
    assert window.output.plane.tools.large.isChecked()
    qtbot.waitUntil(lambda: window.output.plane.canvas.plane.side > 1.5 * side)
    # The keys of the tools go on to work.
    qtbot.waitUntil(window.output.plane.canvas.hasFocus)
    # It can be trained meanwhile.
    assert window.transport.isVisible()
    qtbot.mouseClick(window.output.plane.tools.large, LEFT)
    assert {name for name, dock in window.docks.items() if dock.isVisible()} == seen
    assert window.network.isVisible()
    assert window.choices.isVisible()
    assert not window.output.plane.tools.large.isChecked()
    qtbot.waitUntil(lambda: {name: dock.width() for name, dock in window.docks.items()} == widths)


@pytest.mark.parametrize("way", ["close", "default_layout", "text_larger"])
def test_no_other_way_out_of_drawing_large_leaves_the_window_empty(qtbot: QtBot, window: Window, way: str) -> None:
    window.actions_by_key["draw_large"].trigger()
    assert window.window_layout.is_alone
    if way == "close":
        window.docks["output"].close()
    else:
        window.actions_by_key[way].trigger()
    qtbot.waitUntil(lambda: not window.window_layout.is_alone)
    assert window.network.isVisible()
    assert window.docks["output"].isVisible()
    assert window.docks["data"].isVisible()


def test_what_is_remembered_is_the_usual_layout(qtbot: QtBot, make_window) -> None:
    window = make_window()
    window.actions_by_key["draw_large"].trigger()
    window.close()
    other = make_window()
    assert other.network.isVisible()
    assert other.docks["data"].isVisible()
    assert not other.window_layout.is_alone


def test_the_samples_of_an_embedding_can_be_selected_and_moved(qtbot: QtBot, window: Window) -> None:
    session = window.session
    session.change("data.task", "embedding")
    window.output.switch.choose("plane")
    before = session.dataset.points.copy()
    # What is selected in the table is selected in the picture, whichever is shown first.
    session.selection.choose([0, 1])
    window.output.switch.choose("embedding")
    window.output.switch.choose("plane")
    assert window.output.plane.sheet.selection.tolist() == [0, 1]
    to_canvas(qtbot, window)
    window.output.plane.tools.toolbox.choose("select")
    qtbot.keyClick(window.output.plane.canvas, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    shift = session.dataset.points - before
    np.testing.assert_allclose(shift[:2], [(1.0, 0.0)] * 2, atol=1e-9)
    assert not shift[2:].any()
