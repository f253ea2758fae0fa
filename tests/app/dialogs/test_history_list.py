"""The list of the history: what is done, what is undone, and how one goes there."""

from PySide6.QtCore import Qt

from app.dialogs.history_list import BEGINNING, HistoryList
from tests.app.offscreen import IGNORE_PLATFORM

pytestmark = IGNORE_PLATFORM


def shown(dialog) -> list[str]:
    return [dialog.steps.item(row).text() for row in range(dialog.steps.count())]


def make(qtbot) -> HistoryList:
    dialog = HistoryList()
    qtbot.addWidget(dialog)
    dialog.show_steps(("Noise: 0.5", "Layer 1: 6 units", "Data: 3 points painted, 3 now"), 1)
    dialog.show()
    return dialog


def test_every_step_is_there_and_the_present_one_is_marked(qtbot):
    dialog = make(qtbot)
    assert shown(dialog) == [BEGINNING, "Noise: 0.5", "Layer 1: 6 units", "Data: 3 points painted, 3 now"]
    assert dialog.steps.currentRow() == 1
    spoken = [dialog.steps.item(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(4)]
    assert spoken == [None, None, "Layer 1: 6 units, undone", "Data: 3 points painted, 3 now, undone"]
    dialog.show_steps((), 0)
    assert shown(dialog) == [BEGINNING]


def test_a_click_goes_there(qtbot):
    dialog = make(qtbot)
    place = dialog.steps.visualItemRect(dialog.steps.item(3)).center()
    with qtbot.waitSignal(dialog.position_chosen) as chosen:
        qtbot.mouseClick(dialog.steps.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert chosen.args == [3]


def test_arrows_look_and_enter_goes(qtbot):
    dialog = make(qtbot)
    with qtbot.assertNotEmitted(dialog.position_chosen):
        qtbot.keyClick(dialog.steps, Qt.Key.Key_Up)
    with qtbot.waitSignal(dialog.position_chosen) as chosen:
        qtbot.keyClick(dialog.steps, Qt.Key.Key_Return)
    assert chosen.args == [0]
    assert dialog.isVisible(), "Enter must not close it"
