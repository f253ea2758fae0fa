"""Reading a table from text, portion by portion: a file of any size takes no more memory than the rows it keeps."""

import codecs
import csv
import io
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import BinaryIO

from engine.datasets.tables.columns import ColumnBuilder
from engine.datasets.tables.encoding import ANY_BYTES, ENCODINGS, LATIN
from engine.datasets.tables.table import (
    MAXIMUM_COLUMNS,
    PREVIEW_ROWS,
    Report,
    Table,
    TableError,
    TextFormat,
    checked,
    cut_remark,
    distinct_names,
    row_limit,
)
from engine.datasets.tables.text_format import SAMPLE_BYTES, is_delimiter_note, recognize

BLOCK_BYTES = 262_144
# So few rows at a time that a window stays fluent while another thread converts them, and that Python, which looks for
# garbage whenever there are 700 lists more than before, does not go through the whole program's memory again and again.
PORTION_ROWS = 500
MAXIMUM_LINE = 4_000_000
MAXIMUM_CELL = 131_072


def read_text(file: BinaryIO, size: int, form: TextFormat | None, report: Report) -> Table:
    """Return the table in ``file`` of ``size`` bytes; how it is written is recognized unless ``form`` says it.

    Raises:
        TableError: it is no table.
    """
    sample = file.read(SAMPLE_BYTES)
    tried = form or recognize(sample)
    # Only far behind its beginning does a text show that it is not what it seemed.
    ways = [tried] if form else [tried, *(recognize(sample, encoding=name) for name in (LATIN, ANY_BYTES))]
    for way in ways:
        file.seek(0)
        try:
            return _read(file, size, way, report)
        except UnicodeDecodeError:
            continue
    name = ENCODINGS.get(tried.encoding, tried.encoding)
    raise TableError(f"This text is not in the encoding {name}: choose another one.")


def _read(file: BinaryIO, size: int, form: TextFormat, report: Report) -> Table:
    lines = chain.from_iterable(_blocks(file, size, form.encoding, report))
    reader = csv.reader(lines, delimiter=form.delimiter, quotechar=form.quote, skipinitialspace=True)
    try:
        return _table(reader, form)
    except csv.Error:
        raise TableError(
            f"Line {reader.line_num:,} has a cell that does not end: a quotation mark may be missing there."
        ) from None


def _blocks(file: BinaryIO, size: int, encoding: str, report: Report) -> Iterator[list[str]]:
    """Yield the lines of ``file``, with their ends, in blocks."""
    decoder = io.IncrementalNewlineDecoder(codecs.getincrementaldecoder(encoding)(), translate=True)
    rest, done, is_first = "", 0, True
    while True:
        block = file.read(BLOCK_BYTES)
        done += len(block)
        report(min(done / max(size, 1), 1.0))
        text = rest + decoder.decode(block, final=not block)
        if is_first:
            text, is_first = text.removeprefix("\ufeff"), False
        if "\0" in text:
            raise TableError("This is no text: it holds bytes that no table has.")
        lines = list(io.StringIO(text))
        rest = lines.pop() if block and lines and not lines[-1].endswith("\n") else ""
        if len(rest) > MAXIMUM_LINE:
            raise TableError(f"A line of this text is longer than {MAXIMUM_LINE:,} letters, which no table has.")
        yield lines
        if not block:
            return


def _table(reader: Iterable[list[str]], form: TextFormat) -> Table:
    rows = iter(reader)
    first = next((row for row in rows if any(cell.strip() for cell in row)), None)
    if first is not None and is_delimiter_note(first):
        first = next(rows, None)
    if first is None:
        raise TableError("There is nothing in it.")
    if form.has_header and first[0].startswith("#"):
        # NumPy's way to mark the header as no data.
        first = [first[0][1:], *first[1:]] if first[0] != "#" else first[1:]
    width = len(first)
    if width > MAXIMUM_COLUMNS:
        raise TableError(f"This table has {width:,} columns; at most {MAXIMUM_COLUMNS:,} can be read.")
    names = distinct_names(first if form.has_header else [""] * width)
    builders = [ColumnBuilder(name, decimal_comma=form.decimal == ",") for name in names]
    limit, taken, passed, is_cut = row_limit(width), 0, int(form.has_header), False
    preview: list[list[str]] = []
    waiting = rows if form.has_header else chain([first], rows)
    while portion := list(islice(waiting, PORTION_ROWS)):
        even = _even(portion, width, passed)
        passed += len(portion)
        if taken + len(even) > limit:
            even, is_cut = even[: limit - taken], True
        taken += len(even)
        preview += even[: PREVIEW_ROWS - len(preview)]
        for builder, cells in zip(builders, zip(*even, strict=True), strict=False):
            builder.add(cells)
        if is_cut:
            break
    if not taken:
        raise TableError("There is a header but no row below it.")
    columns = [builder.column() for builder in builders]
    while len(columns) > 1 and columns[-1].is_empty and not (form.has_header and first[len(columns) - 1].strip()):
        # Every row ended with a delimiter.
        columns.pop()
    remarks = [cut_remark(taken)] if is_cut else []
    shown = (row[: len(columns)] for row in preview)
    return checked(columns, is_cut=is_cut, preview=shown, remarks=remarks, form=form)


def _even(portion: list[list[str]], width: int, passed: int) -> list[list[str]]:
    """Return the rows of ``portion`` that hold something, all with ``width`` cells.

    Raises:
        TableError: one has more or fewer; empty cells too many at its end do not matter.
    """
    if set(map(len, portion)) == {width} and all(map(any, portion)):
        return portion
    rows = []
    for place, row in enumerate(portion, start=passed + 1):
        if not any(cell.strip() for cell in row):
            continue
        even = row[:width] if len(row) > width and not any(cell.strip() for cell in row[width:]) else row
        if len(even) != width:
            cells = "1 cell" if len(row) == 1 else f"{len(row):,} cells"
            raise TableError(f"Line {place:,} has {cells} where the first one has {width:,}.")
        rows.append(even)
    return rows
