"""Reading a table from a file or from text, whatever its kind."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from engine.datasets.tables import json_file, numpy_file
from engine.datasets.tables.table import Report, Table, TableError, TextFormat
from engine.datasets.tables.text_file import read_text
from engine.datasets.tables.text_format import SAMPLE_BYTES
from engine.file_errors import reason

SUFFIXES = (".csv", ".tsv", ".txt", ".dat", ".json", ".npy", ".npz")


def read_table(source: Path | bytes, form: TextFormat | None = None, report: Report = lambda share: None) -> Table:
    """Return the table in the file ``source``, or in text if it is bytes.

    Args:
        form: how a text is written; recognized unless given.
        report: called with the share that has been read, about every quarter of a megabyte.

    Raises:
        TableError: the file cannot be read, or holds no table.
    """
    if isinstance(source, bytes):
        return _read(io.BytesIO(source), len(source), "", form, report)
    with _opened(source) as file:
        return _read(file, source.stat().st_size, source.suffix.casefold(), form, report)


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    """Open ``path``; whatever goes wrong with the file becomes a TableError."""
    try:
        if path.exists() and not path.is_file():
            raise TableError(f"This is {'a folder' if path.is_dir() else 'a device'}, not a table.")
        with path.open("rb") as file:
            yield file
    except OSError as error:
        raise TableError(f"This file cannot be read: {reason(error)}.") from None


def is_text(source: Path | bytes) -> bool:
    """Return whether ``source`` is a text, of which one can say how it is written."""
    return isinstance(source, bytes) or source.suffix.casefold() not in (".json", ".npy", ".npz")


def sample_of(source: Path | bytes) -> bytes:
    """Return the beginning of ``source``, long enough to recognize how it is written.

    Raises:
        TableError: the file cannot be read.
    """
    if isinstance(source, bytes):
        return source[:SAMPLE_BYTES]
    with _opened(source) as file:
        return file.read(SAMPLE_BYTES)


def _read(file: BinaryIO, size: int, suffix: str, form: TextFormat | None, report: Report) -> Table:
    beginning = file.read(64)
    file.seek(0)
    if suffix == ".npz":
        return numpy_file.read_npz(file)
    if suffix == ".npy" or beginning.startswith(b"\x93NUMPY"):
        return numpy_file.read_npy(file, size)
    if suffix == ".json" or (form is None and beginning.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"[", b"{")):
        if size > json_file.MAXIMUM_BYTES:
            raise TableError(f"This JSON is larger than {json_file.MAXIMUM_BYTES // 10**6:,} MB; save it as CSV.")
        return json_file.read_json(file.read().removeprefix(b"\xef\xbb\xbf"))
    return read_text(file, size, form, report)
