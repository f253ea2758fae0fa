"""From the entries of a column to classes 0, 1 …"""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from engine.datasets.dataset import Array
from engine.datasets.tables.table import MAXIMUM_WORDS, Column, TableError, quoted
from engine.experiment import MAXIMUM_OUTPUTS


def class_targets(column: Column, kept: NDArray[np.bool_]) -> tuple[Array, tuple[str, ...]]:
    """Return the class of every kept row, shape (n,), and the names of the classes.

    Whole numbers from 0 to 7 with a 0 among them are the classes themselves, even if one between them has no row;
    everything else gets its place: numbers in order, then words by the alphabet.

    Raises:
        TableError: there are more than 8 different entries.
    """
    numbers = column.numbers[kept]
    codes = np.full(len(numbers), -1) if column.codes is None else column.codes[kept]
    values = np.unique(numbers[~np.isnan(numbers)])
    words = in_order(column.words[code] for code in np.unique(codes[codes >= 0]))
    count = len(values) + len(words)
    if count > MAXIMUM_OUTPUTS:
        many = f"more than {MAXIMUM_WORDS:,}" if column.has_more_words else f"{count:,}"
        raise TableError(
            f"{quoted(column.name)} has {many} different entries; there can be at most {MAXIMUM_OUTPUTS} classes."
        )
    if not words and len(values) and _are_classes(values):
        return numbers, tuple(str(number) for number in range(int(values[-1]) + 1))
    place = {word: len(values) + number for number, word in enumerate(words)}
    of_code = np.array([place.get(word, -1) for word in column.words] or [0])
    targets = np.where(codes >= 0, of_code[codes], np.searchsorted(values, numbers))
    return targets.astype(np.float64), (*map(_name, values.tolist()), *words)


def numbered_targets(column: Column, number: Column, kept: NDArray[np.bool_]) -> tuple[Array, tuple[str, ...]] | None:
    """Return the same where another column, ``number``, holds the classes 0 to 7, and ``column`` only names them.

    A class that it does not name has an empty name; so have all if both are the same column. None if it is not so:
    there is a row without a number, or a number with two names, or a name with two numbers.
    """
    numbers = number.numbers[kept]
    if not np.isin(numbers, range(MAXIMUM_OUTPUTS)).all():
        return None
    names = [""] * (int(numbers.max(initial=0.0)) + 1)
    if column is number:
        return numbers, tuple(names)
    codes = np.full(len(numbers), -1) if column.codes is None else column.codes[kept]
    for place in np.unique(numbers).astype(int).tolist():
        rows = numbers == place
        words, values = np.unique(codes[rows]), np.unique(column.numbers[kept][rows])
        entries = [column.words[code] if code >= 0 else "" for code in words] if codes[rows].max() >= 0 else []
        entries += [_name(value) for value in values if not np.isnan(value)]
        if len(entries) > 1 or (entries and np.isnan(values).any() and words[0] < 0):
            return None
        names[place] = entries[0] if entries else ""
    given = [name for name in names if name]
    return (numbers, tuple(names)) if len(set(given)) == len(given) else None


def in_order(words: Iterable[str]) -> list[str]:
    """Return ``words`` by the alphabet, whatever the case of their letters."""
    return sorted(words, key=lambda word: (word.casefold(), word))


def _are_classes(values: Array) -> bool:
    return bool(values[0] == 0.0 and values[-1] < MAXIMUM_OUTPUTS and np.all(values == np.rint(values)))


def _name(value: float) -> str:
    return str(int(value)) if value.is_integer() else repr(value)
