import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.theme import DARK
from app.widgets.scale_legend import ScaleLegend
from app.widgets.segmented import Segment, SegmentedControl

CHOICES = (("a", "First", "The first."), ("b", "Second", "The second."), ("c", "Third", "The third."))


@pytest.fixture
def control(qtbot: QtBot) -> SegmentedControl:
    control = SegmentedControl("Show", CHOICES, "a")
    qtbot.addWidget(control)
    control.set_theme(DARK)
    control.show()
    return control


def segment(control: SegmentedControl, label: str) -> Segment:
    return next(part for part in control.findChildren(Segment) if part.text() == label)


def test_a_click_chooses(qtbot: QtBot, control: SegmentedControl) -> None:
    with qtbot.waitSignal(control.chosen) as signal:
        qtbot.mouseClick(segment(control, "Second"), Qt.MouseButton.LeftButton)
    assert signal.args == ["b"]
    assert control.current == "b"


def test_choosing_what_is_chosen_says_nothing(qtbot: QtBot, control: SegmentedControl) -> None:
    with qtbot.assertNotEmitted(control.chosen):
        qtbot.mouseClick(segment(control, "First"), Qt.MouseButton.LeftButton)
        control.choose("a")


def test_arrow_keys_choose_the_neighbor(qtbot: QtBot, control: SegmentedControl) -> None:
    qtbot.keyClick(segment(control, "First"), Qt.Key.Key_Left)
    assert control.current == "c"
    qtbot.keyClick(segment(control, "Third"), Qt.Key.Key_Right)
    assert control.current == "a"


def test_every_choice_has_a_name_and_a_remark(control: SegmentedControl) -> None:
    part = segment(control, "Second")
    assert part.accessibleName() == "Show: Second"
    assert part.toolTip() == "The second."


def test_an_unknown_name_is_an_error(control: SegmentedControl) -> None:
    with pytest.raises(KeyError):
        control.choose("d")


def test_a_legend_shows_its_ends(qtbot: QtBot) -> None:
    legend = ScaleLegend()
    qtbot.addWidget(legend)
    legend.set_theme(DARK)
    narrow = legend.sizeHint().width()
    legend.show_ends("−0.25", "+0.25")
    assert legend.sizeHint().width() > narrow
    assert legend.accessibleName() == "Color scale from −0.25 to +0.25"
    assert not legend.grab().isNull()
