"""From the cells of a column, as they come, to a column of numbers or words."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engine.datasets.dataset import Array, frozen
from engine.datasets.tables.table import MAXIMUM_WORDS, Column

# Case matters: “none” may well be a class.
MISSING_WORDS = frozenset({"", "NA", "N/A", "n/a", "#N/A", "<NA>", "NaN", "nan", "null", "NULL", "None", "?", "-", "–"})
# Stands between cells that are looked at in one go.
_BETWEEN = "\x1f"
# A typographic minus is one; where the comma is the decimal sign, a point is none.
_SIGNS = str.maketrans({"−": "-"})
_SIGNS_WITH_COMMA = str.maketrans({"−": "-", ",": ".", ".": ","})


class ColumnBuilder:
    """Takes the cells of one column in any number of portions. Memory grows with the rows, not with their texts."""

    def __init__(self, name: str, *, decimal_comma: bool = False) -> None:
        self._name = name
        self._signs = _SIGNS_WITH_COMMA if decimal_comma else _SIGNS
        self._numbers: list[Array] = []
        # The codes of each portion, or None for one without words.
        self._codes: list[NDArray[np.int32] | None] = []
        self._words: dict[str, int] = {}
        self._rows = self._word_count = 0
        self._first_word = (0, "")
        self._has_more_words = False

    def add(self, cells: Sequence[str]) -> None:
        """Add the next cells."""
        numbers = None if self._word_count else self._as_numbers(cells)
        codes = None
        if numbers is None:
            numbers, codes = self._one_by_one(cells)
        self._numbers.append(numbers)
        self._codes.append(codes)
        self._rows += len(cells)

    def column(self) -> Column:
        """Return the column of all cells; the builder gives them away and cannot go on."""
        numbers = np.concatenate((np.zeros(0), *self._numbers))
        codes = None
        if self._word_count:
            parts = zip(self._codes, self._numbers, strict=True)
            codes = np.concatenate([np.full(len(n), -1, np.int32) if part is None else part for part, n in parts])
        self._numbers, self._codes = [], []
        return Column(
            name=self._name,
            numbers=frozen(numbers),
            codes=None if codes is None else frozen(codes),
            words=tuple(self._words),
            missing=int(np.count_nonzero(np.isnan(numbers))) - self._word_count,
            word_count=self._word_count,
            first_word=self._first_word,
            has_more_words=self._has_more_words,
        )

    def _as_numbers(self, cells: Sequence[str]) -> Array | None:
        """Return the numbers of ``cells`` in one go; None if not every cell holds one."""
        together = _BETWEEN.join(cells)
        # Python takes 1_000 for a number; a table means something else by it.
        if "_" in together:
            return None
        translated = together.translate(self._signs).split(_BETWEEN)
        try:
            return np.array(list(map(float, translated))) if len(translated) == len(cells) else None
        except ValueError:
            return None

    def _one_by_one(self, cells: Sequence[str]) -> tuple[Array, NDArray[np.int32]]:
        numbers = np.full(len(cells), np.nan)
        codes = np.full(len(cells), -1, dtype=np.int32)
        known = self._words
        found = list(map(known.get, cells))
        if None not in found:
            self._word_count += len(cells)
            return numbers, np.array(found, dtype=np.int32)
        for place, cell in enumerate(cells):
            code = known.get(cell)
            if code is None:
                word = cell.strip()
                if word in MISSING_WORDS:
                    continue
                number = self._as_numbers((word,))
                if number is not None:
                    numbers[place] = number[0]
                    continue
                code = self._code(word, self._rows + place + 1)
            codes[place] = code
            self._word_count += 1
        return numbers, codes

    def _code(self, word: str, row: int) -> int:
        """Return the code of ``word``, a new one if there is room; the last one there is for whatever comes later."""
        if not self._words:
            self._first_word = (row, word)
        if word not in self._words and len(self._words) >= MAXIMUM_WORDS:
            self._has_more_words = True
            return MAXIMUM_WORDS - 1
        return self._words.setdefault(word, len(self._words))
