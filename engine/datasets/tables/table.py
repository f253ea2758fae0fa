"""A table: named columns of numbers or of words."""

from collections.abc import Callable, Iterable

import msgspec
import numpy as np
from numpy.typing import NDArray

from engine.datasets.dataset import MAXIMUM_SAMPLES, Array

MAXIMUM_ROWS = MAXIMUM_SAMPLES
# 160 MB of numbers: a wider table is read less far.
MAXIMUM_CELLS = 20_000_000
MAXIMUM_COLUMNS = 2_000
# A column with more different words than this is text, which no task here learns.
MAXIMUM_WORDS = 1_000
PREVIEW_ROWS = 50

# Called with the share that has been read; to stop the reading it raises an exception of its own.
Report = Callable[[float], None]


class TableError(ValueError):
    """A table that cannot be read or used; the message is one sentence for the user."""


class TextFormat(msgspec.Struct, frozen=True):
    """How a table is written.

    Attributes:
        encoding: the name of a codec.
        delimiter: what stands between two cells.
        quote: what stands around cells that hold a delimiter.
        decimal: the decimal sign, a point or a comma.
        has_header: whether the first row names the columns.
    """

    encoding: str = "utf-8"
    delimiter: str = ","
    quote: str = '"'
    decimal: str = "."
    has_header: bool = True


class Column(msgspec.Struct, frozen=True, eq=False):
    """One column of n cells.

    Attributes:
        name: its header, or “column 3”; no other column of the table has it.
        numbers: shape (n,): the numbers; NaN where a cell is empty or holds a word.
        codes: shape (n,): for a word its place in ``words``, else −1; None if no cell holds a word.
        words: the different words, by first appearance, at most 1,000 of them.
        missing: how many cells are empty, “NA” and the like.
        word_count: how many cells hold a word.
        first_word: the row (from 1, without the header) of the first word, and that word; (0, "") if there is none.
        has_more_words: whether there are more different words than ``words`` could take.
    """

    name: str
    numbers: Array
    codes: NDArray[np.int32] | None = None
    words: tuple[str, ...] = ()
    missing: int = 0
    word_count: int = 0
    first_word: tuple[int, str] = (0, "")
    has_more_words: bool = False

    @property
    def is_numeric(self) -> bool:
        """Whether it is a column of numbers: more cells hold a number than a word."""
        return len(self.numbers) - self.missing > 2 * self.word_count

    @property
    def is_empty(self) -> bool:
        """Whether no cell holds anything."""
        return self.missing == len(self.numbers)


class Table(msgspec.Struct, frozen=True, eq=False):
    """A table with as many rows as were read.

    Attributes:
        columns: at least two, all of the same length, at least one.
        is_cut: whether the source has more rows, which were left out.
        preview: the first rows as they stand in the source, without the header.
        remarks: what was noticed on the way, in sentences.
        form: how it was written, if it is of text.
    """

    columns: tuple[Column, ...]
    is_cut: bool = False
    preview: tuple[tuple[str, ...], ...] = ()
    remarks: tuple[str, ...] = ()
    form: TextFormat | None = None

    @property
    def row_count(self) -> int:
        """The number of rows."""
        return len(self.columns[0].numbers)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(column.name for column in self.columns)

    def column(self, name: str) -> Column:
        """Return the column called ``name``, whatever the case of its letters if that leaves no doubt.

        Raises:
            TableError: there is none.
        """
        alike = [column for column in self.columns if column.name.casefold() == name.strip().casefold()]
        exact = [column for column in self.columns if column.name == name]
        if not exact and len(alike) != 1:
            raise TableError(f"There is no column {quoted(name)}; there are {listed(self.names)}.")
        return (exact or alike)[0]


def checked(
    columns: Iterable[Column],
    *,
    is_cut: bool,
    preview: Iterable[Iterable[str]],
    remarks: Iterable[str] = (),
    form: TextFormat | None = None,
) -> Table:
    """Return the table of ``columns``.

    Raises:
        TableError: it has no rows, or fewer than two columns that hold anything.
    """
    table = Table(tuple(columns), is_cut, tuple(tuple(row) for row in preview), tuple(remarks), form)
    if not table.columns or not table.row_count:
        raise TableError("There are no rows in this table.")
    if len(table.columns) < 2:
        raise TableError("This table has one column only; it takes at least one input and a target.")
    return table


def row_limit(columns: int) -> int:
    """Return how many rows of a table with so many columns are read."""
    return min(MAXIMUM_ROWS, MAXIMUM_CELLS // max(columns, 1))


def cut_remark(rows: int) -> str:
    """Return the sentence that says that only the first ``rows`` rows were read."""
    return f"There are more rows than the first {rows:,}: the rest is left out."


def distinct_names(header: Iterable[str]) -> tuple[str, ...]:
    """Return the names of ``header``, with numbers for those that are empty or the same as another."""
    names: list[str] = []
    for place, text in enumerate(header, start=1):
        name = " ".join(text.split()) or f"column {place}"
        again = 2
        unique = name
        while unique in names:
            unique, again = f"{name} ({again})", again + 1
        names.append(unique)
    return tuple(names)


def listed(names: Iterable[str], most: int = 8) -> str:
    """Return ``names`` in quotation marks with commas, the first ``most`` of them."""
    every = [quoted(name) for name in names]
    return ", ".join(every[:most]) + (f" and {len(every) - most:,} more" if len(every) > most else "")


def quoted(text: str, longest: int = 30) -> str:
    """Return ``text`` from a table in quotation marks, on one line and not too long."""
    line = " ".join(text.split())
    return f"“{line if len(line) <= longest else line[: longest - 1] + '…'}”"


def figure(value: float) -> str:
    """Return ``value`` with four digits as people read it."""
    return f"{value:.4g}".replace("-", "−")
