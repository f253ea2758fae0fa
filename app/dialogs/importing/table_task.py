"""Reading a table, or making points of one, on a thread of its own."""

from app.background_task import BackgroundTask
from engine.datasets.tables import TableError


class TableTask(BackgroundTask):
    """One of both; what it does is given to it."""

    def sentence(self, error: Exception) -> str:
        """Return what to say of ``error``: what is wrong with the table, or with the program."""
        if isinstance(error, TableError):
            return str(error)
        if isinstance(error, MemoryError):
            return "There is not enough memory for this table."
        return f"This table could not be read: {error or type(error).__name__}."
