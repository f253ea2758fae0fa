import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from app.theme import DARK, LIGHT
from app.widgets.fold_strip import FoldStrip


@pytest.fixture
def strip(qtbot):
    strip = FoldStrip()
    qtbot.addWidget(strip)
    strip.resize(200, 22)
    return strip


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_the_test_is_hollow_and_the_rest_is_filled(strip, theme):
    strip.set_theme(theme)
    strip.show_fold(4, 3)
    image = strip.grab().toImage()
    for fold in (1, 2, 3, 4):
        box = strip.box(fold)
        inside = image.pixelColor(int(box.left()) + 5, int(box.top()) + 5)
        assert inside == QColor(*(theme.surface if fold == 3 else theme.selected))


@pytest.mark.parametrize("count", [2, 5, 20])
def test_every_fold_can_be_clicked(qtbot, strip, count):
    picked = []
    strip.picked.connect(picked.append)
    strip.show_fold(count, 1)
    for fold in range(1, count + 1):
        qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=strip.box(fold).center().toPoint())
    assert picked == list(range(1, count + 1))


@pytest.mark.parametrize(
    ("key", "fold"),
    [
        (Qt.Key.Key_Right, 3), (Qt.Key.Key_Up, 3), (Qt.Key.Key_Left, 1), (Qt.Key.Key_Down, 1),
        (Qt.Key.Key_Home, 1), (Qt.Key.Key_End, 5),
    ],
)  # fmt: skip
def test_keys_go_from_fold_to_fold(qtbot, strip, key, fold):
    strip.show_fold(5, 2)
    with qtbot.waitSignal(strip.picked) as picked:
        qtbot.keyClick(strip, key)
    assert picked.args == [fold]


def test_it_says_which_fold_is_the_test(strip):
    strip.show_fold(7, 6)
    assert strip.accessibleName() == "Fold that is the test: 6 of 7"
    assert strip.toolTip().startswith("Fold 6 of 7 is the test")
