"""Setting formulas with numbers in them from pieces that are known: letters come from the typesetter, once.

The typesetter takes up to a tenth of a second for a fraction with numbers, and there are always new numbers. What is
set here are groups, indices and powers, fractions, roots and parentheses, as TeX does it in displayed formulas.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath, QPainterPathStroker, QTransform

# Everything here is in parts of the height of letters. Of a power, an index, and a fraction within another:
SCRIPT, NESTED = 0.7, 0.78
RAISED, LOWERED, SCRIPT_GAP = 0.43, 0.2, 0.03
AXIS, RULE, RULE_GAP, RULE_END = 0.25, 0.055, 0.2, 0.06
WIDE, MIDDLE, NARROW = 0.28, 0.2, 0.14
ROOT, ROOT_GAP = 0.52, 0.12
# Parentheses grow around what reaches higher or lower than that.
TALL, DEEP = 0.95, 0.42

_TOKENS = re.compile(r"\s*(\\text\{[^{}]*\}|\\[A-Za-z]+|\\.|\d[\d.]*|\S)")
_BINARY = {"+": "+", "-": "−", "−": "−", r"\cdot": "", r"\times": "", r"\odot": "", r"\pm": ""}
_RELATION = {"=": "=", "<": "<", ">": ">"} | dict.fromkeys(
    (r"\leq", r"\geq", r"\approx", r"\leftarrow", r"\to", r"\sim", r"\neq", r"\le", r"\ge"), ""
)
_NAMES = (r"\max", r"\min", r"\tanh", r"\sin", r"\cos", r"\cosh", r"\exp", r"\log", r"\ln")
_PLAIN = {"(": "(", ")": ")", "[": "[", "]": "]", "|": "|", "/": "/", ",": ",", "!": "!", "'": "′"}
_LETTERS = re.compile(
    r"\\(alpha|beta|gamma|delta|epsilon|varepsilon|eta|theta|lambda|mu|nu|pi|rho|sigma|phi|Phi|Delta|Sigma|partial|infty)"
)
_ACCENTS = (r"\hat", r"\tilde", r"\bar", r"\mathrm")


class CannotSetError(ValueError):
    """A formula with something in it that is not set here."""


@dataclass(frozen=True)
class Box:
    """A piece that is set: to be filled; how far it reaches to the right of, above and below its beginning.

    ``kind`` is “ordinary”, “binary”, “relation”, “name”, “comma”, “open” or “close”: what room is left around it.
    """

    outline: QPainterPath
    width: float
    ascent: float
    descent: float
    kind: str = "ordinary"

    def scaled(self, size: float, down: float | None = None) -> "Box":
        """Return the piece ``size`` times as wide, and as high unless ``down`` says otherwise."""
        down = size if down is None else down
        outline = QTransform.fromScale(size, down).map(self.outline)
        return Box(outline, self.width * size, self.ascent * down, self.descent * down, self.kind)

    def of_kind(self, kind: str) -> "Box":
        """Return the piece with another kind."""
        return Box(self.outline, self.width, self.ascent, self.descent, kind)


class Setter:
    """Sets formulas for letters ``em`` pixels high.

    Args:
        em: the height of letters.
        letter: sets a letter or a name, as LaTeX.
        plain: sets upright digits and signs, as text.
    """

    def __init__(self, em: float, letter: Callable[[str], Box], plain: Callable[[str], Box]) -> None:
        self._em, self._letter, self._plain = em, letter, plain
        self._tokens: list[str] = []
        self._place = 0

    def set(self, latex: str) -> Box:
        """Return ``latex``, set.

        Raises:
            CannotSetError: there is something in it that is not set here.
        """
        self._tokens = _TOKENS.findall(latex)
        self._place = 0
        box = self._sequence(depth=0)
        if self._place < len(self._tokens):
            raise CannotSetError(latex)
        return box

    def _next(self) -> str:
        if self._place >= len(self._tokens):
            raise CannotSetError("it ends too early")
        self._place += 1
        return self._tokens[self._place - 1]

    def _peek(self) -> str:
        return self._tokens[self._place] if self._place < len(self._tokens) else ""

    def _sequence(self, depth: int) -> Box:
        """Set everything up to a closing brace."""
        items: list[Box] = []
        while self._peek() not in ("", "}"):
            items.append(self._with_scripts(self._atom(depth), depth))
        return self._row(items)

    def _group(self, depth: int) -> Box:
        """Set what stands in braces, or the one thing that stands in their place."""
        if self._peek() != "{":
            return self._atom(depth)
        self._next()
        box = self._sequence(depth)
        if self._next() != "}":
            raise CannotSetError("a brace is left open")
        return box

    def _atom(self, depth: int) -> Box:
        token = self._peek()
        if token == "{":
            return self._group(depth)
        self._next()
        if token == r"\frac":
            return self._fraction(self._group(depth + 1), self._group(depth + 1), depth)
        if token == r"\sqrt":
            return self._root(self._group(depth))
        if token in _ACCENTS:
            return self._letter(f"{token}{{{self._braced()}}}")
        if token in _BINARY or token in _RELATION:
            sign = _BINARY.get(token, "") or _RELATION.get(token, "")
            box = self._plain(sign) if sign else self._letter(token)
            return box.of_kind("binary" if token in _BINARY else "relation")
        if token in _NAMES:
            return self._letter(token).of_kind("name")
        if token in _PLAIN:
            kind = {"(": "open", "[": "open", ")": "close", "]": "close", ",": "comma"}.get(token, "ordinary")
            return self._plain(_PLAIN[token]).of_kind(kind)
        if token[0].isdigit():
            return self._plain(token)
        if token.startswith(r"\text{") or (len(token) == 1 and token.isalpha()) or _LETTERS.fullmatch(token):
            return self._letter(token)
        raise CannotSetError(token)

    def _braced(self) -> str:
        """Return what stands in the braces that follow, as it is written."""
        if self._next() != "{":
            raise CannotSetError("a brace is missing")
        inside = []
        while (token := self._next()) != "}":
            if token == "{":
                raise CannotSetError("braces in braces")
            inside.append(token)
        return " ".join(inside)

    def _with_scripts(self, base: Box, depth: int) -> Box:
        """Add the powers and indices that follow ``base``."""
        if self._peek() not in ("^", "_"):
            return base
        em = self._em
        outline, width = QPainterPath(base.outline), base.width
        ascent, descent = base.ascent, base.descent
        while self._peek() in ("^", "_"):
            is_power = self._next() == "^"
            script = self._group(depth + 1).scaled(SCRIPT)
            shift = max(RAISED * em, base.ascent - 0.3 * em) if is_power else -max(LOWERED * em, base.descent)
            outline.addPath(script.outline.translated(base.width + SCRIPT_GAP * em, -shift))
            width = max(width, base.width + SCRIPT_GAP * em + script.width)
            ascent, descent = max(ascent, script.ascent + shift), max(descent, script.descent - shift)
        return Box(outline, width, ascent, descent, base.kind)

    def _row(self, items: list[Box]) -> Box:
        """Set ``items`` side by side."""
        outline, x, ascent, descent = QPainterPath(), 0.0, 0.0, 0.0
        items = self._grown(items)
        before = None
        for number, item in enumerate(items):
            if item.kind == "binary" and (before is None or before.kind in ("binary", "relation", "open")):
                # A sign of what follows, not between two things.
                item = items[number] = item.of_kind("ordinary")
            x += self._em * (_gap(before.kind, item.kind) if before is not None else 0.0)
            outline.addPath(item.outline.translated(x, 0.0))
            x += item.width
            ascent, descent = max(ascent, item.ascent), max(descent, item.descent)
            before = item
        return Box(outline, x, ascent, descent)

    def _grown(self, items: list[Box]) -> list[Box]:
        """Return ``items`` with parentheses as high as what they enclose."""
        items = list(items)
        opened: list[int] = []
        for number, item in enumerate(items):
            if item.kind == "open":
                opened.append(number)
            elif item.kind == "close" and opened:
                start = opened.pop()
                inside = items[start + 1 : number]
                ascent = max((each.ascent for each in inside), default=0.0)
                descent = max((each.descent for each in inside), default=0.0)
                if ascent > TALL * self._em or descent > DEEP * self._em:
                    for place in (start, number):
                        items[place] = self._stretched(items[place], ascent, descent)
        return items

    def _stretched(self, box: Box, ascent: float, descent: float) -> Box:
        factor = (ascent + descent) / (box.ascent + box.descent)
        tall = box.scaled(1.0, factor)
        lower = descent - tall.descent
        return Box(tall.outline.translated(0.0, lower), box.width, ascent, descent, box.kind)

    def _fraction(self, above: Box, below: Box, depth: int) -> Box:
        em = self._em
        if depth:
            above, below = above.scaled(NESTED), below.scaled(NESTED)
        width = max(above.width, below.width) + 2.0 * RULE_END * em
        up = (AXIS + RULE / 2.0 + RULE_GAP) * em + above.descent
        down = (RULE / 2.0 + RULE_GAP - AXIS) * em + below.ascent
        outline = QPainterPath()
        outline.addPath(above.outline.translated((width - above.width) / 2.0, -up))
        outline.addPath(below.outline.translated((width - below.width) / 2.0, down))
        outline.addRect(QRectF(0.0, -(AXIS + RULE / 2.0) * em, width, RULE * em))
        return Box(outline, width, up + above.ascent, down + below.descent)

    def _root(self, inside: Box) -> Box:
        em = self._em
        top, bottom = inside.ascent + ROOT_GAP * em, inside.descent
        line = QPainterPath(QPointF(0.06 * em, -0.3 * top))
        for x, y in ((0.15 * em, -0.36 * top), (0.28 * em, bottom), (0.46 * em, -top)):
            line.lineTo(x, y)
        line.lineTo(ROOT * em + inside.width + 0.05 * em, -top)
        stroker = QPainterPathStroker()
        stroker.setWidth(RULE * em)
        outline = stroker.createStroke(line)
        outline.addPath(inside.outline.translated(ROOT * em, 0.0))
        return Box(outline, ROOT * em + inside.width + 0.08 * em, top + RULE * em, bottom + 0.03 * em)


def _gap(left: str, right: str) -> float:
    """Return the room between neighbors of these kinds."""
    if "relation" in (left, right):
        return WIDE
    if "binary" in (left, right):
        return MIDDLE
    if left == "comma":
        return NARROW
    if left == "name":
        return 0.03 if right == "open" else NARROW
    return 0.0 if "open" in (left, right) or right in ("close", "comma") else 0.03
