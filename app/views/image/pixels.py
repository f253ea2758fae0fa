"""Single pixels of an image: which one lies where, and frames around those of a batch."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from app.theme import Theme
from app.views.decision.batch import MANY, Batch
from app.views.ink import color


def pixel_at(shape: tuple[int, int], share: tuple[float, float]) -> tuple[int, int]:
    """Return row and column of the pixel at these shares of the picture, from the left and from the top."""
    rows, columns = shape
    return min(int(share[1] * rows), rows - 1), min(int(share[0] * columns), columns - 1)


def draw_tip(
    painter: QPainter, place: QRectF, theme: Theme, shape: tuple[int, ...], pixel: tuple[int, int], size: int
) -> None:
    """Frame in the picture at ``place`` the pixels under a pencil of ``size`` at ``pixel``."""
    wide, high = place.width() / shape[1], place.height() / shape[0]
    left, top = pixel[1] - size // 2, pixel[0] - size // 2
    box = QRectF(place.left() + left * wide, place.top() + top * high, size * wide, size * high)
    painter.save()
    painter.setClipRect(place.adjusted(-2.0, -2.0, 2.0, 2.0))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    # On any color one of the two is seen.
    for ink, width in ((color(theme.surface, 0.8), 3.0), (color(theme.text), 1.2)):
        painter.setPen(QPen(ink, width))
        painter.drawRect(box)
    painter.restore()


def frame_pixels(painter: QPainter, place: QRectF, theme: Theme, batch: Batch, shape: tuple[int, int]) -> None:
    """Frame the pixels of ``batch`` in the picture at ``place``; those whose numbers are shown stand out."""
    rows, columns = shape
    width, height = place.width() / columns, place.height() / rows

    def box(sample: int) -> QRectF:
        row, column = divmod(sample, columns)
        return QRectF(place.left() + column * width, place.top() + row * height, width, height)

    samples = batch.samples[batch.samples < rows * columns].tolist()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if len(samples) <= MANY:
        for ink, stroke in ((theme.surface, 2.6), (theme.text, 1.2)):
            painter.setPen(QPen(color(ink), stroke))
            painter.drawRects([box(sample) for sample in samples])
    for sample in batch.focused:
        around = box(sample).adjusted(-2.5, -2.5, 2.5, 2.5)
        for ink, stroke in ((theme.surface, 5.0), (theme.text, 2.6)):
            painter.setPen(QPen(color(ink), stroke))
            painter.drawRect(around)
