"""Where one stands in an iteration, and what is said there."""

import re
from enum import IntEnum
from typing import NamedTuple

import msgspec

from app.stepping.formula.aloud import aloud
from app.stepping.formula.numbers import text as number_text


class Phase(IntEnum):
    """The parts of an iteration, in order."""

    BATCH = 0
    FORWARD = 1
    LOSS = 2
    BACKWARD = 3
    UPDATE = 4


class Grain(IntEnum):
    """How far one step of the walk goes, from coarse to fine."""

    ITERATION = 0
    PHASE = 1
    LAYER = 2
    UNIT = 3
    TERM = 4


class Position(NamedTuple):
    """A place in an iteration; −1 means “the whole”: of the layer, or of the phase.

    Attributes:
        phase: which part of the iteration.
        layer: number of the layer as in ``Layout``: 0 is the first hidden one, the output layer the last. Batch and
            loss have none.
        unit: number of the unit in its layer; in the phase of the loss, of the output.
        term: number of the term of the unit's sum. What the terms of a unit are is up to the phase.
    """

    phase: Phase = Phase.BATCH
    layer: int = -1
    unit: int = -1
    term: int = -1


# Significant digits of the numbers that are shown.
FEWEST_DIGITS, DIGITS, MOST_DIGITS = 3, 4, 6
# In place of the number of a sample: the mean over the batch.
MEAN = -1


class Link(msgspec.Struct, frozen=True, gc=False):
    """What a number comes from: a unit (numbered as in ``Layout``), a parameter (of the flat vector), a kept sample.

    Those that do not apply are −1.
    """

    unit: int = -1
    parameter: int = -1
    sample: int = -1


class Token(msgspec.Struct, frozen=True, gc=False):
    """One piece of a formula that is never broken.

    Attributes:
        latex: for typesetting and for copying.
        text: as plain text: “w₁₁”, “0.83”.
        spoken: as words for a screen reader: “w one one”, “0.83”, “times”.
        value: the exact number where the piece is one, else None; ``latex`` and ``text`` are rounded.
        link: what it comes from, or None.
        is_active: whether it is the term one stands at.
    """

    latex: str
    text: str
    spoken: str
    value: float | None = None
    link: Link | None = None
    is_active: bool = False


def tidy(text: str) -> str:
    """Return ``text`` without the room that nobody leaves inside parentheses and bars, and before a comma."""
    text = re.sub(r"(?<=\() | (?=[),])", "", text)
    text = re.sub(r"\| ([^|]*) \|", r"|\1|", text)
    text = re.sub(r"(^|[=←] |[(|]|, |\bif )− ", r"\1−", text)
    return re.sub(r"\b(max|min|tanh|sin|cos|cosh|exp|log|sign) \(", r"\1(", text)


class Line(msgspec.Struct, frozen=True, gc=False):
    """One line of a formula.

    Attributes:
        kind: “symbols”, “numbers” or “result”.
        tokens: its pieces from left to right.
    """

    kind: str
    tokens: tuple[Token, ...]

    @property
    def latex(self) -> str:
        """The line as LaTeX."""
        return " ".join(token.latex for token in self.tokens)

    @property
    def text(self) -> str:
        """The line as plain text."""
        return tidy(" ".join(token.text for token in self.tokens))

    @property
    def spoken(self) -> str:
        """The line as words."""
        return " ".join(token.spoken for token in self.tokens if token.spoken).replace(" ,", ",")


class Label(NamedTuple):
    """A number to be written beside a unit or a weight of the graph: “a = 0.42” beside a unit, “0.21” on an edge.

    It is put into words only where it is written: of a large network very few are.

    Attributes:
        link: what it belongs to.
        name: what the number is, or "" where that is clear.
        values: one number, or one for each member of a pair or triplet.
        digits: how many significant ones are written.
    """

    link: Link
    name: str
    values: tuple[float, ...]
    digits: int = DIGITS

    @property
    def text(self) -> str:
        """What is written."""
        numbers = " / ".join(number_text(value, self.digits) for value in self.values)
        return f"{self.name} = {numbers}" if self.name else numbers


class Explanation(msgspec.Struct, frozen=True):
    """What is said at one position.

    Attributes:
        title: where one stands, in a few words: “Forward · layer 1 · unit 2”.
        lines: the formula in symbols, with numbers, and its result; where there are several steps (an activation after
            a sum, the lines of an optimizer), three lines each.
        sentence: what happens here, in plain language.
        remarks: what is worth knowing about these numbers: a dead unit, a saturated one, a satisfied margin …
        unit: the unit one looks at, numbered as in ``Layout``, or −1.
        parameters: the weights that take part, as numbers of the flat vector.
        labels: the numbers that are known by now and belong to the graph, the newest last.
    """

    title: str
    lines: tuple[Line, ...]
    sentence: str
    remarks: tuple[str, ...] = ()
    unit: int = -1
    parameters: tuple[int, ...] = ()
    labels: tuple[Label, ...] = ()

    @property
    def is_shortened(self) -> bool:
        """Whether terms, samples or units are left out of the lines, with “…” in their place."""
        return any("…" in token.text for line in self.lines for token in line.tokens)

    @property
    def spoken(self) -> str:
        """All of it as words, for a screen reader."""
        said = (aloud(text) for text in (self.sentence, *self.remarks))
        parts = [aloud(self.title), *(line.spoken for line in self.lines), *said]
        return ". ".join(part.rstrip(".") for part in parts if part) + "."
