"""The icons of the drawing tools."""

import math
from collections.abc import Callable, Mapping

from app.glyph import Glyph

Place = tuple[float, float]


def _around(x: float, y: float, radius: float, corners: int, start: float = 90.0) -> list[Place]:
    angles = [math.radians(start + 360.0 * corner / corners) for corner in range(corners)]
    return [(x + radius * math.cos(angle), y - radius * math.sin(angle)) for angle in angles]


def _dashed(glyph: Glyph, *corners: Place, pieces: int) -> None:
    """Add every second one of ``pieces`` along each side of a closed shape."""
    for (x1, y1), (x2, y2) in zip(corners, corners[1:] + corners[:1], strict=True):
        for piece in range(0, pieces, 2):
            a, b = piece / pieces, (piece + 1) / pieces
            glyph.line((x1 + (x2 - x1) * a, y1 + (y2 - y1) * a), (x1 + (x2 - x1) * b, y1 + (y2 - y1) * b))


def _point(glyph: Glyph) -> None:
    glyph.dot(12, 12, 3.2)
    for x, y in ((0.0, -1.0), (0.0, 1.0), (-1.0, 0.0), (1.0, 0.0)):
        glyph.line((12 + 6.2 * x, 12 + 6.2 * y), (12 + 9.0 * x, 12 + 9.0 * y))


def _select(glyph: Glyph) -> None:
    _dashed(glyph, (4.5, 5), (19.5, 5), (19.5, 19), (4.5, 19), pieces=5)


def _lasso(glyph: Glyph) -> None:
    glyph.outline.moveTo(8.5, 15.2)
    glyph.outline.cubicTo(1.5, 13.5, 2.8, 4.5, 12.5, 4.5)
    glyph.outline.cubicTo(21.5, 4.5, 22.5, 14.5, 12.5, 15.4)
    glyph.outline.cubicTo(8.0, 15.8, 6.5, 13.4, 8.4, 12.6)
    glyph.outline.cubicTo(11.0, 12.0, 10.5, 17.0, 6.5, 20)


def _jitter(glyph: Glyph) -> None:
    glyph.dot(12, 12, 2.7)
    for side in (-1, 1):
        glyph.line(*((12 + side * x, y) for x, y in ((7, 4.5), (9, 8.5), (6.2, 12), (9, 15.5), (7, 19.5))))


def _attract(glyph: Glyph) -> None:
    glyph.line((5.5, 19.5), (5.5, 11))
    glyph.arc(12, 11, 6.5, 180, -180)
    glyph.line((18.5, 11), (18.5, 19.5))
    glyph.line((10, 19.5), (10, 11))
    glyph.arc(12, 11, 2.0, 180, -180)
    glyph.line((14, 11), (14, 19.5))
    glyph.line((5.5, 19.5), (10, 19.5))
    glyph.line((14, 19.5), (18.5, 19.5))
    glyph.line((5.5, 15.5), (10, 15.5))
    glyph.line((14, 15.5), (18.5, 15.5))


def _repel(glyph: Glyph) -> None:
    glyph.dot(12, 12, 2.0)
    for angle in (45, 135, 225, 315):
        x, y = math.cos(math.radians(angle)), math.sin(math.radians(angle))
        tip = (12 + 9.5 * x, 12 + 9.5 * y)
        glyph.line((12 + 5 * x, 12 + 5 * y), tip)
        glyph.line((tip[0] - 4 * math.copysign(1, x), tip[1]), tip, (tip[0], tip[1] - 4 * math.copysign(1, y)))


def _line(glyph: Glyph) -> None:
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        glyph.dot(5 + 14 * share, 19 - 14 * share, 1.7)


def _circle(glyph: Glyph) -> None:
    for x, y in _around(12, 12, 7.8, 9):
        glyph.dot(x, y, 1.6)


def _spiral(glyph: Glyph) -> None:
    for step in range(12):
        share = (step + 0.6) / 11.6
        angle, radius = 4.0 * math.pi * math.sqrt(share), 9.0 * math.sqrt(share)
        glyph.dot(12 + radius * math.cos(angle), 12 - radius * math.sin(angle), 1.45)


def _polygon(glyph: Glyph) -> None:
    corners = _around(12, 13, 9.0, 5)
    for (x1, y1), (x2, y2) in zip(corners, corners[1:] + corners[:1], strict=True):
        for share in (0.0, 0.5):
            glyph.dot(x1 + (x2 - x1) * share, y1 + (y2 - y1) * share, 1.6)


def _recolor(glyph: Glyph) -> None:
    glyph.outline.moveTo(12, 3.5)
    glyph.outline.cubicTo(15.5, 8.5, 18, 11.2, 18, 14.5)
    glyph.outline.cubicTo(18, 18, 15.3, 20.5, 12, 20.5)
    glyph.outline.cubicTo(8.7, 20.5, 6, 18, 6, 14.5)
    glyph.outline.cubicTo(6, 11.2, 8.5, 8.5, 12, 3.5)
    glyph.area.moveTo(12, 6.5)
    glyph.area.cubicTo(14.5, 10, 16.5, 12.2, 16.5, 14.5)
    glyph.area.cubicTo(16.5, 17, 14.5, 19, 12, 19)
    glyph.area.closeSubpath()


def _raise(glyph: Glyph) -> None:
    glyph.line((12, 4), (12, 13.5))
    glyph.line((7.5, 8.5), (12, 4), (16.5, 8.5))
    glyph.line((4, 20), (8, 20))
    glyph.outline.moveTo(4, 20)
    glyph.outline.cubicTo(9.5, 20, 9.5, 16.5, 12, 16.5)
    glyph.outline.cubicTo(14.5, 16.5, 14.5, 20, 20, 20)


def _lower(glyph: Glyph) -> None:
    glyph.line((12, 4), (12, 13.0))
    glyph.line((7.5, 8.5), (12, 13.0), (16.5, 8.5))
    glyph.outline.moveTo(4, 16.5)
    glyph.outline.cubicTo(9.5, 16.5, 9.5, 20, 12, 20)
    glyph.outline.cubicTo(14.5, 20, 14.5, 16.5, 20, 16.5)


def _level(glyph: Glyph) -> None:
    glyph.line((4, 14), (20, 14))
    for x, y, end in ((8, 4.5, 10.5), (16, 23.0, 17.0)):
        glyph.line((x, min(y, 21.5)), (x, end))
    glyph.line((5.5, 8), (8, 10.5), (10.5, 8))
    glyph.line((13.5, 19.5), (16, 17), (18.5, 19.5))


def _flood(glyph: Glyph) -> None:
    glyph.outline.moveTo(3.5, 16)
    glyph.outline.cubicTo(8, 4, 13, 22, 20.5, 9)
    for x, y in ((5.5, 6), (10.5, 5.5), (15.5, 8)):
        glyph.dot(x, y, 1.7)
    for x, y in ((9, 18.5), (18.5, 18)):
        glyph.outline.addEllipse(x - 1.5, y - 1.5, 3.0, 3.0)


def _guides(glyph: Glyph) -> None:
    for at in (8.2, 15.8):
        glyph.line((at, 3.5), (at, 20.5))
        glyph.line((3.5, at), (20.5, at))
    glyph.dot(15.8, 8.2, 3.0)


def _options(glyph: Glyph) -> None:
    for y, x in ((6.0, 15.0), (12.0, 8.5), (18.0, 13.0)):
        glyph.line((3.5, y), (x - 2.2, y))
        glyph.line((x + 2.2, y), (20.5, y))
        glyph.arc(x, y, 2.2, 0, 360)


def _large(glyph: Glyph) -> None:
    for x, y in ((1, 1), (-1, 1), (-1, -1), (1, -1)):
        tip = (12 + 8 * x, 12 + 8 * y)
        glyph.line((tip[0] - 5 * x, tip[1]), tip, (tip[0], tip[1] - 5 * y))


DRAWING_ICONS: Mapping[str, Callable[[Glyph], None]] = {
    "point": _point,
    "select": _select,
    "lasso": _lasso,
    "jitter": _jitter,
    "attract": _attract,
    "repel": _repel,
    "line": _line,
    "circle": _circle,
    "spiral": _spiral,
    "polygon": _polygon,
    "recolor": _recolor,
    "raise": _raise,
    "lower": _lower,
    "level": _level,
    "flood": _flood,
    "guides": _guides,
    "options": _options,
    "large": _large,
}
