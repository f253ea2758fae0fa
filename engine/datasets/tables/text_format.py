"""How a table is written as text: what stands between cells and around them, and what the first row is."""

import csv
import io
import re
from collections import Counter

from engine.datasets.tables.columns import MISSING_WORDS
from engine.datasets.tables.encoding import decoded, recognized
from engine.datasets.tables.table import TableError, TextFormat

DELIMITERS = {",": "Comma", ";": "Semicolon", "\t": "Tab", "|": "Bar", " ": "Space"}
QUOTES = {'"': "Double", "'": "Single"}
# How much of a text is looked at.
SAMPLE_BYTES = 65_536
SAMPLE_ROWS = 200
_NUMBER = re.compile(
    r"\s*[-+−]?(\d+([.,]\d*)?|[.,]\d+)([eE][-+]?\d+)?\s*|\s*[-+−]?(inf|infinity|nan)\s*", re.IGNORECASE
)
_DECIMAL_COMMA, _DECIMAL_POINT = re.compile(r"\s*[-+−]?\d*,\d+"), re.compile(r"\s*[-+−]?\d*\.\d+")


def recognize(sample: bytes, *, encoding: str | None = None) -> TextFormat:
    """Return how the table that begins with ``sample`` seems to be written; ``encoding`` is known already.

    Raises:
        TableError: it is empty, or no text.
    """
    if not sample.strip(b" \t\r\n\0\xef\xbb\xbf\xfe\xff"):
        raise TableError("There is nothing in it.")
    encoding = encoding or recognized(sample)
    text = decoded(sample, encoding)
    if len(sample) >= SAMPLE_BYTES:
        # The last line may have been cut.
        text = text.rpartition("\n")[0] or text
    found = [(*_fit(rows), -place, delimiter, quote, rows) for place, delimiter, quote, rows in _ways(text)]
    *_, delimiter, quote, rows = max(found, key=lambda way: way[:3])
    cells = [cell for row in rows[1:] for cell in row]
    commas = sum(bool(_DECIMAL_COMMA.fullmatch(cell)) for cell in cells)
    points = sum(bool(_DECIMAL_POINT.match(cell)) for cell in cells)
    return TextFormat(encoding, delimiter, quote, "," if commas > points else ".", has_header(rows))


def preview(sample: bytes, form: TextFormat, most: int) -> list[list[str]]:
    """Return the first rows of the table that begins with ``sample``, at most so many, header and all."""
    return _split(decoded(sample, form.encoding), form.delimiter, form.quote)[:most]


def has_header(rows: list[list[str]]) -> bool:
    """Return whether the first of ``rows`` names the columns: no cell of it is a number, though some below are.

    Where there are words only, names are what is different in every column and does not come again below.
    """
    if not rows or any(is_number(cell) for cell in rows[0]):
        return False
    if any(is_number(cell) for row in rows[1:] for cell in row):
        return True
    first = [cell.strip() for cell in rows[0]]
    again = any(cell == other.strip() for row in rows[1:] for cell, other in zip(first, row, strict=False))
    return len(set(first)) == len(first) and not again


def is_delimiter_note(row: list[str]) -> bool:
    """Return whether ``row`` is a spreadsheet's note to itself about the delimiter, such as “sep=;”."""
    return len(row) <= 2 and row[0].strip().casefold().startswith("sep=") and not any(row[1:])


def is_number(cell: str) -> bool:
    """Return whether ``cell`` holds a number, with either decimal sign."""
    return bool(_NUMBER.fullmatch(cell))


def _ways(text: str) -> list[tuple[int, str, str, list[list[str]]]]:
    quotes = [quote for quote in QUOTES if quote == '"' or re.search(f"(^|[,;\t| ]){quote}", text, re.MULTILINE)]
    ways = [(delimiter, quote) for quote in quotes for delimiter in DELIMITERS]
    return [(place, *way, _split(text, *way)) for place, way in enumerate(ways)]


def _split(text: str, delimiter: str, quote: str) -> list[list[str]]:
    """Return the first rows of ``text``, without empty ones."""
    lines = io.StringIO(text.replace("\r\n", "\n").replace("\r", "\n"))
    rows: list[list[str]] = []
    try:
        for row in csv.reader(lines, delimiter=delimiter, quotechar=quote, skipinitialspace=True):
            if any(cell.strip() for cell in row) and not (not rows and is_delimiter_note(row)):
                rows.append(row)
            if len(rows) >= SAMPLE_ROWS:
                break
    except csv.Error:
        return rows
    return rows


def _fit(rows: list[list[str]]) -> tuple[float, float]:
    """Return how much ``rows`` look like a table: the share of rows of one length times the share of clear cells.

    After van den Burg, Nazábal and Sutton, Wrangling messy CSV files by detecting row and type patterns, 2019: what is
    split in the right way has rows of one length, and cells that are a number or a plain word.
    """
    if not rows:
        return 0.0, 0.0
    (length, count), *_ = Counter(map(len, rows)).most_common(1)
    if length < 2:
        return 0.0, 0.0
    cells = [cell.strip() for row in rows for cell in row]
    clear = sum(1.0 if is_number(cell) or cell in MISSING_WORDS else _clearness(cell) for cell in cells)
    return (count / len(rows)) ** 2 * clear / len(cells), float(length)


def _clearness(cell: str) -> float:
    """Return how much ``cell`` looks like one cell: less where something that could part cells is left in it."""
    return 0.2 if any(delimiter in cell for delimiter in ",;\t|") or cell[:1] in QUOTES else 0.8
