"""Reading a table from NumPy's .npy and .npz files; objects (pickles), which could run code, are refused."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from engine.datasets.dataset import frozen
from engine.datasets.tables.columns import ColumnBuilder
from engine.datasets.tables.table import (
    MAXIMUM_COLUMNS,
    PREVIEW_ROWS,
    Column,
    Table,
    TableError,
    checked,
    cut_remark,
    distinct_names,
    quoted,
    row_limit,
)

MAXIMUM_BYTES = 1_000_000_000
# Matrices of inputs are called so; their columns are the coordinates of the plane.
_INPUT_NAMES = frozenset({"x", "inputs", "points", "data", "features"})


def read_npy(file: BinaryIO, size: int) -> Table:
    """Return the table in a .npy file: one array of at least two columns, or one with named fields.

    Raises:
        TableError: it is no such file.
    """
    array = _array(file, size)
    if array.dtype.names is None and array.ndim != 2:
        raise TableError(f"This array has the shape {_shape(array)}; a table has rows and columns.")
    return _table(list(_columns("", array)))


def read_npz(file: BinaryIO) -> Table:
    """Return the table in a .npz file: arrays of one length, each a column or, with two dimensions, several.

    Raises:
        TableError: it is no such file.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            if sum(member.file_size for member in archive.infolist()) > MAXIMUM_BYTES:
                raise TableError(f"The arrays in this file take more than {MAXIMUM_BYTES // 10**6:,} MB.")
            arrays = {
                member.filename.removesuffix(".npy"): _array(io.BytesIO(archive.read(member)), member.file_size)
                for member in archive.infolist()
                if member.filename.endswith(".npy")
            }
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError) as error:
        if isinstance(error, TableError):
            raise
        raise TableError("This is no NumPy archive, or a damaged one.") from None
    if not arrays:
        raise TableError("There is no array in this file.")
    tables = {name: array for name, array in arrays.items() if array.ndim in (1, 2)}
    lengths = {len(array) for array in tables.values()}
    if len(lengths) != 1:
        shapes = ", ".join(f"{name} {_shape(array)}" for name, array in list(arrays.items())[:6])
        raise TableError(f"The arrays in this file are not columns of one length: {shapes}.")
    return _table([pair for name, array in tables.items() for pair in _columns(name, array)])


def _array(file: BinaryIO, size: int) -> NDArray[np.generic]:
    """Return the array in ``file``, if it is as large as it says: a false size must not take all memory."""
    try:
        version = np.lib.format.read_magic(file)
        read_header = {1: np.lib.format.read_array_header_1_0, 2: np.lib.format.read_array_header_2_0}[version[0]]
        shape, _, kind = read_header(file)
        if kind.hasobject:
            raise TableError("This file holds Python objects, which could run code and are not read.")
        if kind.itemsize * int(np.prod(shape, dtype=object)) > size - file.tell():
            raise TableError("This array is damaged: there is less of it than it says.")
        file.seek(0)
        return np.asarray(np.load(file, allow_pickle=False))
    except TableError:
        raise
    except Exception:
        # NumPy reads the header as a piece of Python, which a damaged one fails in any way there is.
        raise TableError("This is no NumPy array, or a damaged one.") from None


def _columns(name: str, array: NDArray[Any]) -> Iterator[tuple[str, NDArray[np.generic]]]:
    """Yield the columns of ``array``, each with a name, possibly empty."""
    if array.dtype.names is not None:
        for field in array.dtype.names:
            yield field, array[field]
    elif array.ndim == 1:
        yield name, array
    else:
        if array.shape[1] > MAXIMUM_COLUMNS:
            raise TableError(f"This table has {array.shape[1]:,} columns; at most {MAXIMUM_COLUMNS:,} can be read.")
        if array.shape[1] == 1 and name:
            yield "x" if name.casefold() in _INPUT_NAMES else name, array[:, 0]
            return
        stem = "x" if name.casefold() in _INPUT_NAMES and array.shape[1] == 2 else name
        for place in range(array.shape[1]):
            yield f"{stem}{place + 1}" if stem else "", array[:, place]


def _table(pairs: list[tuple[str, NDArray[np.generic]]]) -> Table:
    names = distinct_names(name for name, _ in pairs)
    limit = row_limit(len(pairs))
    columns = [_column(name, values[:limit]) for name, (_, values) in zip(names, pairs, strict=True)]
    is_cut = len(pairs) > 0 and len(pairs[0][1]) > limit
    shown = [[_text(value) for value in values[:PREVIEW_ROWS]] for _, values in pairs]
    return checked(
        columns, is_cut=is_cut, preview=zip(*shown, strict=True), remarks=[cut_remark(limit)] if is_cut else []
    )


def _column(name: str, values: NDArray[np.generic]) -> Column:
    if values.ndim != 1:
        raise TableError(f"The cells of {quoted(name)} hold several numbers each; a cell of a table holds one.")
    if values.dtype.kind in "biuf":
        numbers = frozen(np.array(values, dtype=np.float64))
        return Column(name, numbers, missing=int(np.count_nonzero(np.isnan(numbers))))
    if values.dtype.kind not in "US":
        raise TableError(f"The column {quoted(name)} holds {values.dtype}; a table has numbers and words only.")
    builder = ColumnBuilder(name)
    builder.add([_text(value) for value in values])
    return builder.column()


def _text(value: np.generic) -> str:
    item = value.item()
    return item.decode("latin-1") if isinstance(item, bytes) else str(item)


def _shape(array: NDArray[np.generic]) -> str:
    return " × ".join(str(side) for side in array.shape) or "of a single number"
