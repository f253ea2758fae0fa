"""The table of the points: sorted, filtered, edited, and selected together with the picture."""

import numpy as np
import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from app import changes
from app.changes.points import with_edited
from app.theme import DARK, LIGHT
from app.views.points_table import PointsTableView
from engine.datasets.resolve import resolve
from engine.experiment import Data, Experiment, Points
from engine.parameters import layout
from tests.app.offscreen import IGNORE_PLATFORM

pytestmark = IGNORE_PLATFORM

DATA = Data(source=Points([[0.5, 1.0], [-2.0, 3.0], [1.5, -4.0], [0.0, 0.0]], [0, 1, 1, 0]), train_share=0.75)
EXPERIMENT = Experiment(data=DATA)


def show(view: PointsTableView, experiment: Experiment) -> None:
    view.show_experiment(experiment, resolve(experiment.data), layout(experiment.network))


@pytest.fixture
def view(qtbot: QtBot) -> PointsTableView:
    view = PointsTableView()
    qtbot.addWidget(view)
    view.resize(420, 240)
    show(view, EXPERIMENT)
    view.show()
    return view


def cells(view: PointsTableView, column: int) -> list[str]:
    points = view.table.points
    return [str(points.index(row, column).data()) for row in range(points.rowCount())]


def click(qtbot: QtBot, view: PointsTableView, row: int, column: int = 1, modifiers=Qt.KeyboardModifier.NoModifier):
    rectangle = view.table.visualRect(view.table.points.index(row, column))
    qtbot.mouseClick(view.table.viewport(), Qt.MouseButton.LeftButton, modifiers, rectangle.center())


def type_into(qtbot: QtBot, view: PointsTableView, row: int, column: int, text: str) -> None:
    click(qtbot, view, row, column)
    qtbot.keyClick(view.table, Qt.Key.Key_F2)
    editor = view.table.viewport().findChild(QLineEdit)
    editor.selectAll()
    qtbot.keyClicks(editor, text)
    qtbot.keyClick(editor, Qt.Key.Key_Return)


def test_every_sample_has_a_row(view: PointsTableView) -> None:
    assert cells(view, 0) == ["1", "2", "3", "4"]
    assert cells(view, 1) == ["0.5000", "−2.0000", "1.5000", "0.0000"]
    assert cells(view, 3) == ["A", "B", "B", "A"]
    assert view.counts.line() == "4 points"


def test_a_click_on_a_title_sorts_and_a_third_brings_the_order_back(qtbot: QtBot, view: PointsTableView) -> None:
    header = view.table.horizontalHeader()
    place = header.sectionViewportPosition(1) + 20
    seen = []
    for _ in range(3):
        qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place, 8))
        seen.append(cells(view, 0))
    assert seen == [["2", "4", "1", "3"], ["3", "1", "4", "2"], ["1", "2", "3", "4"]]


def test_s_sorts_by_the_column_one_is_in(qtbot: QtBot, view: PointsTableView) -> None:
    click(qtbot, view, 0, 2)
    qtbot.keyClick(view.table, Qt.Key.Key_S)
    assert cells(view, 0) == ["3", "4", "1", "2"]


def test_filters_leave_rows_out_and_say_so(view: PointsTableView) -> None:
    view.number.setCurrentIndex(2)
    view.number.activated.emit(2)
    assert cells(view, 3) == ["B", "B"]
    assert view.counts.line() == "2 of 4 points"
    view.part.choose("test")
    assert set(cells(view, 4)) <= {"test"}


def test_rows_that_are_clicked_are_selected_samples(qtbot: QtBot, view: PointsTableView) -> None:
    view.table.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    chosen = []
    view.selection_made.connect(lambda samples: chosen.append(samples.tolist()))
    click(qtbot, view, 0)
    click(qtbot, view, 2, modifiers=Qt.KeyboardModifier.ControlModifier)
    assert chosen == [[1], [0, 1]]


def test_samples_selected_elsewhere_are_selected_rows_and_nothing_is_told_back(view: PointsTableView) -> None:
    told = []
    view.selection_made.connect(told.append)
    view.show_selection(np.array([0, 1]))
    assert sorted(index.row() for index in view.table.selectionModel().selectedRows()) == [0, 1]
    assert view.counts.line() == "4 points, 2 selected"
    view.part.choose("test")
    view.part.choose("all")
    assert sorted(index.row() for index in view.table.selectionModel().selectedRows()) == [0, 1]
    assert told == []


def test_a_typed_number_is_a_change_of_the_points(qtbot: QtBot, view: PointsTableView) -> None:
    with qtbot.waitSignal(view.points_edited) as signal:
        type_into(qtbot, view, 1, 1, "2,5")
    change, text, _ = signal.args
    assert text == "Point 2: x₁ changed"
    changed = with_edited(EXPERIMENT, resolve(DATA), change)
    assert changed.data.source.inputs.tolist() == [[0.5, 1], [2.5, 3], [1.5, -4], [0, 0]]


def test_junk_is_refused_in_a_sentence_and_the_cell_stays(qtbot: QtBot, view: PointsTableView) -> None:
    edited = []
    view.points_edited.connect(edited.append)
    with qtbot.waitSignal(view.problem) as signal:
        type_into(qtbot, view, 0, 1, "junk")
    assert signal.args == ["x₁ must be a number, such as 0.03, not “junk”."]
    assert edited == []
    assert cells(view, 1)[0] == "0.5000"


def test_what_was_not_changed_is_no_edit(qtbot: QtBot, view: PointsTableView) -> None:
    edited = []
    view.points_edited.connect(edited.append)
    type_into(qtbot, view, 0, 1, "0.5")
    assert edited == []


def test_delete_takes_the_selected_points_away(qtbot: QtBot, view: PointsTableView) -> None:
    assert not view.delete.isEnabled()
    view.show_selection(np.array([1, 3]))
    with qtbot.waitSignal(view.points_edited) as signal:
        qtbot.keyClick(view.table, Qt.Key.Key_Delete)
    change, text, selected = signal.args
    assert (text, selected.tolist()) == ("2 points deleted", [])
    assert with_edited(EXPERIMENT, resolve(DATA), change).data.source.inputs.tolist() == [[0.5, 1], [1.5, -4]]


def test_a_number_gives_the_selected_points_that_class(qtbot: QtBot, view: PointsTableView) -> None:
    view.show_selection(np.array([0, 1]))
    with qtbot.waitSignal(view.points_edited) as signal:
        qtbot.keyClick(view.table, Qt.Key.Key_1)
    change, text, selected = signal.args
    assert (text, selected.tolist()) == ("2 points made class A", [0, 1])
    assert with_edited(EXPERIMENT, resolve(DATA), change).data.source.targets.tolist() == [0, 0, 1, 0]


def test_the_menu_offers_the_same_by_words(view: PointsTableView) -> None:
    menu = view.table.make_menu()
    assert not any(action.isEnabled() for action in menu.actions()[:2])
    view.show_selection(np.array([0]))
    wanted = []
    view.table.class_wanted.connect(wanted.append)
    menu = view.table.make_menu()
    menu.actions()[1].trigger()
    assert menu.actions()[1].text() == "Make them class B\t2"
    assert wanted == [1]


def test_rows_are_copied_with_all_digits(qtbot: QtBot, view: PointsTableView) -> None:
    view.show_selection(np.array([1]))
    qtbot.keyClick(view.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    title, row = QGuiApplication.clipboard().text().split("\n")
    assert title == "No.\tx₁\tx₂\tClass\tPart"
    assert row.startswith("2\t-2.0\t3.0\tB\t")


def test_pixels_are_not_deleted(qtbot: QtBot) -> None:
    view = PointsTableView()
    qtbot.addWidget(view)
    show(view, changes.apply(Experiment(), "data.task", "segmentation"))
    view.show()
    view.show_selection(np.array([0]))
    with qtbot.waitSignal(view.problem) as signal:
        qtbot.mouseClick(view.delete, Qt.MouseButton.LeftButton)
    assert signal.args[0].startswith("The pixels of a picture cannot be deleted")


def test_a_hidden_table_catches_up_when_it_is_shown(view: PointsTableView) -> None:
    view.hide()
    show(view, Experiment())
    assert view.table.points.rowCount() == 4
    view.show()
    assert view.table.points.rowCount() == 250


def test_new_data_keep_the_order_and_the_place(view: PointsTableView) -> None:
    view.table.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    view.table.selectionModel().setCurrentIndex(
        view.table.points.index(2, 2), QItemSelectionModel.SelectionFlag.NoUpdate
    )
    show(view, Experiment(data=Data(source=Points([[3.0, 0.0], [-1.0, 0.0], [1.0, 0.0]], [0, 1, 0]))))
    assert cells(view, 1) == ["−1.0000", "1.0000", "3.0000"]
    assert (view.table.currentIndex().row(), view.table.currentIndex().column()) == (2, 2)


def test_the_ground_is_that_of_the_theme_also_after_another(view: PointsTableView) -> None:
    for theme in (DARK, LIGHT, DARK):
        view.set_theme(theme)
        assert view.grab().toImage().pixelColor(2, 2).getRgb()[:3] == theme.surface


def test_the_keys_begin_at_a_cell_and_select_nothing_by_it(qtbot: QtBot, view: PointsTableView) -> None:
    view.activateWindow()
    made = []
    view.selection_made.connect(made.append)
    assert not view.table.currentIndex().isValid()
    view.table.setFocus()
    qtbot.waitUntil(lambda: view.table.currentIndex().isValid())
    assert (view.table.currentIndex().row(), made) == (0, [])
    # What was reached stays when the focus comes back.
    view.table.setCurrentIndex(view.table.points.index(2, 1))
    view.table.clearFocus()
    view.table.setFocus()
    assert view.table.currentIndex().row() == 2


def test_in_a_narrow_table_words_leave_the_room_to_the_numbers(view: PointsTableView) -> None:
    header = view.table.horizontalHeader()
    view.resize(360, 240)
    for column, text in ((0, "No."), (3, "Class"), (4, "train")):
        assert 0 <= header.sectionSize(column) - view.table.fontMetrics().horizontalAdvance(text) <= 40
    assert header.sectionSize(1) == pytest.approx(header.sectionSize(2), abs=1)
    assert header.sectionSize(1) > header.sectionSize(4)
