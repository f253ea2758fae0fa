"""The table of the points in the whole window: edits are steps of the history, the selection is one."""

import numpy as np
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.window import Window
from tests.app.offscreen import IGNORE_PLATFORM

pytestmark = IGNORE_PLATFORM


def test_points_are_deleted_in_the_table_and_brought_back(qtbot: QtBot, window: Window) -> None:
    session = window.session
    before = session.experiment
    window.docks["points"].raise_()
    qtbot.waitUntil(lambda: window.points.table.points.rowCount() == len(session.dataset))
    count = len(session.dataset)
    session.selection.choose([1, 2])
    assert [index.row() for index in window.points.table.selectionModel().selectedRows()] == [1, 2]
    qtbot.keyClick(window.points.table, Qt.Key.Key_Delete)
    assert len(session.dataset) == count - 2
    assert session.history_steps == (("2 points deleted",), 1)
    assert not len(session.selection.indices)
    session.undo()
    # What was generated was turned into points; taken back, it is generated again.
    assert session.experiment == before
    assert window.points.table.points.rowCount() == count


def test_rows_selected_by_hand_are_the_session_s_selection(qtbot: QtBot, window: Window) -> None:
    window.docks["points"].raise_()
    qtbot.waitUntil(lambda: window.points.table.points.rowCount() > 2)
    window.points.table.selectRow(1)
    np.testing.assert_array_equal(window.session.selection.indices, [1])


def test_the_sample_tables_are_in_the_file_menu(qtbot: QtBot, window: Window) -> None:
    file_menu = window.menuBar().actions()[0].menu()
    tables = next(action.menu() for action in file_menu.actions() if "sample" in action.text())
    wanted = []
    window.transfer.commands.import_wanted.disconnect()
    window.transfer.commands.import_wanted.connect(lambda path, name: wanted.append(name))
    for action in tables.actions():
        action.trigger()
    assert wanted == ["elements.csv", "fruits.csv", "temperatures.csv"]
