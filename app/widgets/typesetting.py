"""Formulas set by the typesetter, from their LaTeX."""

import re
from typing import TYPE_CHECKING

from app.widgets.formula_text import FUNCTIONS

if TYPE_CHECKING:
    from ziamath.zmath import Latex

_FUNCTION = re.compile(rf"(?<=[\w)\]}}])\s*\\(?={'|'.join(FUNCTIONS)})")


def typeset(latex: str, size: float, color: str = "black") -> "Latex":
    """Return ``latex`` set in letters ``size`` pixels high; ``color`` as in CSS. This takes up to 50 ms."""
    # Imported for the first formula that is seen: it takes a tenth of a second, which the start of the program has not.
    from ziamath.config import config
    from ziamath.zmath import Latex

    # Qt draws the older form of SVG only.
    config.svg2 = False
    return Latex(prepared(latex), size=size, color=color)


def prepared(latex: str) -> str:
    """Return ``latex`` with room where the typesetter leaves none: before functions, around “distributed as”."""
    return _FUNCTION.sub(r"\\,\\", latex).replace(r"\sim", r"\;\sim\;")
