"""A choice: reports what the user picks, never what the program shows."""

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QKeySequence, QShortcut, QStatusTipEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from app.panels.choice_lists import loss_heading
from app.style import style_sheet
from app.theme import DARK, LIGHT
from app.widgets.choice import Choice
from app.widgets.entry_curves import loss_curve
from app.widgets.popover import Popover
from app.widgets.popover_box import PopoverBox
from engine.activations import ACTIVATIONS
from engine.losses import LOSSES
from tests.app.offscreen import IGNORE_PLATFORM

pytestmark = IGNORE_PLATFORM


@pytest.fixture
def choice(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    choice = Choice("Activation", "What a unit makes of z.")
    choice.set_family(ACTIVATIONS)
    choice.set_name("tanh")
    column = QVBoxLayout(window)
    column.addWidget(QLineEdit())
    column.addWidget(choice)
    window.show()
    window.activateWindow()
    yield choice
    window.close()


@pytest.fixture
def chosen(choice) -> list[str]:
    names: list[str] = []
    choice.chosen.connect(names.append)
    return names


def test_it_shows_labels_and_remarks(choice):
    row = choice.findData("relu")
    assert choice.itemText(row) == ACTIVATIONS["relu"].label
    assert choice.itemData(row, Qt.ItemDataRole.ToolTipRole) == ACTIVATIONS["relu"].remark
    assert ACTIVATIONS["tanh"].remark in choice.toolTip()


def test_keys_choose(qtbot, choice, chosen):
    choice.setFocus()
    qtbot.keyClick(choice, Qt.Key.Key_Up)
    assert chosen == [ACTIVATIONS.names[ACTIVATIONS.code("tanh") - 1]]
    assert choice.name() == chosen[0]


def test_letters_choose_nothing_unseen_but_in_the_opened_list(qtbot, choice, chosen):
    choice.setFocus()
    heard = []
    choice.window().keyPressEvent = lambda event: heard.append(event.text())
    qtbot.keyClick(choice, Qt.Key.Key_S)
    assert chosen == []
    assert heard == ["s"]
    choice.showPopup()
    qtbot.keyClick(choice.view(), Qt.Key.Key_S)
    assert choice.view().currentIndex().data().lower().startswith("s")


def test_space_opens_a_list_in_a_popover(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    popover = Popover(window)
    inside = Choice("Class", "Which one.")
    inside.set_entries([("a", "A", ""), ("b", "B", "")])
    popover.column.addWidget(inside)
    shortcut = QShortcut(QKeySequence("Space"), window)
    shortcut.setContext(Qt.ShortcutContext.ApplicationShortcut)
    pressed = []
    shortcut.activated.connect(lambda: pressed.append(1))
    window.show()
    popover.open_below(window)
    inside.setFocus()
    qtbot.keyClick(inside, Qt.Key.Key_Space)
    assert inside.view().isVisible()
    assert pressed == []


def test_a_pick_from_the_list_chooses(qtbot, choice, chosen):
    qtbot.keyClick(choice, Qt.Key.Key_Return)
    view = choice.view()
    qtbot.waitUntil(view.isVisible)
    place = view.visualRect(choice.model().index(choice.findData("relu"), 0)).center()
    qtbot.mouseMove(view.viewport(), place)
    # The list ignores a release that comes too soon after it opened by mouse; by keyboard it does not.
    view.setCurrentIndex(choice.model().index(choice.findData("relu"), 0))
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert chosen == ["relu"]


def test_showing_and_picking_the_same_is_quiet(qtbot, choice, chosen):
    choice.set_name("relu")
    choice.set_name(None, "mixed")
    choice.set_name("relu")
    choice.activated.emit(choice.findData("relu"))
    assert chosen == []


def test_nothing_in_particular_can_be_shown(choice):
    choice.set_name(None, "mixed")
    assert choice.currentIndex() == -1
    assert choice.placeholderText() == "mixed"
    assert choice.name() is None


def test_forbidden_entries_say_why_and_come_back(choice):
    row = choice.findData("relu")
    choice.forbid({"relu": "Not today."})
    assert not choice.model().item(row).isEnabled()
    assert choice.itemData(row, Qt.ItemDataRole.ToolTipRole) == "Not today."
    choice.forbid({})
    assert choice.model().item(row).isEnabled()
    assert choice.itemData(row, Qt.ItemDataRole.ToolTipRole) == ACTIVATIONS["relu"].remark


def test_the_keys_reach_a_forbidden_entry_in_the_list_and_read_why_it_cannot_be_chosen(qtbot, choice, chosen):
    said = []

    class Listener(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if isinstance(event, QStatusTipEvent):
                said.append(event.tip())
            return False

    listener = Listener()
    choice.installEventFilter(listener)
    after = ACTIVATIONS.names[ACTIVATIONS.code("tanh") + 1]
    choice.forbid({after: "Not today."})
    qtbot.keyClick(choice, Qt.Key.Key_Return)
    view = choice.view()
    qtbot.waitUntil(view.isVisible)
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert view.currentIndex().row() == choice.findData(after)
    assert said[-1] == "Not today."
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert not view.isVisible()
    assert said[-1] == "Not today."
    assert (chosen, choice.name(), choice.currentText()) == ([], "tanh", ACTIVATIONS["tanh"].label)
    # The keys pass over it where the list is closed: there is nothing to read.
    qtbot.keyClick(choice, Qt.Key.Key_Down)
    assert chosen == [ACTIVATIONS.names[ACTIVATIONS.code("tanh") + 2]]


@pytest.mark.parametrize("focused", [False, True])
def test_the_wheel_works_only_with_the_focus(qtbot, choice, chosen, focused):
    target = choice if focused else choice.parentWidget().findChild(QLineEdit)
    target.setFocus()
    qtbot.waitUntil(target.hasFocus)
    event = QWheelEvent(
        QPointF(5, 5),
        QPointF(choice.mapToGlobal(QPoint(5, 5))),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(choice, event)
    assert bool(chosen) is focused


def test_the_opened_list_shows_every_entry_whole(qtbot, qapp):
    before = qapp.styleSheet()
    qapp.setStyleSheet(style_sheet(LIGHT))
    try:
        choice = Choice("Loss", "What is made small.")
        choice.set_family(LOSSES)
        choice.set_name(LOSSES.names[-1])
        qtbot.addWidget(choice)
        choice.show()
        choice.showPopup()
        entries = choice.view()
        visible = entries.viewport().rect()
        for row in range(choice.count()):
            assert visible.contains(entries.visualRect(choice.model().index(row, 0)))
        choice.hidePopup()
    finally:
        qapp.setStyleSheet(before)


@pytest.fixture
def grouped(qtbot):
    choice = Choice("Loss", "What is made small.", picture=lambda name: loss_curve(LOSSES[name]))
    choice.set_family(LOSSES, loss_heading)
    qtbot.addWidget(choice)
    choice.show()
    yield choice
    choice.hidePopup()


def test_headings_stand_between_the_entries_and_cannot_be_chosen(qtbot, grouped):
    model = grouped.model()
    headings = [row for row in range(grouped.count()) if grouped.itemData(row) is None]
    assert [grouped.itemText(row) for row in headings] == ["For values", "For classes", "For pairs and triplets"]
    assert not any(model.item(row).isEnabled() or model.item(row).isSelectable() for row in headings)
    grouped.set_name("log-cosh")
    qtbot.keyClick(grouped, Qt.Key.Key_Down)
    # The heading in between is left out.
    assert grouped.name() == "binary-cross-entropy"
    grouped.forbid({"mse": "Not today."})
    assert grouped.findData("mse") == 1


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_the_opened_list_has_pictures_in_the_colors_of_the_theme(grouped, theme):
    grouped.set_theme(theme)
    grouped.forbid({"mae": "Not today."})
    grouped.showPopup()
    view = grouped.view()
    image = view.grab().toImage()
    row = view.visualRect(grouped.model().index(grouped.findData("mse"), 0))
    wanted = QColor(*theme.accent)
    assert any(image.pixelColor(x, y) == wanted for y in range(row.top(), row.bottom()) for x in range(row.width()))


def test_a_label_that_is_too_long_ends_with_dots_and_is_whole_in_the_tooltip(grouped):
    grouped.set_name("sparse-categorical-cross-entropy")
    grouped.resize(90, grouped.height())
    assert not grouped.grab().isNull()
    assert "Sparse categorical cross-entropy" in grouped.toolTip()
    assert grouped.sizeHint().width() < 200


def test_a_list_that_is_longer_than_allowed_shows_the_chosen_entry(grouped):
    grouped.setMaxVisibleItems(5)
    grouped.set_name(LOSSES.names[-1])
    grouped.showPopup()
    view = grouped.view()
    place = view.visualRect(grouped.model().index(grouped.currentIndex(), 0))
    assert view.viewport().rect().contains(place)


def test_a_box_in_place_of_a_list_asks_for_its_popover(qtbot):
    box = PopoverBox("Regularization", "What keeps it simple.")
    qtbot.addWidget(box)
    box.show()
    box.set_summary("L2 0.01", "On: L2 0.01.")
    assert box.placeholderText() == "L2 0.01"
    assert box.toolTip() == "What keeps it simple.\nOn: L2 0.01."
    for key in (Qt.Key.Key_Return, Qt.Key.Key_F4):
        with qtbot.waitSignal(box.opened):
            qtbot.keyClick(box, key)
    with qtbot.waitSignal(box.opened):
        qtbot.mousePress(box, Qt.MouseButton.LeftButton)
