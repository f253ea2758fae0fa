"""What a worksheet asks of whoever sets its formulas. No Qt."""

from typing import NamedTuple, Protocol

from app.stepping.records import Token


class Shape(NamedTuple):
    """A piece of a formula as an SVG path, for letters of height 1; (0, 0) is where the baseline begins.

    Attributes:
        path: the contour, y downward, in hundredths of the height of letters.
        width: how far it goes.
        ascent, descent: how far it goes above and below the baseline.
    """

    path: str
    width: float
    ascent: float
    descent: float


class Typesetter(Protocol):
    """Sets the pieces of formulas."""

    def shape(self, latex: str) -> Shape:
        """Return a piece as an outline."""

    def gap(self, left: Token, right: Token, before: Token | None) -> float:
        """Return the room between two pieces, in parts of the height of letters; ``before`` stands left of both."""
