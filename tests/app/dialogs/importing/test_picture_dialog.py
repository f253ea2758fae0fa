"""The dialog that takes over a picture."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter

from app import changes
from app.dialogs.importing import PictureDialog
from app.theme import DARK, LIGHT
from engine.compose import compose
from engine.datasets.resolve import resolve
from engine.validation import ExperimentError
from tests.app.offscreen import IGNORE_PLATFORM

pytestmark = IGNORE_PLATFORM


@pytest.fixture
def image(qapp) -> QImage:
    """A dark red square on white, with a blue corner."""
    image = QImage(64, 64, QImage.Format.Format_RGB32)
    image.fill(QColor(255, 255, 255))
    with QPainter(image) as painter:
        painter.fillRect(16, 16, 32, 32, QColor(120, 0, 0))
        painter.fillRect(0, 0, 16, 16, QColor(0, 0, 255))
    return image


@pytest.fixture(params=[LIGHT, DARK], ids=["light", "dark"])
def dialog(qtbot, image, request):
    dialog = PictureDialog(image, "drawing.png", None, request.param)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def imported(qtbot, dialog):
    with qtbot.waitSignal(dialog.imported) as signal:
        qtbot.keyClick(dialog, Qt.Key.Key_Return)
    return signal.args[0]


def test_gray_values_come_first(qtbot, dialog):
    assert dialog.title.text() == "drawing.png"
    assert dialog.report.text().startswith("48 × 48 pixels, from ")
    assert not dialog.threshold.isVisible()
    assert not dialog.colors.isVisible()
    dialog.side.field.committed.emit(dialog.side.value())
    result = imported(qtbot, dialog)
    assert (result.task, result.points.shape) == ("reconstruction", (48, 48))
    assert result.points.targets[0] == pytest.approx(0.0722)
    assert result.points.targets[-1] == pytest.approx(1.0)


def test_a_threshold_is_found_and_can_be_moved(qtbot, dialog):
    dialog.way.choose("threshold")
    assert dialog.threshold.isVisible()
    dialog.side.set_value(8)
    dialog.threshold.set_value(50)
    dialog.threshold.committed.emit(50.0)
    # Four by four of the middle and two by two of the corner are dark.
    assert dialog.report.text() == "8 × 8 pixels: 20 darker than 50%, 44 brighter."
    assert dialog.learned.image.pixelColor(7, 7) != dialog.learned.image.pixelColor(3, 3)
    dialog.threshold.committed.emit(0.0)
    dialog.threshold.set_value(0)
    dialog.threshold.committed.emit(0.0)
    assert dialog.report.text() == "Every pixel is brighter than 0%: move the threshold."
    assert dialog.report.property("role") == "problem"
    assert not dialog.take.isEnabled()


def test_colors_become_classes(qtbot, dialog):
    dialog.way.choose("colors")
    dialog.side.set_value(8)
    dialog.colors.committed.emit(3.0)
    assert dialog.report.text() == "8 × 8 pixels in 3 parts: 4 · 16 · 44."
    result = imported(qtbot, dialog)
    changed = changes.apply(compose(task="regression"), "data.points", result)
    assert (changed.data.task, changed.data.classes, changed.network.output.units) == ("segmentation", 3, 3)
    dataset = resolve(changed.data)
    assert dataset.shape == (8, 8)
    np.testing.assert_array_equal(np.unique(dataset.targets), [0.0, 1.0, 2.0])
    # None of its pixels can go; but there may be parts to be drawn into it.
    with pytest.raises(ExperimentError, match="Pixels of class 3 are left"):
        changes.apply(changed, "data.classes", 2)
    more = changes.apply(changed, "data.classes", 4)
    assert (resolve(more.data).shape, more.network.output.units) == ((8, 8), 4)
    assert changes.apply(more, "data.classes", 3) == changed


def test_what_is_no_picture_is_said(qtbot, tmp_path):
    path = tmp_path / "a.png"
    path.write_bytes(b"no picture")
    dialog = PictureDialog(path, path.name)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.report.text().startswith("This picture cannot be read: ")
    assert not dialog.take.isEnabled()
    assert not dialog.way.isEnabled()


def test_escape_changes_nothing(qtbot, dialog):
    results = []
    dialog.imported.connect(results.append)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert results == []
    assert not dialog.isVisible()
