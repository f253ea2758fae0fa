"""Splitting points by a formula that is typed."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.painting.flood import parse
from app.style import style_sheet
from app.theme import LIGHT
from app.views.decision.drawing_tools.flooding import GO, STAY, flood
from tests.app.offscreen import IGNORE_PLATFORM
from tests.app.views.decision.conftest import REGRESSION, MakeView
from tests.app.views.decision.drawn import FOUR, Drawn, experiment_of

pytestmark = IGNORE_PLATFORM


@pytest.fixture
def drawn(make_view: MakeView) -> Drawn:
    experiment = experiment_of()
    return Drawn(make_view(experiment), experiment)


def type_formula(qtbot: QtBot, drawn: Drawn, text: str) -> None:
    qtbot.keyClick(drawn.view.canvas, Qt.Key.Key_Y)
    popover = drawn.view.tools.flood
    assert popover.isVisible()
    popover.field.clear()
    qtbot.keyClicks(popover.field, text)


def test_a_formula_gives_the_chosen_class_where_it_holds(drawn: Drawn, qtbot: QtBot) -> None:
    drawn.view.tools.choose(1)
    type_formula(qtbot, drawn, "y > x")
    popover = drawn.view.tools.flood
    # (4, 4) lies on the line, not above it.
    assert popover.remark.text() == "It holds for 2 of 4 points."
    assert popover.holds.name() == "1.0"
    qtbot.keyClick(popover.field, Qt.Key.Key_Return)
    assert drawn.targets.tolist() == [1.0, 0.0, 1.0, 1.0]
    assert drawn.texts == ["Split by y > x"]
    assert not popover.isVisible()


def test_both_sides_can_have_a_fate(drawn: Drawn, qtbot: QtBot) -> None:
    type_formula(qtbot, drawn, "x < 0")
    popover = drawn.view.tools.flood
    popover.holds.set_name("1.0")
    popover.elsewhere.set_name(GO)
    qtbot.mouseClick(popover.apply, Qt.MouseButton.LeftButton)
    np.testing.assert_array_equal(drawn.points, FOUR.inputs[:3])
    assert drawn.targets.tolist() == [1.0, 1.0, 1.0]


@pytest.mark.parametrize("text", ["y >", "y > __import__('os')", "y > foo(x)", "y > (x", "", "x + 1 = y"])
def test_what_is_no_formula_changes_nothing_and_is_explained(drawn: Drawn, qtbot: QtBot, text: str) -> None:
    type_formula(qtbot, drawn, text)
    popover = drawn.view.tools.flood
    assert popover.remark.text().endswith(".")
    qtbot.keyClick(popover.field, Qt.Key.Key_Return)
    assert popover.isVisible()
    assert drawn.texts == []
    assert popover.remark.property("role") == ("problem" if text else "caption")
    popover.close()


def test_points_where_it_has_no_value_stay_and_are_counted(drawn: Drawn, qtbot: QtBot) -> None:
    type_formula(qtbot, drawn, "y > sqrt(x)")
    assert drawn.view.tools.flood.remark.text() == ("It holds for 1 of 4 points. 3 points where it has no value stay.")
    popover = drawn.view.tools.flood
    popover.holds.set_name(GO)
    popover.elsewhere.set_name(GO)
    qtbot.keyClick(popover.field, Qt.Key.Key_Return)
    np.testing.assert_array_equal(drawn.points, FOUR.inputs[:3])


def test_only_what_is_selected_is_split(drawn: Drawn, qtbot: QtBot) -> None:
    drawn.view.show_selection(np.array([0, 1]))
    type_formula(qtbot, drawn, "y < 10")
    assert drawn.view.tools.flood.remark.text() == "It holds for 2 of 2 selected points."
    drawn.view.tools.flood.holds.set_name("1.0")
    qtbot.keyClick(drawn.view.tools.flood.field, Qt.Key.Key_Return)
    assert drawn.targets.tolist() == [1.0] * 4


def test_where_it_holds_is_seen_only_while_it_is_typed(drawn: Drawn, qtbot: QtBot) -> None:
    canvas = drawn.view.canvas
    before = canvas.grab().toImage()
    type_formula(qtbot, drawn, "y > sin(x)")
    shown = canvas.grab().toImage()
    above, below = canvas.plane.to_pixel(0.0, 4.0).toPoint(), canvas.plane.to_pixel(0.0, -4.0).toPoint()
    assert shown.pixel(above) != before.pixel(above)
    assert shown.pixel(below) == before.pixel(below)
    drawn.view.tools.flood.close()
    assert canvas.grab().toImage().pixel(above) == before.pixel(above)


def test_values_can_be_split_too(make_view: MakeView, qtbot: QtBot) -> None:
    drawn = Drawn(make_view(REGRESSION), REGRESSION)
    before = drawn.targets
    flood(drawn.view.sheet, parse("x > 0"), "x > 0", 0.25, STAY)
    right = drawn.points[:, 0] > 0
    assert set(drawn.targets[right]) == {0.25}
    np.testing.assert_array_equal(drawn.targets[~right], before[~right])


def test_a_remark_of_two_lines_squeezes_nothing(drawn: Drawn, qtbot: QtBot) -> None:
    popover = drawn.view.tools.flood
    # Only with the program's own fonts and margins did it show.
    popover.setStyleSheet(style_sheet(LIGHT))
    qtbot.keyClick(drawn.view.canvas, Qt.Key.Key_Y)
    for choice in (popover.holds, popover.elsewhere):
        assert choice.height() >= choice.sizeHint().height()


def test_nothing_below_the_formula_moves_while_it_is_typed(drawn: Drawn, qtbot: QtBot) -> None:
    popover = drawn.view.tools.flood
    popover.setStyleSheet(style_sheet(LIGHT))
    places = set()
    for text in ("", "y >", "y > x", "y > sqrt(x", "y > sqrt(x)"):
        type_formula(qtbot, drawn, text)
        places.add((popover.apply.y(), popover.height()))
    assert len(places) == 1
    # The longest sentence makes room for itself, and the next one gives it back.
    type_formula(qtbot, drawn, "y > zz")
    assert popover.remark.height() >= popover.remark.heightForWidth(popover.remark.width())
    type_formula(qtbot, drawn, "y > x")
    assert (popover.apply.y(), popover.height()) in places


def test_the_last_formula_is_there_again_and_gives_way_to_another(drawn: Drawn, qtbot: QtBot) -> None:
    type_formula(qtbot, drawn, "y > x")
    popover = drawn.view.tools.flood
    popover.close()
    qtbot.keyClick(drawn.view.canvas, Qt.Key.Key_Y)
    assert popover.remark.text() == "It holds for 2 of 4 points."
    qtbot.keyClicks(popover.field, "x < 0")
    assert popover.field.text() == "x < 0"
