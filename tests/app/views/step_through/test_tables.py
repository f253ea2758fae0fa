"""The iteration as tables: what they show, how they are sorted, and what leaves them."""

import csv
import io
import math

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from app.stepping.records import MEAN, Link, Phase, Position
from app.stepping.state import StepState
from app.style import style_sheet
from app.theme import DARK, LIGHT
from app.views.step_through import StepThroughView
from engine.compose import compose
from engine.examples import EXAMPLES
from tests.app.offscreen import IGNORE_PLATFORM
from tests.app.views.networks import hover
from tests.app.views.places import state_at, trace_of

pytestmark = IGNORE_PLATFORM
LECTURE = EXAMPLES["lecture-backpropagation"].make()
AT_UNIT = Position(Phase.BACKWARD, 0, 1)


@pytest.fixture
def view(qtbot) -> StepThroughView:
    view = StepThroughView()
    qtbot.addWidget(view)
    view.resize(900, 400)
    view.show()
    view.kind.choose("table")
    view.show_step(state_at(trace_of(LECTURE), AT_UNIT))
    return view


def column(view: StepThroughView, title: str) -> list[str]:
    model = view.table.table.rows
    titles = [model.headerData(number, Qt.Orientation.Horizontal) for number in range(model.columnCount())]
    number = titles.index(title)
    return [str(model.index(row, number).data()) for row in range(model.rowCount())]


def test_units_and_weights_have_the_numbers_of_the_lecture(view) -> None:
    assert column(view, "Layer") == ["1", "1", "output"]
    assert column(view, "a") == ["0.5523", "0.5781", "0.6651"]
    assert column(view, "δ") == ["0.002728", "0.008071", "0.03677"]
    view.table.kind.choose("weights")
    assert column(view, "Input") == ["x₁", "x₂", "x₁", "x₂", "a₁", "a₂"]
    assert column(view, "After") == ["0.199", "0.1981", "0.2972", "0.2944", "0.2797", "0.8787"]


def test_all_digits_are_in_the_tooltip(view) -> None:
    model = view.table.table.rows
    tip = model.index(2, 3).data(Qt.ItemDataRole.ToolTipRole)
    assert tip.startswith("a = 0.66507")
    assert len(tip) > 18


def test_columns_that_say_nothing_are_left_out(view) -> None:
    trace = trace_of(compose(hidden=(2,), batch_size=5))
    view.table.kind.choose("weights")
    view.show_step(state_at(trace, Position(Phase.FORWARD), 2))
    assert "Sample's ∂L/∂w" in [each.title for each in view.table.table.rows.content.columns]
    view.show_step(state_at(trace, Position(Phase.FORWARD), MEAN))
    titles = [each.title for each in view.table.table.rows.content.columns]
    assert "Sample's ∂L/∂w" not in titles
    triplets = trace_of(compose(task="embedding", loss="triplet", hidden=(2,), batch_size=4))
    view.table.kind.choose("units")
    assert "Sample" not in [each.title for each in view.table.table.rows.content.columns]
    view.show_step(state_at(triplets, Position(Phase.FORWARD)))
    assert column(view, "Sample")[:3] == ["1", "2", "3"]


def test_sorting_goes_up_down_and_back(view) -> None:
    table = view.table.table
    table.setFocus()
    table.setCurrentIndex(table.rows.index(0, 2))
    assert column(view, "z") == ["0.21", "0.315", "0.686"]
    table.sort_by_current()
    table.sort_by_current()
    assert column(view, "z") == ["0.686", "0.315", "0.21"]
    assert table.rows.link_of(0) == Link(unit=4)
    table.sort_by_current()
    assert column(view, "z") == ["0.21", "0.315", "0.686"]


def test_the_order_stays_while_one_walks_on(view) -> None:
    view.table.table.sortByColumn(2, Qt.SortOrder.DescendingOrder)
    view.show_step(state_at(trace_of(LECTURE), Position(Phase.UPDATE)))
    assert column(view, "z") == ["0.686", "0.315", "0.21"]


def test_numbers_written_as_words_are_sorted_as_numbers(qtbot, view) -> None:
    view.table.kind.choose("weights")
    view.show_step(state_at(trace_of(compose(hidden=(12,), batch_size=5)), Position(Phase.UPDATE)))
    view.table.table.sortByColumn(2, Qt.SortOrder.AscendingOrder)
    assert column(view, "Input")[:12] == [f"a{''.join(chr(0x2080 + int(d)) for d in str(n))}" for n in range(1, 13)]


def test_a_row_names_where_it_comes_from_by_mouse_and_by_keys(qtbot, view) -> None:
    table = view.table.table
    middle = table.visualRect(table.rows.index(1, 2)).center()
    with qtbot.waitSignal(view.token_hovered) as told:
        hover(table.viewport(), middle.x(), middle.y())
    assert told.args == [Link(unit=3)]
    table.setFocus()
    table._hover(-1)
    table.setCurrentIndex(table.rows.index(0, 0))
    with qtbot.waitSignal(view.token_hovered) as told:
        qtbot.keyClick(table, Qt.Key.Key_Down)
    assert told.args == [Link(unit=3)]


def test_the_rows_one_looks_at_are_marked(view) -> None:
    model = view.table.table.rows

    def marked() -> list[int]:
        return [row for row in range(model.rowCount()) if model.index(row, 0).data(Qt.ItemDataRole.BackgroundRole)]

    assert marked() == [1]
    usual = model.index(1, 0).data(Qt.ItemDataRole.BackgroundRole)
    view.set_highlight(Link(unit=4))
    assert marked() == [1, 2]
    assert model.index(2, 0).data(Qt.ItemDataRole.BackgroundRole) != usual
    view.set_highlight(None)
    view.table.kind.choose("weights")
    assert marked() == [2, 3]


def test_what_is_copied_has_titles_and_all_digits(qtbot, view) -> None:
    table = view.table.table
    table.setFocus()
    table.clearSelection()
    view.table.copy.click()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert len(lines) == 4
    assert lines[0].split("\t")[2:5] == ["z", "a", "f′(z)"]

    def sigmoid(z: float) -> float:
        return 1.0 / (1.0 + math.exp(-z))

    output = sigmoid(0.3 * sigmoid(0.21) + 0.9 * sigmoid(0.315))
    assert float(lines[3].split("\t")[3]) == pytest.approx(output, abs=1e-15)
    table.selectRow(2)
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text().splitlines()[1:] == lines[3:]


def test_the_whole_table_is_handed_on_as_csv(qtbot, view) -> None:
    view.table.kind.choose("weights")
    with qtbot.waitSignal(view.csv_wanted) as wanted:
        view.table.save.click()
    name, text = wanted.args
    assert name == "iteration-1-weights.csv"
    read = list(csv.DictReader(io.StringIO(text)))
    assert float(read[5]["after"]) == pytest.approx(0.878743, abs=1e-6)


def test_without_an_iteration_there_is_no_table(view) -> None:
    assert view.table.isVisible()
    view.show_step(StepState(problem="There are no training samples."))
    assert not view.table.isVisible()
    assert view.sentence.isVisible()
    assert not view.kind.isEnabled()


def test_hidden_tables_are_not_worked_out(view) -> None:
    view.kind.choose("formula")
    before = view.table.table.rows.content
    view.show_step(state_at(trace_of(compose(hidden=(5,))), Position(Phase.UPDATE)))
    assert view.table.table.rows.content is before
    view.kind.choose("table")
    assert view.table.table.rows.rowCount() == 6


def test_it_is_drawn_in_the_dark_too(view) -> None:
    before = view.grab().toImage()
    view.set_theme(DARK)
    assert view.grab().toImage() != before


def test_the_table_has_as_many_digits_as_are_chosen(view) -> None:
    state = view._state
    view.show_step(replace(state, digits=6))
    assert column(view, "a") == ["0.552308", "0.578105", "0.665074"]
    width = view.table.table.columnWidth(3)
    view.show_step(replace(state, digits=3))
    assert column(view, "a") == ["0.552", "0.578", "0.665"]
    assert view.table.table.columnWidth(3) < width
    # What leaves the table has all digits all the same.
    assert "0.5523079095743253" in view.table.table.rows.content.csv


def test_the_samples_of_the_batch_show_what_the_present_unit_makes_of_each(qtbot, view) -> None:
    trace = trace_of(compose(hidden=(3,), batch_size=5))
    view.table.kind.choose("samples")
    view.show_step(state_at(trace, Position(Phase.BACKWARD, 0, 1, 3), 2))
    shown = [float(text.replace("−", "-")) for text in column(view, "z")]
    assert shown == pytest.approx(trace.passes[0][0].z[1], rel=1e-3)
    assert view.table.whose.line() == "z to δ: unit 2 of layer 1. ∂L/∂w: w₂₁"
    model = view.table.table.rows
    grounds = [model.index(row, 0).data(Qt.ItemDataRole.BackgroundRole) is not None for row in range(5)]
    assert grounds == [False, False, True, False, False]
    assert model.index(2, 0).data(Qt.ItemDataRole.AccessibleTextRole).startswith("Sample: 3; Sample 3, No. ")
    # Where one stands at no unit it is the output; the order that was chosen stays.
    view.table.table.sortByColumn(model.columnCount() - 2, Qt.SortOrder.DescendingOrder)
    view.show_step(state_at(trace, Position(Phase.LOSS), MEAN))
    assert view.table.whose.line() == "z to δ: the output"
    deltas = [float(text.replace("−", "-")) for text in column(view, "δ")]
    assert deltas == sorted(deltas, reverse=True)
    assert set(column(view, "∂L/∂w")) == {"–"}
    # They are no part of the network.
    with qtbot.assertNotEmitted(view.token_hovered):
        view.table.table.setFocus()
        view.table.table.setCurrentIndex(model.index(1, 0))
    with qtbot.waitSignal(view.csv_wanted) as saved:
        view.table.save.click()
    assert saved.args[0] == "iteration-1-samples.csv"
    rows = list(csv.DictReader(io.StringIO(saved.args[1])))
    assert math.fsum(float(row["loss"]) for row in rows) / 5 == pytest.approx(trace.loss)


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_the_row_one_stands_at_is_seen(view, theme) -> None:
    """With the style sheet of the program, which gives cells a border."""
    view.setStyleSheet(style_sheet(theme))
    view.set_theme(theme)
    view.show_step(state_at(trace_of(LECTURE), AT_UNIT))
    table = view.table.table
    picture = table.viewport().grab().toImage()
    # Left of the first letter.
    grounds = [
        picture.pixelColor(table.columnViewportPosition(1) - 4, table.rowViewportPosition(row) + 11).name()
        for row in range(3)
    ]
    assert grounds[0] == grounds[2]
    assert grounds[1] != grounds[0]
    view.set_highlight(Link(unit=4))
    picture = table.viewport().grab().toImage()
    pointed = picture.pixelColor(table.columnViewportPosition(1) - 4, table.rowViewportPosition(2) + 11).name()
    assert pointed not in grounds
