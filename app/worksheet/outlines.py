"""The program's own typesetter for worksheets: outlines, as the formulas on the screen have them."""

from functools import lru_cache

from PySide6.QtGui import QPainterPath

from app.stepping.records import Token
from app.views.step_through.formula_layout import gap_between
from app.widgets.math_path import EM, math_path
from app.worksheet.typesetting import Shape

_COMMANDS = {
    QPainterPath.ElementType.MoveToElement: "M",
    QPainterPath.ElementType.LineToElement: "L",
    QPainterPath.ElementType.CurveToElement: "C",
}


class Outlines:
    """Sets the pieces of formulas as ``math_path`` does."""

    def shape(self, latex: str) -> Shape:
        """Return a piece as an outline."""
        return _shape(latex)

    def gap(self, left: Token, right: Token, before: Token | None) -> float:
        """Return the room between two pieces."""
        return gap_between(left, right, before)


@lru_cache(maxsize=4096)
def _shape(latex: str) -> Shape:
    piece, scale = math_path(latex), 100.0 / EM
    parts = []
    for number in range(piece.outline.elementCount()):
        element = piece.outline.elementAt(number)
        command = _COMMANDS.get(element.type, "")
        parts.append(f"{command}{scale * element.x:.1f} {scale * element.y:.1f}")
    return Shape(" ".join(parts), piece.width / EM, piece.ascent / EM, piece.descent / EM)
