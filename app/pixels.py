"""Pixels as pictures: QImages over arrays of colors, without a copy."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage


def image_of(pixels: NDArray[np.uint32], form: QImage.Format = QImage.Format.Format_RGB32) -> QImage:
    """Return ``pixels`` (rows, columns; 0xAARRGGBB) as a picture, opaque unless ``form`` says otherwise.

    The picture keeps the pixels alive. Those that do not lie side by side are copied; others it shares.
    """
    rows, columns = pixels.shape
    return QImage(np.ascontiguousarray(pixels).data, columns, rows, 4 * columns, form)
