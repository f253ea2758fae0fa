"""Icons: every one is there, is drawn, and looks disabled when it is."""

from unittest.mock import Mock

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QImage, QScreen

from app.icons import DRAWINGS, icon
from app.theme import DARK, LIGHT, Theme

WANTED = (
    "reset new_weights run pause step epoch settings brush eraser clear undo redo plus minus open save new data "
    "chevron_down help point select lasso jitter attract repel line circle spiral polygon recolor raise lower level "
    "flood guides options large"
)


def ink(image: QImage) -> int:
    """Return how much was drawn: the sum of all opacities."""
    return sum(image.pixelColor(x, y).alpha() for x in range(image.width()) for y in range(image.height()))


def picture(name: str, theme: Theme = LIGHT, size: int = 24, mode: QIcon.Mode = QIcon.Mode.Normal) -> QImage:
    return icon(name, theme).pixmap(QSize(size, size), 1.0, mode).toImage()


@pytest.mark.parametrize("name", WANTED.split())
def test_every_icon_is_drawn_and_no_two_are_alike(qapp, name):
    image = picture(name)
    assert ink(image) > 255 * 10
    assert all(image != picture(other) for other in DRAWINGS if other != name)


@pytest.mark.parametrize(("size", "ratio"), [(16, 1.0), (16, 2.0), (24, 1.5), (48, 2.0)])
def test_an_icon_is_drawn_for_the_pixels_it_gets(qapp, size, ratio, monkeypatch):
    screen = Mock(spec=QScreen)
    screen.devicePixelRatio.return_value = ratio
    monkeypatch.setattr(QGuiApplication, "screens", lambda: [screen])
    pixmap = icon("run", LIGHT).pixmap(QSize(size, size), ratio)
    assert pixmap.width() == size * ratio


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_icons_take_the_color_of_the_text(qapp, theme):
    middle = picture("run", theme).pixelColor(12, 12)
    assert middle == QColor(*theme.text)


def test_an_icon_can_be_drawn_in_another_color(qapp):
    middle = icon("run", LIGHT, LIGHT.accent_text).pixmap(24, 24).toImage().pixelColor(12, 12)
    assert middle == QColor(*LIGHT.accent_text)


def test_a_disabled_icon_is_fainter(qapp):
    assert ink(picture("settings", mode=QIcon.Mode.Disabled)) < 0.6 * ink(picture("settings"))


def test_an_unknown_icon_is_an_error(qapp):
    with pytest.raises(KeyError, match="rocket"):
        icon("rocket", LIGHT)
