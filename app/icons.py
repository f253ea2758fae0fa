"""Icons, drawn as vectors on a grid of 24 × 24 units in the colors of the theme."""

import math
from collections.abc import Callable
from functools import cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPainterPath, QPen, QPixmap, QTransform

from app.drawing_icons import DRAWING_ICONS
from app.glyph import Glyph
from app.theme import RGB, Theme

GRID = 24.0
# Physical pixels: 16 to 48 at device pixel ratios 1, 1.5 and 2. Each is drawn anew, so none is ever scaled up.
SIZES = (16, 18, 20, 22, 24, 28, 32, 36, 40, 48, 64, 72, 96)
# Twice the largest text needs no more where a pixel is a pixel.
LARGEST_ON_COARSE = 48
# Faint ones may be a little less sharp.
FADED_SIZES = frozenset((16, 18, 22, 28, 40, 72))
STROKE = 1.8
DISABLED_OPACITY = 0.38


def _reset(glyph: Glyph) -> None:
    glyph.arc(12, 12.5, 7.5, 150, -310)
    glyph.line((4.3, 4.2), (4.6, 9.2), (9.6, 8.9))


def _new_weights(glyph: Glyph) -> None:
    glyph.box(4, 4, 16, 16, 3.5)
    for x, y in ((8.5, 8.5), (15.5, 8.5), (12, 12), (8.5, 15.5), (15.5, 15.5)):
        glyph.dot(x, y, 1.45)


def _run(glyph: Glyph) -> None:
    glyph.shape((8, 5.5), (18.5, 12), (8, 18.5))


def _pause(glyph: Glyph) -> None:
    glyph.shape((7, 6), (9, 6), (9, 18), (7, 18))
    glyph.shape((15, 6), (17, 6), (17, 18), (15, 18))


def _step(glyph: Glyph) -> None:
    glyph.shape((6.5, 6.5), (14.5, 12), (6.5, 17.5))
    glyph.line((18.5, 6), (18.5, 18))


def _step_back(glyph: Glyph) -> None:
    _step(glyph)
    glyph.area = _mirrored(glyph.area)
    glyph.outline = _mirrored(glyph.outline)


def _mirrored(path: QPainterPath) -> QPainterPath:
    return QTransform(-1, 0, 0, 1, GRID, 0).map(path)


def _epoch(glyph: Glyph) -> None:
    glyph.shape((4, 7.5), (9.5, 12), (4, 16.5))
    glyph.shape((11, 7.5), (16.5, 12), (11, 16.5))
    glyph.line((19.5, 6.5), (19.5, 17.5))


def _settings(glyph: Glyph) -> None:
    teeth, inner, outer = 8, 6.4, 8.9
    points = []
    for tooth in range(teeth):
        for offset, radius in ((-0.34, inner), (-0.20, outer), (0.20, outer), (0.34, inner)):
            angle = 2.0 * math.pi * (tooth + offset) / teeth
            points.append((12.0 + radius * math.cos(angle), 12.0 + radius * math.sin(angle)))
    glyph.line(*points, closed=True)
    glyph.outline.addEllipse(QPointF(12, 12), 2.7, 2.7)


def _brush(glyph: Glyph) -> None:
    glyph.line((20, 4), (11.5, 11.2), (13.6, 13.4), closed=True)
    glyph.outline.moveTo(10.2, 12.6)
    glyph.outline.cubicTo(7.2, 12.4, 7.6, 17.2, 4, 18.2)
    glyph.outline.cubicTo(7.2, 21.4, 13.2, 19.4, 12.2, 14.6)
    glyph.outline.closeSubpath()


def _eraser(glyph: Glyph) -> None:
    glyph.line((8.2, 19), (3.8, 14.6), (14.2, 4.2), (20, 10), (11, 19), closed=True)
    glyph.line((8.9, 9.5), (14.7, 15.3))
    glyph.line((11, 19), (20, 19))


def _clear(glyph: Glyph) -> None:
    glyph.line((4.5, 6.8), (19.5, 6.8))
    glyph.line((9, 6.5), (9, 4), (15, 4), (15, 6.5))
    glyph.line((6.3, 7), (7.2, 20), (16.8, 20), (17.7, 7))
    glyph.line((10.2, 10.8), (10.5, 16.4))
    glyph.line((13.8, 10.8), (13.5, 16.4))


def _undo(glyph: Glyph) -> None:
    glyph.line((8.5, 4.5), (4, 9), (8.5, 13.5))
    glyph.outline.moveTo(4.5, 9)
    glyph.outline.lineTo(14, 9)
    glyph.outline.cubicTo(21.6, 9, 21.6, 19.5, 14, 19.5)
    glyph.outline.lineTo(9, 19.5)


def _redo(glyph: Glyph) -> None:
    _undo(glyph)
    glyph.outline = _mirrored(glyph.outline)


def _plus(glyph: Glyph) -> None:
    glyph.line((12, 5), (12, 19))
    glyph.line((5, 12), (19, 12))


def _minus(glyph: Glyph) -> None:
    glyph.line((5, 12), (19, 12))


def _open(glyph: Glyph) -> None:
    glyph.line((6.2, 19), (3.5, 19), (3.5, 5), (9, 5), (11, 7.5), (18, 7.5), (18, 10.5))
    glyph.line((3.5, 19), (7, 10.5), (21.5, 10.5), (18, 19), closed=True)


def _save(glyph: Glyph) -> None:
    glyph.line((12, 4), (12, 14.5))
    glyph.line((7.5, 10.2), (12, 14.7), (16.5, 10.2))
    glyph.line((4, 15.5), (4, 20), (20, 20), (20, 15.5))


def _new(glyph: Glyph) -> None:
    glyph.line((13.5, 3.5), (5.5, 3.5), (5.5, 20.5), (18.5, 20.5), (18.5, 8.5), closed=True)
    glyph.line((13.5, 3.5), (13.5, 8.5), (18.5, 8.5))


def _data(glyph: Glyph) -> None:
    glyph.line((4, 4), (4, 20), (20, 20))
    for x, y in ((8.5, 15.5), (12, 12.5), (9, 9.5)):
        glyph.dot(x, y, 1.6)
    for x, y in ((15, 7), (18, 10.5), (16.5, 15)):
        glyph.area.addRect(QRectF(x - 1.5, y - 1.5, 3, 3))


def _chevron_down(glyph: Glyph) -> None:
    glyph.line((6.5, 9.5), (12, 15), (17.5, 9.5))


def _chevron_right(glyph: Glyph) -> None:
    glyph.line((9, 6), (15, 12), (9, 18))


def _help(glyph: Glyph) -> None:
    glyph.outline.addEllipse(QPointF(12, 12), 8.5, 8.5)
    glyph.outline.moveTo(9.4, 9.8)
    glyph.outline.cubicTo(9.4, 6.2, 14.8, 6.2, 14.8, 9.7)
    glyph.outline.cubicTo(14.8, 11.8, 12, 11.9, 12, 14)
    glyph.dot(12, 16.8, 1.2)


def _lock(glyph: Glyph) -> None:
    glyph.box(5.5, 11, 13, 9, 1.8)
    glyph.line((8.2, 11), (8.2, 8))
    glyph.arc(12, 8, 3.8, 180, -180)
    glyph.line((15.8, 8), (15.8, 11))
    glyph.dot(12, 15.5, 1.3)


def _lock_open(glyph: Glyph) -> None:
    glyph.box(5.5, 11, 13, 9, 1.8)
    glyph.line((8.2, 11), (8.2, 7))
    glyph.arc(12, 7, 3.8, 180, -165)
    glyph.dot(12, 15.5, 1.3)


def _eye(glyph: Glyph) -> None:
    glyph.outline.moveTo(3, 12)
    glyph.outline.cubicTo(7, 4.8, 17, 4.8, 21, 12)
    glyph.outline.cubicTo(17, 19.2, 7, 19.2, 3, 12)
    glyph.outline.closeSubpath()
    glyph.dot(12, 12, 2.8)


def _eye_off(glyph: Glyph) -> None:
    _eye(glyph)
    glyph.line((5, 19.5), (19, 4.5))


def _pencil(glyph: Glyph) -> None:
    glyph.line((4.5, 19.5), (5.8, 14.8), (15.8, 4.8), (19.2, 8.2), (9.2, 18.2), closed=True)
    glyph.line((13.4, 7.2), (16.8, 10.6))


def _fill(glyph: Glyph) -> None:
    glyph.line((10.5, 4.5), (4, 11), (10.5, 17.5), (17, 11), closed=True)
    glyph.line((10.5, 4.5), (8.6, 2.6))
    glyph.line((4.5, 11.5), (16.5, 11.5))
    glyph.outline.moveTo(19.6, 14.2)
    glyph.outline.cubicTo(17.2, 17.6, 17.4, 20.2, 19.6, 20.2)
    glyph.outline.cubicTo(21.8, 20.2, 22, 17.6, 19.6, 14.2)


def _close(glyph: Glyph) -> None:
    glyph.line((7, 7), (17, 17))
    glyph.line((17, 7), (7, 17))


DRAWINGS: dict[str, Callable[[Glyph], None]] = {
    "reset": _reset,
    "new_weights": _new_weights,
    "run": _run,
    "pause": _pause,
    "step": _step,
    "step_back": _step_back,
    "epoch": _epoch,
    "settings": _settings,
    "brush": _brush,
    "eraser": _eraser,
    "clear": _clear,
    "undo": _undo,
    "redo": _redo,
    "plus": _plus,
    "minus": _minus,
    "open": _open,
    "save": _save,
    "new": _new,
    "data": _data,
    "chevron_down": _chevron_down,
    "chevron_right": _chevron_right,
    "help": _help,
    "pencil": _pencil,
    "fill": _fill,
    "lock": _lock,
    "lock_open": _lock_open,
    "eye": _eye,
    "eye_off": _eye_off,
    "close": _close,
    **DRAWING_ICONS,
}


def icon(name: str, theme: Theme, color: RGB | None = None) -> QIcon:
    """Return the icon ``name`` in the theme's text color, or in ``color`` (for instance on the accent color).

    Raises:
        KeyError: there is no such icon.
    """
    screens = QGuiApplication.screens()
    is_fine = any(screen.devicePixelRatio() > 1.0 for screen in screens)
    return _drawn(name, color or theme.text, SIZES[-1] if is_fine else LARGEST_ON_COARSE)


@cache
def _drawn(name: str, color: RGB, largest: int) -> QIcon:
    # Many buttons share an icon, and drawing each anew was a fifth of the time that the program took to start.
    glyph = Glyph()
    DRAWINGS[name](glyph)
    result = QIcon()
    for size in SIZES[: SIZES.index(largest) + 1]:
        pixmap = draw(glyph, QColor(*color), size)
        result.addPixmap(pixmap, QIcon.Mode.Normal)
        if size in FADED_SIZES:
            result.addPixmap(faded(pixmap, DISABLED_OPACITY), QIcon.Mode.Disabled)
    return result


def draw(glyph: Glyph, ink: QColor, size: int) -> QPixmap:
    """Return ``glyph`` drawn ``size`` physical pixels wide."""
    pixmap = QPixmap(size, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    # Thin lines fade at small sizes, so they are never thinner than 1.3 pixels.
    width = max(STROKE, 1.3 * GRID / size)
    with QPainter(pixmap) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(size / GRID, size / GRID)
        painter.fillPath(glyph.area, ink)
        painter.setPen(QPen(ink, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
        painter.drawPath(glyph.outline)
    return pixmap


def faded(pixmap: QPixmap, opacity: float) -> QPixmap:
    """Return ``pixmap`` as it looks through: the whole at once, so that no part shines through another."""
    result = QPixmap(pixmap.size())
    result.fill(Qt.GlobalColor.transparent)
    with QPainter(result) as painter:
        painter.setOpacity(opacity)
        painter.drawPixmap(0, 0, pixmap)
    return result
