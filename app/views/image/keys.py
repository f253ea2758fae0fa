"""What the colors of the pictures mean: a small key beside each caption; and the hatch on held-out pixels."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QLinearGradient, QPainter, QPen

from app.theme import RGB, Theme
from app.views.decision.markers import filled
from app.views.decision.shapes import shape_of
from app.views.image.pictures import LARGEST_ERROR
from app.views.ink import color, sized
from app.views.parameter_text import short_number

GAP = 5.0
# A bar of colors shorter than this says nothing.
SHORTEST_BAR, LONGEST_BAR = 14.0, 64.0


@dataclass(frozen=True)
class Key:
    """What is written beside a caption.

    Attributes:
        kind: “gray”, “error”, “sure” (how far the largest output leads), “wrong”, or empty.
        classes: how many classes to show by color and marker.
        share: the share of wrong pixels.
    """

    kind: str = ""
    classes: int = 0
    share: float = 0.0


def draw_key(painter: QPainter, line: QRectF, theme: Theme, font: QFont, caption: str, key: Key) -> None:
    """Draw the caption at the left of ``line`` and its key at the right; alone, the caption stands in the middle."""
    painter.setFont(sized(font, theme, 12))
    painter.setPen(QPen(color(theme.muted)))
    metrics = QFontMetricsF(painter.font())
    left = line.left() + metrics.horizontalAdvance(caption) + 2.0 * GAP
    room = QRectF(left, line.top(), line.right() - left, line.height())
    small = sized(font, theme, 10)
    drawn = (
        _draw_classes(painter, room, theme, key.classes)
        or (key.kind == "wrong" and _draw_share(painter, room, theme, small, key.share))
        or (key.kind in ENDS and _draw_bar(painter, room, theme, small, key.kind))
    )
    painter.setFont(sized(font, theme, 12))
    painter.setPen(QPen(color(theme.muted)))
    where = Qt.AlignmentFlag.AlignLeft if drawn else Qt.AlignmentFlag.AlignHCenter
    painter.drawText(line, where | Qt.AlignmentFlag.AlignVCenter, caption)


# What stands at both ends of the bar of colors.
ENDS = {
    "gray": ("0", "1"),
    "error": (short_number(-LARGEST_ERROR), f"+{short_number(LARGEST_ERROR)}"),
    "sure": ("unsure", "sure"),
}


def _colors(theme: Theme, kind: str) -> tuple[RGB, RGB, RGB]:
    if kind == "gray":
        return (0, 0, 0), (128, 128, 128), (255, 255, 255)
    if kind == "error":
        return theme.negative, theme.zero, theme.positive
    middle = [(start + end) // 2 for start, end in zip(theme.zero, theme.classes[1], strict=True)]
    return theme.zero, (middle[0], middle[1], middle[2]), theme.classes[1]


def _draw_bar(painter: QPainter, room: QRectF, theme: Theme, font: QFont, kind: str) -> bool:
    """Draw a bar of colors between the words for its ends; return whether there was room."""
    painter.setFont(font)
    metrics = QFontMetricsF(font)
    low, high = ENDS[kind]
    words = metrics.horizontalAdvance(low) + metrics.horizontalAdvance(high) + 2.0 * GAP
    length = min(room.width() - words, LONGEST_BAR * theme.text_scale)
    if length < SHORTEST_BAR:
        return False
    height = round(0.42 * room.height())
    right = room.right() - metrics.horizontalAdvance(high) - GAP
    bar = QRectF(right - length, room.center().y() - 0.5 * height, length, height)
    gradient = QLinearGradient(bar.topLeft(), bar.topRight())
    for place, rgb in zip((0.0, 0.5, 1.0), _colors(theme, kind), strict=True):
        gradient.setColorAt(place, color(rgb))
    middle = Qt.AlignmentFlag.AlignVCenter
    painter.drawText(room, Qt.AlignmentFlag.AlignRight | middle, high)
    before = QRectF(room.left(), room.top(), bar.left() - GAP - room.left(), room.height())
    painter.drawText(before, Qt.AlignmentFlag.AlignRight | middle, low)
    painter.setPen(QPen(color(theme.outline), 1.0))
    painter.setBrush(gradient)
    painter.drawRect(bar)
    return True


def _draw_classes(painter: QPainter, room: QRectF, theme: Theme, classes: int) -> bool:
    """Draw the marker of every class, as elsewhere; return whether there was room."""
    step = 13.0 * theme.text_scale
    if not classes or room.width() < classes * step:
        return False
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for number in range(classes):
        center = QRectF(room.right() - (classes - number) * step, room.top(), step, room.height()).center()
        ink = color(theme.classes[number % len(theme.classes)])
        filled(painter, shape_of(number), center, 0.62 * step, 1.0, ink, color(theme.surface))
    painter.restore()
    return True


def _draw_share(painter: QPainter, room: QRectF, theme: Theme, font: QFont, share: float) -> bool:
    """Write how many pixels are wrong, in the color they are marked with; return whether there was room."""
    painter.setFont(font)
    text = f"{100.0 * share:.1f} % wrong"
    if QFontMetricsF(font).horizontalAdvance(text) > room.width():
        return False
    painter.setPen(QPen(color(theme.problem if share else theme.muted)))
    painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
    return True


def draw_hatch(painter: QPainter, place: QRectF, theme: Theme, mask: NDArray[np.bool_]) -> None:
    """Strike through the pixels of ``mask`` (rows, columns) in the picture at ``place``: on any color it is seen."""
    rows, columns = mask.shape
    wide, high = place.width() / columns, place.height() / rows
    marked = np.argwhere(mask)
    lines = [
        QLineF(
            place.left() + column * wide, place.top() + (row + 1) * high,
            place.left() + (column + 1) * wide, place.top() + row * high,
        )
        for row, column in marked.tolist()
    ]  # fmt: skip
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    # A dark line on a bright one: one of them stands out from any gray and any class.
    thin = max(0.16 * min(wide, high), 0.7)
    for ink, width in ((color((255, 255, 255), 0.75), 2.2 * thin), (color((0, 0, 0), 0.85), thin)):
        painter.setPen(QPen(ink, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
        painter.drawLines(lines)
    painter.restore()
