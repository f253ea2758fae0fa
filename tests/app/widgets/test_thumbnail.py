"""Thumbnails: drawn in the colors of the theme, pressed by mouse and keys."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage

from app.theme import DARK, LIGHT
from app.widgets.thumbnail import Thumbnail
from engine.datasets.resolve import resolve
from engine.experiment import Data, Generated


def colors(image: QImage) -> set[int]:
    return {image.pixel(x, y) & 0xFFFFFF for x in range(image.width()) for y in range(image.height())}


@pytest.fixture
def thumbnail(qtbot):
    dataset = resolve(Data(source=Generated(name="gaussians", samples=150)))
    thumbnail = Thumbnail("Two Gaussians", "Two clouds.", dataset, 2)
    qtbot.addWidget(thumbnail)
    thumbnail.resize(thumbnail.sizeHint())
    return thumbnail


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_both_classes_are_drawn_in_their_colors(thumbnail, theme):
    thumbnail.set_theme(theme)
    seen = colors(thumbnail.grab().toImage())
    assert QColor(*theme.negative).rgb() & 0xFFFFFF in seen
    assert QColor(*theme.positive).rgb() & 0xFFFFFF in seen


def test_what_is_in_use_is_outlined(thumbnail):
    before = thumbnail.grab().toImage()
    thumbnail.setChecked(True)
    assert thumbnail.grab().toImage() != before


def test_a_press_asks_and_does_not_decide(qtbot, thumbnail):
    with qtbot.waitSignal(thumbnail.clicked):
        qtbot.mouseClick(thumbnail, Qt.MouseButton.LeftButton)
    assert not thumbnail.isChecked()
    with qtbot.waitSignal(thumbnail.clicked):
        qtbot.keyClick(thumbnail, Qt.Key.Key_Return)
    with qtbot.waitSignal(thumbnail.clicked):
        qtbot.keyClick(thumbnail, Qt.Key.Key_Space)


def test_arrow_keys_are_reported(qtbot, thumbnail):
    with qtbot.waitSignal(thumbnail.arrow) as said:
        qtbot.keyClick(thumbnail, Qt.Key.Key_Down)
    assert said.args == ["down"]


def test_it_says_what_it_is(thumbnail):
    assert thumbnail.accessibleName() == "Two Gaussians"
    assert "Two clouds." in thumbnail.toolTip()
