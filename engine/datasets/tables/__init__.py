"""Tables of a user's own: read from files or text, turned into points, and written again."""

from engine.datasets.tables.choice import (
    MISSING,
    NORMALIZATIONS,
    TASKS_FOR_CLASSES,
    TASKS_FOR_VALUES,
    Choice,
    class_count,
    natural_task,
    suggest,
)
from engine.datasets.tables.encoding import ENCODINGS
from engine.datasets.tables.reading import SUFFIXES, is_text, read_table, sample_of
from engine.datasets.tables.table import MAXIMUM_ROWS, PREVIEW_ROWS, Column, Table, TableError, TextFormat
from engine.datasets.tables.text_format import DELIMITERS, QUOTES, preview, recognize
from engine.datasets.tables.to_points import Imported, to_points
from engine.datasets.tables.writing import FORMATS, written

__all__ = [
    "DELIMITERS", "ENCODINGS", "FORMATS", "MAXIMUM_ROWS", "MISSING", "NORMALIZATIONS", "PREVIEW_ROWS", "QUOTES",
    "SUFFIXES", "TASKS_FOR_CLASSES", "TASKS_FOR_VALUES", "Choice", "Column", "Imported", "Table", "TableError",
    "TextFormat", "class_count", "is_text", "natural_task", "preview", "read_table", "recognize", "sample_of",
    "suggest", "to_points", "written",
]  # fmt: skip
