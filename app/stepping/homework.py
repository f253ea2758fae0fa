"""Homework: what is typed into the blanks of a sheet is marked, and a hint names what is missing."""

from collections.abc import Iterator, Sequence
from enum import Enum

import msgspec
import numpy as np

from app.expressions import ExpressionError
from app.stepping.by_hand.carried import Earlier, carried, sources, with_own
from app.stepping.by_hand.equation import Equation, Key
from app.stepping.by_hand.slips import Slip, slips, surplus, written
from app.stepping.numeric_entry import agrees, parse_entry, significant_digits
from app.stepping.sheet import Cell, Sheet

# For an answer that follows from an earlier one that is wrong.
HALF = 0.5
SHOWN = "The answer was shown."
SHOWN_AFTER = "The answer was shown; yours followed from an earlier value and counts half."
NOTHING = Earlier()
CHANGED = "You have changed an earlier value since: work this one out anew."


class Mark(msgspec.Struct, frozen=True):
    """What is said to an answer.

    One that ``follows`` from earlier ones that are wrong, those of these keys, is worked out rightly, but not right.
    """

    right: bool
    message: str
    follows: tuple[Key, ...] = ()


class State(Enum):
    """How a blank stands."""

    OPEN = "open"
    WRONG = "wrong"
    RIGHT = "right"
    FOLLOWS = "follows"
    SHOWN = "shown"


class Entry(msgspec.Struct, frozen=True):
    """What is written into a blank, what was said to it, and how much of a mark it is worth."""

    text: str = ""
    state: State = State.OPEN
    message: str = ""
    credit: float = 0.0


class Homework(msgspec.Struct, frozen=True, eq=False):
    """A sheet, and what is written on it so far; ``answered`` and ``revealed`` return it with more.

    What is ``before`` it are the sheets of the earlier phases: a value that is wrong there may be carried on here.
    """

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
        """“7½ of 9”: what only follows from a wrong earlier value counts half."""
        return score_of((self,))

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to be found out."""
        return all(entry.state in (State.RIGHT, State.SHOWN) for entry in self.entries)

    @property
    def is_begun(self) -> bool:
        """Whether there is anything on it."""
        return any(entry.state is not State.OPEN for entry in self.entries)

    def answered(self, number: int, text: str, before: Sequence["Homework"] = ()) -> "Homework":
        """Return it with ``text`` in a blank, marked; nothing typed leaves it open, one that was shown stays so.

        Later answers are looked at anew: whether they follow depends on the earlier ones.
        """
        if self.entries[number].state is State.SHOWN:
            return self
        entries = list(self.entries)
        entries[number] = Entry(text) if text.strip() else Entry()
        for place in range(number, len(entries)):
            entries[place] = self._marked(entries, place, before, is_new=place == number)
        return Homework(self.sheet, tuple(entries))

    def reviewed(self, before: Sequence["Homework"]) -> "Homework":
        """Return it looked at anew, since an earlier sheet has changed."""
        entries = list(self.entries)
        for place in range(len(entries)):
            entries[place] = self._marked(entries, place, before, is_new=False)
        return Homework(self.sheet, tuple(entries))

    def revealed(self) -> "Homework":
        """Return it with the answers in all blanks that are not solved; those do not count."""
        entries = []
        for cell, entry in zip(self.sheet.cells, self.entries, strict=True):
            if entry.state is not State.RIGHT:
                said = SHOWN_AFTER if entry.credit else SHOWN
                entry = Entry(cell.answer, State.SHOWN, said, entry.credit)
            entries.append(entry)
        return Homework(self.sheet, tuple(entries))

    def _marked(self, entries: Sequence[Entry], number: int, before: Sequence["Homework"], *, is_new: bool) -> Entry:
        """Return the entry ``number`` as it stands beside those before it."""
        cell, entry = self.sheet.cells[number], entries[number]
        if not entry.text.strip() or (not is_new and entry.state in (State.RIGHT, State.SHOWN)):
            return entry
        here = self._values(entries[:number])
        earlier = here
        for work in reversed(before):
            earlier = earlier.after(work._values(work.entries))
        if is_new:
            said = mark(cell, entry.text, here, earlier)
        else:
            said = _following(cell, entry.text, (here, earlier)) or Mark(
                False, CHANGED if entry.state is State.FOLLOWS else entry.message
            )
        if said.follows:
            names = [self._named(key, before) for key in said.follows]
            which = names[0] if len(names) == 1 else f"{names[0]} and others"
            are = "is" if len(names) == 1 else "are"
            message = f"Follows from your {which}, which {are} not right yet: half a mark."
            return Entry(entry.text, State.FOLLOWS, message, HALF)
        return Entry(entry.text, State.RIGHT if said.right else State.WRONG, said.message, float(said.right))

    def _values(self, entries: Sequence[Entry]) -> Earlier:
        """Return the values of ``entries``, the first ones of the sheet."""
        wrong: dict[Key, float] = {}
        typed: dict[Key, float] = {}
        for cell, entry in zip(self.sheet.cells, entries, strict=False):
            if entry.state in (State.OPEN, State.SHOWN):
                continue
            try:
                typed[cell.equation.key] = parse_entry(entry.text)
            except ExpressionError:
                continue
            if entry.state is not State.RIGHT:
                wrong[cell.equation.key] = typed[cell.equation.key]
        return Earlier(wrong, typed)

    def _named(self, key: Key, before: Sequence["Homework"]) -> str:
        """Return what a quantity is called, and which phase it is of if that is another."""
        for work in (self, *before):
            for cell in work.sheet.cells:
                if cell.equation.key == key:
                    phase = "" if work is self else f" in the {work.sheet.phase.name.lower()} phase"
                    return f"{cell.label.text} of {cell.place}{phase}"
        raise KeyError(key)


def score_of(works: Sequence[Homework]) -> str:
    """Return how much of ``works`` is solved: “7½ of 9”."""
    entries = [entry for work in works for entry in work.entries]
    whole, half = divmod(round(sum(entry.credit for entry in entries) / HALF), 2)
    points = f"{whole or '' if half else whole}{'½' if half else ''}"
    return f"{points} of {len(entries)}"


def mark(cell: Cell, text: str, here: Earlier = NOTHING, earlier: Earlier = NOTHING) -> Mark:
    """Return whether ``text`` is right for ``cell``; if not, what is missing or too many, as far as it shows.

    Args:
        cell: the blank.
        text: what is typed.
        here: the values of earlier blanks of the same phase; an answer may follow from those that are wrong.
        earlier: these, and those of earlier phases.
    """
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
    return _following(cell, text, (here, earlier)) or Mark(False, _hint(cell, answer, digits, earlier))


def _following(cell: Cell, text: str, works: Sequence[Earlier]) -> Mark | None:
    """Return the mark of an answer that follows from earlier ones that are wrong; None if it does not.

    The numbers of earlier phases are given as they should be, so that one may go on with them or with one's own: with
    either of ``works``.
    """
    try:
        answer = parse_entry(text)
    except ExpressionError:
        return None
    for work in works:
        follows = sources(cell.equation, work.wrong)
        with np.errstate(all="ignore"):
            if follows and any(agrees(answer, value) for value in carried(cell.equation, work, cell.digits)):
                return Mark(False, "", follows)
    return None


def _is_rounded(answer: float, digits: int, exact: float) -> bool:
    """Return whether ``answer``, of one or two significant ``digits``, is ``exact`` rounded to as many."""
    return 0 < digits < 3 and float(f"{exact:.{digits - 1}e}") == answer


def _hint(cell: Cell, answer: float, digits: int, earlier: Earlier) -> str:
    exact, equation, wrong = cell.value, cell.equation, earlier.wrong
    with np.errstate(all="ignore"):
        for slip in _slips(equation):
            if not np.isfinite(slip.value) or agrees(slip.value, exact):
                continue
            if agrees(answer, slip.value) or _is_rounded(answer, digits, slip.value):
                return slip.sentence
        # Whoever goes on with an earlier value that is wrong makes the usual slips, too.
        own = [with_own(form, wrong) for form in equation.forms] if sources(equation, wrong) else []
        for slip in (slip for form in own for slip in slips(form)):
            if agrees(answer, slip.value):
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
