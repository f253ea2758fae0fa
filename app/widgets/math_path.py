"""Formulas as outlines: typeset once, then drawn in any size and color."""

import re
from contextlib import suppress
from functools import lru_cache
from importlib.resources import files
from xml.etree import ElementTree

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF, QPainterPath

from app.widgets.math_setting import Box, CannotSetError, Setter
from app.widgets.typesetting import typeset

# Outlines are made for letters of this height, in pixels.
EM = 100.0
_PARTS = re.compile(r"[MLQZ]|-?[\d.]+(?:e-?\d+)?")
# A number as LaTeX: digits, and perhaps a power of ten; below zero perhaps in parentheses.
_NUMBER = re.compile(
    r"(?P<open>\(?)(?P<digits>(?:[-−]|\{-\})?\d[\d.]*)(?:\s*\\cdot\s*10\^\{?(?P<power>[-−]?\d+)\}?)?(?P<close>\)?)"
)
_DIGITS, _COMPOUND = re.compile(r"\d"), re.compile(r"\\frac|\^")
# A letter, perhaps with an accent, and its indices.
_INDEXED = re.compile(r"(?P<base>[A-Za-z]|\\[A-Za-z]+(?:\{[A-Za-z]\})?)_\{?(?P<index>\d+(?:,\d+)*)\}?")
# Of the height of letters: how far a power is raised and an index lowered, how high both are, the room before one.
_RAISED, _LOWERED, _SMALL, _INDEX_GAP = 0.43, 0.2, 0.7, 0.03


class MathPath:
    """One piece of a formula, for letters ``EM`` pixels high.

    Attributes:
        outline: to be filled; (0, 0) is where the baseline begins.
        width: how far it goes.
        ascent, descent: how far it goes above and below the baseline.
    """

    def __init__(self, outline: QPainterPath, width: float) -> None:
        # Where two strokes overlap, both stay filled.
        outline.setFillRule(Qt.FillRule.WindingFill)
        box = outline.boundingRect()
        self.outline = outline
        self.width = width
        self.ascent, self.descent = -box.top(), box.bottom()


@lru_cache(maxsize=4096)
def math_path(latex: str) -> MathPath:
    """Return ``latex`` as an outline.

    The typesetter takes up to a tenth of a second for a formula, so they are kept. What has numbers in it, of which
    there are always new ones, is put together here from the digits of the same font, in a hundredth of that; so are
    fractions and powers.
    """
    latex = latex.strip()
    number, indexed = _NUMBER.fullmatch(latex), _INDEXED.fullmatch(latex)
    if number:
        return _number(number["open"] + number["digits"].replace("{-}", "−"), number["power"], number["close"])
    if indexed:
        return _indexed(indexed["base"], indexed["index"])
    # What has a number in it is new every time, and the typesetter is slowest with fractions and powers.
    if _DIGITS.search(latex) or _COMPOUND.search(latex):
        with suppress(CannotSetError):
            box = Setter(EM, _letter, _plain).set(latex)
            return MathPath(box.outline, box.width)
    return _typeset(latex)


def _letter(latex: str) -> Box:
    shape = math_path(latex)
    return Box(shape.outline, shape.width, shape.ascent, shape.descent)


@lru_cache(maxsize=512)
def _plain(text: str) -> Box:
    outline = QPainterPath()
    width = _add_text(outline, 0.0, 0.0, text)
    box = outline.boundingRect()
    return Box(outline, width, -box.top(), box.bottom())


def _number(digits: str, power: str | None, end: str) -> MathPath:
    outline = QPainterPath()
    width = _add_text(outline, 0.0, 0.0, digits + ("·10" if power else ""))
    if power:
        width += _add_text(outline, width, _RAISED, power, _SMALL)
    if end:
        width += _add_text(outline, width, 0.0, end)
    return MathPath(outline, width)


def _indexed(base: str, index: str) -> MathPath:
    letter = math_path(base)
    outline, start = QPainterPath(letter.outline), letter.width + EM * _INDEX_GAP
    return MathPath(outline, start + _add_text(outline, start, -_LOWERED, index, _SMALL))


def _add_text(outline: QPainterPath, x: float, raised: float, text: str, size: float = 1.0) -> float:
    """Add upright ``text`` from ``x`` on, ``raised`` above the baseline; return its width."""
    font, upright = QFont(_math_font()), text.replace("-", "−")
    font.setPixelSize(round(EM * size))
    outline.addText(x, -EM * raised, font, upright)
    return QFontMetricsF(font).horizontalAdvance(upright)


@lru_cache(maxsize=1)
def _math_font() -> QFont:
    """Return the font that the typesetter uses, or what comes near it."""
    font = QFont("serif")
    font.setStyleHint(QFont.StyleHint.Serif)
    number = QFontDatabase.addApplicationFont(str(files("ziamath") / "fonts" / "STIXTwoMath-Regular.ttf"))
    families = QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
    if families:
        font.setFamily(families[0])
    font.setPixelSize(round(EM))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def _typeset(latex: str) -> MathPath:
    outline = QPainterPath()
    for element in ElementTree.fromstring(typeset(latex, EM).svg()):
        kind = element.tag.rpartition("}")[2]
        if kind == "path":
            _add_outline(outline, element.attrib["d"])
        elif kind == "rect":
            outline.addRect(QRectF(*(float(element.attrib[name]) for name in ("x", "y", "width", "height"))))
    return MathPath(outline, outline.boundingRect().right())


def _add_outline(outline: QPainterPath, data: str) -> None:
    """Add the contour ``data``, written as SVG does, with absolute coordinates."""
    parts = _PARTS.findall(data)
    place = 0

    def coordinates(count: int) -> list[float]:
        return [float(part) for part in parts[place + 1 : place + 1 + count]]

    while place < len(parts):
        command = parts[place]
        if command == "M":
            outline.moveTo(*coordinates(2))
            place += 3
        elif command == "L":
            outline.lineTo(*coordinates(2))
            place += 3
        elif command == "Q":
            outline.quadTo(*coordinates(4))
            place += 5
        else:
            outline.closeSubpath()
            place += 1
