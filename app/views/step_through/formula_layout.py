"""Where the pieces of a formula go: in rows on common baselines, relation signs below each other. No painting."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from PySide6.QtCore import QRectF

from app.stepping.records import Line, Token
from app.widgets.math_path import EM, math_path

RELATIONS = frozenset("=≈←→<>≤≥∼≠")
OPERATORS = frozenset("+−-·×/⊙÷±")
# Parts of the height of letters.
WIDE, MIDDLE, NARROW = 0.28, 0.2, 0.13
LINE_GAP, GROUP_GAP, ROW_OF_GROUPS_GAP = 0.5, 3.0, 0.95
# A list of results has so many rows; what is more stands beside it.
LONGEST_LIST = 4
# Every row is at least as high as a letter with an index, so that rows stand evenly.
LEAST_ASCENT, LEAST_DESCENT = 0.75, 0.26
# What stands before the relation sign may take this part of the width; where it is wider, lines begin at the left.
WIDEST_LEFT = 0.4


@dataclass(frozen=True)
class Placed:
    """One token in its place.

    Attributes:
        line, number: which token it is: of which line, and the how-manieth there.
        x, y: where its baseline begins.
        box: what it takes up, as high as its row.
    """

    token: Token
    line: int
    number: int
    x: float
    y: float
    box: QRectF


@dataclass(frozen=True)
class Setting:
    """A formula that is laid out: its tokens from the top left to the bottom right, and its size."""

    placed: tuple[Placed, ...]
    width: float
    height: float


@dataclass(frozen=True)
class _Measured:
    """What does not depend on the room there is, in parts of the height of letters.

    Attributes:
        widths, gaps: of each token, and of the room before it.
        chunks: the numbers of tokens that stay in one row.
        relation: number of the first relation sign, or −1.
    """

    widths: tuple[float, ...]
    gaps: tuple[float, ...]
    chunks: tuple[range, ...]
    relation: int

    def extent(self, numbers: range) -> float:
        """Return the width of the tokens ``numbers``, which are neighbors, without the room before them."""
        start, stop = numbers.start, numbers.stop
        return sum(self.widths[start:stop]) + sum(self.gaps[start + 1 : stop])


@lru_cache(maxsize=1024)
def _measured(tokens: tuple[Token, ...]) -> _Measured:
    """Return the measures of ``tokens``; a layout asks for several widths, and the same formula comes again."""
    widths = tuple(math_path(token.latex).width / EM for token in tokens)
    gaps = tuple(
        gap_between(tokens[number - 1], token, tokens[number - 2] if number > 1 else None) if number else 0.0
        for number, token in enumerate(tokens)
    )
    relation = next((number for number, token in enumerate(tokens) if token.text.strip() in RELATIONS), -1)
    return _Measured(widths, gaps, _chunks(tokens), relation)


@dataclass(frozen=True)
class _Row:
    tokens: tuple[tuple[int, Token, float], ...]  # number in the line, token, x
    ascent: float
    descent: float
    width: float


def place(lines: Sequence[Line], width: float, size: float) -> Setting:
    """Return ``lines`` in letters ``size`` pixels high, broken where they would be wider than ``width``.

    Lines that belong together stand below each other, groups of them side by side where there is room, their first
    rows on one baseline.
    """
    placed: list[Placed] = []
    beside: list[tuple[list[Placed], float]] = []  # groups side by side, and where each begins
    x = top = bottom = widest = 0.0

    def settle() -> None:
        nonlocal bottom
        baseline = max((group[0].y for group, _ in beside if group), default=0.0)
        for group, left in beside:
            lowered = top + baseline - group[0].y if group else top
            placed.extend(_moved(each, left, lowered) for each in group)
            bottom = max([bottom, *(each.box.bottom() + lowered for each in group)])
        beside.clear()

    for numbers in _groups(lines):
        group, own_width = _place_group(lines, numbers, width, size)
        if beside and x + GROUP_GAP * size + own_width > width:
            settle()
            x, top = 0.0, bottom + ROW_OF_GROUPS_GAP * size
        elif beside:
            x += GROUP_GAP * size
        beside.append((group, x))
        x += own_width
        widest = max(widest, x)
    settle()
    return Setting(tuple(placed), widest, bottom)


def _place_group(
    lines: Sequence[Line], numbers: Sequence[int], width: float, size: float
) -> tuple[list[Placed], float]:
    """Return the tokens of the lines ``numbers`` from (0, 0) on, and how wide they are."""
    placed: list[Placed] = []
    y = widest = 0.0
    sign = _sign_place([lines[number] for number in numbers], width, size)
    for count, number in enumerate(numbers):
        y += LINE_GAP * size if count else 0.0
        for row in _rows(lines[number].tokens, width, size, sign):
            top, baseline = y, y + row.ascent
            y = baseline + row.descent
            widest = max(widest, row.width)
            for place_in_line, token, x in row.tokens:
                box = QRectF(x, top, size * math_path(token.latex).width / EM, y - top)
                placed.append(Placed(token, number, place_in_line, x, baseline, box))
    return placed, widest


def _moved(each: Placed, x: float, y: float) -> Placed:
    return Placed(each.token, each.line, each.number, each.x + x, each.y + y, each.box.translated(x, y))


def gap_between(left: Token, right: Token, before: Token | None) -> float:
    """Return the room between two neighbors, in parts of the height of letters; ``before`` stands left of both."""
    first, second = left.text.strip(), right.text.strip()
    if not first or not second:
        return 0.0
    if first in RELATIONS or second in RELATIONS:
        return WIDE
    if _is_word(right) or (_is_word(left) and second[0] not in ",;"):
        return WIDE
    if first in OPERATORS and _is_sign(before):
        return 0.04
    if first in OPERATORS or second in OPERATORS:
        return MIDDLE
    if first[-1] in "([{" or second[0] in ")]},;":
        return 0.03
    if second[0] in "([" and (first[-1] in "′'" or (left.link is None and left.value is None)):
        return 0.04
    return NARROW


def _is_word(token: Token) -> bool:
    """Return whether these are words between formulas: “since”, “else”."""
    return r"\text{" in token.latex


def _is_sign(before: Token | None) -> bool:
    """Return whether a minus behind ``before`` belongs to what follows, instead of taking it away."""
    if before is None:
        return True
    text = before.text.strip()
    return not text or text in RELATIONS or text in OPERATORS or text[-1] in "(["


def _groups(lines: Sequence[Line]) -> list[list[int]]:
    """Return the numbers of the lines that belong together: each group begins with symbols after something else.

    A long list of results, one of each unit, becomes several columns.
    """
    groups: list[list[int]] = []
    for number, line in enumerate(lines):
        begins = line.kind == "symbols" and lines[number - 1].kind != "symbols"
        if not groups or begins or _is_full(groups[-1], lines):
            groups.append([])
        groups[-1].append(number)
    return groups


def _is_full(group: Sequence[int], lines: Sequence[Line]) -> bool:
    return len(group) == LONGEST_LIST and all(lines[number].kind == "result" for number in group)


def _sign_place(lines: Sequence[Line], width: float, size: float) -> float:
    """Return where the first relation sign of all ``lines`` stands, or 0 where lines begin at the left."""
    lefts = []
    for line in lines:
        measured = _measured(line.tokens)
        number = measured.relation
        if number > 0:
            lefts.append(size * (measured.extent(range(number + 1)) - measured.widths[number]))
    widest = max(lefts, default=0.0)
    return widest if widest <= WIDEST_LEFT * width else 0.0


def _rows(tokens: tuple[Token, ...], width: float, size: float, sign: float) -> list[_Row]:
    """Break ``tokens`` into rows; the first relation sign stands at ``sign`` if that is not 0."""
    measured = _measured(tokens)
    relation = measured.relation
    start = 0.0
    if sign and relation >= 0:
        own = size * (measured.extent(range(relation + 1)) - measured.widths[relation])
        start = sign - own if relation else sign
    # Rows that follow begin behind the relation sign.
    indent = min((sign or start) + 1.3 * size, 0.3 * width) if relation >= 0 else 0.0
    rows: list[list[tuple[int, Token, float]]] = [[]]
    x = start
    for chunk in measured.chunks:
        room = size * measured.extent(chunk)
        first = chunk.start
        x += size * measured.gaps[first] if rows[-1] else 0.0
        if rows[-1] and x + room > width:
            rows.append([])
            x = indent
        for number in chunk:
            if number != first:
                x += size * measured.gaps[number]
            own = size * measured.widths[number]
            # Only a chunk that is too wide for any row is broken inside.
            if rows[-1] and x + own > width and x > indent:
                before = rows[-1][-1]
                rows.append([])
                x = indent
                if before[1].text.strip() in ("+", "−") and len(rows[-2]) > 1:
                    # As in a sum that is broken outside of brackets, the sign begins the new row.
                    rows[-1].append((before[0], rows[-2].pop()[1], x))
                    x += size * (measured.widths[before[0]] + measured.gaps[number])
            rows[-1].append((number, tokens[number], x))
            x += own
    return [_row(row, size) for row in rows if row]


def _row(tokens: list[tuple[int, Token, float]], size: float) -> _Row:
    paths = [math_path(token.latex) for _, token, _ in tokens]
    return _Row(
        tuple(tokens),
        max(LEAST_ASCENT * size, *(path.ascent * size / EM for path in paths)),
        max(LEAST_DESCENT * size, *(path.descent * size / EM for path in paths)),
        tokens[-1][2] + paths[-1].width * size / EM,
    )


def _chunks(tokens: Sequence[Token]) -> tuple[range, ...]:
    """Return the numbers of tokens that stay in one row: up to the next sum, difference or relation, if not nested."""
    starts: list[int] = []
    depth = 0
    for number, token in enumerate(tokens):
        text = token.text.strip()
        before = tokens[number - 1] if number else None
        breaks = text in RELATIONS or (text in "+−-" and text != "" and not _is_sign(before))
        if not starts or (breaks and depth <= 0):
            starts.append(number)
        depth += sum(text.count(sign) for sign in "([") - sum(text.count(sign) for sign in ")]")
    return tuple(range(start, stop) for start, stop in pairwise((*starts, len(tokens))))
