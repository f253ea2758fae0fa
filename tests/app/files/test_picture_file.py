"""Pictures from files."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage

from app.files import picture_file
from app.files.picture_file import is_picture, read_picture, square
from engine.datasets.tables import TableError
from tests.app.offscreen import IGNORE_PLATFORM

pytestmark = IGNORE_PLATFORM


@pytest.fixture
def wide(qapp) -> QImage:
    """A picture three times as wide as high: red, green, blue."""
    image = QImage(30, 10, QImage.Format.Format_RGB32)
    for x in range(30):
        for y in range(10):
            image.setPixelColor(x, y, QColor(255 * (x < 10), 255 * (10 <= x < 20), 255 * (x >= 20)))
    return image


def test_the_middle_becomes_a_square(wide):
    colors = square(wide, 4)
    assert colors.shape == (4, 4, 3)
    np.testing.assert_array_equal(colors, np.broadcast_to((0.0, 1.0, 0.0), (4, 4, 3)))


def test_rows_and_channels_stay_in_place(qapp):
    image = QImage(3, 3, QImage.Format.Format_ARGB32)
    image.fill(QColor(0, 0, 0, 0))
    image.setPixelColor(2, 0, QColor(51, 102, 255))
    colors = square(image, 3)
    np.testing.assert_allclose(colors[0, 2], (0.2, 0.4, 1.0))
    # What is transparent shows the paper.
    np.testing.assert_allclose(colors[2, 0], (1.0, 1.0, 1.0))


def test_a_file_is_read_and_a_large_one_made_smaller(wide, tmp_path, monkeypatch):
    path = tmp_path / "a.png"
    assert wide.save(str(path))
    assert read_picture(path).size() == wide.size()
    monkeypatch.setattr(picture_file, "LARGEST_SIDE", 5)
    assert read_picture(path).height() == 5
    monkeypatch.setattr(picture_file, "MAXIMUM_PIXELS", 200)
    with pytest.raises(TableError, match=r"This picture has 30 × 10 pixels; at most 0 million can be read\."):
        read_picture(path)


def test_what_is_no_picture_is_said(qapp, tmp_path):
    path = tmp_path / "a.png"
    for contents in (b"1,2\n3,4\n", b"\x89PNG\r\n\x1a\n" + b"0" * 20):
        path.write_bytes(contents)
        with pytest.raises(TableError, match=r"^This picture cannot be read: .*\.$"):
            read_picture(path)
    with pytest.raises(TableError, match="cannot be read"):
        read_picture(tmp_path / "none.png")
    with pytest.raises(TableError, match="This picture has no pixels"):
        square(QImage(), 8)


@pytest.mark.parametrize(
    ("name", "contents", "sentence"),
    [
        ("a.png", b"", "There is nothing in this file."),
        ("a.ppm", b"P6 0 0 255\n", "This picture cannot be read: unable to read image data."),
        ("a.gif", b"GIF89a\0\0\0\0\0\0\0;", "This picture cannot be read: unable to read image data."),
        ("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg" width="0" height="0"/>', "This picture has no pixels."),
        ("b.svg", b'<svg xmlns="http://www.w3.org/2000/svg" width="0" height="9"/>', "This picture has no pixels."),
    ],
)
def test_a_picture_of_no_size_is_one_sentence(qapp, tmp_path, name, contents, sentence):
    path = tmp_path / name
    path.write_bytes(contents)
    with pytest.raises(TableError) as caught:
        read_picture(path)
    assert str(caught.value) == sentence


def test_pictures_are_told_by_their_names(qapp):
    assert is_picture(Path("a.PNG"))
    assert is_picture(Path("b.svg"))
    assert not is_picture(Path("c.csv"))
    assert not is_picture(Path("png"))
