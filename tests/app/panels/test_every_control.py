"""What all panels owe their users: every control has a name, a tooltip, and a way by keyboard."""

import msgspec
import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QEnterEvent, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QScrollBar,
    QWidget,
)

from app.changes import cleared
from app.dialogs.about import AboutBox
from app.dialogs.importing import ImportDialog, PictureDialog
from app.dialogs.rate_finder import RateFinder
from app.dialogs.shortcuts import ShortcutSheet
from app.panels.choices import ChoiceBar
from app.panels.data import DataPanel
from app.panels.transport import TransportBar
from app.style import style_sheet
from app.theme import DARK, LIGHT
from app.widgets.thumbnail import Thumbnail
from engine.datasets.resolve import resolve
from tests.app.offscreen import IGNORE_PLATFORM
from tests.app.sample_frame import sample_frame

pytestmark = IGNORE_PLATFORM

CONTROLS = (QAbstractButton, QAbstractSlider, QComboBox, QLineEdit)
PANELS = (TransportBar, ChoiceBar, DataPanel)
ROWS = (TransportBar, ChoiceBar)


def controls(panel: QWidget) -> list[QWidget]:
    """Return what can be operated in ``panel``, without the parts that Qt itself makes of others."""
    return [
        widget
        for widget in panel.findChildren(QWidget)
        if isinstance(widget, CONTROLS)
        and not isinstance(widget, QScrollBar)
        and not isinstance(widget.parentWidget(), QComboBox)
        and not widget.objectName().startswith("qt_")
    ]


def rate_finder() -> RateFinder:
    # Without samples no test begins, but all controls are there.
    empty = cleared(sample_frame()[0])
    return RateFinder(empty, resolve(empty.data))


def import_dialog() -> ImportDialog:
    # Nothing can be read from it, but all controls are there.
    return ImportDialog(b"a,b\n", "a table")


def picture_dialog() -> PictureDialog:
    return PictureDialog(QImage(), "a picture")


@pytest.fixture(params=[*PANELS, AboutBox, lambda: ShortcutSheet(()), rate_finder, import_dialog, picture_dialog])
def panel(request, qtbot):
    panel = request.param()
    qtbot.addWidget(panel)
    if hasattr(panel, "show_experiment"):
        panel.show_experiment(*sample_frame()[:3])
    return panel


def test_every_control_has_a_name_and_teaches_a_sentence(panel):
    found = controls(panel)
    assert found
    for control in found:
        assert control.accessibleName(), f"{control} has no accessible name"
        assert control.toolTip().strip().endswith((".", "?", "!")), f"{control.accessibleName()} has no tooltip"


def test_every_control_can_be_reached_by_tab(panel):
    found = controls(panel)
    thumbnails = [control for control in found if isinstance(control, Thumbnail)]
    # From one of them the arrow keys lead to all others.
    assert not thumbnails or sum(bool(each.focusPolicy() & Qt.FocusPolicy.TabFocus) for each in thumbnails) == 1
    for control in found:
        if control in thumbnails:
            continue
        assert control.focusPolicy() & Qt.FocusPolicy.TabFocus, f"{control.accessibleName()} cannot be reached"


def test_names_are_not_given_twice(panel):
    names = [control.accessibleName() for control in controls(panel)]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("kind", PANELS)
def test_the_control_under_the_mouse_gives_a_hint(qtbot, kind):
    panel = kind()
    qtbot.addWidget(panel)
    panel.show_experiment(*sample_frame()[:3])
    hints: list[str] = []
    panel.hint.connect(hints.append)
    place = QPointF(3, 3)
    for control in controls(panel):
        if control.window() is not panel.window():
            continue
        QApplication.sendEvent(control, QEnterEvent(place, place, place))
        assert hints[-1] == " ".join(control.toolTip().split())
        QApplication.sendEvent(control, QEvent(QEvent.Type.Leave))
        assert hints[-1] == ""


@pytest.mark.parametrize("theme", [LIGHT, DARK])
@pytest.mark.parametrize("kind", PANELS)
def test_panels_take_either_theme(qtbot, kind, theme):
    panel = kind()
    qtbot.addWidget(panel)
    panel.set_theme(theme)
    panel.show_experiment(*sample_frame()[:3])
    panel.setStyleSheet(style_sheet(theme))
    assert not panel.grab().isNull()


@pytest.mark.parametrize("kind", ROWS)
def test_bars_are_one_row_at_1280(qtbot, kind):
    bar = kind()
    qtbot.addWidget(bar)
    bar.setStyleSheet(style_sheet(LIGHT))
    bar.show_experiment(*sample_frame()[:3])
    bar.ensurePolished()
    assert bar.layout().sizeHint().width() <= 1280
    assert bar.layout().heightForWidth(1280) == bar.layout().sizeHint().height()


@pytest.mark.parametrize("kind", ROWS)
@pytest.mark.parametrize("width", [700, 1280])
def test_larger_text_goes_on_to_further_rows_uncut(qtbot, kind, width):
    theme = msgspec.structs.replace(LIGHT, text_scale=1.5)
    bar = kind()
    qtbot.addWidget(bar)
    bar.set_theme(theme)
    bar.setStyleSheet(style_sheet(theme))
    bar.show_experiment(*sample_frame()[:3])
    bar.resize(width, 400)
    bar.show()
    for widget in bar.findChildren(QWidget):
        if isinstance(widget, (QLabel, QAbstractButton)) and widget.isVisible():
            right = widget.mapTo(bar, widget.rect().topRight()).x()
            assert right <= width, f"{widget} sticks out"
            assert widget.width() >= widget.minimumSizeHint().width()
