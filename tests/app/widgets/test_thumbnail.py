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


def shown(qtbot, data: Data, classes: int) -> Thumbnail:
    thumbnail = Thumbnail("Data", "Some data.", resolve(data), classes)
    qtbot.addWidget(thumbnail)
    thumbnail.resize(thumbnail.sizeHint())
    return thumbnail


def test_eight_classes_have_eight_colors(qtbot):
    data = Data(task="classes", source=Generated(name="sectors", samples=200), classes=8)
    seen = colors(shown(qtbot, data, 8).grab().toImage())
    assert {QColor(*rgb).rgb() & 0xFFFFFF for rgb in LIGHT.classes} <= seen


@pytest.mark.parametrize(("task", "name"), [("segmentation", "landscape"), ("reconstruction", "ball")])
def test_an_image_is_drawn_by_its_pixels(qtbot, task, name):
    classes = 5 if task == "segmentation" else 2
    data = Data(task=task, source=Generated(name=name, samples=24 * 24), classes=classes)
    image = shown(qtbot, data, 8 if task == "segmentation" else 0).grab().toImage()
    left, top = (image.width() - 68) // 2 + 8, 12
    inside = image.copy(left, top, 50, 50)
    # A picture has no ground left between its pixels.
    assert QColor(*LIGHT.field).rgb() & 0xFFFFFF not in colors(inside) or task == "reconstruction"
    if task == "reconstruction":
        assert all(r == g == b for r, g, b in (QColor(c).getRgb()[:3] for c in colors(inside)))


def test_a_curve_is_drawn_as_y_over_x(qtbot):
    data = Data(task="regression-1d", source=Generated(name="cubic", samples=300))
    image = shown(qtbot, data, 0).grab().toImage()
    ink = QColor(*LIGHT.positive).rgb() & 0xFFFFFF
    places = [(x, y) for x in range(image.width()) for y in range(72) if image.pixel(x, y) & 0xFFFFFF == ink]
    dataset = resolve(data)
    leftmost, highest = min(places)[0], min(y for _, y in places)
    assert leftmost < 20
    # The card begins 4 pixels below the top; −1.5 lies 3 pixels above its bottom, 1.5 as far below its top.
    expected = 4.0 + 68.0 - ((dataset.targets.max() + 1.5) / 3.0 * 62.0 + 3.0)
    assert highest == pytest.approx(expected, abs=2.5)
