"""Reading a table from JSON: a list of objects, a list of rows, or an object of columns."""

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from engine.datasets.tables.columns import ColumnBuilder
from engine.datasets.tables.table import (
    MAXIMUM_COLUMNS,
    PREVIEW_ROWS,
    Table,
    TableError,
    checked,
    cut_remark,
    distinct_names,
    quoted,
    row_limit,
)

MAXIMUM_BYTES = 200_000_000
_SHAPES = "a list of objects, a list of rows or an object of columns"


def read_json(text: bytes) -> Table:
    """Return the table in ``text``.

    Raises:
        TableError: it is not JSON, or no table.
    """
    try:
        value = msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise TableError(f"This is not valid JSON ({error}).") from None
    if isinstance(value, dict) and value and all(isinstance(column, list) for column in value.values()):
        return _of_columns(value)
    if isinstance(value, dict) and {"data", "network", "training"} <= set(value):
        raise TableError("This is an experiment, not a table: open it with File ▸ Open.")
    if isinstance(value, list) and value and all(isinstance(row, dict) for row in value):
        names = list(dict.fromkeys(name for row in value for name in row))
        return _of_rows(names, ([row.get(name) for name in names] for row in value), len(value))
    if isinstance(value, list) and value and all(isinstance(row, list) for row in value):
        width = len(value[0])
        uneven = next((place for place, row in enumerate(value, start=1) if len(row) != width), 0)
        if uneven:
            raise TableError(f"Row {uneven:,} has {len(value[uneven - 1]):,} cells where the first row has {width:,}.")
        header = bool(value[0]) and all(isinstance(cell, str) for cell in value[0]) and len(value) > 1
        names = value.pop(0) if header else [""] * width
        return _of_rows(names, value, len(value))
    raise TableError(f"There is no table in this JSON: that would be {_SHAPES}.")


def _of_columns(value: dict[str, list[Any]]) -> Table:
    lengths = {name: len(column) for name, column in value.items()}
    longest = max(lengths, key=lambda name: lengths[name])
    shorter = next((name for name, length in lengths.items() if length != lengths[longest]), None)
    if shorter is not None:
        counts = f"{lengths[shorter]:,} cells where {quoted(longest)} has {lengths[longest]:,}"
        raise TableError(f"The column {quoted(shorter)} has {counts}.")
    return _of_rows(list(value), zip(*value.values(), strict=True), lengths[longest])


def _of_rows(names: Sequence[str], rows: Iterable[Sequence[Any]], count: int) -> Table:
    if len(names) > MAXIMUM_COLUMNS:
        raise TableError(f"This table has {len(names):,} columns; at most {MAXIMUM_COLUMNS:,} can be read.")
    limit = row_limit(len(names))
    kept = [[_cell(value) for value in row] for row, _ in zip(rows, range(limit), strict=False)]
    builders = [ColumnBuilder(name) for name in distinct_names(names)]
    for builder, cells in zip(builders, zip(*kept, strict=True), strict=False):
        builder.add(cells)
    return checked(
        [builder.column() for builder in builders],
        is_cut=count > limit,
        preview=kept[:PREVIEW_ROWS],
        remarks=[cut_remark(limit)] if count > limit else [],
    )


def _cell(value: Any) -> str:
    """Return a value of JSON as the text of a cell; reading that text gives the very same number."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    raise TableError("A cell of this JSON holds a list or an object; a table has numbers and words only.")
