"""Take over a table: what is in it, how it was read, what of it is learned, and what becomes of it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from app.dialogs.importing.buttons import import_buttons
from app.dialogs.importing.column_choices import ColumnChoices, kind
from app.dialogs.importing.format_row import FormatRow
from app.dialogs.importing.preview import PreviewTable
from app.dialogs.importing.size import resize_within_screen
from app.dialogs.importing.table_task import TableTask
from app.theme import LIGHT, Theme
from app.widgets.scrolled import Scrolled
from engine.datasets.tables import (
    PREVIEW_ROWS,
    Choice,
    Imported,
    Table,
    TableError,
    TextFormat,
    is_text,
    preview,
    read_table,
    recognize,
    sample_of,
    suggest,
    to_points,
)

WIDTH, HEIGHT, CHOICES_WIDTH, REPORT_HEIGHT = 960, 640, 250, 96


class ImportDialog(QDialog):
    """Reads ``source`` on a thread of its own; ``imported`` brings the points (Imported) when the user wants them.

    Args:
        source: a file, or text as bytes.
        name: what to call it.
    """

    imported = Signal(object)

    def __init__(self, source: Path | bytes, name: str, parent: QWidget | None = None, theme: Theme = LIGHT) -> None:
        super().__init__(parent)
        self.setWindowTitle("Import data")
        self._source, self._name, self._theme = source, name, theme
        self._sample = b""
        self._table: Table | None = None
        self._result: Imported | None = None
        self._current: TableTask | None = None
        self._tasks: list[TableTask] = []
        self.title = QLabel(name)
        self.title.setProperty("role", "title")
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.size_text = QLabel()
        self.size_text.setProperty("role", "caption")
        self.size_text.setAccessibleName("Size of the table")
        self.form = FormatRow()
        self.form.set_theme(theme)
        self.preview = PreviewTable()
        self.preview.set_theme(theme)
        self.choices = ColumnChoices()
        self.choices.set_theme(theme)
        self.report = QLabel()
        self.report.setWordWrap(True)
        self.report.setTextFormat(Qt.TextFormat.PlainText)
        self.report.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.report.setAccessibleName("What becomes of the table")
        self.report.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName("Progress of reading")
        self.progress.setToolTip("How much of the file has been read.")
        self._arrange()
        self.form.changed.connect(self._read_again)
        self.choices.changed.connect(self._prepare)
        resize_within_screen(self, WIDTH, HEIGHT, theme)
        self._begun = False

    def _arrange(self) -> None:
        theme = self._theme
        head = QHBoxLayout()
        head.addWidget(self.title)
        head.addWidget(self.size_text, 1, Qt.AlignmentFlag.AlignBottom)
        choices = Scrolled(self.choices)
        choices.setFixedWidth(max(theme.pixels(CHOICES_WIDTH), choices.minimumSizeHint().width()))
        middle = QHBoxLayout()
        middle.setSpacing(16)
        middle.addWidget(self.preview, 1)
        middle.addWidget(choices)
        report = Scrolled(self.report)
        report.setFixedHeight(theme.pixels(REPORT_HEIGHT))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self.form)
        column.addLayout(middle, 1)
        column.addWidget(self.progress)
        column.addWidget(report)
        self.take, self.cancel, buttons = import_buttons(self)
        self.take.clicked.connect(self._take)
        column.addWidget(buttons)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin to read, the first time."""
        super().showEvent(event)
        if not self._begun:
            self._begun = True
            # In a list, Return would open that.
            self.preview.setFocus(Qt.FocusReason.OtherFocusReason)
            self._begin()

    def done(self, result: int) -> None:
        """Close, with reading at an end whichever way that came about."""
        self._stop()
        super().done(result)

    # ---- reading -------------------------------------------------------------------------------------------------

    def _begin(self) -> None:
        self.choices.setEnabled(False)
        self.form.setVisible(is_text(self._source))
        try:
            self._sample = sample_of(self._source)
            if is_text(self._source):
                form = recognize(self._sample)
                self.form.show_format(form)
                self._show_sample(form)
        except TableError as error:
            self.form.setEnabled(False)
            self._fail(str(error))
            return
        self._read(None)

    def _read_again(self, form: TextFormat) -> None:
        self._show_sample(form)
        self._read(form)

    def _read(self, form: TextFormat | None) -> None:
        source = self._source
        self._table = None
        self.choices.setEnabled(False)
        self.progress.setValue(0)
        self.progress.show()
        self._say("Reading …")
        task = TableTask("table reading", lambda report: read_table(source, form, report))
        task.progress.connect(self._show_progress, Qt.ConnectionType.QueuedConnection)
        self._start(task, self._show_table)

    def _show_sample(self, form: TextFormat) -> None:
        """Show what the beginning of the text looks like, before all of it is read."""
        rows = preview(self._sample, form, PREVIEW_ROWS + 1)
        width = max(map(len, rows), default=0)
        header, rows = (rows[0], rows[1:]) if form.has_header and rows else ([], rows)
        names = [text or f"column {place}" for place, text in enumerate([*header, *[""] * (width - len(header))], 1)]
        self.preview.rows.show_rows(names, rows, {})
        self.preview.fit()

    @Slot(float)
    def _show_progress(self, share: float) -> None:
        self.progress.setValue(round(100.0 * share))

    @Slot(object)
    def _show_table(self, table: Table) -> None:
        if self._is_stale:
            return
        self._table = table
        self.progress.hide()
        first = "the first " if table.is_cut else ""
        self.size_text.setText(f"{first}{table.row_count:,} rows, {len(table.columns):,} columns")
        if table.form is not None:
            self.form.show_format(table.form)
        self.preview.rows.show_rows(table.names, table.preview, {column.name: kind(column) for column in table.columns})
        self.preview.fit()
        try:
            choice = suggest(table)
        except TableError as error:
            self._fail(str(error))
            return
        self.choices.show_table(table, choice)
        self.choices.setEnabled(True)
        self._prepare(choice)

    # ---- choosing ------------------------------------------------------------------------------------------------

    def _prepare(self, choice: Choice) -> None:
        table = self._table
        if table is None:
            return
        self.preview.show_roles(choice.inputs, choice.target)
        self.take.setEnabled(False)
        self._start(TableTask("table points", lambda report: to_points(table, choice)), self._show_result)

    @Slot(object)
    def _show_result(self, result: Imported) -> None:
        if self._is_stale:
            return
        self._result = result
        self.take.setEnabled(True)
        self._say("\n".join(result.remarks))

    def _take(self) -> None:
        if self._result is not None:
            self.imported.emit(self._result)
            self.accept()

    # ---- inside --------------------------------------------------------------------------------------------------

    def _start(self, task: TableTask, show: Callable[[Any], None]) -> None:
        """Start ``task`` in place of whatever is going on."""
        self._stop(wait=False)
        self._result = None
        self._current = task
        task.found.connect(show, Qt.ConnectionType.QueuedConnection)
        task.failed.connect(self._show_failure, Qt.ConnectionType.QueuedConnection)
        self._tasks.append(task)
        task.start()

    def _stop(self, *, wait: bool = True) -> None:
        self._current = None
        self._tasks = [task for task in self._tasks if not task.stop(2.0 if wait else 0.0)]

    @property
    def _is_stale(self) -> bool:
        """Whether what is being shown comes from a task that was ended when its message was on its way already."""
        return self.sender() is not self._current

    @Slot(str)
    def _show_failure(self, sentence: str) -> None:
        if not self._is_stale:
            self._fail(sentence)

    def _fail(self, sentence: str) -> None:
        self.progress.hide()
        self.take.setEnabled(False)
        self._say(sentence, "problem")

    def _say(self, text: str, role: str = "") -> None:
        self.report.setText(text)
        self.report.setProperty("role", role)
        # Style sheets look at properties only when they are applied.
        self.report.style().polish(self.report)
