"""Writing the data, or the picture of the output, into a file or onto the clipboard."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QRect, QSize
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgGenerator

from app.files.experiment_files import FileError
from engine.atomic_write import write_atomically
from engine.datasets.dataset import Dataset
from engine.datasets.tables import FORMATS, written
from engine.datasets.tables.writing import table_of
from engine.experiment import Data
from engine.file_errors import reason

# Draws a picture of some size, in logical pixels, with a painter.
Draw = Callable[[QPainter, QSize], None]
PICTURE_SIZE = QSize(720, 640)
# Pixels of a picture for each logical one.
PICTURE_RATIO = 3.0
# Logical pixels an inch, as browsers count them.
RESOLUTION = 96


def export(path: Path, data: Data, dataset: Dataset, draw: Draw) -> None:
    """Write the data, or what ``draw`` draws, into ``path``, as its suffix says; whole or not at all.

    Raises:
        FileError: the file cannot be written, or its suffix says nothing.
    """
    form = path.suffix.casefold().removeprefix(".")
    if form in FORMATS:
        contents = written(data, dataset, form)
    elif form == "png":
        contents = png(draw)
    elif form == "svg":
        contents = svg(draw)
    else:
        known = ", ".join(f".{name}" for name in (*FORMATS, "png", "svg"))
        raise FileError(f"“{path.name}” could not be written: its name must end in one of {known}.")
    try:
        write_atomically(path, [contents])
    except OSError as error:
        raise FileError(f"“{path.name}” could not be written: {reason(error)}.") from None


def cells(data: Data, dataset: Dataset) -> str:
    """Return the data as cells that a spreadsheet takes when they are pasted: with tabs, a line each."""
    names, columns = table_of(data, dataset)
    rows = ("\t".join(map(str, row)) for row in zip(*columns, strict=True))
    return "\n".join(("\t".join(names), *rows)) + "\n"


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
