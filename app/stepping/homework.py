"""Homework: what is typed into the blanks of a sheet is marked, and a hint names what is missing."""

from collections.abc import Iterator
from enum import Enum

import msgspec
import numpy as np

from app.expressions import ExpressionError
from app.stepping.by_hand.equation import Equation
from app.stepping.by_hand.slips import Slip, slips, surplus, written
from app.stepping.numeric_entry import agrees, parse_entry, significant_digits
from app.stepping.sheet import Cell, Sheet


class Mark(msgspec.Struct, frozen=True):
    """What is said to an answer."""

    right: bool
    message: str


class State(Enum):
    """How a blank stands."""

    OPEN = "open"
    WRONG = "wrong"
    RIGHT = "right"
    SHOWN = "shown"


class Entry(msgspec.Struct, frozen=True):
    """What is written into a blank, and what was said to it."""

    text: str = ""
    state: State = State.OPEN
    message: str = ""


class Homework(msgspec.Struct, frozen=True, eq=False):
    """A sheet, and what is written on it so far; ``answered`` and ``revealed`` return it with more."""

    sheet: Sheet
    entries: tuple[Entry, ...]

    @classmethod
    def begin(cls, sheet: Sheet) -> "Homework":
        """Return ``sheet`` with nothing on it."""
        return cls(sheet, (Entry(),) * len(sheet.cells))

    @property
    def right(self) -> int:
        """How many blanks are solved."""
        return sum(entry.state is State.RIGHT for entry in self.entries)

    @property
    def score(self) -> str:
        """“7 of 9”."""
        return f"{self.right} of {len(self.entries)}"

    @property
    def is_begun(self) -> bool:
        """Whether there is anything on it."""
        return any(entry.state is not State.OPEN for entry in self.entries)

    def answered(self, number: int, text: str) -> "Homework":
        """Return it with ``text`` in a blank, marked; nothing typed leaves it open, one that was shown stays so."""
        if self.entries[number].state is State.SHOWN:
            return self
        if not text.strip():
            return self._with(number, Entry())
        said = mark(self.sheet.cells[number], text)
        return self._with(number, Entry(text, State.RIGHT if said.right else State.WRONG, said.message))

    def revealed(self) -> "Homework":
        """Return it with the answers in all blanks that are not solved; those do not count."""
        entries = tuple(
            entry if entry.state is State.RIGHT else Entry(cell.answer, State.SHOWN, "The answer was shown.")
            for cell, entry in zip(self.sheet.cells, self.entries, strict=True)
        )
        return Homework(self.sheet, entries)

    def _with(self, number: int, entry: Entry) -> "Homework":
        return Homework(self.sheet, (*self.entries[:number], entry, *self.entries[number + 1 :]))


def mark(cell: Cell, text: str) -> Mark:
    """Return whether ``text`` is right for ``cell``; if not, what is missing or too many, as far as it shows."""
    try:
        answer = parse_entry(text)
    except ExpressionError as error:
        return Mark(False, str(error))
    exact = cell.value
    digits = significant_digits(text)
    if agrees(answer, exact):
        return Mark(True, f"Right: {cell.answer}." if cell.answer != text.strip() else "Right.")
    if _is_rounded(answer, digits, exact):
        return Mark(False, "Rounded too coarsely: give three significant digits.")
    return Mark(False, _hint(cell, answer, digits))


def _is_rounded(answer: float, digits: int, exact: float) -> bool:
    """Return whether ``answer``, of one or two significant ``digits``, is ``exact`` rounded to as many."""
    return 0 < digits < 3 and float(f"{exact:.{digits - 1}e}") == answer


def _hint(cell: Cell, answer: float, digits: int) -> str:
    exact, equation = cell.value, cell.equation
    with np.errstate(all="ignore"):
        for slip in _slips(equation):
            if not np.isfinite(slip.value) or agrees(slip.value, exact):
                continue
            if agrees(answer, slip.value) or _is_rounded(answer, digits, slip.value):
                return slip.sentence
    if any(agrees(answer, exact * 10.0**power) for power in (-3, -2, -1, 1, 2, 3)):
        return "The decimal point is in the wrong place."
    if abs(answer - exact) <= 0.03 * abs(exact):
        return "Close: somewhere on the way it was rounded too coarsely."
    formula = f": {equation.left.text} = {written(equation.forms[0])}" if equation.forms else ""
    return f"Not right yet. Look at the formula once more{formula}."


def _slips(equation: Equation) -> Iterator[Slip]:
    yield Slip(-equation.value, "The sign is flipped.")
    yield from equation.slips
    for form in reversed(equation.forms):
        yield from slips(form)
    for form in equation.forms:
        yield from surplus(form)
