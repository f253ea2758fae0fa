"""Writing the data, or the picture of the output, into a file or onto the clipboard."""

from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QRect, QSize
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgGenerator

from app.background_task import Report
from app.files.experiment_files import FileError
from engine.atomic_write import write_atomically
from engine.datasets.dataset import Dataset
from engine.datasets.tables import FORMATS
from engine.datasets.tables.writing import pieces
from engine.experiment import Data
from engine.file_errors import reason

# Draws a picture of some size, in logical pixels, with a painter.
Draw = Callable[[QPainter, QSize], None]
PICTURE_SIZE = QSize(720, 640)
# Pixels of a picture for each logical one.
PICTURE_RATIO = 3.0
# Logical pixels an inch, as browsers count them.
RESOLUTION = 96


def export_picture(path: Path, draw: Draw) -> None:
    """Write what ``draw`` draws into ``path``, as its suffix says; whole or not at all.

    Raises:
        FileError: the file cannot be written, or its suffix says nothing.
    """
    suffix = path.suffix.casefold()
    if suffix not in PICTURES:
        known = ", ".join((*(f".{name}" for name in FORMATS), *PICTURES))
        raise FileError(f"“{path.name}” could not be written: its name must end in one of {known}.")
    _write(path, [PICTURES[suffix](draw)])


def export_points(path: Path, data: Data, dataset: Dataset, report: Report = lambda share: None) -> None:
    """Write the points into ``path``, as its suffix, one of ``FORMATS``, says; whole or not at all.

    ``report`` is told the share done, and may raise to give up: then nothing is written.

    Raises:
        FileError: the file cannot be written.
    """
    _write(path, pieces(data, dataset, format_of(path), report))


def format_of(path: Path) -> str:
    """Return the format that the suffix of ``path`` names, whether there is one like that or not."""
    return path.suffix.casefold().removeprefix(".")


def _write(path: Path, contents: Iterable[bytes]) -> None:
    try:
        write_atomically(path, contents)
    except OSError as error:
        raise FileError(f"“{path.name}” could not be written: {reason(error)}.") from None


def image(draw: Draw) -> QImage:
    """Return what ``draw`` draws as an image, sharp enough for print."""
    picture = QImage(PICTURE_SIZE * PICTURE_RATIO, QImage.Format.Format_RGB32)
    picture.setDevicePixelRatio(PICTURE_RATIO)
    with QPainter(picture) as painter:
        draw(painter, PICTURE_SIZE)
    return picture


def png(draw: Draw) -> bytes:
    """Return what ``draw`` draws as a PNG file."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image(draw).save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def svg(draw: Draw) -> bytes:
    """Return what ``draw`` draws as an SVG file: points and words stay what they are, and only the field is pixels."""
    buffer, generator = QBuffer(), QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setResolution(RESOLUTION)
    generator.setTitle("Descent")
    generator.setSize(PICTURE_SIZE)
    generator.setViewBox(QRect(0, 0, PICTURE_SIZE.width(), PICTURE_SIZE.height()))
    with QPainter(generator) as painter:
        draw(painter, PICTURE_SIZE)
    return bytes(buffer.data().data())


PICTURES = {".png": png, ".svg": svg}
