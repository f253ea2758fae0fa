"""Tables of a user's own: read from files or text, turned into points, and written again."""

from engine.datasets.tables.choice import MISSING, NORMALIZATIONS, TASKS_FOR_CLASSES, TASKS_FOR_VALUES, Choice, suggest
from engine.datasets.tables.reading import SUFFIXES, read_table
from engine.datasets.tables.table import MAXIMUM_ROWS, Column, Table, TableError
from engine.datasets.tables.text_format import TextFormat, recognize
from engine.datasets.tables.to_points import Imported, to_points
from engine.datasets.tables.writing import FORMATS, written

__all__ = [
    "FORMATS", "MAXIMUM_ROWS", "MISSING", "NORMALIZATIONS", "SUFFIXES", "TASKS_FOR_CLASSES", "TASKS_FOR_VALUES",
    "Choice", "Column", "Imported", "Table", "TableError", "TextFormat", "read_table", "recognize", "suggest",
    "to_points", "written",
]  # fmt: skip
