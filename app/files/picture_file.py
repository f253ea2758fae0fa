"""Reading a user's own picture, from a file or from the clipboard."""

from pathlib import Path

import numpy as np
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QImageReader, QPainter

from engine.datasets.dataset import Array
from engine.datasets.tables import TableError

# Beyond this, a picture is not read: it would take a gigabyte.
MAXIMUM_PIXELS = 200_000_000
# So many pixels along its shorter side are enough to choose from; larger pictures are made smaller while they are read.
LARGEST_SIDE = 512
NO_PIXELS = "This picture has no pixels."


def is_picture(path: Path) -> bool:
    """Return whether the name of ``path`` says that it is a picture that can be read."""
    formats = {bytes(name.data()).decode() for name in QImageReader.supportedImageFormats()}
    return path.suffix.casefold().removeprefix(".") in formats


def read_picture(path: Path) -> QImage:
    """Return the picture in the file ``path``, upright, and made smaller if it is large.

    Raises:
        TableError: it cannot be read, is empty, or far too large.
    """
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    reader.setDecideFormatFromContent(True)
    size = reader.size()
    if size.isValid():
        if size.isEmpty():
            raise TableError(NO_PIXELS)
        if size.width() * size.height() > MAXIMUM_PIXELS:
            raise TableError(
                f"This picture has {size.width():,} × {size.height():,} pixels; at most "
                f"{MAXIMUM_PIXELS // 10**6} million can be read."
            )
        shorter = min(size.width(), size.height())
        if shorter > LARGEST_SIDE:
            reader.setScaledSize(size * (LARGEST_SIDE / shorter))
    picture = reader.read()
    if picture.isNull():
        if path.is_file() and not path.stat().st_size:
            raise TableError("There is nothing in this file.")
        # Of some damaged files the reader knows no more than that it failed.
        known = reader.error() != QImageReader.ImageReaderError.UnknownError
        text = reader.errorString().rstrip(".") if known else "it is damaged or says no size"
        raise TableError(f"This picture cannot be read: {text[:1].lower()}{text[1:]}.")
    return picture


def square(picture: QImage, side: int) -> Array:
    """Return the middle of ``picture`` as a square of colors from 0 to 1 on white, shape (side, side, 3).

    Raises:
        TableError: the picture has no pixels.
    """
    shorter = min(picture.width(), picture.height())
    if shorter < 1:
        raise TableError(NO_PIXELS)
    middle = QRect((picture.width() - shorter) // 2, (picture.height() - shorter) // 2, shorter, shorter)
    ground = QImage(shorter, shorter, QImage.Format.Format_RGB32)
    ground.fill(QColor(255, 255, 255))
    with QPainter(ground) as painter:
        painter.drawImage(ground.rect(), picture, middle)
    small = ground.scaled(
        QSize(side, side), Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    ).convertToFormat(QImage.Format.Format_RGB32)
    words = np.frombuffer(small.constBits(), dtype=np.uint32).reshape(side, small.bytesPerLine() // 4)[:, :side]
    channels = [(words >> np.uint32(shift)) & np.uint32(255) for shift in (16, 8, 0)]
    return np.stack(channels, axis=-1).astype(np.float64) / 255.0
