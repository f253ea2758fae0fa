"""What one can do with the selected points, as a menu."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QMenu, QWidget

from app.description import counted
from app.theme import Theme
from app.views.decision.class_icons import class_icon
from app.views.decision.drawing_tools import selection_edits as edits
from app.views.decision.drawing_tools.sheet import NOTHING, Sheet
from app.views.decision.shapes import class_name
from app.views.parameter_text import short_number

ICON = 16


def selection_menu(parent: QWidget, sheet: Sheet, theme: Theme) -> QMenu:
    """Return a menu of all that can be done with the points selected on ``sheet``; it goes away when closed."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.setToolTipsVisible(True)
    chosen = len(sheet.chosen) > 0

    def add(text: str, remark: str, command: Callable[[], None], shortcut: str = "", icon: QIcon | None = None) -> None:
        action = menu.addAction(f"{text}\t{shortcut}" if shortcut else text)
        action.setToolTip(remark)
        action.setStatusTip(remark)
        action.setEnabled(chosen)
        if icon is not None:
            action.setIcon(icon)
        action.triggered.connect(lambda checked=False: command())

    heading = f"{counted(len(sheet.chosen), 'point')} selected" if chosen else "Nothing is selected"
    menu.addAction(heading).setEnabled(False)
    add("Delete", "Remove the selected points.", lambda: edits.delete(sheet), shortcut="Delete")
    add("Duplicate", "Put copies beside them.", lambda: edits.duplicate(sheet), shortcut="Ctrl+D")
    menu.addSeparator()
    for number in range(sheet.classes if sheet.classes > 1 else 0):
        name = class_name(number, sheet.classes, sheet.names)
        add(
            f"Class {name}",
            f"Let the selected points be of class {name}.",
            lambda number=number: edits.give_class(sheet, number),  # type: ignore[misc]
            shortcut=str(number + 1),
            icon=class_icon(theme, theme.pixels(ICON), parent.devicePixelRatioF(), number),
        )
    if not sheet.classes:
        value = sheet.tool.target
        text = f"Set to {short_number(value)}"
        add(text, "Give the selected points the value chosen above.", lambda: edits.give_value(sheet, value))
    if sheet.classes != 1:
        menu.addSeparator()
    add("Rotate left", "Turn them by 15° against the clock.", lambda: edits.turn(sheet, edits.ANGLE))
    add("Rotate right", "Turn them by 15° with the clock.", lambda: edits.turn(sheet, -edits.ANGLE))
    add("Larger", "Spread them from their middle.", lambda: edits.stretch(sheet, edits.FACTOR, edits.FACTOR))
    add("Smaller", "Draw them to their middle.", lambda: edits.stretch(sheet, 1 / edits.FACTOR, 1 / edits.FACTOR))
    add("Mirror left and right", "Exchange left and right.", lambda: edits.stretch(sheet, -1.0, 1.0))
    add("Mirror up and down", "Exchange above and below.", lambda: edits.stretch(sheet, 1.0, -1.0))
    menu.addSeparator()
    add("Select nothing", "Let go of the points.", lambda: sheet.select(NOTHING), shortcut="Escape")
    chosen = bool(sheet.free.any())
    add(
        "Select all",
        "Select every point that is seen.",
        lambda: edits.select_all(sheet),
        shortcut="Ctrl+A",
    )
    return menu
